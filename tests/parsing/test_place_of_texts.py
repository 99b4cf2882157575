"""Texts whose title names no place, or that name others beside it. The comments say what was read first."""

import pytest

from rag.formats.read import read_file
from rag.parsing.parse import ParsedReport, parse
from rag.types import SourceFile
from tests.support.paths import ROOT

SAMPLE_FOLDER = ROOT / "eval" / "sets" / "sample" / "reports"

REPORT_OF_A_COUNTY = (
    "尊敬的各位代表：\n现在，我代表县人民政府向大会报告工作。\n2022年，丹桥县地区生产总值98亿元。\n"
    "沙洲镇、石桥镇新建水渠3公里，沙洲镇坚持以粮为先，沙洲镇位于县城以东。\n"
    "我县2023年计划修路6公里。丹桥县坚持绿色发展。"
)


def read(text: str) -> ParsedReport:
    return parse(SourceFile("a.txt", "0" * 64, "utf-8", text))


def warnings(parsed: ParsedReport, kind: str) -> list[str]:
    return [defect.quote for defect in parsed.defects if defect.kind == kind]


@pytest.mark.parametrize(
    ("text", "town", "level"),
    [
        pytest.param(
            "2022年，沙洲镇坚持以粮为先，全年粮食产量1.2万吨。\n一、农业\n沙洲镇党委、政府高度重视粮食生产，"
            "学习石桥镇的经验，新建水渠3公里。我镇还与石桥镇共建市场。\n石桥镇、石桥镇群众也来我镇赶集。",
            "沙洲镇",
            "township",
            id="a neighbour named as often",  # 石桥镇
        ),
        pytest.param(
            "石板苗族侗族乡位于丹桥县东部，辖12个村。\n2022年，我乡粮食产量1.2万吨，修路12公里。",
            "石板苗族侗族乡",
            "township",
            id="an ethnic township",  # 族侗族乡
        ),
        pytest.param(REPORT_OF_A_COUNTY, "丹桥县", "county", id="a county and its towns"),  # 沙洲镇, then 我代表县
        pytest.param(
            "各位代表：\n我代表沙洲镇第十九届人民政府，向大会报告工作。\n一、2022年工作回顾\n修路12公里。",
            "沙洲镇",
            "township",
            id="who speaks",
        ),
        pytest.param(
            "政府工作报告\n丹桥市市长 李某\n(2023年1月6日)\n各位代表：\n过去一年修路12公里。",
            "丹桥市",
            "city",
            id="the official under the title",  # nothing: 市市 looked like one level behind another
        ),
        pytest.param(
            "丹桥县沙洲镇召开年度工作总结大会\n来源：丹桥县融媒体中心\n1月5日，沙洲镇召开2022年度工作总结大会。\n"
            "报告指出，2022年，沙洲镇全年粮食产量1.2万吨，新建水渠3公里。",
            "沙洲镇",
            "township",
            id="news about a town's meeting",  # 丹桥县, from the line of the source
        ),
        pytest.param(
            "1月6日，丹桥县第十六届人民代表大会第二次会议开幕，县长李某代表县人民政府作政府工作报告。\n"
            "报告指出，2022年，全县地区生产总值98亿元，增长6%。\n沙洲镇新建水渠3公里。",
            "丹桥县",
            "county",
            id="news about a county's report",  # without a year
        ),
        pytest.param(
            "幸福村2022年工作总结\n幸福村位于沙洲镇东部，全村500户。我村修路3公里。", "幸福村", "village", id="village"
        ),
        pytest.param(
            "2022年，我省地区生产总值2万亿元。江南省坚持绿色发展。江南省位于东部。", "江南省", "province", id="province"
        ),
        pytest.param(
            "丹橋縣沙洲鎮二〇二二年工作總結\n一年來，全鎮修路12公里。", "沙洲镇", "township", id="traditional"
        ),
        pytest.param(
            "石桥县人民政府门户网站\n丹桥县沙洲镇2022年工作总结\n来源：石桥县融媒体中心\n一年来，全镇修路12公里。\n"
            "版权所有：石桥县人民政府\n上一篇：石桥镇2022年工作总结\n下一篇：河西乡2022年工作总结",
            "沙洲镇",
            "township",
            id="page furniture of others",
        ),
    ],
)
def test_the_place_that_reports(text: str, town: str, level: str) -> None:
    parsed = read(text)
    assert (parsed.report.metadata.town, parsed.report.metadata.level) == (town, level)
    assert warnings(parsed, "other_place") == []


