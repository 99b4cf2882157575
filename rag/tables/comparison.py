"""One subject lined up across towns and years: units converted, results and plans apart, gaps as gaps. Pure."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from rag.parsing.figures.indicators import FigureRow
from rag.parsing.figures.periods import Status
from rag.parsing.report import Report
from rag.tables.subject_query import LEAST, FoundBy, Matter, measure_of
from rag.text.bigrams import content_bigrams
from rag.text.lexicon import concept
from rag.text.time_spans import time_spans
from rag.text.units import UNITS

KEPT = 0.8  # of the best score: rows that speak of the subject
ALIKE = 0.5  # of the shorter subject's bigrams, for two years' values to be set against each other
_WHOLE = concept("whole_town", "whole_of_place")
_SHARES = ("%", "‰", "百分点")
_LARGE = (("亿", Decimal(10**8)), ("万", Decimal(10**4)))


@dataclass(frozen=True, slots=True)
class Change:
    """How a value stands to the same town's value of an earlier year.

    Example: from 69.5 % to 70.1 % are 0.6 points, and no percentage: +0.9 % would be taken for points.
    """

    since: int
    difference: float
    percent: float | None  # None where the earlier value is 0, and for shares
    points: float | None = None  # of a share: the change in percentage points


@dataclass(frozen=True, slots=True)
class Compared:
    """What one report says of the subject, in the unit of the whole comparison."""

    town: str | None
    county: str | None
    year: int | None
    status: Status
    value: float
    approx: str | None
    figure: FigureRow
    others: tuple[FigureRow, ...]  # rows of the same report that speak of the subject too
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """A report that gives no result on the subject."""

    report: str
    town: str | None
    county: str | None
    year: int | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The subject's rows by town and year, results before plans."""

    subject: str
    by: FoundBy
    unit: str
    rows: tuple[Compared, ...]
    gaps: tuple[Gap, ...]

    def name(self, of: Compared | Gap, unknown: str = "未知乡镇") -> str:
        """Town and year, with the county where towns of several counties share the name; `unknown` without a town."""
        known: list[Compared | Gap] = [*self.rows, *self.gaps]
        counties = {each.county for each in known if each.town == of.town and each.county}
        county = of.county or "" if len(counties) > 1 else ""
        return f"{county}{of.town or unknown} {of.year or ''}".rstrip()


def line_up(
    subject: str, matter: Matter, scored: Mapping[FigureRow, float], reports: Sequence[Report], *, by: FoundBy = "words"
) -> Comparison:
    """Lines up the rows that speak of a matter.

    `scored` gives each row's fitness from 0 to 1; the measure is the matter's own, or the one most reports use.
    """
    fitting = _fitting(matter, scored)
    chosen = _one_each(fitting)
    unit, size = _unit(chosen)
    rows = [
        Compared(
            town=best.town,
            county=best.county,
            year=best.year,
            status=best.status,
            value=float(_base(best) / size),
            approx=best.approx,
            figure=best,
            others=tuple(others),
        )
        for best, *others in chosen
    ]
    counties = _counties(reports)
    rows.sort(key=lambda row: (row.status != "result", _place(row, counties), row.year or 0))
    told = {row.figure.report for row in rows if row.status == "result"}
    gaps = tuple(
        Gap(report.id, report.metadata.town, report.metadata.county, report.metadata.year)
        for report in reports
        if report.id not in told
    )
    return Comparison(subject, by, unit, tuple(_with_changes(rows, counties)), gaps)


def _counties(reports: Sequence[Report]) -> dict[str | None, str]:
    """The county of each town that only one is known for: not every report of a town names it."""
    known: dict[str | None, set[str]] = defaultdict(set)
    for report in reports:
        known[report.metadata.town] |= {report.metadata.county} if report.metadata.county else set()
    return {town: min(counties) for town, counties in known.items() if len(counties) == 1}


def _place(row: Compared, counties: Mapping[str | None, str]) -> tuple[str, str]:
    return (row.county or counties.get(row.town, ""), row.town or "")


