"""From lines at places on pages to text: paragraphs joined, page numbers and running heads left out. Pure.

A printed page breaks each paragraph into lines. Where they begin and end on the page tells better than their words
which belong together: a paragraph's lines reach the right margin, and its first is indented.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

from rag.formats.tables import TableWriter
from rag.text.clauses import SENTENCE_MARKS
from rag.text.item_numbers import read_numbering
from rag.text.letterhead import is_letterhead
from rag.text.lexicon import concept

_PAGE = concept("page_word").any
_PAGE_NUMBER = re.compile(
    rf"[-—–·~\s]*(?:{_PAGE}\s*)?(\d{{1,4}})(?:\s*{_PAGE})?[-—–·~\s]*(?:[/,，]?\s*{_PAGE}?\s*\d{{1,4}}\s*{_PAGE}?)?"
)
_GAP = re.compile(r"\t| {2,}")
_SENTENCE_END = re.compile(rf"[{SENTENCE_MARKS}：:]\W*$")
_NEAR_MARGIN = 1.6  # widths of a character: how far before the right margin a full line may end
_NEAR_MARGIN_INDENTED = 2.5  # the same where an indent tells paragraphs apart; marks may hang over the margin
_INDENTED = 1.2  # the same, from the left margin
_SAME_SIZE = 0.2
_LEAST_HEADS = 3  # pages with the same first or last line
_BODY_LINE = 12  # characters of a line that tells where the margins are
_LEAST_ROWS = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A line of print. Places count from the left and from the top, in whatever unit the page has."""

    text: str  # tabs part the cells of a table row
    left: float
    right: float
    top: float
    size: float  # of its characters


@dataclass(frozen=True, slots=True)
class LaidOut:
    """The text of pages and where in it each begins."""

    text: str
    page_starts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Margins:
    left: float
    right: float  # infinite where no two lines end at the same place
    are_indented: bool  # whether paragraphs begin with an indent


def lay_out(pages: Sequence[Sequence[Line]]) -> LaidOut:
    """The pages' text, a line for each paragraph; a paragraph that goes on overleaf belongs to both pages."""
    bodies = _without_furniture(pages)
    margins = _margins([line for body in bodies for line in body])
    text, starts = "", []
    last: Line | None = None
    tables = TableWriter()
    for body in bodies:
        for number, line in enumerate(_with_tables(body, tables)):
            text += "" if last is None or _goes_on(last, line, margins) else "\n"
            if number == 0:
                starts.append(len(text))
            text += line.text
            last = line
        if not body:
            starts.append(len(text))
    return LaidOut(f"{text}\n", tuple(starts))


def _without_furniture(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The pages without their numbers and without later copies of what stands at the top or the foot of many."""
    counts = Counter(core for page in pages for core in {_core(line) for line in _edges(page)})
    numbers = Counter(_offset(index, line) for index, page in enumerate(pages) for line in _edges(page))
    heads = {core for core, count in counts.items() if count >= _LEAST_HEADS and core}
    seen: set[str] = set()
    bodies = []
    for index, page in enumerate(pages):
        dropped: set[Line] = set()
        for line in _edges(page):
            offset = _offset(index, line)
            is_marked = not line.text.strip().isdecimal()  # - 1 -, 第1页
            is_number = offset is not None and (is_marked or numbers[offset] > 1 or offset == len(pages) == 1)
            if is_number or _core(line) in seen & heads:
                dropped.add(line)
            seen.add(_core(line))
        bodies.append([line for line in page if line not in dropped])
    return bodies


def _edges(page: Sequence[Line]) -> list[Line]:
    """The topmost and the lowest line."""
    return list({min(page, key=lambda line: line.top), max(page, key=lambda line: line.top)}) if page else []


def _core(line: Line) -> str:
    return re.sub(r"[\d\s]", "", line.text)


def _offset(index: int, line: Line) -> int | None:
    """How far a page number is ahead of the page's place in the file; the same on all pages where it is one."""
    found = _PAGE_NUMBER.fullmatch(line.text.strip())
    return int(found.group(1)) - index if found else None


def _margins(lines: Sequence[Line]) -> _Margins:
    body = [line for line in lines if len(line.text) >= _BODY_LINE] or list(lines)
    if not body:
        return _Margins(0, 0, False)
    size = Counter(round(line.size, 1) for line in body).most_common(1)[0][0] or 1
    left = Counter(round(line.left / size) for line in body)
    margin = min(place for place, count in left.items() if count >= max(left.values()) / 5) * size
    starts = [line for line in body if line.left < margin + 1.5 * size]
    right = max((line.right for line in starts), default=0)
    at_right = [line for line in starts if _is_near(line, right)]
    are_indented = any(_is_indented(line, margin) for line in body)
    return _Margins(min(line.left for line in starts), right if len(at_right) > 1 else inf, are_indented)


def _is_near(line: Line, right: float, widths: float = _NEAR_MARGIN) -> bool:
    return len(line.text) >= _BODY_LINE and line.right >= right - widths * line.size


def _is_indented(line: Line, margin: float) -> bool:
    return line.left > margin + _INDENTED * line.size or line.text.startswith(("\u3000", "  "))


def _goes_on(line: Line, following: Line, margins: _Margins) -> bool:
    """Whether a paragraph that has a line goes on in the following one."""
    if "\t" in line.text or "\t" in following.text or "\n" in following.text or is_letterhead(following.text):
        return False
    is_full = _is_near(line, margins.right, _NEAR_MARGIN_INDENTED if margins.are_indented else _NEAR_MARGIN)
    is_flush = not _is_indented(following, margins.left)
    same_size = abs(line.size - following.size) <= _SAME_SIZE * line.size
    if _SENTENCE_END.search(line.text) and (not margins.are_indented or read_numbering(following.text)):
        return False
    return is_full and is_flush and same_size


def _with_tables(lines: Sequence[Line], tables: TableWriter) -> Iterator[Line]:
    """The lines, runs of table rows with equally many cells told as a table."""
    index = 0
    while index < len(lines):
        cells = len(_cells(lines[index]))
        stop = index + 1
        while stop < len(lines) and cells > 1 and len(_cells(lines[stop])) == cells:
            stop += 1
        if cells > 1 and (stop - index >= _LEAST_ROWS or tables.is_open(cells)):
            first = lines[index]
            rows = tables.lines([_cells(line) for line in lines[index:stop]])
            yield Line("\n".join(rows), first.left, 0, first.top, first.size)
        else:
            for line in lines[index:stop]:
                tables.pass_line(line.text)
                yield line
        index = stop


def _cells(line: Line) -> list[str]:
    return [cell.strip() for cell in _GAP.split(line.text.strip()) if cell.strip()]
