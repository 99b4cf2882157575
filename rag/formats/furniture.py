"""What stands around the text of pages: running heads, page numbers, notes at the foot. Pure."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from rag.formats.printed import Line
from rag.text.lexicon import concept

Row: TypeAlias = tuple[Line, ...]
"""The pieces that stand beside each other, from the left."""

_PAGE = concept("page_word").any
_PAGE_NUMBER = re.compile(
    rf"[-—–·~\s]*(?:{_PAGE}\s*)?(\d{{1,4}})(?:\s*{_PAGE})?[-—–·~\s]*(?:[/,，]?\s*{_PAGE}?\s*\d{{1,4}}\s*{_PAGE}?)?"
)
_COUNT = r"((?!(?:19|20)\d\d)\d{1,4})"
_SET_APART = re.compile(
    rf"^{_COUNT}(?=\D{{5}})|(?<=\D{{5}}){_COUNT}$|(?:^|[\s\-—–·|~/]|{_PAGE}\s*){_COUNT}(?=\s*{_PAGE}|\s*/|$|[\s\-—–·|~])"
)  # a number that may be the page's, in a line that holds more
_LEAST_HEADS = 3  # pages with the same first or last line
_SAME_PLACE = 3.0  # points: on two pages only what stands in the same place is a running head
_MOST_LINES = 3  # of a head or a foot
_NOTE = re.compile(r"[①-⑳*＊※]|[\[［〔【(（]?\d{1,2}[\]］〕】)）.．、\s]|\d{1,2}(?=\D)|" + concept("note_word").any)
_SMALL = 0.9  # of the body's size: print of notes

Pattern: TypeAlias = tuple[bool, str, int | None]
"""Whether a line is a page's topmost or its lowest, its text, and how far a number in it is ahead of the page."""


def without_furniture(pages: Sequence[Sequence[Row]]) -> list[list[Row]]:
    """The rows of pages without page numbers and without what stands at the top or the foot of many.

    The first copy of a running head stays, for it may name the report; one that counts the pages does not.
    """
    bodies = [sorted(page, key=lambda row: row[0].top) for page in pages]
    kept: list[list[Row]] = [[] for _ in pages]
    for _ in range(_MOST_LINES):
        edges = [_edges(body) for body in bodies]
        counts = Counter(
            pattern
            for index, page in enumerate(edges)
            for pattern in {pattern for edge in page for pattern in _patterns(index, *edge)}
        )
        again = _repeated(edges, counts)
        seen: set[str] = set()
        dropped = 0
        for index, page in enumerate(edges):
            for is_top, row in page:
                if _is_page_number(row, index, counts, len(pages)) or _counts_pages(row, index, is_top, counts):
                    bodies[index].remove(row)
                    dropped += 1
                elif (is_top, _core(row)) in again:
                    bodies[index].remove(row)
                    dropped += 1
                    if _core(row) not in seen:
                        kept[index].append(row)
                    seen.add(_core(row))
        if not dropped:
            break
    return [sorted(body + heads, key=lambda row: row[0].top) for body, heads in zip(bodies, kept, strict=True)]


def _edges(page: Sequence[Row]) -> list[tuple[bool, Row]]:
    """The topmost and the lowest row, and which of them it is."""
    return [(True, page[0]), (False, page[-1])][: len(page)] if page else []


def _core(row: Row) -> str:
    return "".join("".join(line.text.split()) for line in row)


def _patterns(index: int, is_top: bool, row: Row) -> Iterator[Pattern]:
    yield is_top, _core(row), None
    text = "\t".join(line.text.strip() for line in row)
    for match in _SET_APART.finditer(text):
        start, stop = match.span(match.lastindex or 0)
        yield is_top, "".join(f"{text[:start]}#{text[stop:]}".split()), int(text[start:stop]) - index


def _repeated(edges: Sequence[Sequence[tuple[bool, Row]]], counts: Counter[Pattern]) -> set[tuple[bool, str]]:
    """The texts that many pages begin or end with, or that both of two pages have in the same place."""
    again = {
        (is_top, text) for (is_top, text, number), count in counts.items() if number is None and count >= _LEAST_HEADS
    }
    if len(edges) == 2:
        first, second = ({(is_top, _core(row)): row[0].top for is_top, row in page} for page in edges)
        again |= {key for key in first.keys() & second.keys() if abs(first[key] - second[key]) < _SAME_PLACE}
    return again


def _counts_pages(row: Row, index: int, is_top: bool, counts: Counter[Pattern]) -> bool:
    """Whether a row is the same on other pages but for a number that counts them."""
    return any(
        number is not None and counts[is_top, text, number] > 1 for _, text, number in _patterns(index, is_top, row)
    )


def _is_page_number(row: Row, index: int, counts: Counter[Pattern], pages: int) -> bool:
    text = " ".join(line.text.strip() for line in row)
    found = _PAGE_NUMBER.fullmatch(text)
    if not found:
        return False
    is_marked = not text.isdecimal()  # - 1 -, 第1页
    offset = int(found.group(1)) - index
    on_others = sum(count for (_, rest, number), count in counts.items() if rest == "#" and number == offset)
    return is_marked or on_others > 1 or offset == pages == 1


def notes_at_foot(page: Sequence[Row], size: float) -> int:
    """How many of a page's last rows are notes, in print smaller than the body's."""
    count = 0
    for number, row in enumerate(reversed(page), start=1):
        if row[0].size > _SMALL * size:
            break
        if _NOTE.match(row[0].text.strip()):
            count = number
    return count
