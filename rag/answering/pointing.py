"""The report's own words before anything is written: code finds them, the model is asked whether they answer.

A small model names the deciding sentence less often than the scores of `candidate_scores` do, and writes a hundred
tokens where one word is enough; so it only confirms (figures in benchmarks/README.md, Which clauses come first).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from rag.answering.answer_likelihood import (
    ANSWERS,
    ANSWERS_IN_PART,
    SHOWN,
    STANDS_ALONE,
    STANDS_OUT,
    AnswerLikelihood,
    likelihood_beside,
)
from rag.answering.candidate_scores import Ranked
from rag.answering.near_figures import names_subject
from rag.answering.quoting import cut
from rag.types import Span
from rag.verification.claims import Evidence
from rag.verification.excerpts import Excerpt

OWN_WORDS = 2 / 3  # of the question's, below which it may say in others what the report says
A_FEW_WORDS = 1 / 3  # of the question's
NEARLY_AS_LIKELY = 0.5  # as the likeliest, for a sentence to be drafted on beside it
MOST_ASKED = 3  # candidates of a question, each of other sentences
_COUNTED = ("figures_missing", "measures_missing", "things_missing")
_WANTING = (*_COUNTED, "rank_missing", "state_missing")
AS_LIKELY_AS_NOT = 0.0  # score from which clauses are likelier to answer than nothing is
SURE = 3.5  # score from which a candidate is shown while the model is still being asked


@dataclass(frozen=True)
class Pointed:
    """The candidate that is likeliest to answer, and how likely it is; None where there is none."""

    found: Ranked | None = None
    likelihood: float = 0.0
    other: float | None = None  # the likelihood of the likeliest of other sentences
    is_after_near_miss: bool = False  # what is likest of all, of another sentence, says something else than is asked

    @property
    def is_likely(self) -> bool:
        """Whether it answers where no draft holds; what lacks something has to be likelier."""
        if self.found is None or self.is_after_near_miss:
            return self.is_shown
        if not is_whole(self.found):
            return self.likelihood >= ANSWERS_IN_PART
        # What has some of the words may lack just those that tell what is asked from what is near it.
        is_partly_said = A_FEW_WORDS < self.found.features["cover"] < 1 and not self.found.features["yes_no"]
        least = ANSWERS if is_partly_said else 0.0
        return self.is_shown or (self.likelihood >= least and self._beside >= STANDS_OUT)

    @property
    def is_answer(self) -> bool:
        """Whether nothing better is to be expected of a draft."""
        if self.found is None or not is_whole(self.found):
            return False
        return self.is_shown or (self._beside >= STANDS_ALONE and not self.is_after_near_miss)

    @property
    def is_shown(self) -> bool:
        """Whether it is likely by itself."""
        return self.likelihood >= SHOWN

    @property
    def _beside(self) -> float:
        return likelihood_beside(self.likelihood, self.other)


def point(ranked: Sequence[Ranked], likely: AnswerLikelihood) -> Pointed:
    """The first candidate that is likely enough to be shown, or else the likeliest. Raises what the model raises.

    A plan that nobody asked for is looked at where nothing that was done is likely. Where the likeliest lacks something
    asked for, the best of the same sentences that has all of it takes its place, if it is likely enough.
    """
    able = [found for found in ranked if may_answer(found)]
    results = [found for found in able if not found.features["plan"]]
    best = _first_likely(results, likely)
    if best.likelihood < ANSWERS and len(results) < len(able):
        planned = _first_likely([found for found in able if found.features["plan"]], likely)
        best = max(best, planned, key=lambda each: each.likelihood)
    whole = _whole_instead(best, able)
    if whole is not None:
        completed = replace(best, found=whole, likelihood=likely.of(whole))
        best = completed if completed.likelihood >= ANSWERS else best
    return replace(best, is_after_near_miss=bool(ranked) and _is_near_miss_before(ranked[0], best))


def _is_near_miss_before(first: Ranked, best: Pointed) -> bool:
    if best.found is None or not first.features["near_miss"] or first.score < AS_LIKELY_AS_NOT:
        return False
    return not {item.number for item in first.candidate.items} & {item.number for item in best.found.candidate.items}


def _whole_instead(best: Pointed, ranked: Sequence[Ranked]) -> Ranked | None:
    """The best of the same sentences that has all figures and things asked for, where the likeliest has not."""
    if best.found is None or best.likelihood < ANSWERS or not any(best.found.features[name] for name in _COUNTED):
        return None
    numbers = {item.number for item in best.found.candidate.items}
    same = (each for each in ranked if numbers >= {item.number for item in each.candidate.items})
    return next((each for each in same if is_whole(each)), None)


def _first_likely(ranked: Iterable[Ranked], likely: AnswerLikelihood) -> Pointed:
    asked: list[Pointed] = []
    for found in islice(of_other_sentences(ranked), MOST_ASKED):
        asked.append(Pointed(found, likely.of(found)))
        if asked[-1].is_shown:
            return asked[-1]
    first, *others = sorted(asked, key=lambda each: -each.likelihood) or [Pointed()]
    return replace(first, other=others[0].likelihood) if others else first


def clauses_near(pointed: Pointed, ranked: Sequence[Ranked], likely: AnswerLikelihood) -> tuple[Evidence, ...]:
    """The likeliest candidate, and others about as likely where it is not by itself: their sentences cut to them."""
    if pointed.found is None:
        return ()
    others = [] if pointed.is_shown else [*islice(of_other_sentences(filter(may_answer, ranked)), MOST_ASKED)]
    near = [each for each in others if likely.of(each) >= NEARLY_AS_LIKELY * pointed.likelihood]
    found = {each.item.number: each for found in (*near, pointed.found) for each in found.candidate.excerpts}
    return tuple(_cut(found[number]) for number in sorted(found))


def _cut(excerpt: Excerpt) -> Evidence:
    """The sentence from the clause that names what the excerpt is about, with what is said of it before any figure, to
    the excerpt's end."""
    item, first = excerpt.item, excerpt.clauses[0]
    while first > 0 and not (names_subject(item, first) and item.clause(first - 1).quantities):
        first -= 1
    start = item.sentence.start
    return cut(item, Span(start + item.clauses[first].start, start + excerpt.spans[-1].end))


