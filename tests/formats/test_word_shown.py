"""Word documents: which runs, controls and fields are shown, and as what."""

from typing import Any

import pytest

from rag.formats.word import read_word
from tests.support.made_word import (
    COMPATIBLE,
    add_style,
    body,
    document,
    element,
    lines,
    paragraph,
    run,
    styled,
    text_of,
)

STRUCK, STRUCK_TWICE, HIDDEN = "<w:strike/>", "<w:dstrike/>", "<w:vanish/>"


@pytest.mark.parametrize(
    ("properties", "is_shown"),
    [
        (STRUCK, False),
        (STRUCK_TWICE, False),
        (HIDDEN, False),
        ('<w:strike w:val="true"/>', False),
        ('<w:vanish w:val="on"/>', False),
        ('<w:strike w:val="0"/>', True),
        ('<w:strike w:val="false"/>', True),
        ('<w:dstrike w:val="0"/>', True),
        ('<w:vanish w:val="0"/>', True),
        ('<w:vanish w:val="off"/>', True),
        ("<w:b/><w:rPrChange><w:rPr><w:strike/></w:rPr></w:rPrChange>", True),
    ],
)
def test_a_run_is_shown_or_not_by_its_own_properties(properties: str, is_shown: bool) -> None:
    assert text_of(run("完成投资"), run("730", properties), run("845万元")) == (
        f"完成投资{'730' if is_shown else ''}845万元"
    )


def test_effects_of_character_styles_and_of_those_that_they_are_based_on() -> None:
    def make(made: Any) -> None:
        add_style(made, "Deleted", f"<w:rPr>{STRUCK}</w:rPr>", "character")
        add_style(
            made, "DeletedRed", '<w:basedOn w:val="Deleted"/><w:rPr><w:color w:val="FF0000"/></w:rPr>', "character"
        )
        red, undone = '<w:rStyle w:val="DeletedRed"/>', '<w:rStyle w:val="DeletedRed"/><w:strike w:val="0"/>'
        body(paragraph(run("修渠") + run("9", red) + run("14公里") + run("，架桥2座", undone)))(made)

    assert lines(make) == ["修渠14公里，架桥2座"]


def test_a_hidden_paragraph_style_is_undone_by_the_run() -> None:
    def make(made: Any) -> None:
        add_style(made, "Internal", f"<w:rPr>{HIDDEN}</w:rPr>")
        add_style(made, "Shown", f"<w:rPr>{HIDDEN}</w:rPr>", "character")
        undone, toggled = '<w:vanish w:val="0"/>', '<w:rStyle w:val="Shown"/>'
        text = run("测算稿") + run("公路里程58公里", undone) + run("，桥梁7座", toggled)
        body(paragraph(text, styled("Internal")))(made)

    assert lines(make) == ["公路里程58公里，桥梁7座"]


def test_a_double_strike_is_no_toggle() -> None:
    def make(made: Any) -> None:
        add_style(made, "Old", f"<w:rPr>{STRUCK_TWICE}</w:rPr>")
        add_style(made, "OldToo", f"<w:rPr>{STRUCK_TWICE}</w:rPr>", "character")
        body(paragraph(run("甲", '<w:rStyle w:val="OldToo"/>'), styled("Old")), paragraph(run("乙")))(made)

    assert lines(make) == ["乙"]


def test_moves_are_read_where_the_text_went() -> None:
    moved = f"<w:moveFrom>{run('一')}</w:moveFrom>{run('二')}<w:moveTo>{run('三')}</w:moveTo>"
    assert text_of(moved) == "二三"


def test_a_deleted_paragraph_end_joins_two_lines() -> None:
    deleted = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    assert lines(body(paragraph(run("全年植树"), deleted), paragraph(run("3200株。")))) == ["全年植树3200株。"]