def _fitting(matter: Matter, scored: Mapping[FigureRow, float]) -> dict[FigureRow, float]:
    """The rows of one measure that fit nearly as well as the best."""
    countable = {row: score for row, score in scored.items() if row.value_base is not None and score >= LEAST}
    best = max(countable.values(), default=0.0)
    near = {row: score for row, score in countable.items() if score >= KEPT * best}
    near = {row: score for row, score in near.items() if measure_of(row) in matter.measures} or near
    reports: dict[str, set[str]] = defaultdict(set)
    highest: dict[str, float] = defaultdict(float)
    for row, score in near.items():
        reports[measure_of(row)].add(row.report)
        highest[measure_of(row)] = max(score, highest[measure_of(row)])
    measure = max(reports, key=lambda name: (name != "%", len(reports[name]), highest[name], name), default="")
    return {row: score for row, score in near.items() if measure_of(row) == measure}


def _one_each(fitting: Mapping[FigureRow, float]) -> list[list[FigureRow]]:
    """Per report, year and status its rows, the best first: of a year before of months, a total before a part."""
    groups: dict[tuple[str, int | None, Status], list[FigureRow]] = defaultdict(list)
    for row in fitting:
        groups[row.report, row.year, row.status].append(row)
    return [
        sorted(
            rows,
            key=lambda row: (
                not _is_of_a_year(row),
                not _is_total(row),
                -round(fitting[row], 1),
                -_base(row),
                row.start,
            ),
        )
        for rows in groups.values()
    ]


def _is_total(row: FigureRow) -> bool:
    """Whether a row gives the whole: 总面积, 达到, and not what was added."""
    return bool(_WHOLE.search(row.subject) or "达到" in row.quote)


def _is_of_a_year(row: FigureRow) -> bool:
    """Whether a row is of its year and not of some months or several years."""
    return not any(span.reach in ("part", "years") for span in time_spans(row.period_or_asof or ""))


def _base(row: FigureRow) -> Decimal:
    """A row's value in the base unit of its measure."""
    known = UNITS.get(row.unit_base.split("/")[0].lower())
    return Decimal(str(row.value_base or 0)) * (known.size if known else 1)


def _unit(chosen: Sequence[Sequence[FigureRow]]) -> tuple[str, Decimal]:
    """The commonest unit of the rows with its size, behind 万 or 亿 where all values are that large."""
    words = Counter(rows[0].unit_base.split("/")[0] for rows in chosen)
    if not words:
        return "", Decimal(1)
    word = max(words, key=lambda each: (words[each], each))
    size = UNITS[word.lower()].size if word.lower() in UNITS else Decimal(1)
    for name, scale in _LARGE:
        if all(_base(rows[0]) / size >= scale for rows in chosen):
            return f"{name}{word}", size * scale
    return word, size


def _with_changes(rows: Sequence[Compared], counties: Mapping[str | None, str]) -> list[Compared]:
    """Each result beside the same town's result of the year before it that is known."""
    changed: list[Compared] = []
    for row in rows:
        earlier = [
            other
            for other in changed
            if other.status == "result"
            and _is_of_a_year(other.figure) == _is_of_a_year(row.figure)
            and _are_alike(other.figure, row.figure)
            and _place(other, counties) == _place(row, counties)
            and (other.year or 0) < (row.year or 0)
        ]
        changed.append(replace(row, change=_change(earlier[-1], row)) if earlier and row.status == "result" else row)
    return changed


def _are_alike(one: FigureRow, other: FigureRow) -> bool:
    """Whether two rows count the same: 油茶面积 and 油茶总面积 do, 发展党员 and 党员总数 do not."""
    first, second = content_bigrams(one.subject), content_bigrams(other.subject)
    return len(first & second) >= ALIKE * min(len(first), len(second))


def _change(before: Compared, now: Compared) -> Change | None:
    if before.year is None:
        return None
    difference = Decimal(str(now.value)) - Decimal(str(before.value))
    if (measure := measure_of(now.figure)) in _SHARES:
        return Change(before.year, float(difference), None, float(difference) if measure != "‰" else None)
    percent = round(float(difference / Decimal(str(before.value)) * 100), 1) if before.value else None
    return Change(before.year, float(difference), percent)
