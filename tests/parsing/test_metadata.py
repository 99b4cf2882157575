"""What a report says about itself."""

import pytest

from rag.parsing.cleaning import clean
from rag.parsing.metadata import contradicted, read_metadata
from rag.parsing.report import Metadata, MetadataField, Statement
from rag.parsing.years import year_topics

REPORT = (
    "当前位置：首页 > 石矶镇 > 规划总结\n石矶镇2023年工作情况和2024年工作计划\n"
    "发布时间：2024-01-29 15:08 来源：石矶镇 作者： 【字体：\n　　中共石矶镇委员会\n"
    "县委：\n2023年，全镇发展，322国道石矶镇段是云陂县交通要道。\n一、工作情况\n修路12公里。\n二、下一步打算\n修桥1座。\n"
    "　　中共石矶镇委员会\n　　2023年12月12日\n扫一扫在手机打开当前页"
)


def read(text: str) -> Metadata:
    return read_metadata(clean(text), text).metadata


def statements(text: str, field: MetadataField) -> list[Statement]:
    return [each for each in read_metadata(clean(text), text).statements if each.field == field]


def said(text: str, field: MetadataField) -> list[tuple[str, str]]:
    return [(each.value, each.quote) for each in statements(text, field)]


def test_a_whole_report() -> None:
    assert read(REPORT) == Metadata(
        title="石矶镇2023年工作情况和2024年工作计划",
        town="石矶镇",
        county="云陂县",
        year=2023,
        plan_year=2024,
        issuer="中共石矶镇委员会",
        publish_date="2024-01-29",
        signing_date="2023-12-12",
        addressee="县委",
        level="township",
        document_kind="工作总结和计划",
    )


def test_a_report_that_says_nothing() -> None:
    assert read("修路12公里。") == Metadata()


def test_everything_is_in_simplified_script() -> None:
    metadata = read("茶市鎮2020年度工作總結暨2021年度工作計劃\n一年來，全鎮發展。\n衡州縣茶市鎮人民政府")
    assert (metadata.title, metadata.town) == ("茶市镇2020年度工作总结暨2021年度工作计划", "茶市镇")
    assert (metadata.county, metadata.issuer) == ("衡州县", "衡州县茶市镇人民政府")


@pytest.mark.parametrize(
    ("line", "topics"),
    [
        ("石矶镇2019年工作总结及2020年工作思路", ((2019, "result"), (2020, "plan"))),
        ("石矶镇2022工作总结及2023年工作计划", ((2022, "result"), (2023, "plan"))),
        ("石矶镇二〇二二年工作总结", ((2022, "result"),)),
        ("2021年工作计划完成情况", ((2021, "result"),)),
        ("2021年12月,修路", ((2021, ""),)),
    ],
)
def test_year_topics(line: str, topics: tuple[tuple[int, str], ...]) -> None:
    assert year_topics(line) == topics


@pytest.mark.parametrize(
    ("text", "years"),
    [
        pytest.param(
            "石矶镇工作报告\n一、2020年工作回顾\n修路。\n二、2021年工作安排\n修桥。", (2020, 2021), id="headings"
        ),
        pytest.param("石矶镇2021年工作计划\n修路。", (2020, 2021), id="plan alone"),
        pytest.param("石矶镇工作总结\n修路。\n2020年12月28日", (2020, None), id="date in December"),
        pytest.param("石矶镇工作总结\n修路。\n2021年1月8日", (2020, None), id="date in January"),
        pytest.param("石矶镇2020年工作总结\n修路。\n二、明年打算\n修桥。", (2020, 2021), id="next year"),
        pytest.param("石矶镇2020年工作总结\n修路。\n2021年，我镇将修桥。", (2020, 2021), id="line"),
    ],
)
def test_years(text: str, years: tuple[int | None, int | None]) -> None:
    metadata = read(text)
    assert (metadata.year, metadata.plan_year) == years


@pytest.mark.parametrize(
    ("date", "iso"),
    [
        ("2020年12月28日", "2020-12-28"),
        ("二〇二一年十二月二十九日", "2021-12-29"),
        ("2021-1-5", "2021-01-05"),
        ("2022年12月", "2022-12"),
        ("2022年13月40日", None),
    ],
)
def test_signing_dates(date: str, iso: str | None) -> None:
    assert read(f"石矶镇2020年工作总结\n修路。\n石矶镇人民政府\n{date}").signing_date == iso


def test_both_issuers_are_named() -> None:
    assert (
        read("石矶镇2020年工作总结\n修路。\n中共石矶镇委员会\n石矶镇人民政府").issuer
        == "中共石矶镇委员会 石矶镇人民政府"
    )


def test_the_publication_line_names_the_issuer_where_nobody_signed() -> None:
    text = "石矶镇2020年工作总结\n来源: 中共石矶镇委员会 石矶镇人民政府 发布时间: 2021-01-16 15:26 浏览次数: 1\n修路。"
    metadata = read(text)
    assert (metadata.issuer, metadata.publish_date) == ("中共石矶镇委员会 石矶镇人民政府", "2021-01-16")


def test_every_statement_quotes_its_place() -> None:
    found = read_metadata(clean(REPORT), REPORT).statements
    assert all(REPORT[each.start : each.end] == each.quote != "" for each in found)
    assert {each.field for each in found} == {
        *("title", "town", "county", "year", "plan_year", "issuer", "publish_date", "signing_date"),
        *("addressee", "document_kind"),
    }


