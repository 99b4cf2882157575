"""Cleaning drops and never alters; what it drops is listed; a clean text is left as it is."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.parsing.cleaning import clean
from rag.parsing.report import Defect
from rag.types import Span
from tests.support.paths import SAMPLES

LINE_ENDS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"

BODY = (
    "一、2020年工作回顾\n"
    "全镇修建公路12公里、水渠3公里，惠及群众300户1200人，群众出行和灌溉条件明显改善，满意度达到98%。\n"
    "全年发放低保金45万元，新建养老服务中心1所、村级卫生室3所，城乡居民医保参保率达到97%以上。\n"
    "落实粮食播种面积2.46万亩，粮食总产量1.08万吨，建成高标准农田1500亩，新造油茶林850亩。\n"
    "二、2021年工作计划\n"
    "计划修建公路15公里，新建日处理500吨的污水处理厂1座，改造农村户厕120座，力争全面消除安全隐患。\n"
)
PIECES = [
    *("一、", "（一）", "1、", "。", "；", "，", "：", "\n", "\n\n", "\r\n", "\t", "\u3000", "\xa0", "\u200b", "\x0c"),
    *("“", "”", "（", "）", "石桥镇", "2022年", "工作总结", "工作计划", "和", "发展党员12名", "完成修路3公里", "二是"),
    *("相关稿件", "当前位置：首页 > 镇", "- 3 -", "来源：", "中共石桥镇委员会", "2022年12月1日", "XX", "存在的问题"),
    *(
        "下一步，我镇将",
        "共投入资金300万元用于建设全镇道路和水利设施以及农村改厕工作",
        "鎮",
        "麵",
        "\ufeff",
        "\x00",
        BODY,
    ),
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.characters(exclude_categories=["Cs"]), max_size=50).map("".join)


def kinds(text: str) -> list[str]:
    return [defect.kind for defect in clean(text).defects]


def only_defect(text: str, kind: str) -> Defect:
    found = [defect for defect in clean(text).defects if defect.kind == kind]
    assert len(found) == 1
    return found[0]


@given(TEXTS)
@settings(deadline=None, derandomize=True)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned.text).text == cleaned.text


@given(TEXTS)
@settings(deadline=None, derandomize=True)
def test_every_character_leads_back_to_itself(text: str) -> None:
    cleaned = clean(text)
    positions = [cleaned.offsets.position(index) for index in range(len(cleaned.text))]
    assert positions == sorted(set(positions))
    for character, position in zip(cleaned.text, positions, strict=True):
        assert text[position] == character or (character == "\n" and text[position] in LINE_ENDS)


@given(TEXTS)
@settings(deadline=None, derandomize=True)
def test_every_defect_quotes_its_place(text: str) -> None:
    assert all(text[defect.start : defect.end] == defect.quote != "" for defect in clean(text).defects)


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_sample_reports_are_clean_after_one_pass(path: Path) -> None:
    from rag.formats.read import read_file

    cleaned = clean(read_file(path).text)
    assert clean(cleaned.text).text == cleaned.text
    assert "首页" not in cleaned.text and "關稿件" not in cleaned.text and "打印" not in cleaned.text


def test_blanks_and_invisible_characters_go() -> None:
    assert clean("\ufeff\u3000\u3000全镇\u200b修路\xa0。 \r\n\r\n\xa0 修渠。\x00").text == "全镇修路\xa0。\n修渠。"


def test_an_empty_text_stays_empty() -> None:
    cleaned = clean(" \n\u3000\n")
    assert (cleaned.text, cleaned.lines, cleaned.offsets.runs) == ("", (), ())


def test_wraps_are_joined_over_blank_lines() -> None:
    source = "一、抓招商。一是摸清用地底\n\n数，做好准备；二是优先工业。\n\n二、抓民生。发放资金。"
    cleaned = clean(source)
    assert cleaned.text == "一、抓招商。一是摸清用地底数，做好准备；二是优先工业。\n二、抓民生。发放资金。"
    assert cleaned.offsets.to_source(Span(7, 15)) == Span(7, 17)
    assert source[7:17] == "是摸清用地底\n\n数，"


def test_a_wrapped_paragraph_is_one_defect() -> None:
    lines = ["一是修路。二是修", "渠道12处，三是整治山塘，四是疏浚沟渠，全部工程十月底完工，五是修", "桥。"]
    defect = only_defect("\n".join(lines), "hard_wraps")
    assert (defect.quote, "2处" in defect.detail) == ("\n".join(lines), True)


def test_a_page_number_inside_a_sentence_goes() -> None:
    source = "全年修路。确保粮食安\n- 3 -\n全不放松。"
    assert clean(source).text == "全年修路。确保粮食安全不放松。"
    assert only_defect(source, "boilerplate").quote == "- 3 -"


def test_the_second_copy_of_the_body_goes() -> None:
    source = f"石矶镇2020年工作总结\n\n{BODY}\n{BODY}相关稿件"
    cleaned = clean(source)
    assert cleaned.text == f"石矶镇2020年工作总结\n{BODY}".rstrip()
    defect = only_defect(source, "duplicated_body")
    assert (defect.start, defect.quote) == (source.rindex("一、2020年"), BODY.rstrip())


def test_a_copy_in_the_other_script_is_a_copy() -> None:
    traditional = BODY.translate(str.maketrans("镇万亩农设计满", "鎮萬畝農設計滿"))
    assert clean(BODY + traditional).text == BODY.rstrip()


def test_a_title_stands_once() -> None:
    source = "石矶镇2020年工作总结暨2021年工作计划\n石矶镇2020年工作总结与2021年工作计划\n一年来，全镇发展。"
    assert clean(source).text == "石矶镇2020年工作总结暨2021年工作计划\n一年来，全镇发展。"
    assert only_defect(source, "duplicated_title").quote == "石矶镇2020年工作总结与2021年工作计划"


def test_roles_of_lines() -> None:
    cleaned = clean(
        "石矶镇2020年工作总结\n来源：石矶镇 发布时间：2021-01-05\n县委：\n一年来，全镇发展。\n"
        "一、工作回顾\n全年修路12公里。\n石矶镇人民政府\n2020年12月28日"
    )
    roles = [line.role for line in cleaned.lines]
    assert roles == ["metadata", "metadata", "metadata", "body", "heading", "body", "metadata", "metadata"]
    assert cleaned.title == (0,)
    assert [(heading.text, heading.level) for heading in cleaned.headings] == [("一、工作回顾", 1)]


def test_a_clean_text_has_no_defects() -> None:
    assert kinds(f"石矶镇2020年工作总结\n{BODY}") == []


def test_bullets_go_from_the_beginning_of_a_line() -> None:
    assert clean("\uf0b7 全镇修路。\n\uf06c\n\uf0d8\t\uf0fc修渠12\uf0b0。").text == "全镇修路。\n修渠12\uf0b0。"
    assert clean("• 全镇修路。\n●\n➢\t修渠。\n■■村修桥。").text == "全镇修路。\n修渠。\n■■村修桥。"


def test_marks_of_direction_and_variation_go() -> None:
    assert clean("柳\u2066溪\ufe00镇\U000e0101修\ufffc路\u061c。").text == "柳溪镇修路。"


@pytest.mark.parametrize("mark", ["\\n", "\\r", "\\r\\n", "\\n\\n"])
def test_line_ends_that_a_program_spelled_out_are_line_ends(mark: str) -> None:
    assert clean(f"松桥镇工作总结{mark}新修水渠14公里。{mark}架桥3座。").text.splitlines() == [
        "松桥镇工作总结",
        "新修水渠14公里。",
        "架桥3座。",
    ]
