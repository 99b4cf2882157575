"""Figures that a question takes for those of one time, and that the report gives to the same thing for another.

Last year's target asked about as its result, what five years came to as one year's, the year before's as this one's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rag.answering.answerability import asks_result
from rag.answering.false_premises import OWN_WORDS, quantities_taken_for_granted
from rag.answering.questions import Question
from rag.text.bigrams import bigrams_in, content_bigrams
from rag.text.figures import Figure, words_around
from rag.text.time_spans import governing
from rag.verification.claims import Evidence
from rag.verification.excerpts import Excerpt
from rag.verification.figure_periods import says_a_period, timing_in

Time = Literal["asked", "plan", "several_years", "another_year"]


@dataclass(frozen=True, slots=True)
class OfAnotherTime:
    """A figure of the question, and the clause that tells the same of another time."""

    asked: Figure
    item: Evidence
    found: Figure
    time: Time

    @property
    def excerpt(self) -> Excerpt:
        """The clause."""
        number = next(n for n, span in enumerate(self.item.clauses) if self.found.start < span.end)
        return Excerpt(self.item, (number,))


def figures_of_other_times(asked: Question, evidence: Sequence[Evidence]) -> list[OfAnotherTime]:
    """The quantities of a question that the shown sentences give to their subject, but for no time that is asked about.

    Example: asked whether 2021 saw 增长8%, where 增长8% is the aim for 2022
    """
    if asked.asks_plan or asked.language == "en" or not (asks_result(asked) or asked.is_yes_no):
        return []
    found = (_of_another_time(asked, figure, evidence) for figure in quantities_taken_for_granted(asked.text))
    return [each for each in found if each is not None]


def _of_another_time(asked: Question, figure: Figure, evidence: Sequence[Evidence]) -> OfAnotherTime | None:
    subject = content_bigrams(words_around(asked.text, figure))
    least = max(1, min(OWN_WORDS, len(subject)))
    near = [
        OfAnotherTime(figure, item, place, _time(asked, item, place))
        for item in evidence
        if item.sentence.role == "body"
        for place in item.places_of(figure)
        if len(subject & bigrams_in(item.parsed.words_of(place))) >= least
    ]
    return near[0] if near and all(each.time != "asked" for each in near) else None


def _time(asked: Question, item: Evidence, place: Figure) -> Time:
    """How the time that a figure is told for stands to the one that is asked about."""
    timing = timing_in(item, place)
    if timing.status != "result" and timing.year not in asked.years:
        return "plan"
    if not asked.years:
        return "asked"
    span = governing(item.parsed.folded[: place.start]) or item.period
    if span is not None and span.reach == "years" and span.year is None:
        return "asked" if says_a_period(asked.parsed.folded) else "several_years"
    return "asked" if timing.year is None or timing.year in asked.years else "another_year"
