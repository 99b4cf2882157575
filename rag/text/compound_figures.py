"""One figure in two units or more: 3公里500米, 3元5角, 1亩3分, 2吨300公斤."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from rag.text.figure import Figure
from rag.text.figure_patterns import ABOUT_BEHIND, NUMBER, PER
from rag.text.figures_in_words import approximation_of
from rag.text.lexicon import concept, table
from rag.text.numerals import number_value
from rag.text.units import MEASURED, UNIT, UNITS


def _part_sizes() -> dict[str, dict[str, Decimal]]:
    found: dict[str, dict[str, Decimal]] = {}
    for key, words in table("parts_of_units").items():
        unit, size = key.split()
        found.setdefault(unit, {}).update(dict.fromkeys(words, Decimal(size)))
    return found


_PARTS = _part_sizes()
_PART_WORDS = "|".join(sorted({word for words in _PARTS.values() for word in words}))
_PART = re.compile(
    rf"\ ?(?P<number>{NUMBER})\ ?(?P<unit>(?:{_PART_WORDS})(?!之)|{UNIT})(?P<per>{PER})?(?P<after>{ABOUT_BEHIND.any})?"
    rf"(?!{concept('dimension').any})"
)
_MOST_DECIMALS = 6
_ALSO_COUNTS = {"块": "元"}  # 3块 are pieces, 3块5毛 is money


def with_parts(figures: Iterable[Figure], text: str) -> Iterator[Figure]:
    """The figures of a levelled text in order, each with the smaller units that go on with it."""
    taken = 0
    for figure in figures:
        if figure.start >= taken:
            whole = _continued(figure, text)
            taken = whole.end
            yield whole


def _continued(figure: Figure, text: str) -> Figure:
    """The figure with all its parts, each smaller than one of the unit before it."""
    unit, least = figure.written.unit, None
    if figure.kind != "quantity" or figure.high or figure.written.rate or figure.written.stands in ("within", "behind"):
        return figure
    while (part := _PART.match(text, figure.end)) and (size := _size(part["unit"], unit, figure)):
        value = number_value(part["number"]) * size
        if not 0 < value < (least or UNITS[unit].size):
            break
        figure, least = _with(figure, value, part), size
    return figure


def _size(part: str, unit: str, figure: Figure) -> Decimal | None:
    """What a part is worth in the base unit; None where it is no part of the figure's unit."""
    if part in _PARTS.get(unit, {}):
        return _PARTS[unit][part] * UNITS[unit].size
    is_alike = part in UNITS and UNITS[part].measure == figure.measure and figure.measure in MEASURED
    return UNITS[part].size if is_alike else None


def _with(figure: Figure, value: Decimal, part: re.Match[str]) -> Figure:
    unit = _ALSO_COUNTS.get(figure.written.unit, figure.written.unit)
    total = figure.value + (-value if figure.value < 0 else value)
    scale = figure.written.scale
    size = number_value(f"1{scale}") * UNITS[unit].size
    if round(total / size, _MOST_DECIMALS) != total / size:  # 2公顷5亩
        unit, scale = part["unit"], ""
        size = UNITS[unit].size
    written = replace(figure.written, number=total / size, scale=scale, unit=unit, rate=part["per"] or "")
    if part["after"]:
        written = replace(written, about=part["after"], stands="behind")
    return replace(
        figure,
        end=part.end(),
        text=f"{figure.text}{part[0]}",
        value=total.normalize(),
        measure=UNITS[unit].measure,
        written=written,
        approximation=approximation_of(written),
    )
