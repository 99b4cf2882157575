"""The columns of a table: which label its rows, which number or measure them, and what the others' heads say. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.formats.table_blanks import with_spans
from rag.formats.table_cells import Row
from rag.formats.table_names import (
    LONGEST_NAME,
    Name,
    fits,
    is_bare,
    is_unit,
    is_value,
    is_year,
    joined,
    one_line,
    read_name,
)
from rag.text.lexicon import concept

_SAYS_MORE = re.compile(r"[，；。]|\d[\d.]*(?![\d.年])")
_SERIAL = concept("serial_column")
_UNIT_LABEL = concept("unit_label")
_INDICATOR = concept("indicator_column")
_SUM = concept("sum_row")


@dataclass(frozen=True, slots=True)
class Columns:
    """What the head of a table says, and what its rows show of it."""

    head: tuple[Row, ...]
    names: tuple[Name, ...]
    titles: tuple[str, ...]  # the heads as a person reads them
    serial: frozenset[int]
    units: int | None  # the column of units
    labels: tuple[int, ...]  # the columns of words that say what the figures of a row are of
    label: int | None  # the first that names rows
    unit: str  # of the whole table
    change_unit: str = ""  # of its changes and shares
    of: str = ""  # the place that all of it is of

    @property
    def width(self) -> int:
        return len(self.names)

    def of_row(self, row: Row) -> Name:
        """What the labels of a row say together."""
        words = [one_line(row[column]) for column in self._labels_of(row)]
        names = [read_name(word) for word in words if word and len(word) <= LONGEST_NAME]
        return joined([Name(thing=self.of), *names])

    def _labels_of(self, row: Row) -> Sequence[int]:
        """The columns that name a row; a sum within a group says of which only together with the group's name."""
        is_sum = len(self.labels) == 1 and one_line(row[self.labels[0]]) in _SUM
        return range(self.label or 0, self.labels[0] + 1) if is_sum and self.label is not None else self.labels


def read_columns(head: Sequence[Row], rows: Sequence[Row], unit: str, change_unit: str = "") -> Columns:
    """The columns of a table from its head, which may have no row, and its other rows."""
    width = len((*head, *rows)[0])
    spanned = with_spans(head)
    paths = [list(dict.fromkeys(one_line(row[column]) for row in spanned)) for column in range(width)]
    names = tuple(joined(read_name(part) for part in path if part) for path in paths)
    titles = tuple(
        "".join(f"{part}年" if is_year(part) and part.isdigit() else part for part in path) for path in paths
    )
    serial = frozenset(column for column, title in enumerate(titles) if title.lower() in _SERIAL)
    units = next((c for c, title in enumerate(titles) if _is_of_units(title, rows, c)), None)
    columns = Columns(tuple(head), names, titles, serial, units, (), None, unit, change_unit)
    words = _word_columns(columns, rows)
    if not words:
        return columns
    labels = _labels(columns, words, rows)
    return replace(columns, labels=labels, label=words[0])


def _is_of_units(title: str, rows: Sequence[Row], column: int) -> bool:
    """Whether a column gives the units of the rows: it says so, or has no title and nothing but units."""
    cells = [row[column] for row in rows if row[column] and len(set(row)) > 1]
    count = sum(is_unit(cell) for cell in cells)
    return count * 2 >= len(cells) if title in _UNIT_LABEL else not title and count == len(cells) > 1


def _word_columns(columns: Columns, rows: Sequence[Row]) -> list[int]:
    """The columns of words before the first of figures."""
    found: list[int] = []
    for column in range(columns.width):
        if column in columns.serial or column == columns.units:
            continue
        cells = [row[column] for row in rows if row[column]]
        values = sum(is_value(cell) and not (not found and is_year(cell)) for cell in cells)
        if cells and values * 2 >= len(cells) and (values == len(cells) or len(cells) > 2):
            break
        found.append(column)
    return found if len(found) < columns.width - len(columns.serial) else found[:1]


def _labels(columns: Columns, words: Sequence[int], rows: Sequence[Row]) -> tuple[int, ...]:
    """The columns that tell the rows apart: that of the indicator, or the first; more where that repeats itself."""
    last = words[-1]
    figures = [name for column, name in enumerate(columns.names) if column > last and column != columns.units]
    named = [column for column in words if columns.titles[column].endswith(_INDICATOR.words)]
    if named:
        first = next((column for column in reversed(named) if not _are_texts(rows, column)), named[0])
    elif figures and not any(name.thing for name in figures):
        first = last
    else:
        first = words[0]
    chosen = [first]
    entries = [row for row in rows if any(is_value(row[c]) for c in range(columns.width) if c > last)]
    for column in words:
        known = {tuple(row[c] for c in chosen) for row in entries}
        if len(known) < len({tuple(row[c] for c in (*chosen, column)) for row in entries}):
            chosen.append(column)
    return tuple(sorted(chosen))


def _are_texts(rows: Sequence[Row], column: int) -> bool:
    """Whether half of the cells say more than a name does, as under 建设内容: figures, clauses."""
    cells = [row[column] for row in rows if row[column]]
    return sum(_SAYS_MORE.search(cell) is not None for cell in cells) * 2 >= len(cells) > 0


def unit_of(row: Row, column: int, columns: Columns) -> str:
    """The unit of a bare figure, from the nearest place that names one: its column, its row, its table."""
    if not is_bare(row[column]):
        return ""
    own, label = columns.names[column], columns.of_row(row)
    if own.is_rank or label.is_rank:
        return own.unit
    for name in (label, own):
        if name.is_change:
            return name.unit or columns.change_unit
    if own.unit or label.unit:
        return own.unit or label.unit
    if columns.units is not None and row[columns.units]:
        return row[columns.units]
    return columns.unit if fits(columns.unit, joined([label, own])) else ""
