"""Whether a sentence can answer: it is of the question's time and has figures of the kind and measure asked for."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from math import ceil

from rag.answering.answer_types import AREAS, asks_figure, asks_rank, figures_asked, measures_asked
from rag.answering.questions import Question
from rag.text.figures import Figure, read_figures
from rag.text.lexicon import concept
from rag.text.units import are_interchangeable, same_measure
from rag.verification.claims import Evidence
from rag.verification.figure_periods import asks_whole_year, counts_for_less

_ASKS_SHARE = concept("asks_share")
SHARES = frozenset({"%", "百分点"})


def needs_figures(question: Question) -> bool:
    """Whether only what has a figure can answer."""
    return asks_figure(question.resolved) or asks_rank(question.resolved)


def asks_result(question: Question) -> bool:
    """Whether it is asked what was done: 修了多少, 完成了吗, 2020年修路多少."""
    has_word = concept("aspect", "already", "asked_done").search(question.parsed.folded)
    return not question.asks_plan and bool(has_word or question.asks_done or question.years)


def is_of_time(question: Question, item: Evidence) -> bool:
    """A plan answers only what asks for plans or whether it was done; a year asked for must be the sentence's."""
    if question.years and item.year not in question.years and not question.asks_done:
        return False
    if asks_whole_year(question.text) and not question.is_yes_no and _is_of_less(question, item):
        return False
    is_asked_for = question.asks_plan or question.asks_done or item.year in question.years
    return item.sentence.kind != "plan" or is_asked_for


def may_be_of_time(question: Question, item: Evidence) -> bool:
    """Whether a sentence is of the question's time, or of a plan where no result is asked for."""
    return is_of_time(question, item) or (item.sentence.kind == "plan" and not asks_result(question))


def _is_of_less(question: Question, item: Evidence) -> bool:
    """Whether the figures asked for count for less than a year in a sentence."""
    return counts_for_less([item.text[: figure.start] for figure in figures_for(question.resolved, item.text)])


@dataclass(frozen=True)
class FiguresWanted:
    """What figures a question asks for, by kind and measure."""

    is_rank: bool
    is_share: bool
    measures: frozenset[str]
    known: frozenset[Decimal]
    """The question's own."""
    count: int
    """How many a full answer has, 0 for a question that wants none."""

    @classmethod
    @lru_cache(maxsize=64)
    def by(cls, question: str) -> "FiguresWanted":
        """Those that a question wants; read once for all its candidates."""
        return cls(
            asks_rank(question),
            bool(_ASKS_SHARE.search(question)),
            measures_asked(question),
            frozenset(figure.value for figure in read_figures(question)),
            figures_asked(question),
        )

    def among(self, figures: Iterable[Figure]) -> list[Figure]:
        """The figures that could be what is asked for; what is counted may be counted by other words, 处 for 座."""
        found = [f for f in figures if f.kind not in ("year", "date", "code") and f.value not in self.known]
        if self.is_rank:
            return [figure for figure in found if figure.kind == "rank"]
        if not self.measures:
            return found if self.is_share else [f for f in found if f.measure not in SHARES]
        named = [f for f in found if f.measure and any(same_measure(f.measure, one) for one in self.measures)]
        return named or [
            f for f in found if f.measure and any(are_interchangeable(f.measure, m) for m in self.measures)
        ]

    def counted(self, figures: Iterable[Figure]) -> int:
        """How many are wanted; where several measures are, of none more than its share."""
        found = self.among(figures)
        measures = Counter("面积" if f.measure in AREAS else f.measure for f in found)
        kinds = len(self.measures - AREAS) + bool(self.measures & AREAS)
        if kinds < 2:
            return len(found)
        return sum(min(count, ceil(self.count / kinds)) for count in measures.values())


def figures_for(question: str, text: str) -> list[Figure]:
    """The figures of a text that could be what a question asks for, by kind and measure."""
    return FiguresWanted.by(question).among(read_figures(text))


def count_asked_for(question: str, text: str) -> int:
    """How many figures of a text a question wants; where it wants several measures, of none more than its share."""
    return FiguresWanted.by(question).counted(read_figures(text))
