"""Which reports a question may be answered from, and the refusals that need no search."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rag.answering.questions import Question
from rag.library.results import Scope
from rag.parsing.report import Report


@dataclass(frozen=True, slots=True)
class Missing:
    """What the library does not have: a town, or a year of the towns it has."""

    reason: Literal["no_such_town", "no_such_year"]
    towns: str
    years: str = ""
    have: str = ""


def narrow(asked: Question, scope: Scope, reports: Sequence[Report]) -> Scope:
    """The question's own scope inside the one the person set.

    A year that no report is about, but a report mentions, does not narrow: the figures of 去年 stand in this year's.
    """
    scope = Scope(
        towns=scope.towns or asked.towns,
        county=scope.county or asked.scope.county,
        years=scope.years or asked.years,
    )
    mine = [report.metadata for report in reports if Scope(towns=scope.towns).admits(report)]
    about = {year for metadata in mine for year in (metadata.year, metadata.plan_year)}
    return scope if about & set(scope.years) else replace(scope, years=())


def missing(asked: Question, scope: Scope, reports: Sequence[Report]) -> Missing | None:
    """The town or year that the library does not have; None where there is something to search."""
    if asked.unknown_towns and not scope.towns:
        return Missing("no_such_town", towns="、".join(asked.unknown_towns))
    towns = scope.towns or asked.towns
    years = scope.years or asked.years
    mine = [report for report in reports if Scope(towns=towns).admits(report)]
    if not years or not mine or any(_speaks_of(report, year) for report in mine for year in years):
        return None
    have = "、".join(sorted({str(r.metadata.year) for r in mine if r.metadata.year}))
    return Missing("no_such_year", "、".join(towns), "、".join(str(year) for year in years), have)


def _speaks_of(report: Report, year: int) -> bool:
    return year in (report.metadata.year, report.metadata.plan_year) or f"{year}年" in report.text
