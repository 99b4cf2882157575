"""The lines of a web page, in the order in which they stand there."""

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

from rag.errors import UnreadableFile
from rag.formats.equations import index, mathml_text, powers_of_ten, raised
from rag.formats.tables import Grid, is_table, written
from rag.formats.web_lists import OpenLists
from rag.formats.web_shown import Shown
from rag.formats.web_tables import cells_of

FrameOf = Callable[[Any], list[str] | None]
"""The lines of a frame by its element, None where it is not there."""

_BLOCKS = frozenset(
    "address article blockquote body center dd details div dl dt fieldset figcaption figure form h1 h2 h3 h4 h5 h6"
    " header hr html legend li main ol p pre section summary table tbody td tfoot th thead tr ul caption".split()
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LISTS = ("ol", "ul")
_FRAMES = frozenset("iframe frame object embed".split())
_SPACES = re.compile(r"[ \t\r\n\f]+")
_BETWEEN_CHINESE = re.compile(
    r"(?<=[\u3000-\u303f\u3400-\u9fff\uff00-\uffef])[ \t]*\n\s*(?=[\u3000-\u9fff\uff00-\uffef])"
)
_LONGEST_LINK = 60
_MOST_IN_CELL = 4  # paragraphs of an entry
_DEEPEST = 500  # elements inside each other; real pages have some thirty
_BEFORE = 8  # pieces of a line that tell what a superscript belongs to
_LINE_END = "\0"  # inside preformatted text
_COUNTER = re.compile(r"data-(?:count|counter|to|target|end|num|number|val|value)\b")
_COUNTED = re.compile(r"\d[\d,]*(?:\.\d+)?")
_TYPED = ("", "text", "number", "tel")  # kinds of fields that show what was typed


class Walk:
    """Goes through an element once and gives its lines and its tables."""

    def __init__(self, root: Any, shown: Shown, frame_of: FrameOf = lambda _: None) -> None:
        self._root = root
        self._shown = shown
        self._frame_of = frame_of
        self._line: list[str] = []
        self._linked = 0  # characters of the line that are links
        self._link_depth = 0
        self._in_heading = False
        self._keeping: list[Any] = []  # elements with line ends of their own, the innermost last
        self._lists = OpenLists()
        self._marker = ""  # of the item whose text is to come

    def blocks(self) -> Iterator[str | Grid]:
        """Each block's text as a line, and the tables between."""
        from lxml import etree

        walker = etree.iterwalk(self._root, events=("start", "end", "comment", "pi"))
        depth, passed = 0, None
        for event, element in walker:
            depth += (event == "start") - (event == "end")
            if depth > _DEEPEST:
                raise UnreadableFile("page_nested_too_deeply")
            if event == "start" and (self._is_whole(element) or self._is_data(element)):
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

    def _is_whole(self, element: Any) -> bool:
        """Whether an element is read as a whole or not at all."""
        return (element.tag in ("sup", "sub") and element is not self._root) or self._shown.is_unseen(element)

    def _pass_by(self, element: Any) -> Iterator[str | Grid]:
        name = element.tag
        if name in _BLOCKS:
            yield from self._flush()
        if self._shown.is_hidden(element):
            return
        if name in _FRAMES:
            yield from self._flush()
            yield from self._frame_of(element) or ()
        elif name == "math":
            self._add(mathml_text(element))
        elif name in ("input", "select"):
            self._add(_filled_in(element))
        elif self._shown.is_unseen(element):
            return
        elif name in ("sup", "sub"):
            self._add_shifted(element)
        elif name == "table":
            yield Grid(self._rows(element))

    def _add_shifted(self, element: Any) -> None:
        before = "".join(self._line[-_BEFORE:]).rstrip()
        text = " ".join(written(Walk(element, self._shown, self._frame_of).blocks()))
        self._add(raised(before, text) if element.tag == "sup" else index(before, text)[len(before) :])

    def _open(self, element: Any) -> Iterator[str]:
        name = element.tag
        if name in _BLOCKS or name == "br":
            yield from self._flush()
        if name in _LISTS:
            self._lists.open(element, self._shown.list_style(element))
        elif name == "li":
            self._marker = self._lists.marker(element, self._shown.list_style(element))
        if self._shown.keeps_lines(element):
            self._keeping.append(element)
        self._in_heading = self._in_heading or name in _HEADINGS
        self._link_depth += name == "a" and element.get("href") is not None
        self._add(_text(element))

    def _close(self, element: Any) -> Iterator[str]:
        name = element.tag
        self._link_depth -= name == "a" and element.get("href") is not None
        if self._keeping and self._keeping[-1] is element:
            self._keeping.pop()
        if name in _BLOCKS:
            yield from self._flush()
        if name in _LISTS:
            self._lists.close()
        elif name == "li":
            self._marker = ""
        if name in _HEADINGS:
            self._in_heading = False

    def _add(self, text: str | None) -> None:
        if text:
            self._line.append(text.replace("\n", _LINE_END) if self._keeping else text)
            if self._link_depth and not self._in_heading:
                self._linked += len(text.strip())

    def _flush(self) -> Iterator[str]:
        text, linked = "".join(self._line), self._linked
        self._line, self._linked = [], 0
        for line in text.split(_LINE_END):
            shown = powers_of_ten(_SPACES.sub(" ", _BETWEEN_CHINESE.sub("", line)).strip(" "))
            is_link = linked and linked >= len(line.strip()) and len(shown) <= _LONGEST_LINK and "。" not in shown
            if shown and not is_link:
                yield self._marker + shown
                self._marker = ""

    def _is_data(self, element: Any) -> bool:
        """Whether an element is a table of entries, not a frame around parts of the page."""
        if element.tag != "table" or element.xpath(".//table|.//h1|.//h2|.//ul|.//ol"):
            return False
        most = max((len(cell.xpath(".//p|.//div")) for cell in element.xpath(".//td")), default=0)
        return most <= _MOST_IN_CELL and is_table(self._rows(element))

    def _rows(self, table: Any) -> list[list[str]]:
        return cells_of(
            table, lambda cell: "\n".join(written(Walk(cell, self._shown, self._frame_of).blocks())), self._shown
        )


def _filled_in(element: Any) -> str:
    """A figure typed or chosen in a form; words there are prompts of search fields."""
    chosen = element.xpath(".//option[@selected]") or element.xpath(".//option")
    value = "".join(chosen[0].itertext()).strip() if chosen else element.get("value") or ""
    is_shown = (element.get("type") or "").lower() in _TYPED and any(sign.isdigit() for sign in value)
    return value if is_shown else ""


def _text(element: Any) -> str | None:
    """An element's own text; the figure up to which a script counts, where it stands at nought."""
    text: str | None = element.text
    if (text or "").strip() not in ("", "0") or len(element):
        return text
    return next((value for name, value in element.items() if _COUNTER.match(name) and _COUNTED.fullmatch(value)), text)


def is_content_frame(element: Any) -> bool:
    """Whether a frame may hold a text: it names a page, and is more than a counter of visits."""
    source = element.get("src") or element.get("data") or ""
    if not source or urlsplit(source).scheme in ("about", "javascript", "data"):
        return False
    return not any((element.get(side) or "").removesuffix("px") in ("0", "1") for side in ("width", "height"))
