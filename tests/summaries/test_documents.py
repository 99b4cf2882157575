"""Summaries as Word documents and workbooks, read back."""

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from openpyxl import load_workbook

from rag.summaries.docx import summary_docx
from rag.summaries.schema import Summary
from rag.summaries.xlsx import summary_xlsx
from tests.support.made_parts import made_summary

QUOTE = "种植水稻1200亩。"


def with_text(text: str) -> Summary:
    """A summary whose point and quotation say something else."""
    summary = made_summary()
    quotation = replace(summary.overview[0].citations[0], quote=text)
    point = summary.overview[0].model_copy(update={"text": text, "citations": [quotation]})
    return summary.model_copy(update={"overview": [point]})


def footnotes(content: bytes) -> str:
    with ZipFile(BytesIO(content)) as file:
        return file.read("word/footnotes.xml").decode()


def test_a_document_has_title_table_and_points() -> None:
    document = Document(BytesIO(summary_docx(made_summary())))
    lines = [paragraph.text for paragraph in document.paragraphs]
    assert lines[0] == "石矶镇2020年工作摘要"
    assert lines.index("概况") < lines.index("主要指标") < lines.index("农业农村") < lines.index("需要留意")
    [table] = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["指标", "数值", "原文"],
        ["种植水稻", "1200亩", QUOTE],
    ]


def test_every_point_has_a_footnote_with_its_quotation_and_section() -> None:
    notes = footnotes(summary_docx(made_summary()))
    assert notes.count("<w:footnoteRef/>") == 2  # the overview's and the topic's; the table quotes beside
    assert notes.count(f"“{QUOTE}” 一、农业") == 2


def test_every_footnote_mark_leads_to_its_note() -> None:
    document = Document(BytesIO(summary_docx(made_summary())))
    marks = document.element.body.xpath(".//w:footnoteReference/@w:id")
    assert marks == ["1", "2"]


def test_the_head_of_the_table_is_repeated_on_every_page() -> None:
    [table] = Document(BytesIO(summary_docx(made_summary()))).tables
    assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")


@pytest.mark.parametrize("text", ["a<b>&\x00\x1b[2J", "]]><w:p/>"])
def test_what_a_report_says_becomes_no_markup(text: str) -> None:
    content = summary_docx(with_text(text))
    assert Document(BytesIO(content)).paragraphs
    assert "<w:p/>" not in footnotes(content)


def test_a_workbook_reads_back_cell_by_cell() -> None:
    points, figures = load_workbook(BytesIO(summary_xlsx(made_summary()))).worksheets
    source = (QUOTE, "石矶2020.txt", None, "一、农业", 30, 40)
    assert [tuple(cell.value for cell in row) for row in points.iter_rows(min_row=2)] == [
        ("石矶镇", "衡州县", 2020, "概况", None, QUOTE, *source),
        ("石矶镇", "衡州县", 2020, "各项工作", "农业农村", QUOTE, *source),
    ]
    assert [tuple(cell.value for cell in row) for row in figures.iter_rows(min_row=2)] == [
        ("石矶镇", "衡州县", 2020, "种植水稻", 1200, None, "亩", *source),
    ]
    assert (points.freeze_panes, points.auto_filter.ref) == ("A2", "A1:L3")


def test_text_that_looks_like_a_formula_stays_text() -> None:
    points, _ = load_workbook(BytesIO(summary_xlsx(with_text("=1+1")))).worksheets
    assert (points["F2"].value, points["F2"].data_type) == ("=1+1", "s")
