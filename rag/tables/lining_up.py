"""Figures of one subject lined up: those of one measure, one for each report, year and status. Pure."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from rag.library.figure_store import Brief
from rag.parsing.figures.periods import Status
from rag.tables.comparison import Change
from rag.tables.subject_query import LEAST, Matter, measure_of
from rag.text.bigrams import content_bigrams
from rag.text.lexicon import concept
from rag.text.time_spans import time_spans
from rag.text.units import UNITS

KEPT = 0.8  # of the best score: subjects that are the matter
ALIKE = 0.5  # of the shorter subject's bigrams, for two years' values to be set against each other
_WHOLE = concept("whole_town", "whole_of_place")
_SHARES = ("%", "‰", "百分点")
_LARGE = (("亿", Decimal(10**8)), ("万", Decimal(10**4)))
_KNOWN = 50_000  # periods and subjects whose reading is remembered


@dataclass(frozen=True, slots=True)
class Scored:
    """A subject of figures: its text, and how well it fits the matter, from 0 to 1."""

    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Lined:
    """What one report says, in the unit of all."""

    best: Brief
    others: tuple[Brief, ...]
    value: Decimal
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class LinedUp:
    """Results before plans, by county, town and year, each with its other figures behind the best."""

    unit: str
    size: Decimal  # of the unit, in the base unit of the measure
    figures: tuple[Sequence[Brief], ...]
    subjects: Mapping[int, Scored]
    only_county: Mapping[str, str]  # by town, where there is one of the name

    @property
    def best(self) -> Iterator[Brief]:
        """The best figure of every row."""
        return (figures[0] for figures in self.figures)

    def rows(self, part: slice) -> list[Lined]:
        """A part of the rows, each result with its change since the same town's result of an earlier year."""
        shown = [self._row(figures) for figures in self.figures[part]]
        places = {self._place(row.best) for row in shown}
        before: dict[tuple[str, str], list[Brief]] = defaultdict(list)
        for best in self.best:
            if best.status == "result" and (place := self._place(best)) in places:
                before[place].append(best)
        return [self._with_change(row, before[self._place(row.best)]) for row in shown]

    def _row(self, figures: Sequence[Brief]) -> Lined:
        best, *others = figures
        return Lined(best, tuple(others), _base(best) / self.size)

    def _place(self, figure: Brief) -> tuple[str, str]:
        return _place(figure, self.only_county)

    def _with_change(self, row: Lined, of_town: Sequence[Brief]) -> Lined:
        now = row.best
        if now.status != "result":
            return row
        earlier = [
            other
            for other in of_town
            if (other.year or 0) < (now.year or 0)
            and _is_of_a_year(other.period) == _is_of_a_year(now.period)
            and _are_alike(self.subjects[other.subject].text, self.subjects[now.subject].text)
        ]
        return replace(row, change=_change(self._row(earlier[-1:]), row)) if earlier else row


def line_up(
    matter: Matter,
    figures: Sequence[Brief],
    subjects: Mapping[int, Scored],
    counties: Mapping[str, Collection[str]],
) -> LinedUp:
    """Lines up the figures that speak of a matter.

    The measure is the matter's own, or the one most reports use. `counties` has, for towns of which a report names no
    county, those in which there is a town of the name.
    """
    chosen = _one_each(_fitting(matter, figures, subjects), subjects)
    unit, size = _unit(chosen)
    only = {town: min(names) for town, names in counties.items() if len(names) == 1}
    chosen.sort(key=lambda each: (each[0].status != "result", _place(each[0], only), each[0].year or 0))
    return LinedUp(unit, size, tuple(chosen), subjects, only)


def _place(figure: Brief, counties: Mapping[str, str]) -> tuple[str, str]:
    return (figure.county or counties.get(figure.town or "", ""), figure.town or "")


