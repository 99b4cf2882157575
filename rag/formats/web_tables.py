"""The cells of a table on a web page."""

from collections.abc import Callable
from typing import Any

from rag.formats.web_shown import Shown

_WIDEST_SPAN = 50
_LONGEST_SPAN = 65_534  # rows, as browsers have it; 0 means all that follow


def cells_of(table: Any, text_of: Callable[[Any], str], shown: Shown) -> list[list[str]]:
    """The cells row by row, those that span rows or columns repeated in each of their places; its caption first."""
    rows: list[list[str]] = [[text] for caption in table.iterchildren("caption") if (text := text_of(caption))]
    below: dict[int, tuple[int, str]] = {}  # column: rows still to fill, text
    for row in table.iter("tr"):
        if shown.is_unseen(row):
            continue
        cells: list[str] = []
        reaching: dict[int, tuple[int, str]] = {}
        for cell in row.iterchildren("td", "th"):
            if shown.is_hidden(cell):
                continue
            _fill(cells, below)
            text, height = text_of(cell), _height(cell)
            for _ in range(_width(cell)):
                if height > 1:
                    reaching[len(cells)] = (height - 1, text)
                cells.append(text)
        _fill(cells, below)
        below |= reaching
        rows.append(cells)
    return rows


def _fill(cells: list[str], below: dict[int, tuple[int, str]]) -> None:
    """Puts in the cells that reach down from rows above."""
    while len(cells) in below:
        left, text = below.pop(len(cells))
        if left > 1:
            below[len(cells)] = (left - 1, text)
        cells.append(text)


def _width(cell: Any) -> int:
    return min(max(_number(cell, "colspan"), 1), _WIDEST_SPAN)


def _height(cell: Any) -> int:
    return min(_number(cell, "rowspan") or _LONGEST_SPAN, _LONGEST_SPAN)


def _number(cell: Any, name: str) -> int:
    value = (cell.get(name) or "").strip()
    return int(value) if value.isascii() and value.isdigit() else 1
