"""The order in which a page is read: columns of running text one after the other, tables and facts row by row. Pure.

A band is a run of rows with white space right through them. Such gaps part columns, as in the X-Y cut (G. Nagy, S. Seth
and M. Viswanathan, A prototype document image analysis system for technical journals, 1992) and in T. Breuel, Two
geometric algorithms for layout analysis (2002). What the columns hold tells whether they are read down or across: a
table has gaps through it as well.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import TypeAlias

from rag.formats.furniture import Row
from rag.formats.printed import Grid, Line
from rag.text.clauses import CLAUSE_MARKS
from rag.text.lexicon import concept
from rag.text.normalization import HAN
from rag.text.units import UNIT

_LEAST_GAP = 0.9  # heights of a character that a gap between columns has at least
_FULL = 2.0  # the same, that a full line may end before its column's edge
_SHARE_FULL = 0.4  # of a column's lines where it holds running text
_LEAST_LINES = 3  # of running text
_LEAST_LENGTH = 7  # characters of its lines, in the middle
_LEAST_FACTS = 2 / 3
_MOST_PITCHES = 1.7  # distances of lines below which a line in one column belongs to the text above
_MOST_HEADS = 2  # rows of a table's head whose cells span columns
_FIGURE = rf"[-+]?\d[\d,.，．]*\s*[十百千万亿]*(?:{UNIT}|%|％|‰)?"
_FACT = re.compile(
    rf"[\W\d]{{0,5}}[{HAN}][^{CLAUSE_MARKS}\d]*{_FIGURE}(?:[{CLAUSE_MARKS}（(][^{CLAUSE_MARKS}\d]*{_FIGURE})*[)）；;。]*"
)
_UNIT_LINE = re.compile(rf"[（(]?{concept('unit_label').any}\s*[:：]")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; a single one told by gaps alone is a line with gaps, and a single cell stands for itself."""

    rows: tuple[tuple[str, ...], ...]
    is_ruled: bool = False

    @property
    def width(self) -> int:
        """Its columns."""
        return len(self.rows[0])

    @property
    def is_caption(self) -> bool:
        """Whether it is only a line above a table: its title and beside it the unit of its figures."""
        return len(self.rows) == 1 and any(says_unit(cell) for cell in self.rows[0])


Block: TypeAlias = Line | Table


@dataclass(frozen=True, slots=True)
class _Band:
    """Rows with the same gaps right through them, and the stretches between the gaps."""

    rows: tuple[Row, ...]
    columns: tuple[tuple[float, float], ...]


def in_reading_order(rows: Sequence[Row], grids: Sequence[Grid] = ()) -> Iterator[Block]:
    """The lines and tables of a page."""
    rest = sorted(rows, key=lambda row: row[0].top)
    for grid in sorted(grids, key=lambda grid: grid.place.top):
        above = [row for row in rest if row[0].top < grid.place.top]
        yield from _blocks(above)
        yield Table(grid.rows, is_ruled=True)
        rest = [row for row in rest if row[0].top >= grid.place.top]
    yield from _blocks(rest)


def _blocks(rows: Sequence[Row]) -> Iterator[Block]:
    head: _Band | None = None  # rows with gaps of their own, right above a table or by themselves
    for band in _bands(rows):
        if head and _is_table(band):
            yield from _table(band, head.rows)
            head = None
            continue
        if head:
            yield from _read(head)
        head = band if _is_head(band) else None
        if not head:
            yield from _read(band)
    if head:
        yield from _read(head)


def _is_head(band: _Band) -> bool:
    return len(band.rows) <= _MOST_HEADS and all(len(row) > 1 and not _is_caption(row) for row in band.rows)


def _bands(rows: Sequence[Row]) -> Iterator[_Band]:
    band: list[Row] = []
    columns: list[tuple[float, float]] = []
    for row in rows:
        size = row[0].size
        joint = _merged([*columns, *((line.left, line.right) for line in row)], size)
        alone = _merged([(line.left, line.right) for line in row], size)
        if band and len(joint) < max(len(columns), len(alone)):
            yield from _closed(band, columns)
            band, columns = [], []
            joint = alone
        band.append(row)
        columns = joint
    if band:
        yield from _closed(band, columns)


def _merged(stretches: Sequence[tuple[float, float]], size: float) -> list[tuple[float, float]]:
    """Stretches without those that overlap or nearly touch."""
    merged: list[tuple[float, float]] = []
    for left, right in sorted(stretches):
        if merged and left - merged[-1][1] < _LEAST_GAP * size:
            merged[-1] = merged[-1][0], max(merged[-1][1], right)
        else:
            merged.append((left, right))
    return merged


