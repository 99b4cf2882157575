"""What comes nearest to a question that nothing answers, and in what it differs. It is shown as no answer."""

from collections.abc import Sequence
from dataclasses import dataclass

from rag.answering.answerability import may_be_of_time, needs_figures
from rag.answering.answers import Differs
from rag.answering.candidate_scores import Ranked
from rag.answering.candidates import Candidate
from rag.answering.near_misses import difference
from rag.answering.pointing import is_whole
from rag.answering.questions import Question
from rag.answering.settling import ON_TOPIC, Settling
from rag.verification.excerpts import Excerpt


@dataclass(frozen=True, slots=True)
class Nearby:
    """The report's own words, and what keeps them from being the answer."""

    excerpts: tuple[Excerpt, ...]
    differs: Differs


def nearby(on: Settling) -> Nearby | None:
    """The best of those that have enough of the question's words to be looked at; None where there is none.

    Where nothing of the time asked about has, it is what is told of another time.
    """
    found = _best(on.ranked)
    if found is not None:
        return Nearby(found.candidate.excerpts, _difference(on.asked, found))
    others = [item for item in on.evidence if not may_be_of_time(on.asked, item)]
    clauses = [Candidate((Excerpt(item, (n,)),)) for item in others for n in range(len(item.clauses))]
    needs_figure = needs_figures(on.asked)
    scored = [on.scorer.of(each) for each in clauses if each.has_quantity or not needs_figure]
    found = _best(sorted(scored, key=lambda each: -each.score))
    if found is None:
        return None
    return Nearby(found.candidate.excerpts, "plan" if found.candidate.is_plan else "when")


def _best(ranked: Sequence[Ranked]) -> Ranked | None:
    return next((each for each in ranked if each.features["cover"] >= ON_TOPIC and not _is_label(each)), None)


def _is_label(found: Ranked) -> bool:
    return bool(found.features["heading"] or found.features["bare_label"])


def _difference(asked: Question, found: Ranked) -> Differs:
    if differs := difference(asked, found.candidate.excerpts):
        return differs
    if found.is_of_another_thing:
        return "whose"
    if found.features["plan"]:
        return "plan"
    return "whose" if is_whole(found) else "part"
