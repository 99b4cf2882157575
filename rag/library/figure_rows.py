"""Figures of reports as rows of the library, and back: as indicators of a report, or as rows for themselves."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import fields
from decimal import Decimal
from typing import Any

from rag.parsing.figures.indicators import FigureRow, Indicator
from rag.parsing.report import Report, ReportSource
from rag.types import Span

FIGURE_COLUMNS = (
    "number", "sentence", "topic", "value", "approx", "unit", "value_base", "unit_base", "year", "period", "status",
    "clean_start", "clean_end", "figure_start", "figure_end", "quote", "start", "end", "page",
)  # fmt: skip

ROWS = """SELECT reports.id, (SELECT name FROM sources WHERE report_id = reports.id ORDER BY position LIMIT 1),
        figures.page, reports.town, reports.level, reports.county, figures.year, reports.year, figures.topic,
        sentences.section, subjects.text, figures.value, figures.approx, figures.unit, figures.value_base,
        figures.unit_base, figures.period, figures.status, figures.quote, figures.start, figures.end
    FROM figures
        JOIN reports ON reports.position = figures.report
        JOIN subjects ON subjects.id = figures.subject
        JOIN sentences ON sentences.report = figures.report AND sentences.number = figures.sentence"""
"""Asks for figures, each with what it takes to show it."""

INDICATORS = """SELECT reports.id, reports.town, figures.year, figures.topic, sentences.section, subjects.text,
        figures.value, figures.approx, figures.unit, figures.value_base, figures.unit_base, figures.period,
        figures.status, figures.clean_start, figures.clean_end, figures.figure_start, figures.figure_end
    FROM figures
        JOIN reports ON reports.position = figures.report
        JOIN subjects ON subjects.id = figures.subject
        JOIN sentences ON sentences.report = figures.report AND sentences.number = figures.sentence
    WHERE reports.id = ? ORDER BY figures.number"""


_BASE_OF_ROW, _BASE_OF_INDICATOR = (
    [field.name for field in fields(kind)].index("value_base") for kind in (FigureRow, Indicator)
)


def figure_values(report: Report, source: ReportSource, figures: Sequence[Indicator]) -> Iterator[tuple[object, ...]]:
    """The figures of a report as FIGURE_COLUMNS; quotations and their offsets are those of the source."""
    starts = [sentence.start for sentence in report.sentences]
    for number, each in enumerate(figures):
        span = source.offsets.to_source(each.quote)
        yield (
            number,
            bisect_right(starts, each.figure.start) - 1,
            each.topic,
            each.value,
            each.approx,
            each.unit,
            None if each.value_base is None else str(each.value_base),
            each.unit_base,
            each.year,
            each.period,
            each.status,
            each.quote.start,
            each.quote.end,
            each.figure.start,
            each.figure.end,
            source.file.text[span.start : span.end],
            span.start,
            span.end,
            source.file.page(span.start),
        )


def read_figure(row: Any) -> FigureRow:
    """A row of ROWS."""
    values: list[Any] = list(row)
    values[_BASE_OF_ROW] = _number(values[_BASE_OF_ROW])
    return FigureRow(*values)


def read_indicator(row: Any) -> Indicator:
    """A row of INDICATORS."""
    *values, quote_start, quote_end, start, end = row
    base = values[_BASE_OF_INDICATOR]
    values[_BASE_OF_INDICATOR] = None if base is None else Decimal(base)
    spans: list[Any] = [Span(quote_start, quote_end), Span(start, end)]
    return Indicator(*values, *spans)


def _number(text: str | None) -> int | float | None:
    if text is None:
        return None
    number = Decimal(text)
    return int(number) if number == int(number) else float(number)
