"""Which reports speak of a topic, read off the reports."""

import pytest

from rag.answering.cross_report import PAGE, name_among
from rag.answering.mentions import head
from rag.answering.survey_questions import sought_in_all
from rag.library.placed import Placed
from rag.parsing.report import Report
from tests.support.told_reports import parsed, surveyed, told

SHIJI = told(
    "石矶镇",
    "新建污水处理厂一座，铺设管网3公里。",
    "油菜种植面积达1.2万亩，油茶新造900亩。",
    "打造了“鹭洲”品牌，矛盾化解率为98%。",
    "最大的难题是资金不足。",
    "二、2021年工作计划",
    "打造滨河公园，建设文化广场。",
)
DATANG = told("大塘镇", "油菜种植面积8000亩。", "建成滨河公园一处，修建水渠4公里。")
HEMING = told("鹤鸣乡", "推进污水处理厂建设，配套管网完工。", "种植茶叶300亩。", county="青岚县")
REPORTS = (SHIJI, DATANG, HEMING)


def names(question: str, reports: tuple[Report, ...] = REPORTS) -> list[str | None]:
    return [mention.report.metadata.town for mention in surveyed(question, *reports).shown]


@pytest.mark.parametrize(
    ("question", "towns"),
    [
        ("哪几个镇的报告提到了污水处理厂？", ["石矶镇", "鹤鸣乡"]),
        ("哪些乡镇提到水渠？", ["大塘镇"]),
        ("哪些乡镇提到水渠或茶叶？", ["大塘镇", "鹤鸣乡"]),
        ("哪份报告提到了水渠、茶叶？", ["大塘镇", "鹤鸣乡"]),
        ("哪個鎮的報告提到了茶葉？", ["鹤鸣乡"]),
        ("哪些镇写到了“鹭洲”？", ["石矶镇"]),
        ("哪些镇提到高铁站？", []),
    ],
)
def test_the_reports_that_speak_of_a_topic(question: str, towns: list[str]) -> None:
    assert names(question) == towns


def test_all_reports_are_counted() -> None:
    found = surveyed("哪几个镇的报告提到了污水处理厂？", *REPORTS)
    assert (found.statement, found.expression) == ("写到“污水处理厂”的有：石矶镇、鹤鸣乡", "2/3")
    assert (found.told.reports, found.read) == (2, 3)


@pytest.mark.parametrize("word", ["没有提到", "没提到", "未提及"])
def test_asked_who_does_not_speak_of_it(word: str) -> None:
    found = surveyed(f"哪个镇的报告{word}污水处理厂？", *REPORTS)
    assert found.sought.is_denied and not found.sought.wants_detail
    assert (found.statement, found.expression) == ("没有写到“污水处理厂”的有：大塘镇", "1/3")


def test_the_clause_that_speaks_of_it_is_kept_with_its_sentence() -> None:
    (mention,) = surveyed("哪个镇提到修建水渠？", *REPORTS).shown
    assert mention.clause == "修建水渠4公里"
    assert mention.report.text[mention.sentence.start : mention.sentence.end] == "建成滨河公园一处，修建水渠4公里。"


def test_more_than_names_may_be_asked() -> None:
    assert surveyed("哪些乡镇提到水渠，有多长？", *REPORTS).sought.wants_detail
    assert not surveyed("哪些乡镇提到水渠？", *REPORTS).sought.wants_detail


def test_a_quoted_phrase_must_stand_as_it_is() -> None:
    assert names("哪些镇提到“水渠修建”？") == []
    assert surveyed("哪些镇提到“鹭洲”？", *REPORTS).statement == "写到“鹭洲”的有：石矶镇"


def test_a_superlative_of_the_topic_must_stand_in_the_sentence() -> None:
    assert names("哪个镇的报告写到最大的难题？") == ["石矶镇"]
    assert names("哪个镇的报告写到更大的难题？") == []


def test_what_was_done_is_not_what_is_planned() -> None:
    assert names("哪个镇建成了滨河公园？") == ["大塘镇"]
    assert names("哪些镇打造了文化广场？") == []
    assert names("哪些镇提到了文化广场？") == ["石矶镇"]


