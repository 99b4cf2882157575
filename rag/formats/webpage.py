"""Web pages: the text that a browser shows, without menus and lists of links.

Extractors that guess a page's "main text" lose short lines: 来源, headings, signatures. So all that is shown is kept,
except elements made for navigation and lines that are nothing but links; what remains of the page's furniture is
recognised by cleaning.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from rag.errors import UnreadableFile
from rag.formats.detect import REPORT_SUFFIXES
from rag.formats.extract import Extract
from rag.formats.plain import decode_text
from rag.formats.tables import written
from rag.formats.web_shown import Shown
from rag.formats.web_styles import PageStyles
from rag.formats.web_walk import Walk, is_content_frame
from rag.text.letterhead import is_date, is_publication
from rag.text.lexicon import table
from rag.text.normalization import fold
from rag.types import Notice

PageAt = Callable[[str], str | None]
"""The text of a page by the address that a frame names, None where it was not saved."""

_SPACES = re.compile(r"[ \t\r\n\f]+")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_TITLE_PARTS = re.compile(r"\s*[_|]\s*|\s+[-–—]\s+")
_DEEPEST_FRAME = 5
_FURNITURE = re.compile("|".join(table("web_page")[kind].any for kind in ("foot", "registration", "label", "field")))
_STATEMENT = re.compile(r"\d.*[。；]|[。；].*\d")
_TOLD = re.compile(r"[\d，。；]")
_MAKING = re.compile(
    r"innerHTML|document\.write|appendChild|insertAdjacent|createApp|createRoot|ReactDOM|new Vue|fetch\(|XMLHttpRequest"
    r"|\$\.(?:get|post|ajax)|axios|__(?:INITIAL_STATE|NUXT|NEXT_DATA)__"
)
_NOTHING_TOLD = 40  # characters: less than one sentence, and the page is but a frame for its text
_LITTLE_TOLD = 150
_LEAST_HIDDEN = 8  # characters of statements with figures


def read_webpage(content: bytes, page_at: PageAt = lambda _: None) -> Extract:
    """The lines that a browser shows, frames in their place.

    Raises UnreadableFile, also for a page whose text scripts or frames would bring that were not saved with it.
    """
    decoded = decode_text(content)
    page = _Page(decoded.text, page_at)
    return Extract("\n".join(page.lines) + "\n", f"html {decoded.encoding}", notes=page.notes())


def page_lines(text: str) -> list[str]:
    """The lines of a page; its title first where no line of it has the title."""
    return list(_Page(text, lambda _: None).lines)


class _Page:
    """A parsed page, read."""

    def __init__(self, text: str, page_at: PageAt) -> None:
        self._root = _parsed(text)
        self._frames = _Frames(page_at)
        styles = PageStyles.of(self._root)
        self._title = _title(self._root)
        self.lines = self._with_title(Shown(styles))
        others = self._with_title(Shown(styles, is_revealing=True))
        if self._told() < _LITTLE_TOLD <= _told(others, self._title):
            self.lines = others
        shown = "".join(self.lines)
        self._hidden = sum(len(line) for line in others if _STATEMENT.search(line) and line not in shown)

    def _with_title(self, shown: Shown) -> Sequence[str]:
        lines = list(written(Walk(self._root, shown, self._frames.lines).blocks()))
        return lines if not self._title or any(self._title in line for line in lines) else [self._title, *lines]

    def _told(self) -> int:
        return _told(self.lines, self._title)

    def notes(self) -> tuple[Notice, ...]:
        """What is to be said of a page that hardly says anything. Raises UnreadableFile where it says nothing."""
        told = self._told()
        is_made = _is_made_by_script(self._root) or (not told and bool(self._root.xpath("//script")))
        is_elsewhere = is_made or bool(self._frames.missing)
        if told >= _LITTLE_TOLD or not (is_elsewhere or (told < _NOTHING_TOLD and _has_more(self._root))):
            is_told_of = self._hidden >= _LEAST_HIDDEN
            return (Notice("hidden_text_not_read", characters=self._hidden),) if is_told_of else ()
        if told >= _NOTHING_TOLD or not is_elsewhere:
            return (Notice("little_of_page_read", characters=told),)
        if self._frames.missing:
            raise UnreadableFile("page_text_in_frames")
        raise UnreadableFile("page_made_by_script")


@dataclass
class _Frames:
    """The pages inside a page, each read once."""

    page_at: PageAt
    depth: int = 0
    missing: int = 0

    def __post_init__(self) -> None:
        self._read: set[str] = set()

    def lines(self, element: Any) -> list[str] | None:
        """The lines of the page that a frame shows."""
        source = element.get("src") or element.get("data") or ""
        inner = element.get("srcdoc") or ("" if source in self._read else self.page_at(source))
        self._read.add(source)
        if inner is None:
            self.missing += is_content_frame(element)
        if not inner or self.depth >= _DEEPEST_FRAME:
            return None
        root = _parsed(inner)
        self.depth += 1
        lines = list(written(Walk(root, Shown(PageStyles.of(root)), self.lines).blocks()))
        self.depth -= 1
        return lines


def _parsed(text: str) -> Any:
    from lxml import etree, html

    try:
        parser = html.HTMLParser(huge_tree=True)  # without it whatever is nested deeper than 256 is dropped unsaid
        return html.document_fromstring(_DECLARATION.sub("", text.replace("\x00", "")), parser)
    except etree.ParserError as error:
        raise UnreadableFile("no_text_on_page") from error


def _title(root: Any) -> str:
    """The article's name as the page declares it, else the first part of the page's title."""
    for name in ("ArticleTitle", "og:title"):
        for found in root.xpath("//meta[@name=$name or @property=$name]/@content", name=name):
            return str(found).strip()
    return _TITLE_PARTS.split(_SPACES.sub(" ", root.findtext(".//title") or "").strip())[0]


def _told(lines: Sequence[str], title: str) -> int:
    """How many characters of lines tell something: not the title, not who keeps the page, with a figure or a mark."""
    told = 0
    for line in lines:
        folded = fold(line)
        is_furniture = _FURNITURE.search(folded) or is_publication(folded) or is_date(folded)
        if _TOLD.search(line) and line not in title and not is_furniture:
            told += len(line.replace(title, "") if title else line)
    return told


def _is_made_by_script(root: Any) -> bool:
    """Whether scripts may bring a page's text: they write into it, come from elsewhere, or have a place kept free."""
    scripts = root.xpath("//script")
    if any(script.get("src") or _MAKING.search(script.text or "") for script in scripts):
        return True
    return bool(scripts) and any(
        not place.text_content().strip() for place in root.xpath("//div[@id]|//main|//section")
    )


def _has_more(root: Any) -> bool:
    """Whether a page has something beside its text in which a text may be."""
    attached = (PurePosixPath(urlsplit(link).path).suffix.lower() for link in root.xpath("//a/@href"))
    return bool(root.xpath("//script|//img|//canvas|//svg|//video")) or not REPORT_SUFFIXES.isdisjoint(attached)
