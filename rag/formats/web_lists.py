"""The numbers before the items of lists on a web page."""

from dataclasses import dataclass
from typing import Any

from rag.text.list_numerals import list_numeral

_MARKS = frozenset("none disc circle square disclosure-open disclosure-closed".split())
_CHINESE = ("cjk", "simp-chinese", "trad-chinese")


@dataclass(slots=True)
class _List:
    next: int
    step: int
    style: str


class OpenLists:
    """The lists that an element stands in; only ordered ones count."""

    def __init__(self) -> None:
        self._open: list[_List | None] = []

    def open(self, element: Any, style: str) -> None:
        """At the beginning of a list, with the way of counting that style sheets name."""
        if element.tag != "ol":
            self._open.append(None)
            return
        is_reversed = element.get("reversed") is not None
        first = sum(1 for _ in element.iterchildren("li")) if is_reversed else 1
        start = _number(element.get("start"), first)
        self._open.append(_List(start, -1 if is_reversed else 1, style or element.get("type") or "decimal"))

    def close(self) -> None:
        """At its end."""
        if self._open:
            self._open.pop()

    def marker(self, item: Any, style: str) -> str:
        """What stands before an item: "3. ", "（三）" never, as no style of the web has brackets."""
        counted = self._open[-1] if self._open else None
        if counted is None:
            return ""
        number = _number(item.get("value"), counted.next)
        counted.next = number + counted.step
        style = style or item.get("type") or counted.style
        if style in _MARKS:
            return ""
        return f"{list_numeral(number, style)}{'、' if style.startswith(_CHINESE) else '. '}"


def _number(text: str | None, otherwise: int) -> int:
    digits = (text or "").strip().removeprefix("-")
    return int(text or 0) if digits.isascii() and digits.isdigit() and len(digits) < 10 else otherwise
