"""Aligning a claim to the smallest set of shown sentences that carries its figures, names and words.

The model's own numbers are a hint: a small model gets the text right and the number wrong.
"""

from collections.abc import Sequence

from rag.text.bigrams import bigrams_in, coverage
from rag.text.figures import Figure, level, same_figure
from rag.text.parsed_text import ParsedText
from rag.verification.claims import Evidence

MAXIMUM_SENTENCES = 6  # quotations per claim
HINT_BONUS = 0.3
WORDS_OF_ONE_TOWN = 0.3  # of the words of a claim about several towns that a town's own sentence must carry


def align(
    claim: ParsedText, figures: Sequence[Figure], hints: Sequence[int], evidence: Sequence[Evidence]
) -> tuple[list[Evidence], Figure | None]:
    """The smallest set of sentences that has all figures, best worded first; or the first figure that none has."""
    words = claim.bigrams - frozenset[str]().union(
        *(item.place_words for item in evidence)
    )  # a title adds nothing but its town; it is cited as context
    worth = {
        item.number: round(coverage(words, item.parsed.bigrams) + HINT_BONUS * (item.number in hints), 6)
        for item in evidence
    }
    open_figures = list(figures)
    chosen: list[Evidence] = []
    while open_figures and len(chosen) < MAXIMUM_SENTENCES:
        best = max(evidence, key=lambda item: (_carried(claim, open_figures, item), worth[item.number], -item.number))
        left = [figure for figure in open_figures if not best.places_of(figure)]
        if len(left) == len(open_figures):
            break
        chosen.append(best)
        open_figures = left
    if open_figures:
        return chosen, open_figures[0]
    if not chosen:
        chosen = [max(evidence, key=lambda item: (worth[item.number], -item.number))]
    chosen = _with_words(words, chosen, evidence, worth)
    return _with_towns(claim, chosen, evidence, worth), None


def _carried(claim: ParsedText, figures: Sequence[Figure], item: Evidence) -> float:
    """How well a sentence carries the open figures: each counts 1, a little more beside the claim's own words."""
    score = 0.0
    for figure in figures:
        places = item.places_of(figure)
        if places:
            exact = any(same_figure(figure, place) for place in places)
            subject = bigrams_in(claim.words_of(figure))
            near = max(coverage(subject, bigrams_in(item.parsed.words_of(place))) for place in places)
            score += 1 + 0.2 * exact + 0.5 * near
    return round(score, 6)


def _with_words(
    words: frozenset[str], chosen: list[Evidence], evidence: Sequence[Evidence], worth: dict[int, float]
) -> list[Evidence]:
    """Adds sentences while they carry a good part of the claim's words that is still open."""
    carried = frozenset().union(*(item.parsed.bigrams for item in chosen))
    while len(chosen) < MAXIMUM_SENTENCES:
        left = words - carried
        rest = [item for item in evidence if item not in chosen]
        if not rest or len(left) < 4:
            break
        best = max(rest, key=lambda item: (len(left & item.parsed.bigrams), worth[item.number], -item.number))
        if len(left & best.parsed.bigrams) < max(3, 0.1 * len(words)):
            break
        chosen = [*chosen, best]
        carried |= best.parsed.bigrams
    return chosen


def _with_towns(
    claim: ParsedText, chosen: list[Evidence], evidence: Sequence[Evidence], worth: dict[int, float]
) -> list[Evidence]:
    """A claim that names several towns gets a sentence of each, if one carries its words."""
    towns = {item.town: level(item.town) for item in evidence if item.town}
    open_towns = [town for town, name in towns.items() if name in claim.folded]
    for town in open_towns:
        mine = [item for item in evidence if item.town == town]
        best = max(mine, key=lambda item: (worth[item.number], -item.number))
        if not any(item.town == town for item in chosen) and worth[best.number] >= WORDS_OF_ONE_TOWN:
            chosen = [*chosen, best]
    return chosen
