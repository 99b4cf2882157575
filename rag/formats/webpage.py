"""Web pages: the text that a browser shows, without menus and lists of links.

Extractors that guess a page's "main text" lose short lines: 来源, headings, signatures. So all that is shown is kept,
except elements made for navigation and lines that are nothing but links; what remains of the page's furniture is
recognised by cleaning.
"""

import re
from collections.abc import Iterator
from typing import Any

from rag.errors import UnreadableFile
from rag.formats.extract import Extract
from rag.formats.plain import decode_text
from rag.formats.tables import Grid, is_table, written

_UNSEEN = frozenset(
    "script style head template noscript iframe object svg math canvas audio video select button input textarea"
    " nav footer aside dialog menu".split()
)
_BLOCKS = frozenset(
    "address article blockquote body center dd details div dl dt fieldset figcaption figure form h1 h2 h3 h4 h5 h6"
    " header hr html legend li main ol p pre section summary table tbody td tfoot th thead tr ul caption".split()
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_BETWEEN_CHINESE = re.compile(
    r"(?<=[\u3000-\u303f\u3400-\u9fff\uff00-\uffef])[ \t]*\n\s*(?=[\u3000-\u9fff\uff00-\uffef])"
)
_LONGEST_LINK = 60
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_TITLE_PARTS = re.compile(r"\s*[_|]\s*|\s+[-–—]\s+")
_MOST_IN_CELL = 4  # paragraphs of an entry
_WIDEST_SPAN = 50
_DEEPEST = 500  # elements inside each other; real pages have some thirty


def read_webpage(content: bytes) -> Extract:
    """The lines that a browser shows. Raises UnreadableFile."""
    decoded = decode_text(content)
    return Extract("\n".join(page_lines(decoded.text)) + "\n", f"html {decoded.encoding}")


def page_lines(text: str) -> list[str]:
    """The lines of a page; its title first where no line of it has the title."""
    from lxml import etree, html

    try:
        parser = html.HTMLParser(huge_tree=True)  # without it whatever is nested deeper than 256 is dropped unsaid
        root = html.document_fromstring(_DECLARATION.sub("", text.replace("\x00", "")), parser)
    except etree.ParserError as error:
        raise UnreadableFile("no_text_on_page") from error
    lines = list(written(_Walk(root).blocks()))
    title = _title(root)
    return lines if not title or any(title in line for line in lines) else [title, *lines]


def _title(root: Any) -> str:
    """The article's name as the page declares it, else the first part of the page's title."""
    for name in ("ArticleTitle", "og:title"):
        for found in root.xpath("//meta[@name=$name or @property=$name]/@content", name=name):
            return str(found).strip()
    return _TITLE_PARTS.split(_SPACES.sub(" ", root.findtext(".//title") or "").strip())[0]


class _Walk:
    """Goes through an element once and gives its lines and its tables."""

    def __init__(self, root: Any) -> None:
        self._root = root
        self._line: list[str] = []
        self._linked = 0  # characters of the line that are links
        self._link_depth = 0
        self._in_heading = False

    def blocks(self) -> Iterator[str | Grid]:
        """Each block's text as a line, and the tables between."""
        from lxml import etree

        walker = etree.iterwalk(self._root, events=("start", "end", "comment", "pi"))
        depth, passed = 0, None
        for event, element in walker:
            depth += (event == "start") - (event == "end")
            if depth > _DEEPEST:
                raise UnreadableFile("page_nested_too_deeply")
            if event == "start" and (_is_unseen(element) or _is_data(element)):
                walker.skip_subtree()
                passed = element
                yield from self._pass_by(element)
            elif event == "start":
                yield from self._open(element)
            elif event == "end" and element is not passed:
                yield from self._close(element)
            if event != "start" and element is not self._root:
                self._add(element.tail)
        yield from self._flush()

    def _pass_by(self, element: Any) -> Iterator[str | Grid]:
        if element.tag in _BLOCKS:
            yield from self._flush()
        if element.tag == "table" and not _is_unseen(element):
            for caption in element.iterchildren("caption"):
                yield from _Walk(caption).blocks()
            yield Grid(_rows(element))

    def _open(self, element: Any) -> Iterator[str]:
        name = element.tag
        if name in _BLOCKS or name == "br":
            yield from self._flush()
        self._in_heading = self._in_heading or name in _HEADINGS
        self._link_depth += name == "a" and element.get("href") is not None
        self._add(_item_number(element) if name == "li" else "")
        self._add(element.text)

    def _close(self, element: Any) -> Iterator[str]:
        name = element.tag
        self._link_depth -= name == "a" and element.get("href") is not None
        if name in _BLOCKS:
            yield from self._flush()
        if name in _HEADINGS:
            self._in_heading = False

    def _add(self, text: str | None) -> None:
        if text:
            self._line.append(text)
            if self._link_depth and not self._in_heading:
                self._linked += len(text.strip())

    def _flush(self) -> Iterator[str]:
        text, linked = "".join(self._line), self._linked
        self._line, self._linked = [], 0
        shown = _shown(text)
        is_link = linked and linked >= len(text.strip()) and len(shown) <= _LONGEST_LINK and "。" not in shown
        if shown and not is_link:
            yield shown


def _shown(text: str) -> str:
    return _SPACES.sub(" ", _BETWEEN_CHINESE.sub("", text)).strip(" ")


def _is_unseen(element: Any) -> bool:
    return (
        element.tag in _UNSEEN
        or element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or bool(_HIDDEN.search(element.get("style") or ""))
    )


def _is_data(element: Any) -> bool:
    """Whether an element is a table of entries, not a frame around parts of the page."""
    if element.tag != "table" or element.xpath(".//table|.//h1|.//h2|.//ul|.//ol"):
        return False
    most = max((len(cell.xpath(".//p|.//div")) for cell in element.xpath(".//td")), default=0)
    return most <= _MOST_IN_CELL and is_table(_rows(element))


def _item_number(item: Any) -> str:
    parent = item.getparent()
    if parent is None or parent.tag != "ol" or not (parent.get("start") or "1").isdigit():
        return ""
    return f"{int(parent.get('start') or 1) + sum(1 for _ in item.itersiblings('li', preceding=True))}. "


def _rows(table: Any) -> list[list[str]]:
    """The cells of a table, those that span rows or columns repeated in each of their places."""
    rows: list[list[str]] = []
    below: dict[int, tuple[int, str]] = {}  # column: rows still to fill, text
    for row in table.iter("tr"):
        if _is_unseen(row):
            continue
        cells: list[str] = []
        reaching: dict[int, tuple[int, str]] = {}
        for cell in row.iterchildren("td", "th"):
            if _is_unseen(cell):
                continue
            _fill(cells, below)
            text = "\n".join(written(_Walk(cell).blocks()))
            for _ in range(_span(cell, "colspan")):
                if _span(cell, "rowspan") > 1:
                    reaching[len(cells)] = (_span(cell, "rowspan") - 1, text)
                cells.append(text)
        _fill(cells, below)
        below |= reaching
        rows.append(cells)
    return rows


def _fill(cells: list[str], below: dict[int, tuple[int, str]]) -> None:
    """Puts in the cells that reach down from rows above."""
    while len(cells) in below:
        left, text = below.pop(len(cells))
        if left > 1:
            below[len(cells)] = (left - 1, text)
        cells.append(text)


def _span(cell: Any, name: str) -> int:
    value = cell.get(name) or "1"
    return min(max(int(value), 1), _WIDEST_SPAN) if value.isascii() and value.isdigit() else 1
