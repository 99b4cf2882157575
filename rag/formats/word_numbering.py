"""The numbers that Word puts before paragraphs: they stand in no paragraph's text, yet "一、" makes a heading."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from rag.formats.word_styles import Styles
from rag.formats.word_xml import W, child_value, is_on, number_of, related_part, value
from rag.text.list_numerals import list_numeral

_NUMBERING = "numbering"
_UNNUMBERED = ("bullet", "none")


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered: "%1、" with "chineseCounting" from 1."""

    text: str = ""
    format: str = "decimal"
    padding: int = 0  # least digits, of "001, 002, …"
    start: int = 1
    is_legal: bool = False  # all its numbers in Arabic digits
    restarts_after: int | None = None  # the deepest level above after which it begins anew; None for any, -1 for none
    style: str = ""  # the paragraph style that stands at this level
    is_apart: bool = True  # from the text, by a tab or a space


Levels = Mapping[int, Level]


@dataclass(frozen=True, slots=True)
class _Definitions:
    """The numbering part, read once."""

    levels: Mapping[str, Levels]  # by list
    lists: Mapping[str, str]  # number id to list
    own_levels: Mapping[str, Levels]  # number id to the levels that it defines itself
    restarts: Mapping[str, Mapping[int, int]]  # number id to where its levels start again


@dataclass
class ListNumbers:
    """Counts the numbered paragraphs of a document from its first to its last."""

    definitions: _Definitions
    styles: Styles
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)  # number ids

    @staticmethod
    def of(part: Any, styles: Styles) -> "ListNumbers":
        """The numbering that a document part defines; none where it has no numbering part."""
        numbering = related_part(part, _NUMBERING)
        if numbering is None:
            return ListNumbers.none(styles)
        root = numbering.element
        return ListNumbers(_definitions(root, styles), styles)

    @staticmethod
    def none(styles: Styles) -> "ListNumbers":
        """Of a document without numbering."""
        return ListNumbers(_Definitions({}, {}, {}, {}), styles)

    def next_label(self, paragraph: Any, text: str) -> str:
        """The number before a paragraph with what parts it from the text; counts it. Empty for bullets and for none."""
        properties = paragraph.find(f"{W}pPr")
        number, depth = self._number(properties)
        own = self.definitions.lists.get(number, "")
        levels = {**self.definitions.levels.get(own, {}), **self.definitions.own_levels.get(number, {})}
        if depth is None:
            depth = self._depth_of_style(properties, levels)
        if depth not in levels:
            return ""
        if number not in self._begun:
            self._begun.add(number)
            starts = self.definitions.restarts.get(number, {})
            self._counts.setdefault(own, {}).update({place: start - 1 for place, start in starts.items()})
        label = _label(self._count(own, depth, levels), depth, levels)
        return label + _gap(label, text, levels[depth])

    def _number(self, properties: Any) -> tuple[str, int | None]:
        """The number id of a paragraph and its level, each from the paragraph or the nearest style that has it."""
        found = _number_properties(properties)
        for style in self.styles.chain(child_value(properties, "pStyle"), "paragraph"):
            number, depth = _number_properties(style.find(f"{W}pPr"))
            found = (found[0] or number, depth if found[1] is None else found[1])
        return found[0] or "", found[1]

    def _depth_of_style(self, properties: Any, levels: Levels) -> int:
        """The level that a paragraph's style, or the nearest it is based on, is linked with; else the first."""
        depths = {level.style: depth for depth, level in levels.items() if level.style}
        chain = self.styles.chain(child_value(properties, "pStyle"), "paragraph")
        return next((depths[name] for style in chain if (name := value(style, "styleId")) in depths), 0)

    def _count(self, own: str, depth: int, levels: Levels) -> Mapping[int, int]:
        counts = self._counts.setdefault(own, {})
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            after = levels[deeper].restarts_after if deeper in levels else None
            if after is None or depth <= after:
                del counts[deeper]
        return counts