def test_a_text_box_in_a_deletion_is_gone() -> None:
    box = f"<w:r><w:drawing><w:txbxContent><w:p>{run('旧稿')}</w:p></w:txbxContent></w:drawing></w:r>"
    assert text_of(run("正文"), f"<w:del>{box}</w:del>") == "正文"
    assert text_of(run("正文"), box.replace("<w:r>", f"<w:r><w:rPr>{HIDDEN}</w:rPr>")) == "正文"


def test_the_older_version_is_read_where_there_is_no_newer_one() -> None:
    older = (
        f"<w:r><mc:AlternateContent {COMPATIBLE}><mc:Fallback><w:t>旧版</w:t></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert text_of(older) == "旧版"


def test_readings_beside_characters_are_left_out() -> None:
    ruby = f"<w:r><w:ruby><w:rubyPr/><w:rt>{run('tuó')}</w:rt><w:rubyBase>{run('沱')}</w:rubyBase></w:ruby></w:r>"
    assert text_of(ruby, run("湾村修路6公里")) == "沱湾村修路6公里"


def field(*instructions: str, result: str | None = None) -> str:
    """A field as Word writes it, with a result or without."""
    typed = "".join(f"<w:r><w:instrText>{each}</w:instrText></w:r>" for each in instructions)
    shown = "" if result is None else f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}'
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return mark.format("begin") + typed + shown + mark.format("end")


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        pytest.param(field(r"eq \o\ad(\s\up 9(tuó),沱)"), "沱", id="a reading as a field"),
        pytest.param(field(r"eq \o\ac(○,", "12)"), "⑫", id="a number in a circle"),
        pytest.param(field(r"EQ \f(3,4)"), "3/4", id="a fraction"),
        pytest.param(field(r"EQ \r(3,a+b)"), "3√(a+b)", id="a root"),
        pytest.param(field(" = 3+4 ", result="7"), "7", id="a result"),
        pytest.param(field(' IF "', field("MERGEFIELD x", result="忽略"), '"', result="甲"), "甲", id="one in another"),
        pytest.param(r'<w:fldSimple w:instr="EQ \f(1,2)"/>', "1/2", id="a field of one element"),
        pytest.param(f'<w:fldSimple w:instr="SEQ a">{run("5")}</w:fldSimple>', "5", id="its result"),
    ],
)
def test_fields(shown: str, text: str) -> None:
    assert text_of(run("前"), shown, run("后")) == f"前{text}后"


@pytest.mark.parametrize(
    ("form", "text"),
    [
        (
            '<w:ddList><w:result w:val="1"/><w:listEntry w:val="未完成"/><w:listEntry w:val="已完成"/></w:ddList>',
            "已完成",
        ),
        ('<w:ddList><w:listEntry w:val="未完成"/><w:listEntry w:val="已完成"/></w:ddList>', "未完成"),
        ("<w:checkBox><w:checked/></w:checkBox>", "☑"),
        ('<w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox>', "☐"),
    ],
)
def test_old_form_fields_show_what_was_chosen(form: str, text: str) -> None:
    begin = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{form}</w:ffData></w:fldChar></w:r>'
    end = '<w:r><w:instrText>FORMDROPDOWN</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert text_of(run("进度："), begin + end) == f"进度：{text}"


