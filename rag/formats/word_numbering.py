"""The numbers that Word puts before paragraphs: they stand in no paragraph's text, yet "一、" makes a heading."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rag.text.numerals import counting_numeral

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered: "%1、" with "chineseCounting" from 1."""

    text: str
    format: str
    start: int


@dataclass
class ListNumbers:
    """Counts the numbered paragraphs of a document from its first to its last."""

    levels: Mapping[str, Mapping[int, Level]]  # by list
    lists: Mapping[str, str]  # number id to list
    styles: Mapping[str, tuple[str, int]]  # paragraph style to number id and level
    restarts: Mapping[str, Mapping[int, int]]  # number id to where its levels start again
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)  # number ids

    @staticmethod
    def of(part: Any) -> "ListNumbers":
        """The numbering that a document part defines; none where it has no numbering part."""
        from docx.opc.constants import RELATIONSHIP_TYPE

        related = {relation.reltype: relation for relation in part.rels.values() if not relation.is_external}
        if RELATIONSHIP_TYPE.NUMBERING not in related:
            return ListNumbers.none()
        root = related[RELATIONSHIP_TYPE.NUMBERING].target_part.element
        levels = {_value(a, "abstractNumId"): dict(_levels(a)) for a in root.iterchildren(f"{_W}abstractNum")}
        lists = {_value(n, "numId"): _child(n, "abstractNumId") or "" for n in root.iterchildren(f"{_W}num")}
        styles = {}
        for style in part.styles.element.iterchildren(f"{_W}style"):
            if found := _number_of(style.find(f"{_W}pPr")):
                styles[_value(style, "styleId")] = found
        restarts = {_value(number, "numId"): dict(_restarts(number)) for number in root.iterchildren(f"{_W}num")}
        return ListNumbers(levels, lists, styles, restarts)

    @staticmethod
    def none() -> "ListNumbers":
        """Of a document without numbering."""
        return ListNumbers({}, {}, {}, {})

    def next_label(self, paragraph: Any, text: str) -> str:
        """The number before a paragraph with what parts it from the text; counts it. Empty for bullets and for none."""
        properties = paragraph.find(f"{_W}pPr")
        style = _child(properties, "pStyle") if properties is not None else None
        number = _number_of(properties) or self.styles.get(style or "")
        if number is None:
            return ""
        own = self.lists.get(number[0], "")
        levels = self.levels.get(own, {})
        if number[1] not in levels:
            return ""
        if number[0] not in self._begun:
            self._begun.add(number[0])
            starts = self.restarts.get(number[0], {})
            self._counts.setdefault(own, {}).update({depth: start - 1 for depth, start in starts.items()})
        label = self._label(self._count(own, number[1], levels), number[1], levels)
        return label if not label or not (label[-1].isascii() and text[:1].isascii()) else f"{label} "

    def _count(self, own: str, depth: int, levels: Mapping[int, Level]) -> dict[int, int]:
        counts = self._counts.setdefault(own, {})
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        return counts

    def _label(self, counts: Mapping[int, int], depth: int, levels: Mapping[int, Level]) -> str:
        label = levels[depth].text
        for other in range(depth, -1, -1):
            if other in levels:
                label = label.replace(
                    f"%{other + 1}", _written(counts.get(other, levels[other].start), levels[other].format)
                )
        return "" if levels[depth].format in ("bullet", "none") else label


def _levels(abstract: Any) -> list[tuple[int, Level]]:
    found = []
    for level in abstract.iterchildren(f"{_W}lvl"):
        start = _child(level, "start") or "1"
        text, kind = _child(level, "lvlText") or "", _child(level, "numFmt") or "decimal"
        found.append((int(_value(level, "ilvl") or 0), Level(text, kind, int(start) if start.isdigit() else 1)))
    return found


def _restarts(number: Any) -> list[tuple[int, int]]:
    found = []
    for override in number.iterchildren(f"{_W}lvlOverride"):
        start, depth = _child(override, "startOverride") or "", _value(override, "ilvl")
        if start.isdigit() and depth.isdigit():
            found.append((int(depth), int(start)))
    return found


def _number_of(properties: Any) -> tuple[str, int] | None:
    number = properties.find(f"{_W}numPr") if properties is not None else None
    if number is None or _child(number, "numId") is None:
        return None
    depth = _child(number, "ilvl") or "0"
    return str(_child(number, "numId")), int(depth) if depth.isdigit() else 0


def _child(element: Any, name: str) -> str | None:
    child = element.find(f"{_W}{name}")
    return None if child is None else _value(child, "val")


def _value(element: Any, name: str) -> str:
    return str(element.get(f"{_W}{name}") or "")


def _written(number: int, style: str) -> str:
    """A number as a list shows it, such as _written(12, "chineseCounting") == "十二"."""
    return _FORMATS.get(style, str)(number)


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if 1 <= number <= 20 else str(number)


def _letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26)


def _roman(number: int) -> str:
    written = ""
    for value, sign in _ROMAN:
        while number >= value and number < 40:
            written, number = written + sign, number - value
    return written or str(number)


def _full_width(number: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))


_CHINESE_FORMATS = ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital")
_FORMATS: Mapping[str, Callable[[int], str]] = {
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital"), counting_numeral
    ),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _circled),
    "decimalFullWidth": _full_width,
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
}