def is_in_other_words(ranked: Sequence[Ranked]) -> bool:
    """Whether nothing that could answer has two thirds of the question's words."""
    return all(found.features["cover"] < OWN_WORDS for found in ranked if may_answer(found))


def may_answer(found: Ranked) -> bool:
    """Whether it is no near miss, of no other thing, and no heading, which names what others tell."""
    return not found.is_of_another_thing and not (
        found.features["near_miss"] or found.features["heading"] or found.features["bare_label"]
    )


def is_whole(found: Ranked) -> bool:
    """Whether nothing that was asked for is missing, and no name is asked for whose clause is one before."""
    lacks_subject = found.features["opens_dependent"] or found.features["opens_with_verb"]
    is_of_figure = found.features["needs_figure"] or found.features["yes_no"]
    lists_nothing = found.features["wants_list"] and not (is_of_figure or found.features["listed"])
    lacks_part = lists_nothing or (lacks_subject and not (is_of_figure or found.features["wants_list"]))
    return not (lacks_part or any(found.features[name] for name in _WANTING))


def is_sure(found: Ranked) -> bool:
    """Whether it is shown before the model is asked: only what could be the answer as it stands."""
    return found.score >= SURE and may_answer(found) and is_whole(found) and not found.features["plan"]


def of_other_sentences(ranked: Iterable[Ranked]) -> Iterator[Ranked]:
    """The best candidate of each sentence."""
    seen = set[int]()
    for found in ranked:
        numbers = {item.number for item in found.candidate.items}
        if not numbers & seen:
            yield found
        seen |= numbers