@pytest.mark.parametrize(
    "text",
    [
        "2022年，我镇坚持抓粮食生产。\n学习石桥镇的经验，新建水渠3公里。"  # 石桥镇
        "石桥镇的做法得到推广，我镇与石桥镇共建市场。",
        "2022年，我镇大力推进中心镇建设，争创经济强镇，打造田园之乡、鱼米之乡。\n特色小镇建设加快，美丽乡村建设提速，"
        "旅游名镇创建成功，位列全市百强镇第3位，全县23个乡镇第一。",  # 力推进中心镇
        "2022年，我们坚持抓发展。\n综合考核位列全县乡镇第一，成为全省第二个亿元乡镇，"  # 亿元乡
        "荣获全国文明镇称号，被评为省级卫生镇。",
    ],
)
def test_what_names_no_place_of_its_own(text: str) -> None:
    parsed = read(text)
    assert (parsed.report.metadata.town, parsed.report.metadata.level) == (None, None)
    assert len(warnings(parsed, "unnamed")) == 1


def test_neither_place_nor_year_is_one_warning() -> None:
    parsed = read("全镇修路12公里。\n全镇修桥1座。")
    assert warnings(parsed, "unnamed") == ["全镇修路12公里。"]
    assert [defect.detail[:10] for defect in parsed.defects if defect.kind == "unnamed"] == ["没有读出地名和年份，"]


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("沙洲镇2022年工作总结\n现将石桥镇2022年工作情况报告如下。\n全镇修路12公里。", ["石桥镇"]),
        (
            "沙洲镇2022年工作总结\n一年来，全镇修路12公里。\n沙洲镇人民政府\n"
            "石桥镇2022年工作总结\n一年来，全镇修路9公里。\n石桥镇人民政府",
            ["石桥镇", "石桥镇"],
        ),
        ("丹桥县沙洲镇2022年工作总结\n全镇修路12公里。\n丹桥县沙洲镇人民政府", []),
        ("沙洲镇2022年工作总结\n成功举办镇第十九届人民代表大会第一次会议，全镇修路12公里。", []),
        ("沙洲镇2022年工作总结\n全镇修路12公里，与石桥镇共建市场。石桥镇位于我镇以东。", []),
    ],
)
def test_the_text_of_another_place_is_warned_of(text: str, quotes: list[str]) -> None:
    parsed = read(text)
    assert parsed.report.metadata.town == "沙洲镇"
    assert sorted(warnings(parsed, "other_place")) == quotes


def test_a_name_has_one_spelling_in_both_scripts() -> None:
    towns = {read(title).report.metadata.town for title in ("於潜镇2021年工作总结", "於潛鎮2022年工作總結")}
    assert towns == {"於潜镇"}
    assert read("乾縣2022年政府工作報告").report.metadata.town == "乾县"  # 干县


def test_escaped_line_ends_are_line_ends() -> None:
    lines = [
        "政府工作报告",
        "2005年2月26日",
        "各位代表：",
        "我代表丹桥县人民政府报告工作。",
        "2004年工作回顾",
        "修路12公里。",
    ]
    text = r"\r\n".join(lines)
    found = read(text).report.metadata
    assert (found.town, found.year, found.plan_year) == ("丹桥县", 2004, 2005)


SAMPLE = {
    "datang-2022": ("大塘镇", "township", "云陂县", 2022, 2023),
    "heming-2022": ("鹤鸣乡", "township", "青岚县", 2022, 2023),
    "liuxi-qinglan-2021": ("柳溪镇", "township", "青岚县", 2021, 2022),
    "liuxi-yunpi-2021": ("柳溪镇", "township", "云陂县", 2021, 2022),
    "nanpu-2023": ("南浦街道", "township", "澄江区", 2023, 2024),
    "shiji-2020": ("石矶镇", "township", None, 2020, 2021),
    "shiji-2021": ("石矶镇", "township", "云陂县", 2021, 2022),
}


@pytest.mark.parametrize("name", SAMPLE)
def test_places_and_years_of_the_sample(name: str) -> None:
    found = parse(read_file(SAMPLE_FOLDER / f"{name}.txt")).report.metadata
    assert (found.town, found.level, found.county, found.year, found.plan_year) == SAMPLE[name]
