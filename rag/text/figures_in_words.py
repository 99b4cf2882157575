"""Figures in words of their own: a fraction (三分之二), tenths (三成五), doublings (翻两番). All of levelled texts."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import cast

from rag.text.clauses import CLAUSE_MARKS
from rag.text.figure import Approximation, Figure, Stands, Written
from rag.text.figure_patterns import ABOUT_BEFORE, ABOUT_BEHIND, APPROXIMATION, NUMBER, SHARE
from rag.text.lexicon import concept
from rag.text.numerals import MULTIPLES, ONES, OVER, number_bounds, number_value
from rag.text.units import UNITS

_MEANING = {word: key.partition("_")[0] for key, words in APPROXIMATION.items() for word in words}
_BEFORE, _BEHIND = rf"(?P<before>{ABOUT_BEFORE.any})?", rf"(?P<behind>{ABOUT_BEHIND.any})?"
_FRACTION = re.compile(
    rf"{_BEFORE}(?:(?P<whole>{NUMBER})分之(?P<part>{NUMBER})|(?P<a>\d+)/(?P<b>\d+)(?![\d/])){_BEHIND}"
)
_TENTHS = re.compile(
    rf"{_BEFORE}(?P<tenths>(?<![\d.])\d(?:\.\d)?|[{ONES}两]{{1,2}})(?P<over>[{OVER}])?成(?P<hundredths>[{ONES}])?{_BEHIND}"
    rf"(?=[{CLAUSE_MARKS}、的)）\s]|$|{concept('shared_by').any})"
)
_HALVED = [word for word, unit in UNITS.items() if unit.measure in ("米", "亩", "公斤") and not word.isascii()]
_HALF = re.compile(
    rf"{_BEFORE}(?<![\d{ONES}两{MULTIPLES}{OVER}个大小])(?P<half>{concept('half_of_one').any})"
    rf"(?P<unit>{'|'.join(sorted(_HALVED, key=len, reverse=True))})"
)
_DOUBLED = re.compile(rf"翻{concept('doubled_by').any}?(?:(?P<times>[{ONES}两]|\d+)番|番)")


def figures_in_words(text: str) -> Iterator[Figure]:
    """The fractions, tenths and doublings of a levelled text, in no order."""
    yield from _fractions(text)
    yield from _tenths(text)
    yield from _doublings(text)
    yield from _halves(text)


def _fractions(text: str) -> Iterator[Figure]:
    if "分之" not in text and "/" not in text:
        return
    for m in _FRACTION.finditer(text):
        if f"{m['whole']}分之" in SHARE:
            continue
        whole, part = map(number_value, (m["whole"], m["part"]) if m["whole"] else (m["b"], m["a"]))
        if whole:
            about, stands = _about(m)
            written = Written(m[0], part, whole, about=about, stands=stands)
            yield _figure(m, (part / whole).normalize(), "", written)


def _tenths(text: str) -> Iterator[Figure]:
    for m in _TENTHS.finditer(text) if "成" in text else ():
        least, most = number_bounds(m["tenths"])
        value = least * 10 + number_value(m["hundredths"] or "〇")
        about, stands = _about(m)
        high = None if most is None else most * 10
        yield _figure(m, value, "%", Written(m[0], value, unit="%", about=about, stands=stands, most=high))


def _doublings(text: str) -> Iterator[Figure]:
    for m in _DOUBLED.finditer(text):
        times = number_value(m["times"]) if m["times"] else Decimal(1)
        yield Figure(m.start(), m.end(), m[0], "quantity", times, "番", "", Written(m[0], times, unit="番"))


def _halves(text: str) -> Iterator[Figure]:
    for m in _HALF.finditer(text):
        unit, half = UNITS[m["unit"]], Decimal("0.5")
        about, stands = _about(m)
        written = Written(m["half"], half, unit=m["unit"], about=about, stands=stands)
        yield _figure(m, (half * unit.size).normalize(), unit.measure, written)


def _about(m: re.Match[str]) -> tuple[str, Stands]:
    """The word that says that a figure is not exact, and where it stands."""
    groups = m.groupdict()
    places: tuple[tuple[str, Stands], ...] = (("before", "before"), ("over", "within"), ("behind", "behind"))
    return next(((groups[name], stands) for name, stands in places if groups.get(name)), ("", ""))


def _figure(m: re.Match[str], value: Decimal, measure: str, written: Written) -> Figure:
    return Figure(
        m.start(), m.end(), m[0], "quantity", value, measure, approximation_of(written), written, written.most
    )


def approximation_of(written: Written) -> Approximation:
    """What the word beside a figure says of it; a range is near what is meant."""
    if written.most is not None:
        return "near"
    return cast(Approximation, _MEANING.get(written.about, "over") if written.about else "")
