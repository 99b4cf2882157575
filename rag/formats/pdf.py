"""PDF: the text layer with the places of its characters; pages without one are read off their picture.

pypdfium2 brings Chrome's reader (BSD/Apache licence) and knows the character maps of Chinese fonts without a font file.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from rag.errors import UnreadableFile
from rag.formats.extract import Extract
from rag.formats.glyph_rows import pieces
from rag.formats.grids import grids
from rag.formats.layout import lay_out
from rag.formats.ocr import Recogniser, is_available
from rag.formats.pdf_page import PdfPage, read_page
from rag.formats.printed import Line, Sheet
from rag.formats.stand_in_font import install
from rag.types import Notice

MOST_PAGES = 1000
_MOST_RECOGNISED = 200  # pages: some 2 s each
_MOST_LISTED = 5
_SCALE = 200 / 72  # 200 dots an inch
_LARGEST_PICTURE = 25_000_000  # pixels
_GARBLED = 0.3  # share of characters without a meaning from which a text layer is worthless
_MEANINGLESS = frozenset({"Co", "Cn", "Cc"})
_PICTURE = 0.5  # share of a page that is covered where the page is a scan
_STAMP = 40  # characters that a scanning program or an archive puts onto a scan
_DRAWING = 200  # paths on a page without text: its letters are drawn


def read_pdf(content: bytes) -> Extract:
    """The pages' paragraphs. Raises UnreadableFile."""
    import pypdfium2

    install()
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
    document.init_forms()
    pages = [_page(document, number) for number in range(len(document))]
    sheets = [_sheet(page) for page in pages]
    pictures = _pictures(pages, sheets)
    lost = [number for number, page in enumerate(pages) if page.is_lost]
    if lost and not pictures and not any(sheet.lines or sheet.grids for sheet in sheets):
        raise UnreadableFile("fonts_not_in_file")
    if pictures and (is_available() or len(pictures) == sum(map(_holds_anything, pages))):
        _recognise(document, pictures, sheets)
        pictures = []
    laid_out = lay_out(sheets)
    notes = [note for note in (_not_read(pictures), _without_font(lost)) if note]
    return Extract(laid_out.text, "pdf", laid_out.page_starts, tuple(notes))


def _page(document: Any, number: int) -> PdfPage:
    page = document[number]
    try:
        return read_page(page, document.formenv)
    finally:
        page.close()


def _sheet(page: PdfPage) -> Sheet:
    """The lines and tables of a page's text layer; none where it is worthless."""
    if not page.glyphs or _is_garbled(page):
        return Sheet()
    main, *others = page.glyphs
    tables, rest = grids(page.rulings, main)
    lines = list(pieces(rest))
    foot = max([line.top + line.size for line in lines] + [table.place.bottom for table in tables], default=0)
    for glyphs in others:  # text that runs up or down the page, below what it stands beside
        turned = list(pieces(glyphs))
        lines += [replace(line, top=foot + line.top - turned[0].top + line.size) for line in turned]
        foot = max(line.top + line.size for line in lines)
    return Sheet(tuple(lines), tables)


def _pictures(pages: Sequence[PdfPage], sheets: Sequence[Sheet]) -> list[int]:
    """Pages that are pictures: without text, or with no more than a scanning program's stamp."""
    said = Counter(core for sheet in sheets for core in {_core(line) for line in sheet.lines})
    return [
        number
        for number, (page, sheet) in enumerate(zip(pages, sheets, strict=True))
        if _is_picture(page, sheet, sum(len(line.text) for line in sheet.lines if said[_core(line)] == 1))
    ]


def _is_picture(page: PdfPage, sheet: Sheet, own: int) -> bool:
    """Whether a page is a picture: `own` counts the characters that no other page has in the same line."""
    if not sheet.lines and not sheet.grids:
        return _holds_anything(page) and not page.is_lost
    return page.picture_share >= _PICTURE and not sheet.grids and own < _STAMP


def _holds_anything(page: PdfPage) -> bool:
    return bool(page.glyphs) or page.picture_share > 0 or page.drawings >= _DRAWING


def _core(line: Line) -> str:
    return re.sub(r"[\d\s]", "", line.text)


def _is_garbled(page: PdfPage) -> bool:
    """Whether a layer's characters have no meaning: a font whose map to Unicode is missing."""
    shown = Counter(glyph.text[0] for glyphs in page.glyphs for glyph in glyphs)
    lost = sum(count for text, count in shown.items() if text == "\ufffd" or unicodedata.category(text) in _MEANINGLESS)
    return lost > _GARBLED * sum(count for text, count in shown.items() if not text.isspace())


def _recognise(document: Any, pictures: list[int], sheets: list[Sheet]) -> None:
    if len(pictures) > _MOST_RECOGNISED:
        raise UnreadableFile("too_many_scanned_pages", count=len(pictures), most=_MOST_RECOGNISED)
    recogniser = Recogniser()
    for number in pictures:
        page = document[number]
        width, height = page.get_size()
        scale = min(_SCALE, (_LARGEST_PICTURE / max(width * height, 1)) ** 0.5)
        sheets[number] = Sheet(tuple(recogniser.lines(page.render(scale=scale).to_pil())))
        page.close()


def _not_read(pictures: Sequence[int]) -> Notice | None:
    if len(pictures) > _MOST_LISTED:
        return Notice("many_pages_not_read", pages=_listed(pictures), count=len(pictures))
    return Notice("pages_not_read", pages=_listed(pictures)) if pictures else None


def _without_font(lost: Sequence[int]) -> Notice | None:
    if len(lost) > _MOST_LISTED:
        return Notice("many_pages_without_font", pages=_listed(lost), count=len(lost))
    return Notice("pages_without_font", pages=_listed(lost)) if lost else None


def _listed(indices: Sequence[int]) -> tuple[int, ...]:
    """The numbers of pages from their indices; only the first few of many."""
    return tuple(index + 1 for index in indices[:_MOST_LISTED])
