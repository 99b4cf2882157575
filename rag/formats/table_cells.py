"""The cells of a table as they are written, made level: rows of one length, figures without what only a cell has. Pure.

Cells tell the sign of a figure in ways that a sentence has not: by brackets, by an arrow, by a word in a column of
figures. A mark that may say both is left as it stands.
"""

import re
from collections.abc import Iterable, Sequence

from rag.formats.table_names import is_value, is_without_data, is_year, one_line
from rag.text.lexicon import table

_FIGURE = r"\d[\d,，]*(?:\.\d+)?\s?[%％‰]?"
_AS_TEXT = re.compile(r"['‘’`](?=[-\d])")  # how a sheet marks a number that is kept as text
_BRACKETS = re.compile(rf"[(（]\s*(?P<figure>{_FIGURE})\s*[)）]")
_ARROW = re.compile(rf"(?P<mark>[↑⬆↓⬇▲△▼▽])\s?(?P<figure>{_FIGURE})|(?P<ahead>{_FIGURE})\s?(?P<behind>[↑⬆↓⬇▲△▼▽])")
_DIRECTIONS = table("direction_of_change")
_IN_WORDS = re.compile(  # 下降4.1 below 同比（%）; 下降4.1% says all itself
    rf"(?:{_DIRECTIONS['up'].any}|(?P<down>{_DIRECTIONS['down'].any}))\s?(?P<figure>\d[\d,，]*(?:\.\d+)?)"
)
_DOWN = frozenset("↓⬇▼▽")
_TRIANGLES = frozenset("▲△")  # up, or in accounts less than nought: the column tells which

Row = tuple[str, ...]


def levelled(rows: Iterable[Sequence[str]]) -> list[Row]:
    """Rows of one length, without empty ones at either end; figures without the line ends of a narrow column."""
    kept = [tuple(_cell(cell.strip()) for cell in row) for row in rows]
    filled = [index for index, row in enumerate(kept) if any(row)]
    kept = kept[filled[0] : filled[-1] + 1] if filled else []
    width = max((len(row) for row in kept), default=0)
    grid = [row + ("",) * (width - len(row)) for row in kept]
    columns = [_signed(column) if index else column for index, column in enumerate(zip(*grid, strict=True))]
    return list(zip(*columns, strict=True)) if columns else grid


def _cell(cell: str) -> str:
    line = _AS_TEXT.sub("", one_line(cell)) if _AS_TEXT.match(cell) else one_line(cell)
    return "" if is_without_data(cell) else line if is_value(line) else cell


def _signed(column: Sequence[str]) -> Sequence[str]:
    """A column of figures with their signs as signs: (4.1), ↓4.1 and 下降4.1 are all -4.1."""
    marks = {match["mark"] or match["behind"] for cell in column if (match := _ARROW.fullmatch(cell))}
    figures = sum(is_value(cell) and not is_year(cell) for cell in column)
    return [_plain(cell, are_figures=figures > 0, has_down=bool(marks & _DOWN)) for cell in column]


def _plain(cell: str, *, are_figures: bool, has_down: bool) -> str:
    if are_figures and (bracketed := _BRACKETS.fullmatch(cell)):
        return f"-{bracketed['figure']}"
    if arrow := _ARROW.fullmatch(cell):
        mark, figure = arrow["mark"] or arrow["behind"], arrow["figure"] or arrow["ahead"]
        return cell if mark in _TRIANGLES and not has_down else f"-{figure}" if mark in _DOWN else figure
    if in_words := _IN_WORDS.fullmatch(cell):
        return f"-{in_words['figure']}" if in_words["down"] else in_words["figure"]
    return cell
