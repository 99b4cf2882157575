"""What stands on a page of a PDF: characters, ruling lines, the fields of a form, pictures; upright, however turned.

Text drawn sideways, on a page that is marked as turned or not, is turned back; slanted text is a watermark or a stamp
and left out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import pi
from typing import Any

from rag.errors import UnreadableFile
from rag.formats.glyph_rows import runs_down, without_struck_out
from rag.formats.pdf_fields import fields_of, filled_in
from rag.formats.printed import Box, Glyph

MOST_ON_PAGE = 100_000  # characters; a page in small print has some 4,000
_MOST_SEGMENTS = 20_000  # of paths; maps and charts have more, tables far less
_DEEPEST = 5  # forms within forms
_THIN = 3  # points: a filled rectangle that narrow is a line
_STRAIGHT = 0.5  # points that the ends of a line may be off
_UPRIGHT = 0.05  # quarter turns
_WITHOUT_MEANING = "\ufffd"
_SPACE = 0x20
_NO_CHARACTERS = frozenset({0x0A, 0x0D, 0x02, 0xFFFE})  # line ends, and what the reader gives for soft hyphens
_SURROGATES = range(0xD800, 0xE000)
_HAN = range(0x4E00, 0xA000)
_DOWN = 3  # quarter turns that bring lines written from the top down into the level
_INVISIBLE = 3  # a mode of drawing text


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page as it is seen, the text of each direction for itself, the main one first."""

    glyphs: tuple[Sequence[Glyph], ...]
    rulings: tuple[Box, ...]  # lines as boxes without breadth, turned as the main text
    picture_share: float  # of the page that pictures cover
    drawings: int  # paths
    is_lost: bool  # whether characters have neither a meaning nor a shape: their font is not in the file


@dataclass(frozen=True, slots=True)
class _Objects:
    """What is drawn on a page beside text."""

    rulings: list[Box]
    picture_share: float
    drawings: int
    has_hidden_text: bool  # which tells what a picture shows; beside none nobody sees it
    has_turned_text: bool


def read_page(page: Any, form: Any) -> PdfPage:
    """The page, with the values of its fields where the document has a form. Raises UnreadableFile."""
    layer = page.get_textpage()
    try:
        if layer.count_chars() > MOST_ON_PAGE:
            raise UnreadableFile("too_much_on_a_page", characters=layer.count_chars())
        objects = _objects(page)
        by_turn = _glyphs(layer, _room(page), objects)
        by_turn = {turn: without_struck_out(found, objects.rulings) for turn, found in by_turn.items()}
        is_lost = any(glyph.text == _WITHOUT_MEANING for each in by_turn.values() for glyph in each) and _is_lost(layer)
    finally:
        layer.close()
    if runs_down(by_turn.get(0, ())):
        by_turn[_DOWN] = [*by_turn.pop(0), *by_turn.get(_DOWN, ())]
    main = max(by_turn, key=lambda turn: len(by_turn[turn]), default=0)
    fields = [_turned(glyph, main) for glyph in fields_of(page, form)]
    shown = {turn: [_turned(glyph, turn) for glyph in found] if turn else found for turn, found in by_turn.items()}
    first = filled_in(shown.pop(main, []), fields)
    rulings = tuple(_turned_box(box, main) for box in objects.rulings)
    others = sorted(shown.values(), key=len, reverse=True)
    glyphs = tuple(each for each in (first, *others) if each)
    return PdfPage(glyphs, rulings, objects.picture_share, objects.drawings, is_lost)


def _room(page: Any) -> Box:
    left, bottom, right, top = page.get_cropbox()
    return Box(left, -top, right, -bottom)


def _glyphs(layer: Any, room: Box, objects: _Objects) -> dict[int, list[Glyph]]:
    """The characters that a reader sees, by the quarter turns of their direction, at their places on the page."""
    from pypdfium2 import raw

    codes = [raw.FPDFText_GetUnicode(layer, index) for index in range(layer.count_chars())]
    unknown = _unknown(layer, codes)
    without_hidden = objects.has_hidden_text and not objects.picture_share
    found: dict[int, list[Glyph]] = {}
    box, place = raw.FS_RECTF(), raw.FPDFText_GetLooseCharBox
    for index, code in enumerate(codes):
        if code in _NO_CHARACTERS or (code == _SPACE and raw.FPDFText_IsGenerated(layer, index)):
            continue
        if without_hidden and _is_hidden(layer, index):
            continue
        turns = _turns(layer, index) if objects.has_turned_text else 0
        if turns is None:
            continue
        place(layer, index, box)
        left, top, right, bottom = box.left, -box.top, box.right, -box.bottom
        if room.left <= (left + right) / 2 <= room.right and room.top <= (top + bottom) / 2 <= room.bottom:
            text = _WITHOUT_MEANING if index in unknown else chr(code)
            found.setdefault(turns, []).append(Glyph(text, left, top, right, bottom))
    return found


