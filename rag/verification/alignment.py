"""Aligning a claim to the smallest set of shown sentences that carries its figures, names and words.

The model's own numbers are a hint: a small model gets the text right and the number wrong.
"""

from collections.abc import Sequence

from rag.text.bigrams import content_bigrams, coverage
from rag.text.figures import Figure, read_figures, same_amount, same_figure, words_around
from rag.text.normalization import fold
from rag.verification.claims import Evidence

MAXIMUM_SENTENCES = 6  # quotations per claim
HINT_BONUS = 0.3
WORDS_OF_ONE_TOWN = 0.3  # of the words of a claim about several towns that a town's own sentence must carry


def align(
    text: str, figures: Sequence[Figure], hints: Sequence[int], evidence: Sequence[Evidence]
) -> tuple[list[Evidence], Figure | None]:
    """The smallest set of sentences that has all figures, best worded first; or the first figure that none has."""
    words = content_bigrams(text) - _places(evidence)  # a title adds nothing but its town; it is cited as context
    worth = {
        item.number: round(coverage(words, words_of(item)) + HINT_BONUS * (item.number in hints), 6)
        for item in evidence
    }
    open_figures = list(figures)
    chosen: list[Evidence] = []
    while open_figures and len(chosen) < MAXIMUM_SENTENCES:
        best = max(evidence, key=lambda item: (_carried(text, open_figures, item), worth[item.number], -item.number))
        left = [figure for figure in open_figures if not places_of(figure, item=best)]
        if len(left) == len(open_figures):
            break
        chosen.append(best)
        open_figures = left
    if open_figures:
        return chosen, open_figures[0]
    if not chosen:
        chosen = [max(evidence, key=lambda item: (worth[item.number], -item.number))]
    chosen = _with_words(words, chosen, evidence, worth)
    return _with_towns(text, chosen, evidence, worth), None


def _places(evidence: Sequence[Evidence]) -> frozenset[str]:
    return frozenset[str]().union(*(content_bigrams(f"{item.county or ''}{item.town or ''}") for item in evidence))


def _carried(text: str, figures: Sequence[Figure], item: Evidence) -> float:
    """How well a sentence carries the open figures: each counts 1, a little more beside the claim's own words."""
    score = 0.0
    for figure in figures:
        places = places_of(figure, item)
        if places:
            exact = any(same_figure(figure, place) for place in places)
            subject = content_bigrams(words_around(text, figure))
            near = max(coverage(subject, content_bigrams(words_around(item.text, p))) for p in places)
            score += 1 + 0.2 * exact + 0.5 * near
    return round(score, 6)


def _with_words(
    words: frozenset[str], chosen: list[Evidence], evidence: Sequence[Evidence], worth: dict[int, float]
) -> list[Evidence]:
    """Adds sentences while they carry a good part of the claim's words that is still open."""
    carried = frozenset().union(*(words_of(item) for item in chosen))
    while len(chosen) < MAXIMUM_SENTENCES:
        left = words - carried
        rest = [item for item in evidence if item not in chosen]
        if not rest or len(left) < 4:
            break
        best = max(rest, key=lambda item: (len(left & words_of(item)), worth[item.number], -item.number))
        if len(left & words_of(best)) < max(3, 0.1 * len(words)):
            break
        chosen = [*chosen, best]
        carried |= words_of(best)
    return chosen


def _with_towns(
    text: str, chosen: list[Evidence], evidence: Sequence[Evidence], worth: dict[int, float]
) -> list[Evidence]:
    """A claim that names several towns gets a sentence of each, if one carries its words."""
    folded = fold(text)
    open_towns = dict.fromkeys(item.town for item in evidence if item.town and fold(item.town) in folded)
    for town in open_towns:
        mine = [item for item in evidence if item.town == town]
        best = max(mine, key=lambda item: (worth[item.number], -item.number))
        if not any(item.town == town for item in chosen) and worth[best.number] >= WORDS_OF_ONE_TOWN:
            chosen = [*chosen, best]
    return chosen


def words_of(item: Evidence) -> frozenset[str]:
    """The content bigrams of a sentence."""
    return content_bigrams(item.text)


def places_of(figure: Figure, item: Evidence) -> list[Figure]:
    """Where a sentence has a figure, whatever its approximation."""
    return [found for found in read_figures(item.text) if same_amount(figure, found)]
