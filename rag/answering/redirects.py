"""What is said to what is no question about what reports say: the way to where it belongs, and in short what is there.

Nothing of it bears a mark: it is no answer of the reports.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Protocol

from rag.answering.answers import Answer, Reason
from rag.answering.ask_context import AskContext
from rag.answering.intents import Intent, intent_of
from rag.answering.messages import claim, saying
from rag.library.named_place import RANK
from rag.library.placed import Placed, placed
from rag.types import Language

MOST_PLACES = 20  # told by name
MOST_SUMMARIES = 3
_REPORTS_OF_THEM = 200  # read to tell them
_REASONS: dict[str, Reason] = {
    "help": "help", "thanks": "help", "summary": "summary", "compare": "compare", "library": "library",
}  # fmt: skip


class Elsewhere(Protocol):
    """What other rooms make of reports, in short."""

    def overview(self, report_id: str) -> Sequence[str]:
        """The sentences of a summary's overview."""

    def compared(self, subject: str, county: str | None, year: int | None, most: int) -> tuple[Sequence[str], int]:
        """The first rows of a comparison, a line each, and how many there are in all; None restricts nothing."""


class NothingElsewhere:
    """For an answerer that stands alone: only the way is told."""

    def overview(self, report_id: str) -> Sequence[str]:
        return ()

    def compared(self, subject: str, county: str | None, year: int | None, most: int) -> tuple[Sequence[str], int]:
        return (), 0


def redirected(context: AskContext, elsewhere: Elsewhere) -> Answer | None:
    """The way to where a text belongs that is no question about what reports say; None for a question."""
    asked, intent = context.asked, intent_of(context.asked)
    if intent is None:
        return None
    lines = {"summary": _summaries, "compare": _comparison, "library": _library}.get(intent.kind, _said)
    text = "\n".join(lines(context, intent, elsewhere))
    return Answer(asked.text, "redirected", _REASONS[intent.kind], asked.language, context.presenter.script(text))


def _said(context: AskContext, intent: Intent, elsewhere: Elsewhere) -> list[str]:
    language = context.asked.language
    example = next(iter(_first(context, 1)), None)
    place = _name(example) if example else claim("unknown_town")
    years = _years([example] if example else [], language)
    return [saying(intent.kind, language, place=place, years=years)]


def _summaries(context: AskContext, intent: Intent, elsewhere: Elsewhere) -> list[str]:
    """The overview of the newest report of each place asked about, or of the year asked about."""
    language = context.asked.language
    years = context.asked.years
    found = _first(context, _REPORTS_OF_THEM)
    of_year = [each for each in found if each.metadata.year in years] or found
    chosen = [max(group, key=lambda each: each.metadata.year or 0) for group in _by_place(of_year).values()]
    if not chosen or (len(chosen) > 1 and not context.asked.places and context.scope.is_open):
        return [saying("which_report", language), *_library(context, intent, elsewhere)]
    lines: list[str] = []
    for report in chosen[:MOST_SUMMARIES]:
        lines.append(saying("overview", language, place=_name(report), years=_years([report], language)))
        lines += elsewhere.overview(report.id)
    return [*lines, saying("whole_summary", language)]


def _comparison(context: AskContext, intent: Intent, elsewhere: Elsewhere) -> list[str]:
    language = context.asked.language
    if not intent.subject:
        return [saying("which_subject", language)]
    asked = context.asked
    counties = [context.scope.county, *(each.name for each in asked.places if each.rank == RANK["county"])]
    county = next(filter(None, counties), None)
    rows, count = elsewhere.compared(intent.subject, county, next(iter(asked.years), None), MOST_PLACES)
    head = saying("compared" if rows else "nothing_compared", language, subject=intent.subject, count=count)
    return [head, *rows, saying("whole_comparison", language)]


def _library(context: AskContext, intent: Intent, elsewhere: Elsewhere) -> list[str]:
    """How many reports there are, of which years, and the first places with theirs."""
    language, admitted = context.asked.language, context.admitted
    found = _first(context, _REPORTS_OF_THEM)
    by_place = [*_by_place(found).items()][:MOST_PLACES]
    years = _joined(admitted.years(), language)
    head = saying("held", language, count=admitted.count(), years=years or "—")
    listed = [saying("held_of", language, place=name, years=_years(reports, language)) for name, reports in by_place]
    return [head, *listed, saying("whole_library", language)]


def _first(context: AskContext, most: int) -> list[Placed]:
    """The first of the reports asked about, by place and year."""
    return placed(context.reports.library, context.admitted.conditions(), limit=most)


def _by_place(reports: Sequence[Placed]) -> dict[str, list[Placed]]:
    """Reports by their place; one that does not state its county is taken for its namesake."""
    counties: dict[str | None, set[str]] = defaultdict(set)
    for each in reports:
        counties[each.metadata.town].update(filter(None, [each.metadata.county]))
    found: dict[str, list[Placed]] = defaultdict(list)
    for each in reports:
        is_one = not each.metadata.county and len(counties[each.metadata.town]) == 1
        found["".join(counties[each.metadata.town]) * is_one + _name(each)].append(each)
    return found


def _name(report: Placed) -> str:
    metadata = report.metadata
    return f"{metadata.county or ''}{metadata.town or claim('unknown_town')}"


def _years(reports: Sequence[Placed], language: Language) -> str:
    return _joined([report.metadata.year or saying("unknown_year", language) for report in reports], language)


def _joined(years: Sequence[int | str], language: Language) -> str:
    return (", " if language == "en" else "、").join(map(str, years))
