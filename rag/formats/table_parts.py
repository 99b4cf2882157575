"""The tables that stand on one grid: side by side, one below the other, each with its captions and its head. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rag.formats.table_cells import Row
from rag.formats.table_names import is_head_word, is_unit, is_value, is_year, one_line
from rag.text.lexicon import concept

_SAID = re.compile("[^：:]{1,12}[：:].+")
LONG = 60  # characters from which a cell is a paragraph, not an entry
_HEADER_ROWS = 3
_INDICATOR = concept("indicator_column", "serial_column")


@dataclass(slots=True)
class Part:
    """One table: the lines above it, the rows of its head, its other rows."""

    captions: list[Row] = field(default_factory=list)
    head: list[Row] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)


def is_entries(row: Sequence[str]) -> bool:
    """Whether a row has more than one cell, merged ones counted once: it is no heading or note across the table."""
    return len({cell for cell in row if cell}) > 1


def parts_of(grid: Sequence[Row]) -> Iterator[Part]:
    """The tables of a grid, from left to right and from top to bottom. Empty rows part them, or mean nothing."""
    entries = [row for row in grid if is_entries(row)]
    sides = _sides(entries, len(grid[0]) if grid else 0)
    for index, columns in enumerate(sides):
        side = [tuple(row[c] for c in columns) for row in grid if index == 0 or is_entries(row) or not any(row)]
        yield from _stacked(side)


def _sides(entries: Sequence[Row], width: int) -> list[list[int]]:
    """The columns of each of the tables side by side; empty ones are left out."""
    runs: list[list[int]] = [[]]
    for column in range(width):
        if any(row[column] for row in entries):
            runs[-1].append(column)
        elif runs[-1]:
            runs.append([])
    runs = [run for run in runs if run]
    sides: list[list[int]] = []
    for run in runs:
        if sides and not (_is_table(entries, run) and _is_table(entries, sides[-1])):
            sides[-1] += run
        else:
            sides.append(run)
    return [half for side in sides for half in _halves(entries, side)] or [list(range(width))]


def _is_table(entries: Sequence[Row], columns: Sequence[int]) -> bool:
    """Whether columns can stand alone: words, then at least one column with figures."""
    return len(columns) > 1 and _is_of_words(entries, columns[0]) and any(_has_figures(entries, c) for c in columns[1:])


def _is_of_words(entries: Sequence[Row], column: int) -> bool:
    cells = [row[column] for row in entries if row[column]]
    words = [cell for cell in cells if not is_value(cell) and not is_unit(cell)]
    return bool(cells) and len(words) * 2 > len(cells)


def _has_figures(entries: Sequence[Row], column: int) -> bool:
    return any(is_value(row[column]) for row in entries)


def _halves(entries: Sequence[Row], columns: list[int]) -> list[list[int]]:
    """The columns in pieces where their head, or the kinds of their cells, begin anew: 指标 数值 指标 数值."""
    width = len(columns)
    for size in range(2, width // 2 + 1):
        pieces = [columns[start : start + size] for start in range(0, width, size)]
        if width % size or not all(_is_table(entries, piece) for piece in pieces):
            continue
        full = next((row for row in entries if all(row[column] for column in columns)), entries[0])
        head = [one_line(full[column]) for column in columns]
        starts = head[::size]
        begins_anew = head[:size] * (width // size) == head and len(set(head)) == size
        is_named = all(start.endswith(_INDICATOR.words) for start in starts) and len(set(head)) == width
        if begins_anew or is_named or (size == 2 and _are_pairs(entries, pieces)):
            return pieces
    return [columns]


def _are_pairs(entries: Sequence[Row], pieces: Sequence[Sequence[int]]) -> bool:
    """Whether rows, the first too, name things and give their figures, several times over; a few give words."""
    cells = [(row[name], row[value]) for row in entries for name, value in pieces if row[name] or row[value]]
    figures = [is_value(value) and not is_year(value) for _, value in cells]
    first = figures[: sum(bool(entries[0][name]) for name, _ in pieces)]
    return all(name and not is_value(name) for name, _ in cells) and all(first) and sum(figures) * 3 > len(cells) * 2


def _stacked(rows: Sequence[Row]) -> Iterator[Part]:
    part = Part()
    index = 0
    while index < len(rows):
        row = rows[index]
        if not any(row):
            index += 1
        elif not part.head and not part.rows:
            if not is_entries(row) or _is_notes(row, rows[index + 1 :]):
                part.captions.append(row)
                index += 1
            else:
                count = header_rows(rows[index:])
                part.head = list(rows[index : index + count])
                index += count
                if not count:
                    part.rows.append(row)
                    index += 1
        elif part.head and (count := _repeated(rows[index:], part.head)):
            index += count
        elif _begins_anew(rows, index, part):
            above = _headings_at_end(part.rows)
            yield part
            part = Part(captions=above)
        else:
            part.rows.append(row)
            index += 1
    if part.captions or part.head or part.rows:
        yield part


def _is_notes(row: Row, following: Sequence[Row]) -> bool:
    """Whether a row above the head only says things with their names, as in 填报单位：柳河镇 | 单位：万元."""
    cells = [cell for cell in row if cell]
    is_above_head = bool(following) and is_entries(following[0]) and not _figures(following[0])
    return is_above_head and all(_SAID.fullmatch(one_line(cell)) for cell in cells)


def _repeated(rows: Sequence[Row], head: Sequence[Row]) -> int:
    """How many rows say the head again, as on a new page."""
    return len(head) if list(rows[: len(head)]) == list(head) else 0


def _headings_at_end(rows: list[Row]) -> list[Row]:
    """Takes the rows across the table off its end: they head the next one."""
    kept = len(rows)
    while kept and not is_entries(rows[kept - 1]):
        kept -= 1
    taken, rows[kept:] = rows[kept:], []
    return taken


def _begins_anew(rows: Sequence[Row], index: int, part: Part) -> bool:
    """Whether a row is the head of another table below: no figures in it, though there are before and behind it."""
    row = rows[index]
    entries = [each for each in part.rows if is_entries(each)]
    if not is_entries(row) or not entries or not any(_figures(each) for each in entries):
        return False
    following = [each for each in rows[index + 1 : index + 1 + _HEADER_ROWS] if is_entries(each)]
    if _figures(row) or not any(_figures(each) for each in following):
        return False
    is_apart = index > 0 and not is_entries(rows[index - 1])
    cells = [cell for cell in row[1:] if cell]
    says_head = bool(part.head) and row[0] != "" and row[0] == part.head[0][0]
    return says_head or (all(is_head_word(cell) for cell in cells) if not is_apart else _is_full(row, following))


def _is_full(row: Row, following: Sequence[Row]) -> bool:
    """Whether a row names each column that the rows below it have figures in."""
    return all(row[c] for each in following[:1] for c in range(1, len(row)) if is_value(each[c]))


def _figures(row: Row) -> int:
    """How many figures a row has behind its first cell; several years are a head."""
    cells = [cell for cell in row[1:] if is_value(cell)]
    return 0 if _are_years(cells) else len(cells)


def _are_years(cells: Sequence[str]) -> bool:
    return len(set(cells)) > 1 and all(is_year(cell) for cell in cells)


def header_rows(grid: Sequence[Row]) -> int:
    """How many rows stand above the first with a figure; one where none has, none where the first has already."""
    is_pairs = len(grid[0]) == 2 if grid else False  # names and what they stand for
    for index, row in enumerate(grid[: _HEADER_ROWS + 1]):
        figures = [cell for cell in row[1:] if is_value(cell)]
        if figures and not (index == 0 and all(is_year(cell) for cell in figures)) and not _are_years(figures):
            return index
        if index and not is_entries(row):
            return index  # a heading across the table
        if index and not is_pairs and _is_text_row(grid[0], row):
            return index
    return 1 if len(grid) > 1 and not is_pairs else 0


def _is_text_row(header: Row, row: Row) -> bool:
    """Whether a row without figures is an entry all the same: the header above it names each of its cells."""
    named = [cell for cell in header if cell]
    return (len(set(named)) == len(named) == len(header) and not all(map(is_head_word, row[1:]))) or any(
        len(cell) > LONG for cell in row
    )
