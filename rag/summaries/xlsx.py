"""Summaries as a workbook: a sheet of points and a sheet of key figures, each row with its quotation."""

from collections.abc import Iterator, Sequence

from rag.summaries.schema import KeyFigure, Point, Summary
from rag.tables.columns import Cell
from rag.tables.spreadsheets import Sheet, workbook

_HEAD = {"乡镇 town": 12, "县区 county": 12, "年度 year": 10}
_POINT = {"栏目 part": 14, "主题 topic": 18, "要点 point": 48}
_FIGURE = {"指标 subject": 30, "数值 value": 12, "约 approx": 9, "单位 unit": 10}
_SOURCE = {"原文 quotation": 60, "文件 file": 26, "页 page": 8, "章节 section": 30, "起 start": 9, "止 end": 9}


def summary_xlsx(summary: Summary) -> bytes:
    """The bytes of the .xlsx file."""
    return workbook(
        _sheet("要点 points", _HEAD | _POINT | _SOURCE, _point_rows(summary)),
        _sheet("主要指标 key figures", _HEAD | _FIGURE | _SOURCE, _figure_rows(summary)),
    )


def _sheet(title: str, columns: dict[str, int], rows: Iterator[Sequence[Cell]]) -> Sheet:
    return Sheet(title, list(columns), list(columns.values()), rows)


def _point_rows(summary: Summary) -> Iterator[Sequence[Cell]]:
    parts: list[tuple[str, str, Point]] = [
        *(("概况", "", point) for point in summary.overview),
        *(("各项工作", topic.topic, point) for topic in summary.topics for point in topic.points),
        *(("存在问题", "", point) for point in summary.problems),
        *(("下一年计划", "", point) for point in summary.plans),
    ]
    for part, topic, point in parts:
        yield (*_head(summary), part, topic, point.text, *_source(point))


def _figure_rows(summary: Summary) -> Iterator[Sequence[Cell]]:
    for figure in summary.key_figures:
        yield (*_head(summary), figure.subject, _number(figure), figure.approx, figure.unit, *_source(figure))


def _head(summary: Summary) -> Sequence[Cell]:
    return (summary.town, summary.county, summary.report_year)


def _source(point: Point) -> Sequence[Cell]:
    """Quotations together, and the place of the first."""
    first = point.citations[0]
    quotations = "\n".join(quotation.quote for quotation in point.citations)
    return (quotations, first.file, first.page, first.section, first.start, first.end)


def _number(figure: KeyFigure) -> Cell:
    """As a number to count with; a range stays as it is written."""
    try:
        value = float(figure.value)
    except ValueError:
        return figure.value
    return int(value) if value.is_integer() else value
