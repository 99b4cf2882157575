"""When two texts are one report."""

import hashlib

import pytest

from rag.parsing.parse import ParsedReport, parse
from rag.parsing.report import Metadata
from rag.parsing.same_text import aligned, may_be_same, same_text, shared_text
from rag.text.normalization import to_traditional
from rag.types import SourceFile, Span

TEXT = """云陂县石矶镇2021年工作总结
一、农业生产
粮食播种面积3.15万亩，总产量1.39万吨，同比增长2.2%。
发展油茶1200亩，改造低产林300亩；新修水渠12.5公里。
二、存在问题
一是产业基础薄弱，二是基础设施欠账较多。
三、2022年工作计划
计划新建冷库2座，硬化道路8公里。
"""
PAGE = f"""首页 > 政务公开 > 工作总结
来源：石矶镇人民政府 发布时间：2022-01-15 浏览次数：123
{TEXT}
扫一扫在手机打开当前页
打印本页
"""


def parsed(text: str) -> ParsedReport:
    return parse(SourceFile("a.txt", hashlib.sha256(text.encode()).hexdigest(), "utf-8", text))


ONE = parsed(TEXT)

FORMS = [
    pytest.param(to_traditional(TEXT), id="traditional script"),
    pytest.param(PAGE, id="the page around it"),
    pytest.param(to_traditional(PAGE), id="the page around it in traditional script"),
    pytest.param(TEXT.replace("，", ",").replace("；", ";"), id="half-width punctuation"),
    pytest.param(TEXT.replace("改造低产林", "改造\n低产林"), id="a hard line wrap"),
    pytest.param(TEXT.replace("1200", "１２００"), id="full-width digits"),
    pytest.param(TEXT.replace("\n", "\n\n  "), id="blank lines and indents"),
]


@pytest.mark.parametrize("text", FORMS)
def test_another_form_is_the_same_report(text: str) -> None:
    assert same_text(ONE.report, parsed(text).report)
    assert same_text(parsed(text).report, ONE.report)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(TEXT.replace("1200亩", "1250亩"), id="a figure"),
        pytest.param(TEXT.replace("3.15", "31.5"), id="a decimal point"),
        pytest.param(TEXT.replace("2.2%", "2.2"), id="a percent sign"),
        pytest.param(TEXT.replace("增长2.2%", "增长-2.2%"), id="a minus sign"),
        pytest.param(TEXT.replace("新修水渠", "未修水渠"), id="a denial"),
        pytest.param(TEXT + "补充：新建桥梁3座。\n", id="a sentence more"),
        pytest.param(TEXT.replace("发展油茶1200亩，", ""), id="a clause less"),
        pytest.param(TEXT.replace("二、存在问题", "二、党建工作"), id="a heading"),
    ],
)
def test_another_statement_is_another_report(text: str) -> None:
    assert not same_text(ONE.report, parsed(text).report)


def test_short_texts_are_the_same_only_to_the_letter() -> None:
    assert not same_text(
        parsed("石矶镇2021年工作总结\n一、农业\n").report, parsed("石矶镇2021年工作总结\n农业\n").report
    )


@pytest.mark.parametrize("text", FORMS)
def test_every_letter_leads_to_its_counterpart(text: str) -> None:
    other = parsed(text)
    offsets = aligned(ONE.report, other.report, other.offsets)
    for sentence in ONE.report.sentences:
        if sentence.role == "metadata":
            continue
        span = offsets.to_source(Span(sentence.start, sentence.end))
        theirs = parsed(f"石矶镇2021年工作总结\n{text[span.start : span.end]}").report
        mine = parsed(f"石矶镇2021年工作总结\n{ONE.report.text[sentence.start : sentence.end]}").report
        assert _letters(theirs.text) == _letters(mine.text)


def _letters(text: str) -> str:
    from rag.text.normalization import fold

    return "".join(character for character in fold(text) if character.isalnum())


def test_a_whole_sentence_is_led_to_with_its_full_stop() -> None:
    other = parsed(to_traditional(TEXT))
    offsets = aligned(ONE.report, other.report, other.offsets)
    start = ONE.report.text.index("粮食播种")
    span = offsets.to_source(Span(start, ONE.report.text.index("。", start) + 1))
    assert to_traditional(TEXT)[span.start : span.end] == "糧食播種面積3.15萬畝，總產量1.39萬噸，同比增長2.2%。"


def test_a_heading_is_led_to_with_its_bracket() -> None:
    text = TEXT.replace("发展油茶", "（一）特色产业\n发展油茶")
    mine, other = parsed(text), parsed(to_traditional(text))
    start = mine.report.text.index("（一）")
    span = aligned(mine.report, other.report, other.offsets).to_source(Span(start, start + 7))
    assert to_traditional(text)[span.start : span.end] == "（一）特色產業"


def test_characters_of_other_regions_are_the_same() -> None:
    text = TEXT + "村卫生室4处，依靠著名品牌。\n"
    assert same_text(parsed(text).report, parsed(to_traditional(text).replace("衛", "衞")).report)


def test_texts_without_a_letter_are_different() -> None:
    assert not same_text(parsed("！！").report, parsed("？？").report)


def test_different_reports_are_not_aligned() -> None:
    other = parsed(TEXT.replace("1200", "1201"))
    with pytest.raises(ValueError, match="different reports"):
        aligned(ONE.report, other.report, other.offsets)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (Metadata(town="石矶镇"), True),
        (Metadata(town="石矶镇", county="云陂县", year=2021), True),
        (Metadata(town="柳溪镇"), False),
        (Metadata(town="石矶镇", county="青岚县"), False),
        (Metadata(town="石矶镇", year=2020), False),
    ],
)
def test_what_is_not_stated_contradicts_nothing(other: Metadata, expected: bool) -> None:
    assert may_be_same(Metadata(town="石矶镇", county="云陂县", year=2021), other) is expected


def test_common_text_is_measured() -> None:
    assert shared_text(ONE.report, ONE.report) == 1.0
    assert 0.7 < shared_text(ONE.report, parsed(TEXT.replace("1200亩", "1250亩")).report) < 1.0
    assert shared_text(ONE.report, parsed("柳溪镇2020年工作总结\n一、工业\n引进企业五家。\n").report) < 0.1
