"""The order in which a page is read: columns of running text one after the other, tables and facts row by row. Pure.

What the columns of a band hold tells whether they are read down or across: a table has gaps through it as well as
running text in columns has.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import TypeAlias

from rag.formats.bands import Band, Stretch, bands, is_caption, says_unit
from rag.formats.furniture import Row
from rag.formats.printed import Grid, Line
from rag.text.clauses import CLAUSE_MARKS
from rag.text.normalization import HAN
from rag.text.units import UNIT

_FULL = 2.0  # heights of a character that a full line may end before its column's edge
_SHARE_FULL = 0.4  # of a column's lines where it holds running text
_LEAST_LINES = 3  # of running text
_LEAST_LENGTH = 7  # characters of its lines, in the middle
_LEAST_FACTS = 2 / 3
_MOST_COLUMNS = 100
_CLOSE = 0.85  # of the distance of a table's rows, below which a line is the rest of a wrapped cell
_MOST_HEADS = 2  # rows of a table's head whose cells span columns
_FIGURE = rf"[-+]?\d[\d,.，．]*\s*[十百千万亿]*(?:{UNIT}|%|％|‰)?"
_FACT = re.compile(
    rf"[\W\d]{{0,5}}[{HAN}][^{CLAUSE_MARKS}\d]*{_FIGURE}(?:[{CLAUSE_MARKS}（(][^{CLAUSE_MARKS}\d]*{_FIGURE})*[)）；;。]*"
)


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
    head: Band | None = None  # rows with gaps of their own, right above a table or by themselves
    for band in bands(rows):
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


def _is_head(band: Band) -> bool:
    return len(band.rows) <= _MOST_HEADS and all(len(row) > 1 and not is_caption(row) for row in band.rows)


def _read(band: Band) -> Iterator[Block]:
    if _is_table(band):
        yield from _table(band)
    elif not 1 < len(band.columns) <= _MOST_COLUMNS:
        yield from _across(band.rows)
    elif _are_facts(band):
        yield from (Table(((line.text.strip(),),)) for row in band.rows for line in row)
    else:
        for number in range(len(band.columns)):
            yield from (replace(line, column=(number, len(band.columns))) for line in _column(band, number))


def _is_table(band: Band) -> bool:
    return 1 < len(band.columns) <= _MOST_COLUMNS and not _are_facts(band) and not _is_running(band)


def _across(rows: Sequence[Row]) -> Iterator[Block]:
    for row in rows:
        if len(row) > 1:
            yield Table((tuple(line.text.strip() for line in row),))
        else:
            yield row[0]


def _column(band: Band, number: int) -> list[Line]:
    left, right = band.columns[number]
    return [line for row in band.rows for line in row if left <= line.left <= right]


def _are_facts(band: Band) -> bool:
    """Whether what stands beside each other are statements of their own, each with its name and its figure."""
    lines = [line for row in band.rows for line in row]
    return sum(_FACT.fullmatch(line.text.strip()) is not None for line in lines) >= _LEAST_FACTS * len(lines)


def _is_running(band: Band) -> bool:
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


def _table(band: Band, heads: Sequence[Row] = ()) -> Iterator[Block]:
    """The rows with cells beside each other as a table; lines before and after it are lines."""
    several = [index for index, row in enumerate(band.rows) if len(row) > 1 and not is_caption(row)]
    if not several:
        yield from _across([*heads, *band.rows])
        return
    first, stop = several[0], several[-1] + 1
    stop += sum(1 for _ in _wrapped(band, stop))
    yield from _across(band.rows[:first])
    yield Table(tuple(_cells([*heads, *band.rows[first:stop]], band.columns)))
    yield from _across(band.rows[stop:])


def _wrapped(band: Band, start: int) -> Iterator[Row]:
    """Rows below a table that only go on in a cell which is not its first."""
    for row in band.rows[start:]:
        if row[0].left <= band.columns[0][1]:
            return
        yield row


def _cells(rows: Sequence[Row], columns: Sequence[Stretch]) -> Iterator[tuple[str, ...]]:
    """Each row's texts by column, wrapped cells as one; above the first full row a piece may span columns."""
    full = next((number for number, row in enumerate(rows) if len(row) == len(columns)), 0)
    heads = full if full <= _MOST_HEADS else 0
    pitches = [after[0].top - before[0].top for before, after in pairwise(rows[heads:]) if len(after) > 1]
    close = _CLOSE * median(pitches) if pitches else 0
    table: list[list[str]] = []
    for number, row in enumerate(rows):
        cells = [""] * len(columns)
        for line in row:
            for column in _spanned(line, row, columns) if number < heads else _under(line, columns):
                cells[column] += ("\n" if cells[column] else "") + line.text.strip()
        is_close = number > heads and row[0].top - rows[number - 1][0].top < close
        if table and _is_rest(cells, table[-1], is_close):
            table[-1] = [above + cell for above, cell in zip(table[-1], cells, strict=True)]
        else:
            table.append(cells)
    return (tuple(row) for row in table)


def _is_rest(cells: Sequence[str], above: Sequence[str], is_close: bool) -> bool:
    """Whether cells only go on with those of the row above: few, without figures, close below it or without a label."""
    few = sum(map(bool, cells)) * 2 <= sum(map(bool, above))
    return few and (is_close or not cells[0]) and not any(cell[:1].isdecimal() for cell in cells)


def _under(line: Line, columns: Sequence[Stretch]) -> list[int]:
    """The columns that a piece stands over."""
    over = [index for index, (left, right) in enumerate(columns) if line.left < right and left < line.right]
    return over or [min(range(len(columns)), key=lambda index: abs(sum(columns[index]) - line.left - line.right))]


def _spanned(line: Line, row: Row, columns: Sequence[Stretch]) -> list[int]:
    """The columns that a piece of a head is centred over; those under other pieces are not among them."""
    taken = {column for other in row if other is not line for column in _under(other, columns)}
    over = _under(line, columns)

    def off(first: int, last: int) -> float:
        return abs(columns[first][0] + columns[last][1] - line.left - line.right)

    while True:
        wider = [(over[0] - 1, over[-1]), (over[0], over[-1] + 1)]
        free = [each for each in wider if each[0] >= 0 and each[1] < len(columns) and not taken & set(each)]
        best = min(free, key=lambda each: off(*each), default=None)
        if best is None or off(*best) >= off(over[0], over[-1]):
            return over
        over = list(range(best[0], best[1] + 1))
