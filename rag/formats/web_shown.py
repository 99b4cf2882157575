"""Which elements of a web page are shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rag.formats.web_styles import PageStyles, is_hidden, is_struck_out, keeps_lines, list_style

_UNSEEN = frozenset(
    "script style head object svg canvas audio video select button input nav footer aside dialog menu"
    " rt rp rtc noframes datalist iframe frame embed math".split()
)
_LAZY = frozenset("noscript template textarea".split())  # what scripts bring forth, or take away


def _is_filled_in(element: Any) -> bool:
    return element.tag == "textarea" and any(sign.isdigit() for sign in element.text or "")


@dataclass(frozen=True, slots=True)
class Shown:
    """Tells by an element alone; whether elements around it are shown is for the caller."""

    styles: PageStyles
    is_revealing: bool = False  # also what scripts would show: a page without them has hardly any text

    def is_unseen(self, element: Any) -> bool:
        """Whether nothing of an element is read: hidden, crossed out, or made for moving about."""
        name = element.tag
        is_lazy = name in _LAZY and element.get("shadowrootmode") is None and not _is_filled_in(element)
        if name in _UNSEEN or (is_lazy and not self.is_revealing):
            return True
        said = self.styles.of_element(element)
        return self._is_hidden(element, said) or is_struck_out(element, said)

    def is_hidden(self, element: Any) -> bool:
        """Whether an element takes no place on the page."""
        return self._is_hidden(element, self.styles.of_element(element))

    def _is_hidden(self, element: Any, said: Mapping[str, str]) -> bool:
        if self.is_revealing:
            return False
        return element.get("hidden") is not None or element.get("aria-hidden") == "true" or is_hidden(said)

    def keeps_lines(self, element: Any) -> bool:
        """Whether line ends inside an element are line ends on the page."""
        return keeps_lines(element, self.styles.of_element(element))

    def list_style(self, element: Any) -> str:
        """How an element counts its items, as far as style sheets say."""
        return list_style(self.styles.of_element(element))
