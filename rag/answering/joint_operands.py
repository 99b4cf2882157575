"""The figures of a comparison, chosen together: one of each part, of one kind of quantity and of the same thing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import islice

from rag.answering.answer_types import measures_asked
from rag.answering.arithmetic import Computed, asks_less, asks_ranking, compute, operands_only
from rag.answering.candidate_scores import Ranked
from rag.answering.decomposition import Part
from rag.answering.nearness import TYPICAL, NearnessTo
from rag.answering.operands import Operand, agree
from rag.answering.pointing import may_answer
from rag.answering.questions import Question
from rag.answering.quoted_answers import quotation
from rag.models.embedding import Embedder
from rag.text.units import same_measure
from rag.verification.verdicts import Verdict

MOST_OF_A_PART = 12  # clauses of one part that are looked at
# Words and nearness count half of what they do between a clause and its question (candidate_weights.toml: own_words and
# cover, mean_clause): two clauses that speak alike may both be beside the question.
_WORDS_SHARED, _NEARNESS = 2.3, 19.0


@dataclass(frozen=True)
class Possible:
    """A clause that could answer its part, with its one figure of some measure."""

    found: Ranked
    operand: Operand


def possible(name: str, question: str, ranked: Sequence[Ranked]) -> list[Possible]:
    """The best of a part that leave no doubt which figure is meant, each figure of a sentence once."""
    wanted = measures_asked(question)
    told = (each for one in ranked if _is_told(one) for each in _figures(name, one))
    found = (each for each in told if not wanted or any(same_measure(each.operand.figure.measure, w) for w in wanted))
    first: dict[tuple[int, str], Possible] = {}
    for each in found:
        first.setdefault((each.operand.sentences[0], each.operand.figure.text), each)
    return [*islice(first.values(), MOST_OF_A_PART)]


def combinations(by_name: Mapping[str, Sequence[Possible]], embedder: Embedder, most: int) -> list[list[Possible]]:
    """The likeliest combinations of one of each part that may be computed with, the best first.

    Each clause of the first part takes, of every other part, what fits it best: by its own score, and by how many
    words it shares with it and how near it is in meaning.
    """
    firsts, *others = by_name.values()
    scored = [scored for first in firsts if (scored := _around(first, others, embedder)) is not None]
    return [chosen for _, chosen in nlargest(most, scored, key=lambda each: each[0])]


def computed_with(
    asked: Question, parts: Sequence[Part], chosen: Sequence[Possible]
) -> tuple[tuple[Verdict, ...], Computed | None]:
    """The clauses that chosen figures stand in, those of a ranking in its order, and what is computed with these."""
    pairs = [*zip(parts, chosen, strict=True)]
    measure = chosen[0].operand.figure.measure
    said = {part.name: [part.said(quotation(part.question, each.found.candidate))] for part, each in pairs}
    computed = compute(asked.text, said, measure)
    if asks_ranking(asked.text):
        pairs.sort(key=lambda pair: pair[1].operand.figure.value, reverse=not asks_less(asked.text))
    return tuple(operands_only([said[part.name][0] for part, _ in pairs], measure)), computed


def _around(
    first: Possible, others: Sequence[Sequence[Possible]], embedder: Embedder
) -> tuple[float, list[Possible]] | None:
    near = NearnessTo(embedder, first.operand.subject)
    near.read(each.operand.subject for part in others for each in part)
    total, chosen = first.found.score, [first]
    for part in others:
        fitting = [
            (each.found.score + _likeness(first.operand, each.operand, near), each)
            for each in part
            if agree([first.operand, each.operand]) and first.operand.words & each.operand.words
        ]
        if not fitting:
            return None
        best, operand = max(fitting, key=lambda pair: pair[0])
        total += best
        chosen.append(operand)
    return (total, chosen) if agree([each.operand for each in chosen]) else None


def _likeness(one: Operand, other: Operand, near: NearnessTo) -> float:
    shared = 2 * len(one.words & other.words) / (len(one.words) + len(other.words))
    return _WORDS_SHARED * shared + _NEARNESS * (near(other.subject) - TYPICAL)


def _is_told(found: Ranked) -> bool:
    """Whether it tells what was done or is so."""
    return may_answer(found) and not found.features["plan"] and len(found.candidate.excerpts) == 1


def _figures(name: str, found: Ranked) -> Iterator[Possible]:
    """A clause with each of its figures that is its only one of a measure."""
    figures = [f for f in found.candidate.parsed.quantities if f.measure and f.high is None]
    (item,) = found.candidate.items
    for figure in figures:
        if sum(other.measure == figure.measure for other in figures) == 1:
            yield Possible(found, Operand(name, figure, found.candidate.text, (item.number,), item.year))