@pytest.mark.parametrize(
    ("question", "towns"),
    [
        ("哪个镇的油菜种植面积超过1万亩？", ["石矶镇"]),
        ("哪些镇的油菜种植面积超过了5000亩？", ["大塘镇", "石矶镇"]),
        ("哪个镇的油菜种植面积不到1万亩？", ["大塘镇"]),
        ("哪个镇的油菜种植面积少于1000亩？", []),
        ("哪个镇的油菜种植面积超过1.2万亩？", []),
    ],
)
def test_a_figure_may_bound_the_topic(question: str, towns: list[str]) -> None:
    assert names(question) == towns


def test_a_bound_in_another_measure_finds_nothing() -> None:
    assert names("哪个镇的油菜种植面积超过1万元？") == []


def test_a_county_is_told_by_the_reports_own_title() -> None:
    found = surveyed("哪几个镇属于云陂县？", *REPORTS)
    assert [mention.report.metadata.town for mention in found.shown] == ["大塘镇", "石矶镇"]
    assert all("云陂县" in mention.clause for mention in found.shown)


def test_who_is_not_of_a_county_is_told_too() -> None:
    found = surveyed("哪几个镇不属于云陂县？", *REPORTS)
    assert found.sought.is_denied
    assert [report.metadata.town for report in found.silent] == ["鹤鸣乡"]


@pytest.mark.parametrize(
    "question",
    [
        "石矶镇提到了污水处理厂吗？",
        "哪个镇的油茶多？",
        "哪个镇有最多的油菜？",
        "哪个镇修的水渠最长？",
        "哪个村提到了水渠？",
    ],
)
def test_other_questions_are_no_surveys(question: str) -> None:
    assert sought_in_all(question) is None


def test_without_reports_nothing_is_found() -> None:
    found = surveyed("哪些镇提到了水渠？")
    assert (found.shown, found.silent, found.expression) == ((), (), "0/0")


def test_towns_that_are_alike_are_told_apart() -> None:
    later, namesake = told("石矶镇", "种植茶叶。", year=2021), told("石矶镇", "修路。", county="青岚县", year=2021)
    first, second, other, third = (Placed(report.id, report.metadata) for report in (SHIJI, later, DATANG, namesake))
    assert name_among(first, (first, other)) == "石矶镇"
    assert name_among(first, (first, second)) == "石矶镇（2020年）"
    assert name_among(first, (first, third)) == "云陂县石矶镇"
    assert name_among(second, (first, second, third)) == "云陂县石矶镇（2021年）"
    found = surveyed("哪些镇提到茶叶？", SHIJI, later, namesake)
    assert found.statement == "写到“茶叶”的有：云陂县石矶镇（2021年）"


def test_most_of_the_topic_must_stand_in_one_place_with_its_first_word() -> None:
    report = told("石矶镇", "污水直排问题突出。", "完成火车站建设。", "新建农村污水处理厂。")
    assert names("哪个镇提到污水直排口治理工程？", (report,)) == []
    assert names("哪个镇提到汽车站建设？", (report,)) == []
    assert names("哪个镇提到农村生活污水处理厂？", (report,)) == ["石矶镇"]


def test_a_title_is_no_mention_but_a_heading_is() -> None:
    assert names("哪些镇提到工作计划？") == ["石矶镇"]


def test_of_several_places_the_one_that_speaks_of_more_that_is_asked() -> None:
    report = told("石矶镇", "种植茶叶300亩。", "茶叶产值46万元。", "茶叶名气提高。")
    (mention,) = surveyed("哪个镇提到茶叶，产值多少？", report).shown
    assert mention.clause == "茶叶产值46万元"
    (mention,) = surveyed("哪个镇提到茶叶？", report).shown
    assert mention.clause == "种植茶叶300亩"


def test_of_what_is_missing_there_is_no_detail() -> None:
    assert not surveyed("哪个镇没有提到污水处理厂，规模多少？", *REPORTS).sought.wants_detail


def test_what_only_comes_near_the_topic_is_said_to_be_near() -> None:
    exact, near = surveyed("哪些报告提到了污水处理厂？", *REPORTS), surveyed("哪几个镇提到了油菜种植园？", *REPORTS)
    assert exact.is_literal and "“污水处理厂”的有" in exact.statement
    assert not near.is_literal and "“油菜种植园”或相近内容的有" in near.statement


@pytest.mark.parametrize(
    "question",
    [
        "哪个镇没有建成滨河公园？",
        "哪些镇未开展助学活动？",
        "哪个镇的油菜种植面积没有超过1万亩？",
        "哪个镇的油菜种植面积未达到1万亩？",
    ],
)
def test_who_did_not_do_something_is_no_survey(question: str) -> None:
    assert sought_in_all(question) is None