def control(content: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def test_controls_show_what_was_filled_in_and_not_what_to_fill_in() -> None:
    listed = '<w:dropDownList><w:listItem w:value="是"/><w:listItem w:value="否"/></w:dropDownList>'
    inner = [
        run("验收："),
        control(run("是"), listed),
        run("，日期："),
        control(run("2023年3月1日"), "<w:date/>"),
        run("，备注："),
        control(run("单击此处输入文字。"), "<w:showingPlcHdr/>"),
        control(run("无"), '<w:showingPlcHdr w:val="0"/>'),
    ]
    assert text_of(*inner) == "验收：是，日期：2023年3月1日，备注：无"


def test_a_whole_paragraph_that_asks_to_be_filled_in() -> None:
    prompt = control(f"<w:p>{run('请在此输入')}</w:p>", "<w:showingPlcHdr/>")
    filled = control(f"<w:p>{run('河坝加固3处。')}</w:p>")
    assert lines(body(element("sdtContent", prompt + filled))) == ["河坝加固3处。"]


@pytest.mark.parametrize(
    ("font", "place", "text"),
    [
        ("Wingdings", "F0FE", "☑"),
        ("Wingdings", "F083", "③"),
        ("Symbol", "F025", "%"),
        ("Symbol", "F0B3", "≥"),
        ("宋体", "2103", "℃"),
        ("Webdings", "F021", ""),
        ("Symbol", "x", ""),
    ],
)
def test_characters_of_symbol_fonts(font: str, place: str, text: str) -> None:
    assert text_of(run("前"), f'<w:r><w:sym w:font="{font}" w:char="{place}"/></w:r>', run("后")) == f"前{text}后"


RAISED = '<w:vertAlign w:val="superscript"/>'


@pytest.mark.parametrize(
    ("before", "mark", "text"),
    [
        ("绿地1200m", "2", "绿地1200m²"),
        ("供水3km", "3", "供水3km³"),
        ("约10", "4", "约1万"),
        ("税收1260", "1", "税收1260"),
        ("税收1260", "[2]", "税收1260"),
        ("税收1260", "①", "税收1260"),
        ("税收", "3", "税收"),
        ("气温25", "0", "气温25°"),
        ("第1", "st", "第1st"),
    ],
)
def test_superscripts(before: str, mark: str, text: str) -> None:
    assert text_of(run(before), run(mark, RAISED), run("。")) == f"{text}。"


def test_what_is_embedded_is_told() -> None:
    inner = run("见图。") + "<w:r><w:object/></w:r><w:r><w:object/></w:r>"
    (notice,) = read_word(document(body(paragraph(inner)))).notes
    assert (notice.code, notice.values["count"]) == ("embedded_not_read", 2)


def test_a_document_of_pictures_is_told() -> None:
    picture = '<w:r><w:pict><v:imagedata xmlns:v="urn:schemas-microsoft-com:vml"/></w:pict></w:r>'
    short, long = run("工作总结"), run("修路。" * 40)
    assert [each.code for each in read_word(document(body(paragraph(short + picture)))).notes] == ["pictures_not_read"]
    assert read_word(document(body(paragraph(long + picture)))).notes == ()


@pytest.mark.parametrize(
    ("font", "typed", "shown"),
    [
        ("Symbol", "\uf0b3", "≥"),
        ("Symbol", "a", "α"),
        ("Wingdings", "\uf0fc", "✓"),
        ("Wingdings 2", "R", "☑"),
        ("Wingdings", "12", "12"),
        ("宋体", "R", "R"),
    ],
)
def test_text_set_in_a_symbol_font_reads_as_it_looks(font: str, typed: str, shown: str) -> None:
    fonts = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>'
    assert text_of(run("增长"), run(typed, fonts), run("4.5%")) == f"增长{shown}4.5%"


@pytest.mark.parametrize(
    ("shape", "is_read"),
    [("", True), ('style="rotation:315"', False), ('id="PowerPlusWaterMarkObject1"', False)],
)
def test_drawn_words_are_read_and_watermarks_are_not(shape: str, is_read: bool) -> None:
    words = '<v:textpath string="枫垭镇2022年工作总结"/>'
    drawn = f'<v:shape xmlns:v="urn:schemas-microsoft-com:vml" {shape}>{words}</v:shape>'
    assert text_of(f"<w:r><w:pict>{drawn}</w:pict></w:r>") == ("枫垭镇2022年工作总结" if is_read else "")


def test_a_document_that_is_only_linked_is_told_of() -> None:
    extract = read_word(document(body(paragraph(run("架桥3座。")), paragraph('<w:subDoc r:id="rId77"/>'))))
    assert [notice.code for notice in extract.notes] == ["embedded_not_read"]