def _label(counts: Mapping[int, int], depth: int, levels: Levels) -> str:
    label = "" if levels[depth].format in _UNNUMBERED else levels[depth].text
    for other in range(depth, -1, -1):
        if other in levels and f"%{other + 1}" in label:
            number = counts.get(other, levels[other].start)
            label = label.replace(f"%{other + 1}", _written(number, levels[other], levels[depth].is_legal))
    return label


def _written(number: int, level: Level, is_legal: bool) -> str:
    return str(number) if is_legal else list_numeral(number, level.format).rjust(level.padding, "0")


def _gap(label: str, text: str, level: Level) -> str:
    """A space where number and text would otherwise read as one: "1. 2021年", "第一章 总则"."""
    if not label or label[-1].isspace() or not text or text[0].isspace():
        return ""
    is_word = unicodedata.category(label[-1]) in ("Nd", "Lo", "Lu", "Ll") and level.is_apart
    return " " if is_word or (label[-1].isascii() and text[0].isascii()) else ""


def _definitions(root: Any, styles: Styles) -> _Definitions:
    numbers = {value(number, "numId"): number for number in root.iterchildren(f"{W}num")}
    lists = {name: child_value(number, "abstractNumId") or "" for name, number in numbers.items()}
    abstracts = {value(each, "abstractNumId"): each for each in root.iterchildren(f"{W}abstractNum")}
    levels = {name: dict(_levels(each)) for name, each in abstracts.items()}
    for name, each in abstracts.items():
        if link := child_value(each, "numStyleLink"):  # the levels stand in the list that a numbering style names
            style = styles.by_id.get(link)
            number, _ = _number_properties(None if style is None else style.find(f"{W}pPr"))
            levels[name] = levels[name] or levels.get(lists.get(number or "", ""), {})
    own: dict[str, Levels] = {}
    for name, number in numbers.items():
        overrides = [(value(each, "ilvl"), each.find(f"{W}lvl")) for each in number.iterchildren(f"{W}lvlOverride")]
        own[name] = {
            int(place): level
            for place, redefined in overrides
            if redefined is not None and place.isdigit()
            for _, level in [_level(redefined)]
        }
    return _Definitions(levels, lists, own, {name: dict(_restarts(number)) for name, number in numbers.items()})


def _levels(abstract: Any) -> Iterator[tuple[int, Level]]:
    for level in abstract.iterchildren(f"{W}lvl"):
        yield _level(level)


def _level(element: Any) -> tuple[int, Level]:
    form = next(element.iter(f"{W}numFmt"), None)  # newer formats come with an older one as fallback
    style = "decimal" if form is None else value(form, "val") or "decimal"
    sample = value(form, "format").split(",")[0].strip() if style == "custom" else ""
    start, after = child_value(element, "start") or "", child_value(element, "lvlRestart") or ""
    level = Level(
        text=child_value(element, "lvlText") or "",
        format=style,
        padding=len(sample) if sample.isdigit() else 0,
        start=int(start) if start.isdigit() else 1,
        is_legal=is_on(child_value(element, "isLgl")),
        restarts_after=int(after) - 1 if after.isdigit() else None,
        style=child_value(element, "pStyle") or "",
        is_apart=child_value(element, "suff") != "nothing",
    )
    return number_of(value(element, "ilvl"), 0), level


def _restarts(number: Any) -> Iterator[tuple[int, int]]:
    for override in number.iterchildren(f"{W}lvlOverride"):
        start, depth = child_value(override, "startOverride") or "", value(override, "ilvl")
        if start.isdigit() and depth.isdigit():
            yield int(depth), int(start)


def _number_properties(properties: Any) -> tuple[str | None, int | None]:
    number = None if properties is None else properties.find(f"{W}numPr")
    depth = child_value(number, "ilvl") or ""
    return child_value(number, "numId"), int(depth) if depth.isdigit() else None
