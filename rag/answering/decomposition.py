"""A question about several towns, or several years of one, in parts that each ask for one figure of one report."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.answering.part_wording import YEAR, about_one, about_year, names_of
from rag.answering.questions import Question
from rag.library.placed import Where, admitted_by
from rag.library.readable_reports import ReadableReports
from rag.library.results import Scope
from rag.text.clauses import COMMAS
from rag.text.lexicon import concept
from rag.verification.claims import Evidence
from rag.verification.verdicts import Verdict

_COMPUTED = re.compile(rf"{concept('sum', 'difference', 'each', 'in_order', 'asks_year').any}|比{YEAR}|变化")


@dataclass(frozen=True, slots=True)
class Part:
    """One town's or one year's part of a question: what is asked of it, where, and how its figure is called."""

    name: str
    question: Question
    scope: Scope
    report_year: int | None = None  # where the parts are years

    def has(self, item: Evidence) -> bool:
        """Whether a sentence can answer this part."""
        return item.town in self.scope.towns and self.report_year in (None, item.report_year)

    def said(self, verdict: Verdict) -> Verdict:
        """A verdict on this part; a quotation says whose it is."""
        return replace(verdict, text=f"{self.name}{verdict.text}") if verdict.is_quotation else verdict


def parts_of(asked: Question, scope: Scope, readable: ReadableReports) -> tuple[Part, ...]:
    """The parts of a question, at least two, or none where it is about one report."""
    if len(scope.towns) > 1:
        return tuple(_of_town(asked, scope, town, readable) for town in scope.towns)
    if len(scope.towns) != 1 or len(asked.years) < 2 or not _COMPUTED.search(asked.text):
        return ()
    mine = readable.within(Scope(towns=scope.towns))
    years = [year for year in sorted(asked.years) if mine.has(Where("year = ?", (year,)))]
    return tuple(_of_year(asked, scope, year) for year in years) if len(years) > 1 else ()


def _of_town(asked: Question, scope: Scope, town: str, readable: ReadableReports) -> Part:
    """A county or a year before or behind a town's name is this town's own."""
    text = about_one(asked.text, town, asked.towns)
    mine = readable.within(Scope(towns=(town,)))
    county = scope.county if scope.county and mine.has(Where("county = ?", (scope.county,))) else None
    text = text if county or not scope.county else text.replace(scope.county, "")
    own = _own_year(asked.text, town, asked.towns)
    years = (own,) if own and mine.has(admitted_by(Scope(years=(own,)))) else scope.years
    question = replace(asked, text=text, query=text, towns=(town,), years=years)
    return Part(town, question, replace(scope, towns=(town,), county=county, years=years))


def _of_year(asked: Question, scope: Scope, year: int) -> Part:
    town = scope.towns[0]
    text = about_year(asked.text, year, town)
    question = replace(asked, text=text, query=text, years=(year,))
    return Part(f"{town}{year}年", question, replace(scope, years=(year,)), year)


def _own_year(text: str, town: str, towns: Sequence[str]) -> int | None:
    """The one year between a town's name and the next, where other years stand elsewhere.

    Example: _own_year("石矶镇2021年和大塘镇2022年谁的路长？", "大塘镇", …) == 2022
    """
    others = names_of(*(other for other in towns if other != town))
    found = re.search(rf"(?:{names_of(town)})((?:(?!{others})[^{COMMAS}])*)", text)
    years = re.findall(r"20\d\d(?=年)", found[1]) if found else []
    return int(years[0]) if len(years) == 1 else None
