"""Whether a sentence can answer: it is of the question's time and has figures of the kind and measure asked for."""

from collections import Counter
from math import ceil

from rag.answering.answer_types import AREAS, asks_figure, asks_rank, figures_asked, measures_asked
from rag.answering.questions import Question
from rag.text.figures import Figure, read_figures
from rag.text.lexicon import concept
from rag.text.units import same_measure
from rag.verification.claims import Evidence
from rag.verification.figure_periods import asks_whole_year, counts_for_less

_ASKS_SHARE = concept("asks_share")
_SHARES = frozenset({"%", "百分点"})


def needs_figures(question: Question) -> bool:
    """Whether only what has a figure can answer."""
    return asks_figure(question.resolved) or asks_rank(question.resolved)


def is_of_time(question: Question, item: Evidence) -> bool:
    """A plan answers only what asks for plans or whether it was done; a year asked for must be the sentence's."""
    if question.years and item.year not in question.years and not question.asks_done:
        return False
    if asks_whole_year(question.text) and not question.is_yes_no and _is_of_less(question, item):
        return False
    is_asked_for = question.asks_plan or question.asks_done or item.year in question.years
    return item.sentence.kind != "plan" or is_asked_for


def _is_of_less(question: Question, item: Evidence) -> bool:
    """Whether the figures asked for count for less than a year in a sentence."""
    return counts_for_less([item.text[: figure.start] for figure in figures_for(question.resolved, item.text)])


def figures_for(question: str, text: str) -> list[Figure]:
    """The figures of a text that could be what a question asks for, by kind and measure."""
    known = {figure.value for figure in read_figures(question)}
    found = [f for f in read_figures(text) if f.kind not in ("year", "date", "code") and f.value not in known]
    if asks_rank(question):
        return [figure for figure in found if figure.kind == "rank"]
    measures = measures_asked(question)
    if not measures:
        return found if _ASKS_SHARE.search(question) else [f for f in found if f.measure not in _SHARES]
    return [f for f in found if f.measure and any(same_measure(f.measure, measure) for measure in measures)]


def count_asked_for(question: str, text: str) -> int:
    """How many figures of a text a question wants; where it wants several measures, of none more than its share."""
    found = figures_for(question, text)
    measures = Counter("面积" if f.measure in AREAS else f.measure for f in found)
    kinds = len(measures_asked(question) - AREAS) + bool(measures_asked(question) & AREAS)
    if kinds < 2:
        return len(found)
    return sum(min(count, ceil(figures_asked(question) / kinds)) for count in measures.values())