def test_statements_quote_the_source_where_the_clean_text_has_lost_characters() -> None:
    text = "　　首页 > 衡州县 > 石矶镇\r\n\r\n石磯鎮\u200b2020年工作總結\r\n修路。\r\n　　二〇二一年一月八日"
    assert said(text, "county") == [("衡州县", "衡州县")]
    assert said(text, "town") == [("石矶镇", "石磯鎮"), ("石矶镇", "石矶镇")]
    assert said(text, "title") == [("石矶镇2020年工作总结", "石磯鎮\u200b2020年工作總結")]
    assert said(text, "signing_date") == [("2021-01-08", "二〇二一年一月八日")]


def test_contradicting_years_are_kept_beside_the_one_believed() -> None:
    text = "石矶镇2021年工作总结\n现将石矶镇2020年工作总结和2021年工作打算报告如下:\n一、2020年工作情况\n修路。"
    assert read(text).year == 2021
    assert said(text, "year") == [("2021", "2021年工作总结"), ("2020", "2020年工作总结"), ("2020", "2020年工作情况")]
    found = read_metadata(clean(text), text).statements
    assert [each.quote for each in contradicted(found, "year")] == ["2020年工作总结", "2020年工作情况"]
    assert contradicted(found, "town") == ()


def test_contradicting_towns_and_counties_are_kept() -> None:
    text = "衡州县石矶镇2021年工作总结\n修路。\n中共云陂县石矶镇委员会\n云陂县石桥镇人民政府"
    assert [value for value, _ in said(text, "town")] == ["石矶镇", "石矶镇", "石桥镇"]
    assert [value for value, _ in said(text, "county")] == ["衡州县", "云陂县"]
    assert (read(text).town, read(text).county) == ("石矶镇", "衡州县")


def test_two_issuers_do_not_contradict_each_other() -> None:
    text = "石矶镇2020年工作总结\n修路。\n中共石矶镇委员会\n石矶镇人民政府"
    assert len(statements(text, "issuer")) == 2
    assert contradicted(read_metadata(clean(text), text).statements, "issuer") == ()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("湖南省衡州市云陂县石矶镇2020年工作总结\n修路。", ("湖南省", "衡州市", "云陂县")),
        (
            "首页 > 湖南省 > 衡州市人民政府 > 云陂县 > 石矶镇\n石矶镇2020年工作总结\n修路。",
            ("湖南省", "衡州市", "云陂县"),
        ),
        ("石矶镇2020年工作总结\n石矶镇位于湖南省衡州市云陂县北部。", ("湖南省", "衡州市", "云陂县")),
        ("石矶镇2020年工作总结\n组织人员赴广东省佛山市学习,列全市第三、全省前列。", (None, None, None)),
    ],
)
def test_places_around_the_town(text: str, place: tuple[str | None, str | None, str | None]) -> None:
    metadata = read(text)
    assert (metadata.province, metadata.city, metadata.county) == place


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("石矶镇2020年工作总结暨2021年工作计划", "工作总结和计划"),
        ("石矶镇2020年工作总结", "工作总结"),
        ("石矶镇2020年工作计划完成情况", "工作总结"),
        ("石矶镇2021年工作要点", "工作计划"),
        ("石矶镇2021年政府工作报告", "政府工作报告"),
    ],
)
def test_document_kinds(title: str, kind: str) -> None:
    assert read(f"{title}\n修路。").document_kind == kind


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("石矶镇2024年政府工作报告\n一、2023年工作回顾\n修路。\n二、2024年工作安排\n修桥。", (2023, 2024)),
        ("石矶镇2024年政府工作报告\n一、过去一年工作回顾\n修路。", (2023, 2024)),
        ("2024年石矶镇政府工作报告\n修路。\n2024年7月1日", (2023, 2024)),
        ("石矶镇2023年政府工作报告\n一、2023年工作回顾\n修路。", (2023, None)),
        ("石矶镇工作总结\n2022年,全镇修路12公里,群众出行和灌溉条件明显改善,满意度达到九成以上。", (2022, None)),
    ],
)
def test_years_of_reports_named_for_the_meeting_or_not_at_all(text: str, years: tuple[int, int | None]) -> None:
    metadata = read(text)
    assert (metadata.year, metadata.plan_year) == years


def test_the_publish_date_of_a_page_that_only_stamps_it() -> None:
    assert read("石矶镇2020年工作总结\n2021-01-16 15:26:08\n修路。").publish_date == "2021-01-16"


@pytest.mark.parametrize(
    ("head", "title", "town"),
    [
        ("石矶街道2015年工作总结和2016年工作安排 2016-03-07", "石矶街道2015年工作总结和2016年工作安排", "石矶街道"),
        (
            "2020年上海市衡州区人民政府石矶新村街道办事处工作总结",
            "2020年上海市衡州区人民政府石矶新村街道办事处工作总结",
            "石矶新村街道",
        ),
        ("关于印发《石矶镇2022年工作要点》的通知", "关于印发《石矶镇2022年工作要点》的通知", "石矶镇"),
        ("在石矶镇第三届人民代表大会上的工作报告", "在石矶镇第三届人民代表大会上的工作报告", "石矶镇"),
    ],
)
def test_titles_as_pages_give_them(head: str, title: str, town: str) -> None:
    metadata = read(f"{head}\n2021年,街道坚持抓党建,全年修路12公里,群众满意度明显提升,各项工作取得新成效。")
    assert (metadata.title, metadata.town) == (title, town)


def test_a_page_may_put_its_date_after_the_title() -> None:
    assert said("石矶镇2015年工作总结 2016-03-07\n修路。", "publish_date") == [("2016-03-07", "2016-03-07")]