def _turns(layer: Any, index: int) -> int | None:
    """How many quarter turns a character is turned against the clock; None where it is slanted."""
    from pypdfium2 import raw

    turns = -raw.FPDFText_GetCharAngle(layer, index) / (pi / 2)  # the reader counts clockwise
    return round(turns) % 4 if abs(turns - round(turns)) <= _UPRIGHT else None


def _unknown(layer: Any, codes: list[int]) -> set[int]:
    """The places of characters whose meaning the reader does not know; their codes are numbers of shapes.

    A font without a map has such among the figures and marks; only then the rest is looked at.
    """
    from pypdfium2 import raw

    is_unknown = raw.FPDFText_HasUnicodeMapError
    found = {index for index, code in enumerate(codes) if code not in _HAN and is_unknown(layer, index) == 1}
    if found:
        found |= {index for index, code in enumerate(codes) if code in _HAN and is_unknown(layer, index) == 1}
    return found | {index for index, code in enumerate(codes) if code == 0 or code in _SURROGATES}


def _is_lost(layer: Any) -> bool:
    from pypdfium2 import raw

    unknown = (index for index in range(layer.count_chars()) if raw.FPDFText_HasUnicodeMapError(layer, index) == 1)
    fonts = (raw.FPDFTextObj_GetFont(raw.FPDFText_GetTextObject(layer, index)) for index in unknown)
    return any(raw.FPDFFont_GetIsEmbedded(font) == 0 for font in fonts)


def _is_hidden(layer: Any, index: int) -> bool:
    from pypdfium2 import raw

    return bool(raw.FPDFTextObj_GetTextRenderMode(raw.FPDFText_GetTextObject(layer, index)) == _INVISIBLE)


def _turned(glyph: Glyph, turns: int) -> Glyph:
    box = _turned_box(Box(glyph.left, glyph.top, glyph.right, glyph.bottom), turns)
    return Glyph(glyph.text, box.left, box.top, box.right, box.bottom) if turns else glyph


def _turned_box(box: Box, turns: int) -> Box:
    """The box where it stands once text that runs up (1), upside down (2) or down the page (3) is upright."""
    if turns == 1:
        return Box(-box.bottom, box.left, -box.top, box.right)
    if turns == 2:
        return Box(-box.right, -box.bottom, -box.left, -box.top)
    return Box(box.top, -box.right, box.bottom, -box.left) if turns == 3 else box


def _objects(page: Any) -> _Objects:
    from pypdfium2 import raw

    width, height = page.get_size()
    covered, paths, is_hidden, is_turned = 0.0, 0, False, False
    rulings: list[Box] = []
    matrix = raw.FS_MATRIX()
    for each in page.get_objects(max_depth=_DEEPEST):
        if each.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = each.get_bounds()
            covered += abs(right - left) * abs(top - bottom)
        elif each.type == raw.FPDF_PAGEOBJ_PATH:
            paths += 1
            if each.level == 0 and len(rulings) < _MOST_SEGMENTS:
                rulings += _rulings(each)
        else:
            is_text = each.type == raw.FPDF_PAGEOBJ_TEXT
            is_hidden = is_hidden or (is_text and raw.FPDFTextObj_GetTextRenderMode(each) == _INVISIBLE)
            is_turned = is_turned or bool(
                raw.FPDFPageObj_GetMatrix(each, matrix) and (matrix.b or matrix.c or matrix.a < 0)
            )
    return _Objects(rulings, min(covered / max(width * height, 1), 1.0), paths, is_hidden, is_turned)


def _rulings(path: Any) -> Iterator[Box]:
    """The straight lines of a path along the page's edges; a thin filled rectangle is one as well."""
    left, bottom, right, top = path.get_bounds()
    if min(right - left, top - bottom) <= _THIN:
        across, down = (left + right) / 2, -(bottom + top) / 2
        yield Box(left, down, right, down) if right - left > top - bottom else Box(across, -top, across, -bottom)
    elif _is_stroked(path):
        yield from (Box(min(a, c), -max(b, d), max(a, c), -min(b, d)) for a, b, c, d in _segments(path))


def _is_stroked(path: Any) -> bool:
    from ctypes import byref, c_int

    from pypdfium2 import raw

    fill, stroke = c_int(), c_int()
    raw.FPDFPath_GetDrawMode(path, byref(fill), byref(stroke))
    return bool(stroke.value)


def _segments(path: Any) -> Iterator[tuple[float, float, float, float]]:
    from ctypes import byref, c_float

    from pypdfium2 import raw

    matrix = path.get_matrix()
    x, y = c_float(), c_float()
    start = last = (0.0, 0.0)
    for index in range(min(raw.FPDFPath_CountSegments(path), _MOST_SEGMENTS)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        raw.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        point = matrix.on_point(x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        ends = [(last, point)] if kind == raw.FPDF_SEGMENT_LINETO else []
        if raw.FPDFPathSegment_GetClose(segment):
            ends.append((point, start))
        yield from ((*a, *b) for a, b in ends if min(abs(a[0] - b[0]), abs(a[1] - b[1])) < _STRAIGHT)
        last = point
