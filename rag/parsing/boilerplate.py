"""Lines that belong to the web page or the printed page, not to the report. All patterns see folded lines."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from rag.text.clauses import SENTENCE_MARKS
from rag.text.letterhead import is_date, is_signature, is_title, title_core
from rag.text.lexicon import concept, table

_LONGEST = 160  # a longer line is text, whatever it begins with

_PAGE = table("web_page")
_HOME = _PAGE["home"].any
_WHOLE_LINES = re.compile(
    rf".{{0,2}}{_PAGE['path'].any}.?\s*:.*|{_PAGE['label'].any}\s*:.*|{_PAGE['foot'].any}.*"
    rf"|{_HOME}(?:\s*[>»›→].*|\s+[-—/|].{{0,60}})|.{{0,4}}{_PAGE['registration'].any}.*"
    rf"|{_PAGE['code_lead'].any}?{_PAGE['code'].any}.{{0,20}}|{_PAGE['field'].any}.{{0,20}}"
    r"|[-—–~]+\s*\d{1,4}\s*[-—–~]+|\d{1,3}\s*/\s*\d{1,3}"
)
_TOOL = _PAGE["tool"]
_AROUND_TOOL = re.compile(r"[\s\d\[\]【】(),/]+")
_ITEM = table("publication_line")
_CONTROL = re.compile(rf"{(_PAGE['control'] | _ITEM['font']).any}|{_ITEM['counter'].any}\s*:?\s*\d*")
_LETTERS = re.compile(rf"(?:{_PAGE['between_controls'].any}|[\s\[\]【】<>():|/·,、])+")
_LINKS = _PAGE["related_links"]
_ISSUER = (concept("issuer_words") | table("beside_place")["site_owner"]).any
_DISCLOSURE = re.compile(rf"(?:.{{2,20}}{_ISSUER})?{_PAGE['disclosure'].any}")
_CHANNEL = _PAGE["home"] | _PAGE["channel"]
_NAVIGATION = _CHANNEL | _PAGE["disclosure"] | _PAGE["navigation"]
_PAGE_NUMBER = re.compile(r"\s*[-—–]*\s*\d{1,3}\s*[-—–]*$")
_BREADCRUMB = re.compile(r"[>»›→]")
_SENTENCE_END = re.compile(rf"[{SENTENCE_MARKS}]")
_PAGE_WORD = concept("page_word").any
_LONE_NUMBER = re.compile(rf"[-—–~]*{_PAGE_WORD}?\s*(\d{{1,3}})\s*(?:[-—–~]*|{_PAGE_WORD}.*)")
_LONGEST_HEAD = 40
_LEAST_PAGE = 200  # characters between two page numbers: the numbers of a table's rows stand closer


def find_boilerplate(lines: Sequence[str]) -> frozenset[int]:
    """Indices of the folded lines to drop: page furniture, what follows "相关稿件", running heads, page numbers."""
    dropped = {index for index, line in enumerate(lines) if is_page_furniture(line)}
    dropped |= _link_list(lines, dropped) | _channel_names(lines) | _running_heads(lines)
    numbers = _page_numbers(lines)
    return frozenset(dropped | numbers | _repeated_beside(lines, numbers))


def is_page_furniture(line: str) -> bool:
    """Whether a folded line is navigation, a control, a counter or a page number and nothing else."""
    if not line or len(line) > _LONGEST:
        return False
    is_tool = _AROUND_TOOL.sub("", line) in _TOOL
    return is_tool or bool(_WHOLE_LINES.fullmatch(line)) or _is_controls(line) or _is_navigation(line)


def is_breadcrumb(line: str) -> bool:
    """Whether a folded line is the page's path, such as "当前位置: 首页 > 政务公开 > 石矶镇"."""
    return is_page_furniture(line) and bool(_BREADCRUMB.search(line))


def _is_controls(line: str) -> bool:
    rest, count = _CONTROL.subn("", line)
    return count > 0 and not _LETTERS.sub("", rest)


def _is_navigation(line: str) -> bool:
    """Whether a line is a row of a site's links: 首页 | 政务公开 | 互动交流"""
    steps = [step for step in re.split(r"[\s|/·]+", line) if step]
    return len(steps) > 1 and all(step in _NAVIGATION for step in steps)


def _page_numbers(lines: Sequence[str]) -> set[int]:
    """Lines that are nothing but a number, counting up from page to page."""
    numbered = [(index, int(match[1])) for index, line in enumerate(lines) if (match := _LONE_NUMBER.fullmatch(line))]
    found: set[int] = set()
    for (before, first), (after, second) in pairwise(numbered):
        if second == first + 1 and sum(len(line) for line in lines[before:after]) >= _LEAST_PAGE:
            found |= {before, after}
    return found


def _repeated_beside(lines: Sequence[str], numbers: set[int]) -> set[int]:
    """Heads and feet: short lines next to page numbers, from their second copy on."""
    beside = sorted({index + step for index in numbers for step in (-1, 1)} & set(range(len(lines))))
    seen: set[str] = set()
    dropped: set[int] = set()
    for index in beside:
        if lines[index] in seen and len(lines[index]) <= _LONGEST_HEAD and not _SENTENCE_END.search(lines[index]):
            dropped.add(index)
        seen.add(lines[index])
    return dropped


def _link_list(lines: Sequence[str], furniture: set[int]) -> set[int]:
    """The line "相关稿件" and, where only links follow to the end, the links."""
    dropped: set[int] = set()
    for index, line in enumerate(lines):
        if line.rstrip(" :") not in _LINKS:
            continue
        dropped.add(index)
        rest = set(range(index + 1, len(lines))) - furniture
        if all(_is_link(lines[other]) for other in rest):
            return dropped | rest
    return dropped


def _is_link(line: str) -> bool:
    return len(line) <= 60 and not _SENTENCE_END.search(line) and not (is_signature(line) or is_date(line))


def _channel_names(lines: Sequence[str]) -> set[int]:
    """Names of the site's channels, which may only stand before the title: below it they can be headings."""
    title = next((index for index, line in enumerate(lines[:12]) if is_title(line)), 0)
    return {index for index in range(title) if lines[index] in _CHANNEL or _DISCLOSURE.fullmatch(lines[index])}


def _running_heads(lines: Sequence[str]) -> set[int]:
    """Later copies of a title that stands three times or more."""
    heads = {index: _PAGE_NUMBER.sub("", line) for index, line in enumerate(lines)}
    cores = {index: title_core(head) for index, head in heads.items() if is_title(head)}
    counts = Counter(cores.values())
    seen: set[str] = set()
    dropped: set[int] = set()
    for index, core in cores.items():
        if counts[core] >= 3 and core in seen:
            dropped.add(index)
        seen.add(core)
    return dropped
