"""The report's own words before anything is written: code finds them, the model is asked whether they answer.

A small model names the deciding sentence less often than the scores of `candidate_scores` do, and writes a hundred
tokens where one word is enough; so it only confirms (figures in benchmarks/README.md, Which clauses come first).
"""

from collections.abc import Sequence

from rag.answering.answer_types import asks_list, figures_asked
from rag.answering.candidate_scores import Ranked
from rag.answering.questions import Question
from rag.answering.reranking import Judge

WORTH_ASKING = 0.0  # score from which the model is asked
CONFIRMED = 0.7  # likelihood from which it confirms
MOST_FIGURES = 2  # asked for, whose words one score can weigh
_WANTING = ("figures_missing", "measures_missing", "heading", "near_miss", "rank_missing")
SURE = 3.5  # score from which a candidate is shown while the model is still being asked


def find(question: Question, ranked: Sequence[Ranked]) -> Ranked | None:
    """The first candidate where it is likely to answer by itself; None where the model has to write.

    It has to for lists, for states and yes or no, for figures that the question takes for granted, for what goes on
    from an earlier question, and where something asked for is missing.
    """
    if not ranked or not _asks_one_thing(question):
        return None
    best = ranked[0]
    return best if is_whole(best) and best.score >= WORTH_ASKING else None


def _asks_one_thing(question: Question) -> bool:
    takes_for_granted = any(figure.measure for figure in question.parsed.quantities)
    is_state = question.is_yes_no or question.asks_done
    is_several = asks_list(question.resolved) or figures_asked(question.resolved) > MOST_FIGURES
    return not (takes_for_granted or is_state or is_several or question.previous)


def is_sure(found: Ranked) -> bool:
    """Whether it is shown before the model is asked."""
    return found.score >= SURE


def is_whole(found: Ranked) -> bool:
    """Whether nothing that was asked for is missing."""
    return not any(found.features[name] for name in _WANTING)


def is_confirmed(found: Ranked, judge: Judge) -> bool:
    """Whether the model holds it for an answer. Raises what the model raises."""
    return judge.likelihood(found.candidate.text) >= CONFIRMED
