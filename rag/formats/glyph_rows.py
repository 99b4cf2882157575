"""From characters at places to the pieces of lines they make up. Pure.

Which characters make a line is told by their places alone, never by the order in which a program drew them: marks in a
font of their own are drawn late, and some programs draw line by line across columns.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import itemgetter
from statistics import median

from rag.formats.printed import Box, Glyph, Line

_CELL_GAP = 1.2  # heights of a character, from which a gap parts cells or columns
_FIGURE_GAP = 0.45  # the same between two figures, in a line whose figures have no such gaps in them
_WORD_GAP = 0.15
_SAME_LINE = 0.5  # heights that the middles of a line's characters may differ
_LIKE_SIZE = 2.2  # times: larger print beside smaller is a line of its own
_NOTE_MARK = 0.8  # of the line's height: raised figures that are smaller are marks of notes
_RAISED = 0.05
_FEWEST_SPACED, _FEWEST_EVEN = 3, 6
_EVEN_STEP = 1.3  # heights from one character to the next, where all stand apart
_MARKS_IN_NUMBERS = (".", ",")
_FEWEST_DOWN = 10  # characters below each other, one by one, on a page that is written from the top down
_SAME_PLACE = 0.2
_STRUCK = 0.7  # of a line's length that the characters take which it runs through
_MIDDLE = 0.2  # heights that such a line may be off their middle
_FIGURES = frozenset("0123456789.%")
_LEFT = itemgetter(Glyph._fields.index("left"))
_POWERS = {"2": "²", "3": "³"}


def pieces(glyphs: Sequence[Glyph]) -> Iterator[Line]:
    """The pieces of all lines, from the top down and from the left to the right."""
    for row in rows(glyphs):
        yield from _pieces(row)


def runs_down(glyphs: Sequence[Glyph]) -> bool:
    """Whether text is written from the top down, its lines from the right to the left."""
    down = across = 0
    for before, after in pairwise(glyphs):
        is_below = abs(after.left + after.right - before.left - before.right) < before.size
        down += is_below and 0 < after.middle - before.middle < 2.5 * before.size
        across += abs(after.middle - before.middle) < _SAME_LINE * before.size
    return down >= _FEWEST_DOWN and down > 3 * across


def without_struck_out(glyphs: Sequence[Glyph], rulings: Sequence[Box]) -> list[Glyph]:
    """The characters that no line of their own length runs through."""
    struck: set[int] = set()
    for line in rulings:
        under = [number for number, glyph in enumerate(glyphs) if _runs_through(line, glyph)]
        if under and sum(glyphs[each].right - glyphs[each].left for each in under) >= _STRUCK * (
            line.right - line.left
        ):
            struck.update(under)
    kept: list[Glyph] = []
    for number, glyph in enumerate(glyphs):
        if number not in struck:
            kept.append(glyph)
        elif kept and abs(glyph.left - kept[-1].right) < _FIGURE_GAP * glyph.size:
            kept[-1] = kept[-1]._replace(right=glyph.right)  # that no gap is left
    return kept


def _runs_through(line: Box, glyph: Glyph) -> bool:
    is_level = line.top == line.bottom and abs(glyph.middle - line.top) < _MIDDLE * glyph.size
    return is_level and line.left <= (glyph.left + glyph.right) / 2 <= line.right


def rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """The characters of each line, in the order of their places."""
    found: list[list[Glyph]] = []
    for run in sorted(_runs(glyphs), key=lambda run: run[0].middle):
        row = next((row for row in reversed(found[-3:]) if _is_beside(row[0], run[0])), None)
        if row is None:
            found.append(run)
        else:
            row += run
    return [sorted(row, key=_LEFT) for row in found]


def _runs(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Characters that are drawn after each other on one line: nearly always all of it."""
    runs: list[list[Glyph]] = []
    first = 0.0, -1.0
    for glyph in glyphs:
        _, _, top, _, bottom = glyph
        if abs(top - first[0]) + abs(bottom - first[1]) > _SAME_PLACE * (bottom - top):
            runs.append([])
            first = top, bottom
        runs[-1].append(glyph)
    return runs


def _is_beside(one: Glyph, other: Glyph) -> bool:
    larger, smaller = max(one.size, other.size), min(one.size, other.size)
    return other.middle - one.middle < _SAME_LINE * larger and larger <= _LIKE_SIZE * max(smaller, 0.1)


