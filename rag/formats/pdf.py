"""PDF: the text layer with the places of its lines; pages without one are read off their picture.

pypdfium2 brings Chrome's reader (BSD/Apache licence) and knows the character maps of Chinese fonts without a font file.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from rag.errors import UnreadableFile
from rag.formats.extract import Extract
from rag.formats.layout import Line, lay_out
from rag.formats.ocr import Recogniser, is_available
from rag.types import Notice

MOST_PAGES = 1000
MOST_ON_PAGE = 100_000  # characters; a page in small print has some 4,000
_MOST_RECOGNISED = 200  # pages: some 2 s each
_MOST_LISTED = 5
_SCALE = 200 / 72  # 200 dots an inch
_LARGEST_PICTURE = 25_000_000  # pixels
_CELL_GAP = 1.2  # widths of a character
_WORD_GAP = 0.15
_NOTHING = frozenset({0, 0xFFFE, 0xFFFF})  # what the reader gives for soft hyphens and for glyphs without a meaning
_GARBLED = 0.3  # share of characters without a meaning from which a text layer is worthless


@dataclass(frozen=True, slots=True)
class _Glyph:
    """A character and its place, in points from the left and from the foot of the page."""

    character: str
    left: float
    bottom: float
    right: float
    top: float
    is_made_up: bool  # by the reader, for a gap or a line end


def read_pdf(content: bytes) -> Extract:
    """The pages' paragraphs. Raises UnreadableFile."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableFile("pdf_has_password") from error
        raise UnreadableFile("pdf_damaged") from error
    try:
        return _read(document)
    finally:
        document.close()


def _read(document: Any) -> Extract:
    if len(document) == 0:
        raise UnreadableFile("no_pages")
    if len(document) > MOST_PAGES:
        raise UnreadableFile("too_many_pages", count=len(document), most=MOST_PAGES)
    pages = []
    pictures = []
    for number in range(len(document)):
        page = document[number]
        lines = _page_lines(page)
        if lines is None:
            pictures.append(number)
        pages.append(lines or [])
        page.close()
    if pictures and (is_available() or not any(pages)):
        _recognise(document, pictures, pages)
        pictures = []
    laid_out = lay_out(pages)
    return Extract(laid_out.text, "pdf", laid_out.page_starts, (_not_read(pictures),) if pictures else ())


def _recognise(document: Any, pictures: list[int], pages: list[list[Line]]) -> None:
    if len(pictures) > _MOST_RECOGNISED:
        raise UnreadableFile("too_many_scanned_pages", count=len(pictures), most=_MOST_RECOGNISED)
    recogniser = Recogniser()
    for number in pictures:
        page = document[number]
        width, height = page.get_size()
        scale = min(_SCALE, (_LARGEST_PICTURE / max(width * height, 1)) ** 0.5)
        pages[number] = recogniser.lines(page.render(scale=scale).to_pil())
        page.close()


def _page_lines(page: Any) -> list[Line] | None:
    """The lines of a page's text layer; None where it is a picture without one."""
    layer = page.get_textpage()
    try:
        if layer.count_chars() > MOST_ON_PAGE:
            raise UnreadableFile("too_much_on_a_page", characters=layer.count_chars())
        text = layer.get_text_range()
        if not text.strip() or _is_garbled(text):
            return None if text.strip() or _has_picture(page) else []
        return list(_lines(layer, page.get_height()))
    finally:
        layer.close()


def _has_picture(page: Any) -> bool:
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    return next(page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE], max_depth=5), None) is not None


def _is_garbled(text: str) -> bool:
    """Whether a layer's characters have no meaning: a font whose map to Unicode is missing."""
    shown = [character for character in text if not character.isspace()]
    return sum(unicodedata.category(c) in ("Co", "Cn", "Cc") or c == "\ufffd" for c in shown) > _GARBLED * len(shown)


def _lines(layer: Any, height: float) -> Iterator[Line]:
    row: list[_Glyph] = []
    for glyph in _glyphs(layer):
        if glyph.character not in "\r\n":
            row.append(glyph)
        else:
            yield from _line(row, height)
            row = []
    yield from _line(row, height)


def _glyphs(layer: Any) -> Iterator[_Glyph]:
    from pypdfium2 import raw

    for index in range(layer.count_chars()):
        code = raw.FPDFText_GetUnicode(layer, index)
        if code not in _NOTHING and not 0xD800 <= code < 0xE000:
            left, bottom, right, top = layer.get_charbox(index, loose=True)
            is_made_up = raw.FPDFText_IsGenerated(layer, index) == 1
            yield _Glyph(chr(code), left, bottom, right, top, is_made_up)


def _line(row: Sequence[_Glyph], height: float) -> Iterator[Line]:
    """The line, if any, from what stands on it, in the order of places: marks in a font of their own are drawn late.

    Spaces that the reader made up stand where print has a narrow gap, as between 2021 and 年; only those between Latin
    words are meant. A gap as wide as between the cells of a table becomes a tab.
    """
    drawn = sorted((glyph for glyph in row if not glyph.is_made_up), key=lambda glyph: glyph.left)
    if not any(not glyph.character.isspace() for glyph in drawn):
        return
    size = max(median(glyph.top - glyph.bottom for glyph in drawn), 1.0)
    text = ""
    for before, glyph in pairwise([drawn[0], *drawn]):
        gap = glyph.left - before.right
        if gap > _CELL_GAP * size:
            text += "\t"
        elif gap > _WORD_GAP * size and before.character.isascii() and glyph.character.isascii():
            text += " "
        text += glyph.character
    right = max(glyph.right for glyph in drawn if not glyph.character.isspace())
    yield Line(text.rstrip(), drawn[0].left, right, height - drawn[0].top, size)


def _not_read(pictures: list[int]) -> Notice:
    """Names the pages, from their indices; only the first few of many."""
    pages = tuple(index + 1 for index in pictures[:_MOST_LISTED])
    if len(pictures) > _MOST_LISTED:
        return Notice("many_pages_not_read", pages=pages, count=len(pictures))
    return Notice("pages_not_read", pages=pages)
