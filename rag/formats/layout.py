"""From lines at places on pages to text: paragraphs joined, tables told as sentences. Pure.

A printed page breaks each paragraph into lines. Where they begin and end on the page tells better than their words
which belong together: a paragraph's lines reach the right margin, and its first is indented.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf

from rag.formats.bands import says_unit
from rag.formats.columns import Block, Table, in_reading_order
from rag.formats.furniture import Row, notes_at_foot, without_furniture
from rag.formats.printed import Line, Sheet
from rag.formats.tables import TableWriter
from rag.text.clauses import SENTENCE_MARKS
from rag.text.item_numbers import read_numbering
from rag.text.letterhead import is_letterhead
from rag.text.units import UNIT

_SENTENCE_END = re.compile(rf"[{SENTENCE_MARKS}：:]\W*$")
_FIGURE_END, _FIGURE_REST = (
    re.compile(r"(?<![-/:]\d)(?<![-/:])\d[.,]?$"),
    re.compile(rf"\d+(?![.、\d年月日-])|[百千万亿]|{UNIT}"),
)  # across a line's end; dates are whole where a line ends or begins with them
_NEAR_MARGIN = 1.6  # widths of a character: how far before the right margin a full line may end
_NEAR_MARGIN_INDENTED = 2.5  # the same where an indent tells paragraphs apart; marks may hang over the margin
_INDENTED = 1.2  # the same, from the left margin
_MOST_INDENTED = 2.6  # the same: what begins further in is a heading
_SAME_SIZE = 0.2
_SAME_ROW = 0.5  # of a line's size, that two pieces of a line share
_SAME_LEVEL = 0.1  # the same, for pieces beside each other
_BODY_LINE = 12  # characters of a line that tells where the margins are
_BODY_LINE_IN_COLUMN = 6
_LEAST_ROWS = 2
_MOST_HEADS = 3  # rows of a table's head
_LEAST_BROKEN = 6  # characters of an entry that is broken off at the end of a page


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


@dataclass(slots=True)
class _Page:
    """The blocks of a page; the notes at its foot interrupt no paragraph that goes on overleaf."""

    body: list[Block]
    notes: list[Block]


def lay_out(pages: Sequence[Sheet]) -> LaidOut:
    """The pages' text, a line for each paragraph; a paragraph that goes on overleaf belongs to both pages."""
    arranged = _arranged(pages)
    margins = _margins_by_column([block for page in arranged for block in page.body if isinstance(block, Line)])
    _join_tables(arranged)
    text, starts = "", []
    last: Line | None = None
    waiting: list[Block] = []
    tables = TableWriter()
    for page in arranged:
        for number, block in enumerate(page.body):
            goes_on = last is not None and isinstance(block, Line) and _goes_on(last, block, margins)
            if not goes_on:
                text += "".join(f"\n{_told(note, TableWriter())}" for note in waiting)
                waiting = []
                text += "\n" if last is not None else ""
            if number == 0:
                starts.append(len(text))
            text += _told(block, tables)
            last = block if isinstance(block, Line) else Line("\t", 0, 0, 0, 0)
        if not page.body:
            starts.append(len(text))
        waiting += page.notes
    text += "".join(f"\n{_told(note, TableWriter())}" for note in waiting)
    return LaidOut(f"{text}\n", tuple(starts))


def _arranged(pages: Sequence[Sheet]) -> list[_Page]:
    bodies = without_furniture([_rows(page.lines) for page in pages])
    size = _usual_size([line for body in bodies for row in body for line in row])
    arranged = []
    for page, body in zip(pages, bodies, strict=True):
        count = notes_at_foot(body, size)
        stop = len(body) - count
        blocks = list(_captioned(in_reading_order(body[:stop], page.grids)))
        arranged.append(_Page(blocks, list(in_reading_order(body[stop:]))))
    return arranged