def _pieces(row: Sequence[Glyph]) -> Iterator[Line]:
    seen = [glyph for glyph in row if not glyph.text.isspace()]
    if not seen:
        return
    size = max(median(bottom - top for _, _, top, _, bottom in seen), 1.0)
    drawn = _without_doubles(_without_note_marks(seen, size), size)
    spaces = [glyph for glyph in row if glyph.text.isspace()] if len(seen) < len(row) else []
    gaps = [after.left - before.right for before, after in pairwise(drawn)]
    figures = [before.text[-1] in _FIGURES and after.text[0] in _FIGURES for before, after in pairwise(drawn)]
    is_spread = (
        any(figures) and min(gap for gap, is_one in zip(gaps, figures, strict=True) if is_one) > _WORD_GAP * size
    )
    groups = [[drawn[0]]]
    for glyph, gap, is_figure in zip(drawn[1:], gaps, figures, strict=True):
        if gap > (_FIGURE_GAP if is_figure and not is_spread else _CELL_GAP) * size:
            groups.append([])
        groups[-1].append(glyph)
    if _is_letter_spaced(groups) or _is_evenly_set(drawn, size):
        groups, spaces = [drawn], []
    for group in groups:
        right = max(glyph.right for glyph in group)
        text = _text(group, spaces, size, is_spread)
        yield Line(text, group[0].left, right, min(glyph.top for glyph in group), size)


def _is_letter_spaced(groups: Sequence[Sequence[Glyph]]) -> bool:
    """Whether a line is a title whose characters stand apart, evenly: 工 作 总 结."""
    if len(groups) < _FEWEST_SPACED or any(len(group) > 1 or not group[0].text.isalpha() for group in groups):
        return False
    gaps = [after[0].left - before[0].right for before, after in pairwise(groups)]
    return max(gaps) < 2 * min(gaps)


def _is_evenly_set(drawn: Sequence[Glyph], size: float) -> bool:
    """Whether characters of different breadths stand apart at even distances: 桥 镇 2 0 2 3 年."""
    if len(drawn) < _FEWEST_EVEN or 2 * sum(glyph.text.isalpha() for glyph in drawn) < len(drawn):
        return False
    by_left = [after.left - before.left for before, after in pairwise(drawn)]
    by_middle = [(after.left + after.right - before.left - before.right) / 2 for before, after in pairwise(drawn)]
    return any(min(steps) > _EVEN_STEP * size and max(steps) < 1.2 * min(steps) for steps in (by_left, by_middle))


def _text(group: Sequence[Glyph], spaces: Sequence[Glyph], size: float, is_spread: bool) -> str:
    """The characters, with the spaces that are meant: wide ones that are drawn, and gaps between Latin words.

    Print has narrow gaps without a meaning, as between 2021 and 年; `is_spread` says that figures stand apart.
    """
    text = group[0].text
    for place, (before, glyph) in enumerate(pairwise(group), start=1):
        if glyph.left - before.right > _WORD_GAP * size:
            if any(space.text == "\u3000" and before.left < space.left < glyph.left for space in spaces):
                text += "\u3000"
            elif before.text[-1].isascii() and glyph.text[0].isascii() and not _is_in_number(group, place):
                text += "" if is_spread and before.text[-1] in _FIGURES and glyph.text[0] in _FIGURES else " "
        text += glyph.text
    return text


def _is_in_number(group: Sequence[Glyph], place: int) -> bool:
    """Whether the gap before a character stands beside the point or a comma of a number, not of an item's number."""
    mark = next((at for at in (place - 1, place) if group[at].text in _MARKS_IN_NUMBERS), 0)
    before = after = mark
    while before > 0 and group[before - 1].text.isdecimal():
        before -= 1
    while after + 1 < len(group) and group[after + 1].text.isdecimal():
        after += 1
    if not mark or before == mark:
        return False
    return after - mark == 3 or (group[mark].text == "." and before > 0 and 0 < after - mark < 3)


def _without_doubles(glyphs: Sequence[Glyph], size: float) -> list[Glyph]:
    """The characters without those drawn a second time, a little beside, to look bold."""
    kept = [glyphs[0]]
    for glyph in glyphs[1:]:
        if glyph.text != kept[-1].text or glyph.left - kept[-1].left > _SAME_PLACE * size:
            kept.append(glyph)
    return kept


def _without_note_marks(glyphs: Sequence[Glyph], size: float) -> Sequence[Glyph]:
    """The characters without raised figures that lead to a note: they would be read as digits of a number.

    Raised after a Latin letter they are powers, as in km².
    """
    if all(bottom - top >= _NOTE_MARK * size for _, _, top, _, bottom in glyphs):
        return glyphs
    middle = median(glyph.middle for glyph in glyphs)
    kept: list[Glyph] = []
    for glyph in glyphs:
        is_raised = glyph.size < _NOTE_MARK * size and middle - glyph.middle > _RAISED * size
        if not (kept and is_raised and glyph.text.isdecimal()):
            kept.append(glyph)
        elif kept[-1].text[-1].isascii() and kept[-1].text[-1].isalpha():
            kept.append(glyph._replace(text=_POWERS.get(glyph.text, glyph.text)))
    return kept
