"""From characters at places to the pieces of lines they make up. Pure.

Which characters make a line is told by their places alone, never by the order in which a program drew them: marks in a
font of their own are drawn late, and some programs draw line by line across columns.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from rag.formats.printed import Glyph, Line

_CELL_GAP = 1.2  # heights of a character, from which a gap parts cells or columns
_FIGURE_GAP = 0.45  # the same between two figures, in a line whose figures have no such gaps in them
_WORD_GAP = 0.15
_SAME_LINE = 0.5  # heights that the middles of a line's characters may differ
_LIKE_SIZE = 2.2  # times: larger print beside smaller is a line of its own
_NOTE_MARK = 0.8  # of the line's height: raised figures that are smaller are marks of notes
_RAISED = 0.05
_FEWEST_SPACED = 3
_SAME_PLACE = 0.2
_FIGURES = frozenset("0123456789.%")
_POWERS = {"2": "²", "3": "³"}


def pieces(glyphs: Sequence[Glyph]) -> Iterator[Line]:
    """The pieces of all lines, from the top down and from the left to the right."""
    for row in rows(glyphs):
        yield from _pieces(row)


def rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """The characters of each line, in the order of their places."""
    found: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: glyph.middle):
        row = next((row for row in reversed(found[-3:]) if _is_beside(row[0], glyph)), None)
        if row is None:
            found.append([glyph])
        else:
            row.append(glyph)
    return [sorted(row, key=lambda glyph: glyph.left) for row in found]


def _is_beside(one: Glyph, other: Glyph) -> bool:
    larger, smaller = max(one.size, other.size), min(one.size, other.size)
    return other.middle - one.middle < _SAME_LINE * larger and larger <= _LIKE_SIZE * max(smaller, 0.1)


def _pieces(row: Sequence[Glyph]) -> Iterator[Line]:
    seen = [glyph for glyph in row if not glyph.text.isspace()]
    if not seen:
        return
    size = max(median(glyph.size for glyph in seen), 1.0)
    drawn = list(_without_doubles(_without_note_marks(seen, size), size))
    spaces = [glyph for glyph in row if glyph.text.isspace()]
    is_spread = _is_spread(drawn, size)
    groups: list[list[Glyph]] = []
    for before, glyph in pairwise([drawn[0], *drawn] if drawn else []):
        if not groups or _parts(before, glyph, size, is_spread):
            groups.append([])
        groups[-1].append(glyph)
    if _is_letter_spaced(groups):
        groups = [[glyph for group in groups for glyph in group]]
        spaces = []
    for group in groups:
        right = max(glyph.right for glyph in group)
        yield Line(_text(group, spaces, size, is_spread), group[0].left, right, min(glyph.top for glyph in group), size)


def _parts(before: Glyph, glyph: Glyph, size: float, is_spread: bool) -> bool:
    is_figure = _are_figures(before, glyph) and not is_spread
    return glyph.left - before.right > (_FIGURE_GAP if is_figure else _CELL_GAP) * size


def _is_spread(glyphs: Sequence[Glyph], size: float) -> bool:
    """Whether the figures of a line stand apart, each in the room of a Chinese character."""
    gaps = [after.left - before.right for before, after in pairwise(glyphs) if _are_figures(before, after)]
    return bool(gaps) and min(gaps) > _WORD_GAP * size


def _are_figures(before: Glyph, glyph: Glyph) -> bool:
    return before.text[-1] in _FIGURES and glyph.text[0] in _FIGURES


def _is_letter_spaced(groups: Sequence[Sequence[Glyph]]) -> bool:
    """Whether a line is a title whose characters stand apart, evenly: 工 作 总 结."""
    if len(groups) < _FEWEST_SPACED or any(len(group) > 1 or not group[0].text.isalpha() for group in groups):
        return False
    gaps = [after[0].left - before[0].right for before, after in pairwise(groups)]
    return max(gaps) < 2 * min(gaps)


def _text(group: Sequence[Glyph], spaces: Sequence[Glyph], size: float, is_spread: bool) -> str:
    """The characters, with the spaces that are meant: drawn ones, and gaps between Latin words.

    Print has narrow gaps without a meaning, as between 2021 and 年.
    """
    text = ""
    for before, glyph in pairwise([group[0], *group]):
        gap = glyph.left - before.right
        drawn = [space for space in spaces if before.right - _SAME_PLACE * size <= space.left < glyph.left]
        if any(space.text == "\u3000" for space in drawn) and gap > _WORD_GAP * size:
            text += "\u3000"
        elif (drawn or gap > _WORD_GAP * size) and _are_latin(before, glyph) and text:
            text += "" if is_spread and _are_figures(before, glyph) else " "
        text += glyph.text
    return text


def _are_latin(before: Glyph, glyph: Glyph) -> bool:
    return before.text[-1].isascii() and glyph.text[0].isascii()


def _without_doubles(glyphs: Sequence[Glyph], size: float) -> Iterator[Glyph]:
    """The characters without those drawn a second time, a little beside, to look bold."""
    last: Glyph | None = None
    for glyph in glyphs:
        if last is None or glyph.text != last.text or glyph.left - last.left > _SAME_PLACE * size:
            yield glyph
            last = glyph


def _without_note_marks(glyphs: Sequence[Glyph], size: float) -> list[Glyph]:
    """The characters without raised figures that lead to a note: they would be read as digits of a number.

    Raised after a Latin letter they are powers, as in km².
    """
    middle = median(glyph.middle for glyph in glyphs)
    kept: list[Glyph] = []
    for glyph in glyphs:
        is_raised = glyph.size < _NOTE_MARK * size and middle - glyph.middle > _RAISED * size
        if not (kept and is_raised and glyph.text.isdecimal()):
            kept.append(glyph)
        elif kept[-1].text[-1].isascii() and kept[-1].text[-1].isalpha():
            text = _POWERS.get(glyph.text, glyph.text)
            kept.append(Glyph(text, glyph.left, glyph.top, glyph.right, glyph.bottom))
    return kept
