"""The cells of a Word table, each in the columns that it stands in."""

from collections.abc import Callable, Iterator
from typing import Any

from rag.formats.word_text import is_left_out
from rag.formats.word_xml import W, child_value, is_on, number_of

_WIDEST = 50  # columns of a cell


def grid(table: Any, text_of: Callable[[Any], str]) -> list[list[str]]:
    """The texts row by row, of cells that span rows or columns in each of their places, without deleted rows."""
    rows: list[list[str]] = []
    for row in _within(table, f"{W}tr"):
        properties = row.find(f"{W}trPr")
        if properties is not None and _is_gone(properties):
            continue
        cells = [""] * _columns(properties, "gridBefore", 0)
        for cell in _within(row, f"{W}tc"):
            cells += _places(cell, cells, rows[-1] if rows else None, text_of)
        rows.append(cells + [""] * _columns(properties, "gridAfter", 0))
    return rows


def _within(element: Any, tag: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, also those that controls and marks of changes are around."""
    for child in element.iterchildren():
        if child.tag == tag:
            yield child
        elif child.tag not in (f"{W}tc", f"{W}tr", f"{W}trPr", f"{W}tblPr") and not is_left_out(child):
            yield from _within(child, tag)


def _is_gone(properties: Any) -> bool:
    is_deleted = any(properties.find(f"{W}{name}") is not None for name in ("del", "moveFrom"))
    return is_deleted or is_on(child_value(properties, "hidden"))


def _places(cell: Any, left: list[str], above: list[str] | None, text_of: Callable[[Any], str]) -> list[str]:
    """The text of a cell for each of its columns; that of another where it continues one above or at the left."""
    properties = cell.find(f"{W}tcPr")
    if properties is not None and properties.find(f"{W}cellDel") is not None:
        return []
    if left and child_value(properties, "hMerge") in ("continue", ""):
        text = left[-1]
    elif above is not None and child_value(properties, "vMerge") in ("continue", ""):
        text = above[len(left)] if len(left) < len(above) else ""
    else:
        text = text_of(cell)
    return [text] * _columns(properties, "gridSpan", 1)


def _columns(properties: Any, name: str, otherwise: int) -> int:
    return min(number_of(child_value(properties, name) or "", otherwise), _WIDEST)
