"""The clauses that are nearest to a claim: those that have its figures, and what else of its words stands beside them.

What is shown for a claim is never the claim: a small model points well and writes badly.
"""

from collections.abc import Collection, Iterable, Mapping

from rag.text.bigrams import bigrams_in
from rag.text.figures import Figure
from rag.verification.case import Case
from rag.verification.claims import Evidence
from rag.verification.excerpts import Excerpt
from rag.verification.figure_subjects import places_of_subject

MOST_CLAUSES = 5  # of a sentence
LEAST_WORDS = 2  # bigrams of the claim for which a clause is added
FIGURE_NOT_SAID = 1  # bigrams that a figure which the claim does not have costs a clause


def nearest_excerpts(case: Case) -> tuple[Excerpt, ...]:
    """Clauses of the sentences that a claim rests on, in the order of the evidence; none for an English claim."""
    if case.claim.is_english or not case.chosen:
        return ()
    picked: dict[int, set[int]] = {item.number: set() for item in case.chosen}
    for figure in case.figures:
        if place := _best_place(case, figure):
            item, found = place
            picked[item.number] |= {n for n, span in enumerate(item.clauses) if span.start <= found.start < span.end}
    _add_words(case, picked)
    chosen = sorted(case.chosen, key=lambda item: item.number)
    return tuple(Excerpt(item, tuple(sorted(picked[item.number]))) for item in chosen if picked[item.number])


def _best_place(case: Case, figure: Figure) -> tuple[Evidence, Figure] | None:
    """Where a figure stands for what the claim gives it to, most words alike."""
    places = places_of_subject(figure, case) or case.places(figure)
    words = bigrams_in(case.claim.words_of(figure))
    return max(places, key=lambda place: len(words & bigrams_in(place[0].parsed.words_of(place[1]))), default=None)


def _add_words(case: Case, picked: Mapping[int, set[int]]) -> None:
    """Adds clauses while they carry words of the claim that are still open."""
    told = case.claim.bigrams.difference(*(item.context_words for item in case.chosen))
    open_words = told - _words(case.chosen, picked)
    said = {figure.value for figure in case.claim.figures}
    while True:
        worth = {
            (item.number, n): _worth(item, n, open_words, said)
            for item in case.chosen
            for n in range(len(item.clauses))
            if n not in picked[item.number] and len(picked[item.number]) < MOST_CLAUSES
        }
        best = max(worth, key=lambda place: (worth[place], -place[0], -place[1]), default=None)
        has_none = not any(picked.values())
        if best is None or (worth[best] < LEAST_WORDS and not has_none):
            return
        number, clause = best
        picked[number].add(clause)
        open_words -= _words(case.chosen, picked)


def _worth(item: Evidence, clause: int, open_words: frozenset[str], said: Collection[object]) -> int:
    part = item.clause(clause)
    beyond = sum(figure.value not in said for figure in part.quantities)
    return len(part.bigrams & open_words) - FIGURE_NOT_SAID * beyond


def _words(items: Iterable[Evidence], picked: Mapping[int, set[int]]) -> frozenset[str]:
    """The words of the clauses picked so far."""
    return frozenset[str]().union(*(item.clause(n).bigrams for item in items for n in picked[item.number]))
