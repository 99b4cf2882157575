"""Summaries as Word documents that an office can hand on: title, table of figures, points with footnoted quotations."""

from collections.abc import Sequence
from io import BytesIO

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from rag.summaries.docx_footnotes import Footnotes
from rag.summaries.labels import SUMMARY_LABELS, facts_of, notes_of, quotation_labels, title_of
from rag.summaries.schema import KeyFigure, Point, Summary
from rag.text.display import printable, shortened
from rag.verification.claims import Citation

_BODY, _HEADING = "宋体", "黑体"
_WIDTHS = (Cm(5.2), Cm(3.6), Cm(7.2))


def summary_docx(summary: Summary) -> bytes:
    """The bytes of the .docx file."""
    labels = SUMMARY_LABELS[summary.language]
    paper = _Paper(summary)
    paper.title(title_of(summary), facts_of(summary))
    paper.sentences(labels.overview, summary.overview)
    paper.table(labels.key_figures, labels.columns, summary.key_figures)
    for topic in summary.topics:
        if topic is summary.topics[0]:
            paper.heading(labels.topics, 1)
        paper.points(labels.topic(topic.topic), 2, topic.points)
    paper.points(labels.problems, 1, summary.problems)
    paper.points(labels.plans, 1, summary.plans)
    warnings = [f"{warning.detail}：“{shortened(warning.quote)}”" for warning in summary.faults]
    paper.lines(labels.warnings, [*warnings, *notes_of(summary)])
    return paper.bytes()


class _Paper:
    """A document being written from top to bottom."""

    def __init__(self, summary: Summary) -> None:
        self._document: DocumentObject = Document()
        self._footnotes = Footnotes()
        self._labels = quotation_labels(summary)
        _set_up(self._document, title_of(summary))

    def title(self, text: str, facts: Sequence[tuple[str, str]]) -> None:
        heading = self._document.add_heading(printable(text), 0)
        heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line = self._document.add_paragraph(printable("　".join(f"{name}：{value}" for name, value in facts)))
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER

    def heading(self, text: str, level: int) -> None:
        self._document.add_heading(printable(text), level)

    def sentences(self, heading: str, points: Sequence[Point]) -> None:
        """The overview, one paragraph with the mark of each sentence behind it."""
        if not points:
            return
        self.heading(heading, 1)
        paragraph = self._document.add_paragraph()
        paragraph.paragraph_format.first_line_indent = Pt(24)
        for point in points:
            self._write(paragraph, point)

    def points(self, heading: str, level: int, points: Sequence[Point]) -> None:
        if not points:
            return
        self.heading(heading, level)
        for point in points:
            self._write(self._document.add_paragraph(style="List Bullet"), point)

    def lines(self, heading: str, lines: Sequence[str]) -> None:
        if not lines:
            return
        self.heading(heading, 1)
        for line in lines:
            self._document.add_paragraph(printable(line), style="List Bullet")

    def table(self, heading: str, columns: Sequence[str], figures: Sequence[KeyFigure]) -> None:
        """Figures with their quotations beside them; the head is repeated on every page."""
        if not figures:
            return
        self.heading(heading, 1)
        table = self._document.add_table(rows=1, cols=len(columns), style="Table Grid")
        table.autofit = False
        for column, width in zip(table.columns, _WIDTHS, strict=True):
            column.width = width
        head = table.rows[0]
        head._tr.get_or_add_trPr().append(head._tr.makeelement(qn("w:tblHeader"), {}))
        _fill(head.cells, columns, is_bold=True)
        for figure in figures:
            quotations = "；".join(" ".join(quotation.quote.split()) for quotation in figure.citations)
            _fill(table.add_row().cells, (figure.subject, figure.written, quotations))

    def bytes(self) -> bytes:
        self._footnotes.attach(self._document)
        stream = BytesIO()
        self._document.save(stream)
        return stream.getvalue()

    def _write(self, paragraph: Paragraph, point: Point) -> None:
        paragraph.add_run(printable(point.text))
        self._footnotes.add(paragraph, printable(self._note(point.citations)))

    def _note(self, quotations: Sequence[Citation]) -> str:
        """All quotations of a point, then where they stand."""
        quoted = "".join(f"“{' '.join(quotation.quote.split())}”" for quotation in quotations)
        places = dict.fromkeys(self._place(quotation) for quotation in quotations)
        return f"{quoted} {'；'.join(part for part in places if part)}"

    def _place(self, quotation: Citation) -> str:
        """Page and section; the file is named once, below the title."""
        page = self._labels.page.format(quotation.page) if quotation.page else ""
        return " · ".join(part for part in (page, quotation.section) if part)


def _set_up(document: DocumentObject, title: str) -> None:
    """Paper, margins and fonts; Chinese ones by their Windows names, which other systems replace."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2.5)
    document.core_properties.title = printable(title)
    document.core_properties.author = ""
    sizes = {"Normal": 12, "Title": 20, "Heading 1": 15, "Heading 2": 13, "List Bullet": 12}
    for name, size in sizes.items():
        style = document.styles[name]
        family = _BODY if name in ("Normal", "List Bullet") else _HEADING
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in list(fonts.attrib):
            del fonts.attrib[attribute]  # a theme's fonts go before named ones
        for script in ("w:ascii", "w:hAnsi", "w:eastAsia"):
            fonts.set(qn(script), family)
        style.font.size = Pt(size)
        style.font.color.rgb = None
        style.paragraph_format.space_after = Pt(4)


def _fill(cells: Sequence[_Cell], texts: Sequence[str], *, is_bold: bool = False) -> None:
    for cell, text, width in zip(cells, texts, _WIDTHS, strict=True):
        cell.width = width
        run = cell.paragraphs[0].add_run(printable(text))
        run.font.size = Pt(10.5)
        run.bold = is_bold
