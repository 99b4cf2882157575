"""Bands: runs of rows on a page with white space right through them, which parts columns or the cells of a table. Pure.

The gaps are those of the X-Y cut (G. Nagy, S. Seth and M. Viswanathan, A prototype document image analysis system for
technical journals, 1992) and of T. Breuel, Two geometric algorithms for layout analysis (2002).
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TypeAlias

from rag.formats.furniture import Row
from rag.formats.printed import Line
from rag.text.item_numbers import read_numbering
from rag.text.lexicon import concept

Stretch: TypeAlias = tuple[float, float]
"""From where to where a column reaches."""

_LEAST_GAP = 0.9  # heights of a character that a gap between columns has at least
_MOST_PITCHES = 1.7  # distances of lines below which a line in one column belongs to the text above
_PITCHES_OF_HEADING = 1.3  # the same, for a line with the number of a heading
_LARGER = 1.2
_LINES_OF_TEXT = 3
_UNIT_LINE = re.compile(rf"[（(]?{concept('unit_label').any}\s*[:：]")


@dataclass(frozen=True, slots=True)
class Band:
    """Rows with the same gaps right through them, and the columns between the gaps."""

    rows: tuple[Row, ...]
    columns: tuple[Stretch, ...]


def bands(rows: Sequence[Row]) -> Iterator[Band]:
    """The bands of a page, from the top; text in one column is a band with one column."""
    band: list[Row] = []
    columns: list[Stretch] = []
    for row in rows:
        size = row[0].size
        alone = _merged([(line.left, line.right) for line in row], size)
        joint = _merged([*columns, *alone], size)
        if band and (is_caption(row) or is_caption(band[0]) or not _keeps_apart(joint, columns, alone)):
            yield from _cut(band)
            band, joint = [], alone
        band.append(row)
        columns = joint
    yield from _cut(band)


def says_unit(text: str) -> bool:
    """Whether a line or a cell says the unit of a table, as 单位：万元 does."""
    return _UNIT_LINE.match(text.strip()) is not None


def is_caption(row: Row) -> bool:
    """Whether a row above a table says the unit of its figures, beside its title or alone."""
    return any(says_unit(line.text) for line in row)


def _merged(stretches: Sequence[Stretch], size: float) -> list[Stretch]:
    """Stretches without those that overlap or nearly touch."""
    merged: list[Stretch] = []
    for left, right in sorted(stretches):
        if merged and left - merged[-1][1] < _LEAST_GAP * size:
            merged[-1] = merged[-1][0], max(merged[-1][1], right)
        else:
            merged.append((left, right))
    return merged


def _keeps_apart(joint: Sequence[Stretch], *several: Sequence[Stretch]) -> bool:
    """Whether no two stretches of one sequence lie in the same of the joint ones."""
    starts = [left for left, _ in joint]
    owners = ([bisect_right(starts, left) for left, _ in one] for one in several)
    return all(len(set(each)) == len(each) for each in owners)


def _cut(rows: Sequence[Row]) -> Iterator[Band]:
    """The rows, cut above lines of their own: what lies lower than usual, or is set larger, belongs to no column."""
    if len({line.left for row in rows for line in row}) < 2 or all(len(row) == 1 for row in rows):
        yield from _band(rows)
        return
    pitches = [after[0].top - before[0].top for before, after in pairwise(rows)]
    usual = median(pitches) if pitches else 0
    start = 0
    for number in range(1, len(rows)):
        is_last = all(len(row) == 1 for row in rows[number:])
        is_first = all(len(row) == 1 for row in rows[:number])
        is_below = len(rows[number]) == 1 and _is_set_off(rows[number - 1], rows[number], usual, is_last)
        if (is_first and _is_over(rows[number - 1], rows[number], usual)) or (is_below and not _keeps_on(rows, number)):
            yield from _band(rows[start:number])
            start = number
    yield from _band(rows[start:])


def _is_set_off(above: Row, row: Row, usual: float, is_last: bool) -> bool:
    gap = row[0].top - above[0].top
    is_heading = gap > _PITCHES_OF_HEADING * usual and read_numbering(row[0].text.strip()) is not None
    return is_heading or (is_last and (gap > _MOST_PITCHES * usual or row[0].size > _LARGER * above[0].size))


def _is_over(above: Row, row: Row, usual: float) -> bool:
    """Whether a row stands over columns, as a title does that happens to be no broader than one of them."""
    is_larger = above[0].size > _LARGER * row[0].size
    return is_larger and row[0].top - above[0].top > _PITCHES_OF_HEADING * usual


def _keeps_on(rows: Sequence[Row], number: int) -> bool:
    """Whether text in columns goes on past a row: beside it, or below it as broad as before."""
    heading = rows[number][0]
    lines = [line for row in rows for line in row]
    columns = _merged([(line.left, line.right) for line in lines], min(line.size for line in lines))
    for left, right in columns if len(columns) > 1 else ():
        column = [line for line in lines if left <= line.left <= right]
        above = [line for line in column if line.top < heading.top]
        below = [line for line in column if line.top > heading.top]
        if left <= heading.left <= right:
            is_broad = (
                max((line.right for line in below), default=0)
                >= max((line.right for line in above), default=right) - heading.size
            )
            if len(below) >= _LINES_OF_TEXT and is_broad and len(below) == sum(len(row) for row in rows[number + 1 :]):
                return True
        elif above and below and below[0].top - above[-1].top <= _MOST_PITCHES * _pitch(column):
            return True
    return False


def _pitch(column: Sequence[Line]) -> float:
    return median(after.top - before.top for before, after in pairwise(column))


def _band(rows: Sequence[Row]) -> Iterator[Band]:
    if rows:
        stretches = [(line.left, line.right) for row in rows for line in row]
        yield Band(tuple(rows), tuple(_merged(stretches, min(row[0].size for row in rows))))
