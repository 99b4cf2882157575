"""Figures of reports as rows of the library, and back: as indicators of a report, or as rows for themselves."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import fields
from decimal import Decimal
from typing import Any

from rag.library.rows import dump, load
from rag.parsing.figures.indicators import FigureRow, Indicator
from rag.parsing.heads.clause import Lent
from rag.parsing.report import Report, ReportSource
from rag.types import Span

FIGURE_COLUMNS = (
    "number", "sentence", "topic", "in_full", "head", "lent", "quantity", "whose", "is_part", "is_base", "value",
    "approx", "unit", "value_base", "unit_base", "year", "period", "status", "clean_start", "clean_end", "figure_start",
    "figure_end", "quote", "start", "end", "page", "reached",
)  # fmt: skip
"""`in_full` is the subject with what is lent before it, NULL where nothing is; its own words are in `subjects`.

`reached` is whether the quotation has REACHED.
"""
REACHED = "达到"  # what a total has in its quotation, and no addition

FROM = """FROM figures
        JOIN reports ON reports.position = figures.report
        JOIN subjects ON subjects.id = figures.subject
        JOIN sentences ON sentences.report = figures.report AND sentences.number = figures.sentence"""

SHOWN = """reports.id, (SELECT name FROM sources WHERE report_id = reports.id ORDER BY position LIMIT 1),
        figures.page, reports.town, reports.level, reports.county, figures.year, reports.year, figures.topic,
        sentences.section, coalesce(figures.in_full, subjects.text), subjects.text, figures.head, figures.quantity,
        figures.whose, figures.is_part, figures.is_base, figures.value, figures.approx, figures.unit,
        figures.value_base, figures.unit_base, figures.period, figures.status, figures.quote,
        figures.start, figures.end"""
"""What it takes to show a figure, of the tables of FROM."""

ROWS = f"SELECT {SHOWN} {FROM}"

INDICATORS = f"""SELECT reports.id, reports.town, figures.year, figures.topic, sentences.section,
        coalesce(figures.in_full, subjects.text), subjects.text, figures.head, figures.lent, figures.quantity,
        figures.whose, figures.is_part, figures.is_base, figures.value, figures.approx, figures.unit,
        figures.value_base, figures.unit_base, figures.period, figures.status, figures.clean_start, figures.clean_end,
        figures.figure_start, figures.figure_end
    {FROM}
    WHERE reports.id = ? ORDER BY figures.number"""


_FIELDS_OF_ROW = [field.name for field in fields(FigureRow)]
_FIELDS_OF_INDICATOR = [field.name for field in fields(Indicator)]


def figure_values(report: Report, source: ReportSource, figures: Sequence[Indicator]) -> Iterator[tuple[object, ...]]:
    """The figures of a report as FIGURE_COLUMNS; quotations and their offsets are those of the source."""
    starts = [sentence.start for sentence in report.sentences]
    for number, each in enumerate(figures):
        span = source.offsets.to_source(each.quote)
        quote = source.file.text[span.start : span.end]
        yield (
            number,
            bisect_right(starts, each.figure.start) - 1,
            each.topic,
            None if each.subject == each.own else each.subject,
            each.head,
            dump(each.lent, tuple[Lent, ...]),
            each.quantity,
            each.whose,
            each.is_part,
            each.is_base,
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
            quote,
            span.start,
            span.end,
            source.file.page(span.start),
            REACHED in quote,
        )


def read_figure(row: Any) -> FigureRow:
    """A row of ROWS."""
    values = dict(zip(_FIELDS_OF_ROW, row, strict=True))
    changed = {name: bool(values[name]) for name in ("is_part", "is_base")}
    return FigureRow(**{**values, **changed, "value_base": _number(values["value_base"])})


def read_indicator(row: Any) -> Indicator:
    """A row of INDICATORS."""
    *before, quote_start, quote_end, start, end = row
    spans = (Span(quote_start, quote_end), Span(start, end))
    values = dict(zip(_FIELDS_OF_INDICATOR, (*before, *spans), strict=True))
    changed = {name: bool(values[name]) for name in ("is_part", "is_base")}
    base = values["value_base"]
    number = None if base is None else Decimal(base)
    return Indicator(**{**values, **changed, "lent": load(values["lent"], tuple[Lent, ...]), "value_base": number})


def _number(text: str | None) -> int | float | None:
    if text is None:
        return None
    number = Decimal(text)
    return int(number) if number == int(number) else float(number)
