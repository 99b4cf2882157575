"""Ranges: two figures that bound what is meant, 2-3家, 三至五公里, 50元到100元."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from rag.text.clauses import CLAUSE_MARKS
from rag.text.figure import Figure
from rag.text.figure_patterns import ABOUT_BEFORE, DASHES, NUMBER, PER, SHARE
from rag.text.lexicon import concept
from rag.text.numerals import LARGE, number_value
from rag.text.units import UNIT, UNITS

_LONGEST = 28  # characters of the first bound with its unit
_LOW = re.compile(
    rf"(?P<before>{ABOUT_BEFORE.any})?(?<![\da-z第-])(?<!\d[.:/])(?P<sign>-|{concept('minus').any})?(?P<share>{'|'.join(SHARE)})?"
    rf"(?P<number>{NUMBER})\ ?(?P<unit>{UNIT})?(?:{PER})?\ ?(?:[—–]{{2}}|[{DASHES}])\ ?$"
)
_LOW_RANK = re.compile(rf"第\ ?(?P<number>{NUMBER})[名位]?\ ?(?:[—–]{{2}}|[{DASHES}])\ ?$")
_CHANGED = re.compile(rf"{concept('changed_from').any}[^{CLAUSE_MARKS}]{{0,12}}$")
_SCALE = re.compile(rf"[{LARGE}]+$")
_POINTS_IN_TIME = ("日", "岁")  # 3-5日, 60-69岁


def with_ranges(figures: Iterable[Figure], text: str) -> Iterator[Figure]:
    """The figures of a levelled text in order, each pair that bounds something as one."""
    kept: list[Figure] = []
    taken = 0
    for figure in figures:
        joined = _joined(figure, text, taken)
        if joined is not None:
            while kept and kept[-1].end > joined.start:
                kept.pop()
        kept.append(joined or figure)
        taken = figure.end if joined else taken
    yield from kept


def _joined(high: Figure, text: str, taken: int) -> Figure | None:
    """The range that ends with a figure, None where it ends none."""
    if high.kind in ("quantity", "rank") and (
        low := _LOW_RANK.search(text, max(taken, high.start - _LONGEST), high.start)
    ):
        return _ranks(low, high, text)
    if high.kind != "quantity" or high.written.unit not in UNITS or high.high or high.written.unit in _POINTS_IN_TIME:
        return None
    if text[max(0, high.start - 2) : high.start].rstrip()[-1:] not in tuple(DASHES):
        return None
    m = _LOW.search(text, max(taken, high.start - _LONGEST), high.start)
    if m is None or _CHANGED.search(text, max(0, m.start() - _LONGEST), m.start()):
        return None
    value = _value(m, high) if m["number"][0].isdigit() == high.written.numeral[:1].isdigit() else None
    if value is None or value >= high.value:
        return None
    written = replace(high.written, number=value / _size(high), most=high.value / _size(high))
    if m["before"] and not written.about:
        written = replace(written, about=m["before"], stands="before")
    return replace(
        high,
        start=m.start(),
        text=text[m.start() : high.end],
        value=value.normalize(),
        high=high.value,
        approximation="near",
        written=written,
    )


def _ranks(low: re.Match[str], high: Figure, text: str) -> Figure | None:
    """第3至5名 and 第三到第五名."""
    least = number_value(low["number"])
    if high.written.unit not in ("名", "位") or high.high or least >= high.value:
        return None
    written = replace(high.written, number=least, most=high.written.number)
    words = text[low.start() : high.end]
    return replace(
        high, start=low.start(), text=words, kind="rank", value=least, measure="", high=high.value, written=written
    )


def _value(m: re.Match[str], high: Figure) -> Decimal | None:
    """The first bound in the base unit; without a unit of its own it has the other's, and its scale where it fits."""
    number = number_value(m["number"]) * (-1 if m["sign"] else 1)
    unit = SHARE.get(m["share"] or "", m["unit"])
    if unit is not None:
        return number * UNITS[unit].size if UNITS[unit].measure == high.measure else None
    scaled = number * _size(high)
    is_scaled = not _SCALE.search(m["number"]) and scaled < high.value
    return scaled if is_scaled else number * UNITS[high.written.unit].size


def _size(figure: Figure) -> Decimal:
    """What one of a figure's own scale and unit is worth in the base unit."""
    return number_value(f"1{figure.written.scale}") * UNITS[figure.written.unit].size
