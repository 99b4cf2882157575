"""Summaries as a workbook: a sheet of points and a sheet of key figures, each row with its quotation."""

from collections.abc import Iterator, Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from rag.rendering import printable
from rag.summary import KeyFigure, Point, Summary

Value = str | int | float | None

POINTS = ("县区", "乡镇", "年度", "栏目", "主题", "要点", "原文", "文件", "页码", "章节", "起", "止")
FIGURES = ("县区", "乡镇", "年度", "指标", "数值", "约数", "单位", "原文", "文件", "页码", "章节", "起", "止")
_WIDTHS = {"要点": 48, "原文": 60, "指标": 28, "章节": 30, "文件": 24, "县区": 12, "乡镇": 12, "主题": 16}


def summary_xlsx(summaries: Sequence[Summary]) -> bytes:
    """The bytes of the .xlsx file; several summaries stand one below the other."""
    book = Workbook()
    points, figures = book.active, book.create_sheet("主要指标")
    assert isinstance(points, Worksheet)
    points.title = "要点"
    _fill(points, POINTS, [row for summary in summaries for row in _point_rows(summary)])
    _fill(figures, FIGURES, [row for summary in summaries for row in _figure_rows(summary)])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _point_rows(summary: Summary) -> Iterator[tuple[Value, ...]]:
    topics = ((topic.topic, point) for topic in summary.topics for point in topic.points)
    parts = [
        *(("概况", "", point) for point in summary.overview),
        *(("各项工作", topic, point) for topic, point in topics),
        *(("存在问题", "", point) for point in summary.problems),
        *(("下一年计划", "", point) for point in summary.plans),
    ]
    for part, topic, point in parts:
        yield (*_head(summary), part, topic, point.text, *_source(point))


def _figure_rows(summary: Summary) -> Iterator[tuple[Value, ...]]:
    for figure in summary.key_figures:
        yield (*_head(summary), figure.subject, _number(figure), figure.approx, figure.unit, *_source(figure))


def _head(summary: Summary) -> tuple[Value, ...]:
    return (summary.county, summary.town, summary.report_year)


def _source(point: Point) -> tuple[Value, ...]:
    """Quotations together, and the place of the first."""
    first = point.citations[0]
    quotations = "\n".join(quotation.quote for quotation in point.citations)
    return (quotations, first.file, first.page, first.section, first.start, first.end)


def _number(figure: KeyFigure) -> Value:
    """As a number, so that the sheet can reckon with it; a range stays text."""
    try:
        value = float(figure.value)
    except ValueError:
        return figure.value
    return int(value) if value.is_integer() else value


def _fill(sheet: Worksheet, head: Sequence[str], rows: Sequence[tuple[Value, ...]]) -> None:
    for row_number, row in enumerate((head, *rows), start=1):
        for column_number, value in enumerate(row, start=1):
            cell = sheet.cell(row_number, column_number)
            _write(cell, value)
            cell.font = Font(bold=row_number == 1)
            cell.alignment = Alignment(vertical="top", wrap_text=row_number > 1)
    for column_number, name in enumerate(head, start=1):
        sheet.column_dimensions[get_column_letter(column_number)].width = _WIDTHS.get(name, 9)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions


def _write(cell: Cell, value: Value) -> None:
    """Text stays text, whatever it begins with: a report cannot bring a formula along."""
    cell.value = printable(value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"
