"""Word documents (.docx): headers, body and notes in reading order.

python-docx opens the package; its `paragraphs` leave out tables, content controls, insertions and text boxes, so the
body's elements are gone through here.
"""

import io
from collections.abc import Iterator
from typing import Any

from rag.errors import UnreadableFile
from rag.formats.extract import Extract
from rag.formats.tables import Grid, is_table, written
from rag.formats.word_numbering import ListNumbers
from rag.formats.zip_package import Package

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BOX = f"{_W}txbxContent"
_LEFT_OUT = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}rPr", f"{_W}pPr", f"{_W}instrText", _FALLBACK, _BOX})
_SHOWN = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_FOOTNOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_DEEPEST = 20  # tables, boxes and controls inside each other
_WIDEST = 50  # columns that one cell may span


def read_word(content: bytes) -> Extract:
    """A line for each paragraph, list numbers as text, and for each row of a table. Raises UnreadableFile."""
    from docx import Document

    Package(content).check_parts()
    document = Document(io.BytesIO(content))
    walk = _Walk(ListNumbers.of(document.part))
    body = list(written(walk.lines(document.element.body)))
    lines = [*_header_lines(document, body), *body, *_note_lines(document.part, walk)]
    return Extract("\n".join(lines) + "\n", "docx")


def _header_lines(document: Any, body: list[str]) -> list[str]:
    """The first page's header, without what the body says too, such as its title."""
    section = document.sections[0] if document.sections else None
    if section is None:
        return []
    header = section.first_page_header if section.different_first_page_header_footer else section.header
    lines = written(_Walk(ListNumbers.none()).lines(header._element)) if not header.is_linked_to_previous else ()
    return [line for line in lines if line not in body]


def _note_lines(part: Any, walk: "_Walk") -> list[str]:
    from lxml import etree

    lines: list[str] = []
    for relation in part.rels.values():
        if relation.reltype == _FOOTNOTES and not relation.is_external:
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            notes = etree.fromstring(relation.target_part.blob, parser)
            lines += [line for note in notes for line in written(walk.lines(note))]
    return lines


class _Walk:
    """Goes through block elements in order; counts the numbered paragraphs on the way."""

    def __init__(self, numbers: ListNumbers) -> None:
        self._numbers = numbers

    def lines(self, container: Any, depth: int = 0) -> Iterator[str | Grid]:
        """The lines of all paragraphs, and the tables, in an element."""
        if depth > _DEEPEST:
            raise UnreadableFile("document_nested_too_deeply")
        for element in container.iterchildren():
            if element.tag == f"{_W}p":
                yield from self._paragraph(element, depth)
            elif element.tag == f"{_W}tbl":
                yield from self._table(element, depth)
            elif element.tag not in _LEFT_OUT:  # content controls and other wrappings
                yield from self.lines(element, depth + 1) if len(element) else ()

    def _paragraph(self, paragraph: Any, depth: int) -> Iterator[str | Grid]:
        text = "".join(_texts(paragraph))
        if text.strip():
            yield from (self._numbers.next_label(paragraph, text) + text).split("\n")
        for box in _boxes(paragraph):
            yield from self.lines(box, depth + 1)

    def _table(self, table: Any, depth: int) -> Iterator[str | Grid]:
        rows = self._rows(table, depth)
        if is_table(rows):
            yield Grid(rows)
        else:
            for row in rows:
                for cell in dict.fromkeys(row):
                    yield from cell.split("\n")

    def _rows(self, table: Any, depth: int) -> list[list[str]]:
        """The cells, those that span rows or columns repeated in each of their places."""
        rows: list[list[str]] = []
        for row in table.iterchildren(f"{_W}tr"):
            cells = [""] * _left_out(row, "gridBefore")
            for cell in row.iter(f"{_W}tc"):
                if next(cell.iterancestors(f"{_W}tr")) is not row:
                    continue  # of a table inside
                is_continued = _continues_above(cell)
                above = rows[-1][len(cells)] if rows and len(cells) < len(rows[-1]) else ""
                text = above if is_continued else "\n".join(written(self.lines(cell, depth + 1)))
                cells += [text] * _span(cell)
            rows.append([*cells, *[""] * _left_out(row, "gridAfter")])
        return rows


def _texts(element: Any) -> Iterator[str]:
    """The text that is shown, without deletions, hidden runs, field codes and text boxes."""
    for child in element.iterchildren():
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _SHOWN:
            yield _SHOWN[child.tag]
        elif child.tag not in _LEFT_OUT and not _is_hidden(child):
            yield from _texts(child)


def _is_hidden(run: Any) -> bool:
    return run.tag == f"{_W}r" and run.find(f"{_W}rPr/{_W}vanish") is not None


def _boxes(paragraph: Any) -> Iterator[Any]:
    """The outermost text boxes of a paragraph, each once though it stands there in two versions."""
    for box in paragraph.iter(_BOX):
        outer = [ancestor.tag for ancestor in box.iterancestors() if ancestor is not paragraph]
        if not {_FALLBACK, _BOX} & set(outer[: len(outer) - len(list(paragraph.iterancestors()))]):
            yield box


def _continues_above(cell: Any) -> bool:
    merge = cell.find(f"{_W}tcPr/{_W}vMerge")
    return merge is not None and merge.get(f"{_W}val") != "restart"


def _span(cell: Any) -> int:
    return max(_columns(cell.find(f"{_W}tcPr/{_W}gridSpan")), 1)


def _left_out(row: Any, side: str) -> int:
    """How many columns a row leaves free at a side, gridBefore or gridAfter."""
    return _columns(row.find(f"{_W}trPr/{_W}{side}"))


def _columns(element: Any) -> int:
    value = "" if element is None else element.get(f"{_W}val", "")
    return min(int(value), _WIDEST) if value.isascii() and value.isdigit() else 0
