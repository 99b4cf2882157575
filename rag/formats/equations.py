"""Equations as one line of text, as people type them: 197/200=98.5%, (a+b)/2, m², 10^4."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from rag.text.numerals import LARGE

_SIMPLE = re.compile(r"[\w.%‰℃]*")
_RAISED = {"2": "²", "3": "³"}
_INVISIBLE = dict.fromkeys((*range(0x2061, 0x2065), 0x200B, 0x2009, 0x200A))  # function, times, separator, plus; spaces
_MEASURE = re.compile(r"(?<![A-Za-z])(?:[kdchm]?m|[A-Za-z])$")
_TEN = re.compile(r"(?<![\d.,])10$")
_EXPONENT = re.compile(r"[-+−]?\d{1,2}")
_POWER_OF_TEN = re.compile(
    r"(?:(?<![\d.,])(?P<factor>\d+(?:\.\d+)?)\s?[×xX*·⋅∙]\s?)?(?<![\d.,])10(?:\^(?P<typed>[-−+]?\d{1,2})(?!\d)"
    r"|(?P<raised>⁻?[⁰¹²³⁴-⁹]{1,2}))"
)
_LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_SCALES = tuple(zip(reversed(LARGE), (8, 4), strict=True))
_HEAD_END = re.compile(r"(?:^|[:：（(/])\s*$")
_DEGREE = ("0", "o", "O", "○")
_NOTE_MARK = re.compile(r"[\[［〔【(（]?(?:\d{1,2}|[①-⑳]|[*＊†‡※]+)[\]］〕】)）]?")
_STYLED = re.compile("[\U0001d400-\U0001d7ff]")  # letters and digits of a mathematical script
AND = "又"  # between a whole number and the fraction behind it

Reading = Callable[[Any], str]


def equation_signs(text: str) -> str:
    """What is typed in an equation, in plain letters and digits.

    Example: equation_signs("𝟗𝟖.𝟓%") == "98.5%"
    """
    return _STYLED.sub(lambda sign: unicodedata.normalize("NFKC", sign[0]), text).translate(_INVISIBLE)


def fraction(above: str, below: str) -> str:
    """Example: fraction("a+b", "2") == "(a+b)/2" """
    return f"{_grouped(above)}/{_grouped(below)}"


def power(base: str, exponent: str) -> str:
    """Example: power("m", "2") == "m²"; power("10", "4") == "10^4" (10⁴ would be searched as 104)"""
    if base[-1:].isalpha() and exponent in _RAISED:
        return base + _RAISED[exponent]
    return f"{_grouped(base)}^{_grouped(exponent)}" if exponent else base


def raised(before: str, text: str) -> str:
    """What a superscript adds to the text before it: a unit's exponent, a power of ten, degrees; nothing for the mark
    of a note, which would else become a figure's last digit.

    Example: raised("12km", "2") == "²"; raised("10", "4") == "^4"; raised("1260", "[1]") == ""
    """
    mark = text.strip()
    if mark in _RAISED and _MEASURE.search(before):
        return _RAISED[mark]
    if _TEN.search(before) and _EXPONENT.fullmatch(mark):
        return f"^{mark}"
    if before[-1:].isdigit() and mark in _DEGREE:
        return "°"
    return "" if _NOTE_MARK.fullmatch(mark) else text


def powers_of_ten(text: str) -> str:
    """Numbers with a power of ten as reports write them otherwise: of the same value, and read as one number.

    Example: powers_of_ten("2.3×10^5平方米") == "23万平方米"; powers_of_ten("单位：10^4元") == "单位：万元"
    """
    return _POWER_OF_TEN.sub(_scaled, text)


def _scaled(match: re.Match[str]) -> str:
    exponent = int(match["typed"].replace("−", "-") if match["typed"] else match["raised"].translate(_LOWERED))
    scale, zeros = next(((sign, zeros) for sign, zeros in _SCALES if exponent >= zeros), ("", 0))
    if match["factor"] is None and exponent == zeros and _HEAD_END.search(match.string[: match.start()]):
        return scale  # of a unit, such as that of a column
    value = Decimal(match["factor"] or 1).scaleb(exponent - zeros)
    return f"{value.normalize():f}{scale}"


def index(base: str, below: str) -> str:
    """Example: index("PM", "2.5") == "PM2.5"; index("10", "2") == "10_2" """
    return f"{base}_{below}" if base[-1:].isdigit() and below else base + below


def root(radicand: str, degree: str = "") -> str:
    """Example: root("a+b") == "√(a+b)" """
    return f"{degree if degree != '2' else ''}√{_grouped(radicand)}"


def joined(parts: Iterable[tuple[str, bool]]) -> str:
    """Texts in a row, each with whether it is a fraction.

    Example: joined([("3", False), ("1/2", True)]) == "3又1/2"
    """
    line = ""
    for text, is_fraction in parts:
        line += AND + text if is_fraction and line[-1:].isdigit() and text[:1].isdigit() else text
    return line


def _grouped(text: str) -> str:
    return text if _SIMPLE.fullmatch(text) else f"({text})"


def mathml_text(element: Any) -> str:
    """An element of MathML, as web pages have it."""
    return _mathml(element).strip()


def _mathml(element: Any) -> str:
    if not isinstance(element.tag, str) or element.tag in _UNSEEN_MATHML:
        return ""
    if element.tag in _SIGNS:
        return equation_signs("".join("".join(element.itertext()).split()))
    parts = [child for child in element.iterchildren() if isinstance(child.tag, str)]
    if element.tag in _MATHML and len(parts) >= _MATHML[element.tag][0]:
        return _MATHML[element.tag][1](*(_mathml(part) for part in parts[: _MATHML[element.tag][0]]))
    if element.tag == "msqrt":
        return root(_row(parts))
    if element.tag == "mfenced":
        inner = (element.get("separators") or ",")[:1].join(_mathml(part) for part in parts)
        return f"{element.get('open', '(')}{inner}{element.get('close', ')')}"
    if element.tag in ("mtable", "mtr"):
        return ("；" if element.tag == "mtable" else "，").join(_mathml(part) for part in parts)
    return equation_signs((element.text or "").strip()) + _row(parts)


def _row(parts: Iterable[Any]) -> str:
    return joined((_mathml(part), part.tag == "mfrac") for part in parts)


_UNSEEN_MATHML = frozenset(("annotation", "annotation-xml", "mphantom", "mspace", "maligngroup", "malignmark"))
_SIGNS = frozenset(("mn", "mi", "mo", "mtext", "ms"))
_MATHML: Mapping[str, tuple[int, Callable[..., str]]] = {  # with the number of parts
    "mfrac": (2, fraction),
    "msup": (2, power),
    "msub": (2, index),
    "msubsup": (3, lambda base, below, exponent: power(index(base, below), exponent)),
    "mroot": (2, root),
    "mover": (2, lambda base, _: base),
    "munder": (2, lambda base, _: base),
    "munderover": (3, lambda base, below, above: f"{base}[{below},{above}]"),
}