MANY = tuple(
    told(f"{first}{second}镇", "新造油茶300亩。" if second in "东南西" else "修路3公里。", county=f"{first}岭县")
    for first in "青白赤玄苍金银铜铁锡"
    for second in "东南西北"
)


def test_a_list_longer_than_a_page_is_counted_whole_and_told_in_part() -> None:
    first, second = (surveyed("哪些镇提到了油茶？", *MANY, page=page) for page in (0, 1))
    assert (len(first.shown), len(second.shown)) == (PAGE, 10)
    assert first.statement.startswith("写到“油茶”的有：30个镇，先列第1至20个：") and "继续" in first.statement
    assert "第21至30个" in second.statement and "继续" not in second.statement
    assert {*first.names.values(), *second.names.values()} == {
        report.metadata.town for report in MANY if "油茶" in report.text
    }
    assert first.expression == "30/40"
    assert surveyed("哪些镇提到了油茶？", *MANY, page=7) == second  # there is no more


def test_who_is_silent_is_counted_whole_too() -> None:
    found = surveyed("哪些镇没有提到修路？", *MANY)
    assert (found.expression, len(found.silent)) == ("30/40", PAGE)
    assert found.statement.startswith("没有写到“修路”的有：30个镇，先列第1至20个：")


def test_issues_of_one_town_are_counted_apart_from_towns() -> None:
    places = [(report.metadata.town or "", report.metadata.county or "") for report in MANY]
    later = (told(town, "新造油茶10亩。", county=county, year=2021) for town, county in places)
    found = surveyed("哪些镇提到了油茶？", *MANY, *later)
    assert found.statement.startswith("写到“油茶”的有：40个镇（70份报告），先列第1至20个：")


def test_how_many_are_counted_before_they_are_named() -> None:
    assert (
        surveyed("几个镇的报告提到了污水处理厂？", *REPORTS).statement
        == "写到“污水处理厂”的有：2个镇（石矶镇、鹤鸣乡）"
    )


def test_what_is_under_way_may_be_a_plan() -> None:
    assert names("哪几个镇在建文化广场？") == ["石矶镇"]
    assert names("哪几个镇建了文化广场？") == []


INSURED = (
    told("石矶镇", "农房险覆盖率达98%，共赔付12万元，惠及300户。"),
    told("大塘镇", "住房保险推行以来，为86户报销赔付8.5万元。"),
    told("鹤鸣乡", "农房险办得平稳，征地赔付90万元。"),
    told("南浦镇", "农房险覆盖率达90%。"),
)


def test_an_amount_is_told_of_each_with_its_clause() -> None:
    found = surveyed("哪些镇写了农房险（住房保险）给群众赔付了多少钱？", *INSURED)
    assert found.statement == (
        "写到“农房险(住房保险)给群众赔付”的有：大塘镇，为86户报销赔付8.5万元；石矶镇，共赔付12万元"
    )


def test_an_amount_behind_a_semicolon_is_of_another_matter() -> None:
    report = told("石矶镇", "推进农房险工作；赔付资金12万元。")
    assert names("哪些镇写了农房险给群众赔付了多少钱？", (report,)) == []


def test_an_amount_that_is_only_planned_is_none() -> None:
    report = parsed("云陂县石矶镇2020年工作总结和2021年工作计划", "二、2021年工作计划", "为86户农房险赔付8.5万元。")
    assert names("哪些镇写了农房险给群众赔付了多少钱？", (report,)) == []


def test_without_what_was_done_the_amount_stands_with_the_matter() -> None:
    report = told("石矶镇", "修建通组公路，危房改造投入80万元。")
    assert names("哪些镇写了通组公路投入了多少钱？", (report,)) == []


def test_verbs_of_the_question_need_not_stand_in_the_sentence() -> None:
    report = told("石矶镇", "油茶基地列为全国示范基地。")
    assert names("哪些镇入选全国示范基地？", (report,)) == ["石矶镇"]


def test_the_head_of_a_topic_is_no_common_word_of_the_library() -> None:
    assert head("园区 鹭洲基地", {}) == "园区"
    assert head("园区 鹭洲基地", {"园区": 10, "鹭洲": 40}) == "鹭洲"