def _fitting(matter: Matter, figures: Sequence[Brief], subjects: Mapping[int, Scored]) -> list[Brief]:
    """The figures of one measure whose subjects fit nearly as well as the best."""
    scores = {number: subject.score for number, subject in subjects.items() if subject.score >= LEAST}
    countable = [each for each in figures if each.value_base is not None and each.subject in scores]
    best = max((scores[each.subject] for each in countable), default=0.0)
    near = [each for each in countable if scores[each.subject] >= KEPT * best]
    near = [each for each in near if measure_of(each.unit_base) in matter.measures] or near
    reports: dict[str, set[int]] = defaultdict(set)
    highest: dict[str, float] = defaultdict(float)
    for each in near:
        measure = measure_of(each.unit_base)
        reports[measure].add(each.position)
        highest[measure] = max(scores[each.subject], highest[measure])
    measure = max(reports, key=lambda name: (name != "%", len(reports[name]), highest[name], name), default="")
    return [each for each in near if measure_of(each.unit_base) == measure]


def _one_each(fitting: Sequence[Brief], subjects: Mapping[int, Scored]) -> list[list[Brief]]:
    """Per report, year and status its figures, the best first: of a year before of months, a total before a part."""
    groups: dict[tuple[int, int | None, Status], list[Brief]] = defaultdict(list)
    for each in fitting:
        groups[each.position, each.year, each.status].append(each)
    for figures in groups.values():
        if len(figures) > 1:
            figures.sort(
                key=lambda each: (
                    not _is_of_a_year(each.period),
                    each.is_part,
                    not (each.reached or _is_whole(subjects[each.subject].text)),
                    -round(subjects[each.subject].score, 1),
                    -_base(each),
                    each.start,
                )
            )
    return list(groups.values())


@lru_cache(maxsize=_KNOWN)
def _is_whole(subject: str) -> bool:
    """Whether a subject says that it is the whole: 总面积, and not what was added."""
    return bool(_WHOLE.search(subject))


@lru_cache(maxsize=_KNOWN)
def _is_of_a_year(period: str | None) -> bool:
    """Whether a figure is of its year and not of some months or several years."""
    return not any(span.reach in ("part", "years") for span in time_spans(period or ""))


def _base(figure: Brief) -> Decimal:
    return _in_base_unit(figure.value_base or "0", figure.unit_base)


@lru_cache(maxsize=_KNOWN)
def _in_base_unit(value: str, unit: str) -> Decimal:
    """A value in the base unit of its measure."""
    known = UNITS.get(unit.split("/")[0].lower())
    return Decimal(value) * (known.size if known else 1)


def _unit(chosen: Sequence[Sequence[Brief]]) -> tuple[str, Decimal]:
    """The commonest unit of the figures with its size, behind 万 or 亿 where all values are that large."""
    units = Counter(figures[0].unit_base for figures in chosen)
    if not units:
        return "", Decimal(1)
    words: Counter[str] = Counter()
    for unit, count in units.items():
        words[unit.split("/")[0]] += count
    word = max(words, key=lambda each: (words[each], each))
    size = UNITS[word.lower()].size if word.lower() in UNITS else Decimal(1)
    least = min(_base(figures[0]) for figures in chosen)
    for name, scale in _LARGE:
        if least / size >= scale:
            return f"{name}{word}", size * scale
    return word, size


def _are_alike(one: str, other: str) -> bool:
    """Whether two subjects count the same: 油茶面积 and 油茶总面积 do, 发展党员 and 党员总数 do not."""
    first, second = content_bigrams(one), content_bigrams(other)
    return len(first & second) >= ALIKE * min(len(first), len(second))


def _change(before: Lined, now: Lined) -> Change | None:
    if before.best.year is None:
        return None
    since, difference = before.best.year, now.value - before.value
    if (measure := measure_of(now.best.unit_base)) in _SHARES:
        return Change(since, float(difference), None, float(difference) if measure != "‰" else None)
    percent = round(float(difference / before.value * 100), 1) if before.value else None
    return Change(since, float(difference), percent)
