"""Cells left blank because the one above, or the one at the left, holds for them too: where nothing is merged. Pure."""

from collections.abc import Sequence

from rag.formats.table_cells import Row
from rag.formats.table_names import is_unit, is_value
from rag.text.item_numbers import read_numbering
from rag.text.lexicon import concept

_SERIAL = concept("serial_column")


def with_spans(head: Sequence[Row]) -> list[Row]:
    """The rows of a head, a cell told again over each column that the rows below part: 2021年 over 目标 and 完成."""
    rows: list[Row] = []
    for index, row in enumerate(head):
        cells = list(row)
        below = [any(other[column] for other in head[index + 1 :]) for column in range(len(row))]
        for column in range(1, len(row)):
            if not cells[column] and below[column] and below[column - 1]:
                cells[column] = cells[column - 1]
        rows.append(tuple(cells))
    return rows


def with_labels(head: Sequence[Row], rows: Sequence[Row]) -> list[Row]:
    """The rows with the labels that stand in another place: 合计 under 序号, a group's name only in its first row."""
    moved = [_out_of_serial(row, _serial(head)) for row in rows]
    for column in range(_groups(head, moved)):
        name = ""
        for index, row in enumerate(moved):
            if not _is_entry(row):
                name = ""
            elif row[column]:
                name = row[column]
            elif row[column + 1]:
                moved[index] = (*row[:column], name, *row[column + 1 :])
    return moved


def _serial(head: Sequence[Row]) -> list[int]:
    """The columns of serial numbers that have another at their right."""
    titles = ["".join(cells).lower() for cells in zip(*head, strict=True)]
    return [column for column, title in enumerate(titles[:-1]) if title in _SERIAL]


def _out_of_serial(row: Row, serial: Sequence[int]) -> Row:
    for column in serial:
        cell = row[column]
        if cell and not row[column + 1] and not is_value(cell) and not read_numbering(f"{cell}、"):
            row = (*row[:column], "", cell, *row[column + 2 :])
    return row


def _groups(head: Sequence[Row], rows: Sequence[Row]) -> int:
    """How many columns at the left name groups: of words, filled in the first row, another of words at their right."""
    entries = [row for row in rows if _is_entry(row)]
    if not entries or not head:
        return 0
    width = 0
    while width + 1 < len(head[0]) and entries[0][width] and _are_words(entries, width):
        width += 1
    return max(width - 1, 0) if width < len(head[0]) else 0


def _are_words(rows: Sequence[Row], column: int) -> bool:
    cells = [row[column] for row in rows if row[column]]
    return bool(cells) and not any(is_value(cell) or is_unit(cell) for cell in cells)


def _is_entry(row: Row) -> bool:
    return len({cell for cell in row if cell}) > 1
