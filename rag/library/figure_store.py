"""Stored figures by a choice: a page of them, all of them one after the other, or in short for choosing among many.

Which figures is decided in SQL; quotations are read for what is given only.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from rag.library.figure_rows import FROM, INDICATORS, ROWS, SHOWN, read_figure, read_indicator
from rag.library.listing import ALL, Choice, conditions
from rag.library.reader import IN_ORDER, Lookup
from rag.library.rows import load
from rag.library.schema import faults, read_only
from rag.parsing.figures.indicators import FigureRow, Indicator, read_indicators
from rag.parsing.figures.periods import Status
from rag.parsing.heads.lending import ClauseHead, HeadsBySentence, heads_by_sentence
from rag.parsing.orders import without_orders
from rag.parsing.report import Report
from rag.types import Notice


@dataclass(frozen=True, slots=True)
class FigureChoice:
    """Which figures; what is left out restricts nothing. Years and status are those of the statement."""

    reports: Choice = ALL
    years: tuple[int, ...] = ()
    topics: tuple[str, ...] | None = None
    status: Status | None = None


class Brief(NamedTuple):  # thousands are made for a comparison, and a dataclass takes ten times as long
    """A figure without its quotation: what it takes to choose among thousands."""

    position: int  # of its report in the library; with `number` it leads to the figure
    number: int
    town: str | None
    county: str | None
    year: int | None
    status: Status
    subject: int
    value_base: str | None
    unit_base: str
    period: str | None
    is_part: bool
    reached: bool  # whether the quotation says that so much was reached
    start: int


EVERY_FIGURE = FigureChoice()
_Ask = Callable[[str, Sequence[object]], Iterable[Any]]


def figures(
    library: Lookup, choice: FigureChoice = EVERY_FIGURE, *, limit: int | None = None, offset: int = 0
) -> list[FigureRow]:
    """Figures by county, town and year of their reports and in the order of the text, from `offset` on."""
    return list(_rows_of(lambda sql, values: library.rows(sql, *values), choice, limit, offset))


def stream_figures(
    library: Lookup, choice: FigureChoice = EVERY_FIGURE, *, limit: int | None = None, offset: int = 0
) -> Iterator[FigureRow]:
    """The same one after the other, through a connection of its own: nobody waits for it, and memory stays as it is.

    All are of one state of the library.
    """
    path = Path(library.rows("PRAGMA database_list")[0][2])
    with faults(), closing(sqlite3.connect(read_only(path), uri=True, check_same_thread=False)) as own:
        own.execute("BEGIN")
        yield from _rows_of(own.execute, choice, limit, offset)


def count_figures(library: Lookup, choice: FigureChoice = EVERY_FIGURE) -> int:
    """How many figures there are of a choice."""
    reports, values = conditions(choice.reports)
    where, more = _conditions(choice)
    sql = f"SELECT count(*) FROM (SELECT position FROM reports WHERE {reports}) JOIN figures ON report = position"
    return int(library.rows(f"{sql} WHERE {where}", *values, *more)[0][0])


def indicators_of(library: Lookup, report_id: str) -> list[Indicator]:
    """The figures of one report as they were read off it, in its order."""
    return [read_indicator(row) for row in library.rows(INDICATORS, report_id)]


def figures_of(library: Lookup, report: Report) -> Sequence[Indicator]:
    """The figures of one report; read off it where an earlier release stored it without them."""
    unread = library.rows("SELECT 1 FROM reports WHERE id = ? AND read_by = ''", report.id)
    return read_indicators(report) if unread else indicators_of(library, report.id)


def heads_of(library: Lookup, report: Report) -> HeadsBySentence:
    """What the clauses of one report are lent, by where their sentences start; read off it where it is not stored."""
    position, read_by = library.rows("SELECT position, read_by FROM reports WHERE id = ?", report.id)[0]
    if not read_by:
        return heads_by_sentence(without_orders(report))
    rows = library.rows("SELECT start, heads FROM sentences WHERE report = ? AND heads != ''", position)
    return {start: load(heads, tuple[ClauseHead, ...]) for start, heads in rows}


def briefs(library: Lookup, subjects: Iterable[int], choice: FigureChoice) -> list[Brief]:
    """The figures of subjects in short."""
    reports, values = conditions(choice.reports)
    where, more = _conditions(choice)
    sql = f"""SELECT figures.report, figures.number, of.town, of.county, figures.year, figures.status, figures.subject,
            figures.value_base, figures.unit_base, figures.period, figures.is_part, figures.reached, figures.start
        FROM json_each(?) AS wanted CROSS JOIN figures ON figures.subject = wanted.value
            CROSS JOIN reports AS of ON of.position = figures.report
        WHERE {where} AND EXISTS (SELECT 1 FROM reports WHERE position = figures.report AND {reports})"""
    return list(map(Brief._make, library.rows(sql, json.dumps(list(subjects)), *more, *values)))


def figures_at(library: Lookup, places: Iterable[tuple[int, int]]) -> dict[tuple[int, int], FigureRow]:
    """Figures by their places: position of the report, number."""
    sql = f"""SELECT figures.report, figures.number, {SHOWN} {FROM}
        WHERE (figures.report, figures.number) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?))"""
    return {tuple(row[:2]): read_figure(row[2:]) for row in library.rows(sql, json.dumps(list(places)))}


def real_reports(library: Lookup, choice: Choice = ALL) -> Choice:
    """The reports of a choice that are no samples; all of them where the library holds samples only.

    Raises UnknownReport where it holds none.
    """
    library.require_reports()
    return replace(choice, is_sample=False) if library.has_real_reports() else choice


def unread_notices(library: Lookup) -> tuple[Notice, ...]:
    """Says that there are reports whose figures nobody has read: an earlier release stored them."""
    count = int(library.rows("SELECT count(*) FROM reports WHERE read_by = ''")[0][0])
    return (Notice("figures_not_read", count=count),) if count else ()


def _rows_of(ask: _Ask, choice: FigureChoice, limit: int | None, offset: int) -> Iterator[FigureRow]:
    reports, values = conditions(choice.reports)
    where, more = _conditions(choice)
    counting = f"SELECT count(*) FROM figures WHERE report = ? AND {where}"
    reading = f"{ROWS} WHERE figures.report = ? AND {where} ORDER BY figures.number LIMIT ? OFFSET ?"
    left = -1 if limit is None else limit
    for (position,) in ask(f"SELECT position FROM reports WHERE {reports} {IN_ORDER}", values):
        if left == 0:
            return
        skipped = offset and min(offset, next(iter(ask(counting, (position, *more))))[0])
        offset -= skipped
        if offset:
            continue
        for row in ask(reading, (position, *more, left, skipped)):
            yield read_figure(row)
            left -= left > 0


def _conditions(choice: FigureChoice) -> tuple[str, list[object]]:
    """What a choice asks of figures themselves, as an SQL condition with its values."""
    asked: list[tuple[str, Sequence[object] | None]] = [
        ("figures.year", choice.years or None),
        ("figures.topic", choice.topics),
        ("figures.status", choice.status and [choice.status]),
    ]
    parts = [
        (f"{column} IN ({', '.join('?' * len(values))})", values) for column, values in asked if values is not None
    ]
    return " AND ".join(sql for sql, _ in parts) or "TRUE", [value for _, values in parts for value in values]