def _usual_size(lines: Sequence[Line]) -> float:
    """The size of most characters."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 1.0


def _rows(lines: Sequence[Line]) -> list[Row]:
    """The pieces that stand beside each other, on one line or a little lower, as columns with lines of their own do."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.top + line.size / 2):
        if rows and _is_beside(rows[-1], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [tuple(sorted(row, key=lambda line: line.left)) for row in rows]


def _is_beside(row: Sequence[Line], line: Line) -> bool:
    size = min(row[0].size, line.size)
    shared = min(row[0].top + row[0].size, line.top + line.size) - max(row[0].top, line.top)
    if not _SAME_LEVEL * size < shared <= _SAME_ROW * size:
        return shared > _SAME_ROW * size
    return all(line.left >= each.right or line.right <= each.left for each in row)


def _captioned(blocks: Iterator[Block]) -> Iterator[Block]:
    """The blocks, the line that says a table's unit as its first row."""
    held: Block | None = None
    for block in blocks:
        captions = _captions(held)
        if isinstance(block, Table) and captions and not block.is_caption:
            yield replace(block, rows=(*((caption,) for caption in captions), *block.rows))
            held = None
            continue
        if held is not None:
            yield held
        held = block
    if held is not None:
        yield held


def _captions(block: Block | None) -> Sequence[str]:
    if isinstance(block, Table):
        return block.rows[0] if block.is_caption else ()
    return (block.text.strip(),) if block is not None and says_unit(block.text) else ()


def _join_tables(pages: Sequence[_Page]) -> None:
    """Tables that go on overleaf become one, under the head of the first part."""
    owner: _Page | None = None
    for page in pages:
        if not page.body:
            continue
        block = page.body[0]
        above = owner.body[-1] if owner and owner.body else None
        if owner and isinstance(block, Table) and isinstance(above, Table) and _table_goes_on(above, block):
            rows = list(block.rows)
            if _is_rest_of_row(above.rows[-1], rows[0]):
                last = tuple(cell + more for cell, more in zip(above.rows[-1], rows.pop(0), strict=True))
                above = replace(above, rows=(*above.rows[:-1], last))
            while rows and _squeezed(rows[0]) in {_squeezed(row) for row in above.rows[: _MOST_HEADS + 1]}:
                del rows[0]
            owner.body[-1] = replace(above, rows=(*above.rows, *rows))
            del page.body[0]
        if page.body:
            owner = page


def _table_goes_on(above: Table, below: Table) -> bool:
    """Whether a table is the rest of the one on the page before: as many columns, and no head of its own."""
    if len(above.rows[-1]) != len(below.rows[0]) or above.is_caption or below.is_caption:
        return False
    heads = {_squeezed(row) for row in above.rows[: _MOST_HEADS + 1]}
    return _squeezed(below.rows[0]) in heads or _has_figure(below.rows[0]) or not _has_figure(above.rows[-1])


def _is_rest_of_row(above: Sequence[str], row: Sequence[str]) -> bool:
    """Whether a row over which a page began only goes on in cells whose sentences had not ended."""
    begun = [cell.strip() for cell, more in zip(above, row, strict=True) if more.strip()]
    return not row[0].strip() and all(
        len(cell) >= _LEAST_BROKEN and not _SENTENCE_END.search(cell) and not cell[-1].isdecimal() for cell in begun
    )


def _squeezed(row: Sequence[str]) -> tuple[str, ...]:
    return tuple("".join(cell.split()) for cell in row)


def _has_figure(row: Sequence[str]) -> bool:
    return any(character.isdecimal() for cell in row[1:] for character in cell)


def _told(block: Block, tables: TableWriter) -> str:
    if isinstance(block, Table) and (len(block.rows) >= _LEAST_ROWS or block.is_ruled or tables.is_open(block.width)):
        return "\n".join(tables.lines(block.rows))
    line = block.text if isinstance(block, Line) else "\t".join(cell for cell in block.rows[0] if cell)
    tables.pass_line(line)
    return line


def _margins_by_column(lines: Sequence[Line]) -> Mapping[tuple[int, int], _Margins]:
    by_column: dict[tuple[int, int], list[Line]] = defaultdict(list)
    for line in lines:
        by_column[line.column].append(line)
    return {column: _margins(found) for column, found in by_column.items()}


def _is_body(line: Line) -> bool:
    return len(line.text) >= (_BODY_LINE if line.column == (0, 1) else _BODY_LINE_IN_COLUMN)


def _margins(lines: Sequence[Line]) -> _Margins:
    body = [line for line in lines if _is_body(line)] or list(lines)
    size = Counter(round(line.size, 1) for line in body).most_common(1)[0][0] or 1
    left = Counter(round(line.left / size) for line in body)
    margin = min(place for place, count in left.items() if count >= max(left.values()) / 5) * size
    starts = [line for line in body if line.left < margin + 1.5 * size]
    lines_of_text = [line for line in body if line.left < margin + _MOST_INDENTED * size]
    right = max((line.right for line in lines_of_text), default=0)
    at_right = [line for line in lines_of_text if _is_near(line, right)]
    are_indented = any(_is_indented(line, margin) for line in body)
    return _Margins(min(line.left for line in starts), right if len(at_right) > 1 else inf, are_indented)


def _is_near(line: Line, right: float, widths: float = _NEAR_MARGIN) -> bool:
    return _is_body(line) and line.right >= right - widths * line.size


def _is_indented(line: Line, margin: float) -> bool:
    return line.left > margin + _INDENTED * line.size or line.text.startswith(("\u3000", "  "))


def _goes_on(line: Line, following: Line, margins: Mapping[tuple[int, int], _Margins]) -> bool:
    """Whether a paragraph that has a line goes on in the following one."""
    if "\t" in line.text or is_letterhead(following.text):
        return False
    here, there = margins[line.column], margins[following.column]
    is_full = _is_near(line, here.right, _NEAR_MARGIN_INDENTED if here.are_indented else _NEAR_MARGIN)
    is_flush = not _is_indented(following, there.left)
    same_size = abs(line.size - following.size) <= _SAME_SIZE * line.size
    if _SENTENCE_END.search(line.text) and (not there.are_indented or read_numbering(following.text)):
        return False
    is_broken = _FIGURE_END.search(line.text) and _FIGURE_REST.match(following.text)
    return (is_full or bool(is_broken)) and is_flush and same_size
