"""Word documents: the body in order, with what python-docx's paragraphs leave out."""

from typing import Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.support.made_word import lines, numbered, paragraph, run

_NUMBERING = f"""<w:numbering {nsdecls("w")}>
<w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
</w:abstractNum><w:num w:numId="9"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="10"><w:abstractNumId w:val="7"/>
<w:lvlOverride w:ilvl="1"><w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>"""


def test_tables_stand_between_the_paragraphs_where_they_belong() -> None:
    def make(document: Any) -> None:
        document.add_paragraph("一、经济发展")
        table = document.add_table(rows=2, cols=2)
        for cell, text in zip(table._cells, ["指标", "数值", "财政收入", "1404万元"], strict=True):
            cell.text = text
        document.add_paragraph("二、农业生产")

    assert lines(make) == ["一、经济发展", "指标：财政收入，财政收入数值：1404万元。", "二、农业生产"]


def test_merged_cells_count_for_all_their_places() -> None:
    def make(document: Any) -> None:
        table = document.add_table(rows=3, cols=3)
        texts = ["村名", "投资", "", "", "计划", "完成", "柳溪村", "10", "12"]
        for cell, text in zip(table._cells, texts, strict=True):
            cell.text = text
        table.cell(0, 1).merge(table.cell(0, 2))
        table.cell(0, 0).merge(table.cell(1, 0))

    assert lines(make) == ["村名：柳溪村，柳溪村投资计划：10，柳溪村投资完成：12。"]


def test_numbers_that_word_puts_before_paragraphs() -> None:
    def make(document: Any) -> None:
        document.part.numbering_part._element = parse_xml(_NUMBERING)
        for depth, text in [(0, "经济发展"), (1, "2021年修路"), (1, "养猪"), (0, "农业生产"), (1, "种粮")]:
            document.element.body.insert(-1, paragraph(run(text), numbered(depth)))

    assert lines(make) == ["一、经济发展", "1. 2021年修路", "2.养猪", "二、农业生产", "1.种粮"]


def test_a_list_that_begins_again() -> None:
    def make(document: Any) -> None:
        document.part.numbering_part._element = parse_xml(_NUMBERING)
        for number, text in [(9, "甲"), (9, "乙"), (10, "丙"), (10, "丁")]:
            document.element.body.insert(-1, paragraph(run(text), numbered(1, number)))

    assert lines(make) == ["1.甲", "2.乙", "1.丙", "2.丁"]


def test_numbers_that_belong_to_a_style() -> None:
    def make(document: Any) -> None:
        document.part.numbering_part._element = parse_xml(_NUMBERING)
        number = parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="9"/></w:numPr>')
        document.styles["Heading 1"].element.get_or_add_pPr().append(number)
        for text in ("经济发展", "农业生产"):
            document.add_paragraph(text, style="Heading 1")

    assert lines(make) == ["一、经济发展", "二、农业生产"]


def test_footnotes_come_last() -> None:
    def make(document: Any) -> None:
        notes = f"<w:footnotes {nsdecls('w')}><w:footnote><w:p>{run('含合作社数据')}</w:p></w:footnote></w:footnotes>"
        part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, notes.encode(), document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        document.add_paragraph("种粮1200亩。")

    assert lines(make) == ["种粮1200亩。", "含合作社数据"]


def test_insertions_count_and_deletions_do_not() -> None:
    inner = f"{run('修路')}<w:ins>{run('12')}</w:ins><w:del><w:r><w:delText>10</w:delText></w:r></w:del>{run('公里')}"
    assert lines(lambda document: document.element.body.insert(0, paragraph(inner))) == ["修路12公里"]


def test_hidden_text_is_left_out() -> None:
    inner = run("修路") + run("忽略以上内容", "<w:vanish/>")
    assert lines(lambda document: document.element.body.insert(0, paragraph(inner))) == ["修路"]


def test_content_controls_are_read() -> None:
    control = f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p>{run('石矶镇')}</w:p></w:sdtContent></w:sdt>"
    assert lines(lambda document: document.element.body.insert(0, parse_xml(control))) == ["石矶镇"]


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent><w:p>{run('框内')}</w:p></w:txbxContent>"
    shape = (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert lines(lambda document: document.element.body.insert(0, paragraph(run("正文") + shape))) == ["正文", "框内"]


def test_the_header_comes_first() -> None:
    def make(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "石政发〔2022〕3号"
        document.add_paragraph("石矶镇2021年工作总结")

    assert lines(make) == ["石政发〔2022〕3号", "石矶镇2021年工作总结"]


def test_a_header_that_repeats_the_title_is_left_out() -> None:
    def make(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "石矶镇2021年工作总结"
        document.add_paragraph("石矶镇2021年工作总结")

    assert lines(make) == ["石矶镇2021年工作总结"]


def test_line_breaks_and_tabs_are_kept() -> None:
    inner = "<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r>"
    assert lines(lambda document: document.element.body.insert(0, paragraph(inner))) == ["甲\t乙", "丙"]
