"""Item numbers that skip, repeat, or begin anew under an item of the same style."""

import re
from collections.abc import Iterator, Sequence

from rag.parsing.cleaning import Cleaned, CleanLine
from rag.parsing.defects.finding import Finding
from rag.parsing.outline import is_section_title
from rag.text.item_numbers import RANKS, Numbering, Style, read_numbering
from rag.text.normalization import fold_in_place
from rag.text.numerals import COUNTING, number_value
from rag.types import Span

_INLINE = re.compile(
    rf"(?:(?<![^。;,:\s]))(?P<number>[{COUNTING}]{{1,2}})(?P<mark>是|要(?![{COUNTING}]))(?![否来以非素点求件闻务])"
)


def numbering_faults(cleaned: Cleaned) -> Iterator[Finding]:
    """Gaps and repetitions among numbered lines and among 一是、二是 inside them, and lists of one style in another."""
    folded = fold_in_place(cleaned.text)
    yield from _gaps(cleaned, folded)
    yield from _nested_alike(cleaned, folded)
    yield from _inline_gaps(cleaned.lines, folded)


def _gaps(cleaned: Cleaned, folded: str) -> Iterator[Finding]:
    """A number that does not follow the one before; lists may nest and begin anew with 1."""
    open_lists: dict[Style, list[int]] = {}
    for line, numbering in _numbered_lines(cleaned.lines, folded):
        for style in [style for style in open_lists if RANKS[style] > RANKS[numbering.style]]:
            del open_lists[style]
        numbers = open_lists.setdefault(numbering.style, [])
        if fault := _follow(numbers, numbering.number):
            span = Span(line.start, line.start + numbering.length)
            yield Finding(
                "numbering_gap", f"编号为第{numbering.number}项，{fault} (the numbering skips or repeats)", span
            )


def _follow(numbers: list[int], number: int) -> str:
    """Takes a number into the open lists of its style, innermost last; returns what is wrong with it, else ""."""
    if number == 1:
        numbers.append(1)
        return ""
    if number - 1 in numbers:
        while numbers[-1] + 1 != number:
            numbers.pop()
        numbers[-1] = number
        return ""
    fault = f"前面是第{numbers[-1]}项" if numbers else "前面没有第1项"
    numbers[:] = [*numbers[:-1], number]
    return fault


def _numbered_lines(lines: Sequence[CleanLine], folded: str) -> Iterator[tuple[CleanLine, Numbering]]:
    for line in lines:
        numbering = read_numbering(folded[line.start : line.end])
        if numbering is not None and line.role != "metadata":
            yield line, numbering


def _nested_alike(cleaned: Cleaned, folded: str) -> Iterator[Finding]:
    """三、2021年工作计划 with 一、二、三 under it: the same style on two levels."""
    before: Numbering | None = None
    for line in cleaned.lines:
        text = folded[line.start : line.end]
        numbering = read_numbering(text)
        if numbering is None:
            if line.role == "metadata" or is_section_title(text) or len(text) > 60:
                before = None  # another part of the file begins, or the section has a text of its own
            continue
        is_anew = numbering.number == 1 and before is not None and before.style == numbering.style
        if is_anew:
            detail = "上下两级用了同一种编号，难以分清层次 (two levels are numbered in one style)"
            yield Finding("numbering_conflict", detail, Span(line.start, line.start + numbering.length))
        before = numbering if line.role == "heading" else None


def _inline_gaps(lines: Sequence[CleanLine], folded: str) -> Iterator[Finding]:
    """一是……二是……四是 in one section; its points may each be a paragraph."""
    open_lists: dict[str, list[int]] = {}
    for line in lines:
        if line.role != "body":
            open_lists = {}
            continue
        for match in _INLINE.finditer(folded, line.start, line.end):
            if fault := _follow(open_lists.setdefault(match["mark"], []), int(number_value(match["number"]))):
                detail = f"“{match[0]}”：{fault} (the numbering skips or repeats)"
                yield Finding("numbering_gap", detail, Span(*match.span()))
