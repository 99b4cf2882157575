"""Equations of Word's editor, and those typed as fields before there was one."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from rag.formats.equations import equation_signs, fraction, index, joined, power, root
from rag.formats.word_xml import M, W
from rag.text.list_numerals import list_numeral

_TEXT = (f"{M}t", f"{W}t")
_PROPERTIES = re.compile(r"Pr$")
_FIELD = re.compile(r"\s*eq\b\s*", re.IGNORECASE)
_FIELD_OPTION = re.compile(r"\\\*\s*(?:\"[^\"]*\"|\S+)\s*")
_TURNED = ("0", "off", "false")


def equation_text(element: Any, is_left_out: Callable[[Any], bool]) -> str:
    """An element of an equation as one line; `is_left_out` says which elements are not shown."""
    return _Reader(is_left_out).read(element)


class _Reader:
    """Reads the elements of one equation, each kind in its way."""

    def __init__(self, is_left_out: Callable[[Any], bool]) -> None:
        self._is_left_out = is_left_out

    def read(self, element: Any) -> str:
        name = str(element.tag).removeprefix(M)
        if element.tag in _TEXT:
            return equation_signs(element.text or "")
        if _PROPERTIES.search(name) or self._is_left_out(element):
            return ""
        if name in _SHAPES:
            parts, shape = _SHAPES[name]
            return shape(*(self._part(element, part) for part in parts))
        if name in _ROWS:
            rows = (self.read(child) for child in element.iterchildren(f"{M}mr", f"{M}e"))
            return _ROWS[name].join(rows)
        if name == "d":
            return self._delimited(element)
        if name == "nary":
            return self._summed(element)
        if name == "phant" and _setting(element, "phant", "show", "1") in _TURNED:
            return ""
        if name == "borderBox" and any(
            _setting(element, name, strike, "0") not in _TURNED for strike in ("strikeH", "strikeBLTR", "strikeTLBR")
        ):
            return ""  # crossed out
        return joined((self.read(child), child.tag == f"{M}f") for child in element.iterchildren())

    def _part(self, element: Any, name: str) -> str:
        part = element.find(f"{M}{name}")
        return "" if part is None else self.read(part).strip()

    def _delimited(self, element: Any) -> str:
        separator = _setting(element, "d", "sepChr", "|")
        inner = separator.join(self.read(part) for part in element.iterchildren(f"{M}e"))
        return _setting(element, "d", "begChr", "(") + inner + _setting(element, "d", "endChr", ")")

    def _summed(self, element: Any) -> str:
        sign = _setting(element, "nary", "chr", "∫")
        limits = [limit for name in ("sub", "sup") if (limit := self._part(element, name))]
        return sign + (f"[{','.join(limits)}]" if limits else "") + self._part(element, "e")


def _setting(element: Any, name: str, setting: str, otherwise: str) -> str:
    """What the properties of an element say; a property that is there without a value is on."""
    found = element.find(f"{M}{name}Pr/{M}{setting}")
    if found is None:
        return otherwise
    return str(found.get(f"{M}val", "1" if otherwise in ("0", "1") else ""))


_SHAPES: Mapping[str, tuple[tuple[str, ...], Callable[..., str]]] = {
    "f": (("num", "den"), fraction),
    "sSup": (("e", "sup"), power),
    "sSub": (("e", "sub"), index),
    "sSubSup": (("e", "sub", "sup"), lambda base, below, exponent: power(index(base, below), exponent)),
    "sPre": (("sub", "sup", "e"), lambda below, above, base: f"{above}{below}{base}"),
    "rad": (("e", "deg"), root),
    "func": (("fName", "e"), lambda name, of: f"{name}({of})"),
    "limLow": (("e", "lim"), lambda base, limit: f"{base}[{limit}]"),
    "limUpp": (("e", "lim"), lambda base, limit: f"{base}[{limit}]"),
}
_ROWS = {"eqArr": "；", "m": "；", "mr": "，"}


def field_equation(instruction: str) -> str:
    r"""What a field of the kind EQ shows: characters over each other, fractions, raised ones.

    Example: field_equation(r"eq \f(1,2)") == "1/2"; field_equation(r"eq \o\ac(○,3)") == "③"
    """
    begins = _FIELD.match(instruction)
    return _field_text(_FIELD_OPTION.sub("", instruction[begins.end() :])).strip() if begins else ""


def _field_text(text: str) -> str:
    shown, place = "", 0
    while match := _FUNCTION.search(text, place):
        arguments, end = _arguments(text, match.end())
        shape = _FIELD_SHAPES.get(match[1].lower(), _beside)
        shown += text[place : match.start()] + shape(*map(_field_text, arguments))
        place = end
    return shown + text[place:].replace("\\", "")


_FUNCTION = re.compile(r"\\([a-zA-Z])((?:\\[a-zA-Z]+\d*\s*)*)\s*(?:\d+\s*)?\(")


def _arguments(text: str, start: int) -> tuple[list[str], int]:
    """The parts between brackets, parted by commas, and where they end."""
    parts, depth = [""], 1
    for place in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        if not depth:
            return parts, place + 1
        if text[place] in ",;" and depth == 1:
            parts.append("")
        else:
            parts[-1] += text[place]
    return parts, len(text)


def _over(*parts: str) -> str:
    """What stands over each other: a number in a circle; else the last, as readings stand before what they are of."""
    base = parts[-1].strip()
    if len(parts) == 2 and parts[0].strip() in ("○", "〇", "◯") and base.isascii() and base.isdigit():
        return list_numeral(int(base[:4]), "decimalEnclosedCircle")
    return base


def _beside(*parts: str) -> str:
    return "".join(parts)


_FIELD_SHAPES: Mapping[str, Callable[..., str]] = {
    "f": lambda above="", below="": fraction(above, below),
    "r": lambda *parts: root(parts[-1], parts[0] if len(parts) > 1 else ""),
    "o": _over,
}