def _closed(rows: Sequence[Row], columns: Sequence[tuple[float, float]]) -> Iterator[_Band]:
    """The band; lines below it that stand in its first column alone, further down, are one for themselves."""
    stop = len(rows)
    pitches = [after[0].top - before[0].top for before, after in pairwise(rows)]
    usual = median(pitches) if pitches else 0
    if len(columns) > 1:
        lone = next((number for number in range(len(rows), 0, -1) if len(rows[number - 1]) > 1), 0)
        for number in range(max(lone, 1), len(rows)):
            if pitches[number - 1] > _MOST_PITCHES * usual or rows[number][0].size > 1.2 * rows[lone - 1][0].size:
                stop = number
                break
    for part in (rows[:stop], rows[stop:]):
        if part:
            stretches = [(line.left, line.right) for row in part for line in row]
            yield _Band(tuple(part), tuple(_merged(stretches, min(row[0].size for row in part))))


def _read(band: _Band) -> Iterator[Block]:
    if _is_table(band):
        yield from _table(band)
    elif len(band.columns) == 1:
        yield from _across(band.rows)
    elif _are_facts(band):
        yield from (Table(((line.text.strip(),),)) for row in band.rows for line in row)
    else:
        for number in range(len(band.columns)):
            yield from (replace(line, column=(number, len(band.columns))) for line in _column(band, number))


def _is_table(band: _Band) -> bool:
    return len(band.columns) > 1 and not _are_facts(band) and not _is_running(band)


def _across(rows: Sequence[Row]) -> Iterator[Block]:
    for row in rows:
        if len(row) > 1:
            yield Table((tuple(line.text.strip() for line in row),))
        else:
            yield row[0]


def _column(band: _Band, number: int) -> list[Line]:
    left, right = band.columns[number]
    return [line for row in band.rows for line in row if left <= line.left <= right]


def _are_facts(band: _Band) -> bool:
    """Whether what stands beside each other are statements of their own, each with its name and its figure."""
    lines = [line for row in band.rows for line in row]
    return sum(_FACT.fullmatch(line.text.strip()) is not None for line in lines) >= _LEAST_FACTS * len(lines)


def _is_running(band: _Band) -> bool:
    """Whether each column holds lines of running text; one may have begun only."""
    columns = [_column(band, number) for number in range(len(band.columns))]
    full = [_is_text(lines, band.columns[number][1]) for number, lines in enumerate(columns)]
    return all(full) or (all(full[:-1]) and _is_beginning(columns[-1]))


def _is_text(lines: Sequence[Line], right: float) -> bool:
    marks = sum(any(mark in line.text for mark in CLAUSE_MARKS) for line in lines)
    full = sum(line.right >= right - _FULL * line.size for line in lines)
    long = median(len(line.text.strip()) for line in lines) >= _LEAST_LENGTH
    return len(lines) >= _LEAST_LINES and long and marks > 0 and full >= _SHARE_FULL * len(lines)


def _is_beginning(lines: Sequence[Line]) -> bool:
    return len(lines) < _LEAST_LINES and any(len(line.text.strip()) >= _LEAST_LENGTH for line in lines)


def _table(band: _Band, heads: Sequence[Row] = ()) -> Iterator[Block]:
    """The rows with cells beside each other as a table; lines before and after it are lines."""
    several = [index for index, row in enumerate(band.rows) if len(row) > 1 and not _is_caption(row)]
    if not several:
        yield from _across([*heads, *band.rows])
        return
    first, stop = several[0], several[-1] + 1
    stop += sum(1 for _ in _wrapped(band, stop))
    yield from _across(band.rows[:first])
    yield Table(tuple(_cells([*heads, *band.rows[first:stop]], band.columns)))
    yield from _across(band.rows[stop:])


def _wrapped(band: _Band, start: int) -> Iterator[Row]:
    """Rows below a table that only go on in a cell which is not its first."""
    for row in band.rows[start:]:
        if row[0].left <= band.columns[0][1]:
            return
        yield row


def _is_caption(row: Row) -> bool:
    """Whether a row above a table says the unit of its figures, beside its title or alone."""
    return any(says_unit(line.text) for line in row)


def says_unit(text: str) -> bool:
    """Whether a line or a cell says the unit of a table, as 单位：万元 does."""
    return _UNIT_LINE.match(text.strip()) is not None


def _cells(rows: Sequence[Row], columns: Sequence[tuple[float, float]]) -> Iterator[tuple[str, ...]]:
    """Each row's texts by column; a head over several columns stands in each, wrapped cells are one."""
    table: list[list[str]] = []
    for row in rows:
        cells = [""] * len(columns)
        for line in row:
            for column in _under(line, columns):
                cells[column] += ("\n" if cells[column] else "") + line.text.strip()
        goes_on = table and not cells[0] and sum(map(bool, cells)) * 2 <= sum(map(bool, table[-1]))
        if goes_on and not any(cell[:1].isdecimal() for cell in cells):
            table[-1] = [above + cell for above, cell in zip(table[-1], cells, strict=True)]
        else:
            table.append(cells)
    return (tuple(row) for row in table)


def _under(line: Line, columns: Sequence[tuple[float, float]]) -> list[int]:
    """The columns that a piece stands over."""
    over = [index for index, (left, right) in enumerate(columns) if line.left < right and left < line.right]
    return over or [min(range(len(columns)), key=lambda index: abs(sum(columns[index]) - line.left - line.right))]
