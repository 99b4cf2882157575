"""Word documents (.docx): headers, body and notes in reading order.

python-docx opens the package; its `paragraphs` leave out tables, content controls, insertions and text boxes, so the
body's elements are gone through here.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any

from rag.errors import UnreadableFile
from rag.formats.extract import Extract
from rag.formats.tables import Grid, is_table, written
from rag.formats.word_chunks import chunk_text
from rag.formats.word_grid import grid
from rag.formats.word_numbering import ListNumbers
from rag.formats.word_package import open_word
from rag.formats.word_styles import Styles
from rag.formats.word_text import Paragraph, Unread, is_left_out, references
from rag.formats.word_xml import R, W, check_depth, related_part, root_of, value
from rag.types import Notice

_NOTES = {"footnotes": "footnote", "endnotes": "endnote"}
_DEEPEST_CHUNK = 3  # documents inside each other
_LITTLE = 100  # characters: less than that beside pictures, and the report may be in the pictures


def read_word(content: bytes, depth: int = 0) -> Extract:
    """A line for each paragraph, list numbers as text, and for each row of a table. Raises UnreadableFile."""
    if depth > _DEEPEST_CHUNK:
        raise UnreadableFile("document_nested_too_deeply")
    document = open_word(content)
    styles = Styles.of(document.part)
    walk = _Walk(document.part, styles, ListNumbers.of(document.part, styles), depth)
    body = list(written(walk.blocks(document.element.body)))
    header = _header_lines(document, body, styles) if not depth else []
    lines = [*header, *body, *_note_lines(document, walk)]
    return Extract("\n".join(lines) + "\n", "docx", notes=tuple(walk.notices(sum(map(len, body)))))


def _header_lines(document: Any, body: list[str], styles: Styles) -> list[str]:
    """The first page's header, without what the body says too, such as its title."""
    section = document.sections[0] if document.sections else None
    if section is None:
        return []
    header = section.first_page_header if section.different_first_page_header_footer else section.header
    if header.is_linked_to_previous:
        return []
    lines = written(_Walk(header.part, styles, ListNumbers.none(styles)).blocks(header._element))
    return [line for line in lines if line not in body]


def _note_lines(document: Any, walk: "_Walk") -> list[str]:
    """Foot- and endnotes, without those that only text refers to which is not shown."""
    unseen = set(references(document.element.body)) - walk.noted
    lines: list[str] = []
    for name, tag in _NOTES.items():
        part = related_part(document.part, name)
        for note in () if part is None else root_of(part).iterchildren(f"{W}{tag}"):
            is_line = value(note, "type") not in ("", "normal")  # that parts the notes from the text
            if not is_line and (f"{W}{tag}Reference", value(note, "id")) not in unseen:
                lines += written(walk.blocks(note))
    return lines


class _Walk:
    """Goes through block elements in order; counts the numbered paragraphs on the way."""

    def __init__(self, part: Any, styles: Styles, numbers: ListNumbers, depth: int = 0) -> None:
        self._part = part
        self._styles = styles
        self._numbers = numbers
        self._depth = depth
        self._chunks: set[str] = set()  # of which relations the text was read
        self._unread_chunks = 0
        self._unread = Unread()
        self.noted: set[tuple[str, str]] = set()  # notes that shown text refers to

    def blocks(self, container: Any, depth: int = 0) -> Iterator[str | Grid]:
        """The lines of all paragraphs, and the tables, in an element."""
        check_depth(depth)
        held = ""  # the beginning of a line whose paragraph runs on into the next
        for element in container.iterchildren():
            if element.tag == f"{W}p":
                paragraph = Paragraph.of(element, self._styles, self._unread)
                self.noted |= paragraph.notes
                line, held = held + self._labelled(element, paragraph, is_begun=bool(held)), ""
                if paragraph.runs_on:
                    held = line
                elif line.strip():
                    yield from line.split("\n")
                for box in paragraph.boxes:
                    yield from self.blocks(box, depth + 1)
                continue
            yield from held.split("\n") if held.strip() else ()
            held = ""
            yield from self._block(element, depth)
        yield from held.split("\n") if held.strip() else ()

    def _labelled(self, element: Any, paragraph: Paragraph, *, is_begun: bool) -> str:
        """A paragraph's text behind its number; one without text counts too, unless nothing of it is left."""
        text = paragraph.text
        if is_begun or (paragraph.runs_on and not text.strip()):
            return text
        label = self._numbers.next_label(element, text)
        return label + text if text.strip() else ""

    def _block(self, element: Any, depth: int) -> Iterator[str | Grid]:
        if element.tag == f"{W}tbl":
            yield from self._table(element, depth)
        elif element.tag == f"{W}altChunk":
            yield from self._chunk(element.get(f"{R}id"))
        elif not is_left_out(element):  # content controls and other wrappings
            yield from self.blocks(element, depth + 1) if len(element) else ()

    def _table(self, table: Any, depth: int) -> Iterator[str | Grid]:
        rows = grid(table, lambda cell: "\n".join(written(self.blocks(cell, depth + 1))))
        if is_table(rows):
            yield Grid(rows)
        else:
            for row in rows:
                for cell in dict.fromkeys(row):
                    yield from cell.split("\n") if cell else ()

    def _chunk(self, relation: str | None) -> Iterator[str]:
        """The lines of a part in another format, once."""
        if relation in self._chunks:
            return
        self._chunks.add(str(relation))
        found = self._part.rels.get(relation)
        text = None
        if found is not None and not found.is_external:
            text = chunk_text(found.target_part, partial(read_word, depth=self._depth + 1))
        self._unread_chunks += text is None
        yield from (line for line in (text or "").splitlines() if line.strip())

    def notices(self, characters: int) -> Iterator[Notice]:
        """What was not read of a document whose text has so many characters."""
        if unread := self._unread_chunks + self._unread.objects:
            yield Notice("embedded_not_read", count=unread)
        if self._unread.pictures and characters < _LITTLE:
            yield Notice("pictures_not_read", count=self._unread.pictures)
