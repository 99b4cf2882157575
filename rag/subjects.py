"""Whether a figure of a claim belongs to the subject that the claim gives it.

A true figure of another item is the commonest false answer: of two other tools' answers with the same model, a third
held one. Each figure owns the words from the figure before it to the end of its clause.
"""

from collections.abc import Sequence

from rag.alignment import words_of
from rag.english import is_english
from rag.figures import Figure, read_figures, same_amount, words_around
from rag.types import Evidence
from rag.units import same_measure
from rag.wording import character_coverage, content_bigrams

SUBJECT_COVERED = 0.3  # of the words a figure owns in the claim, by the sentence it is taken from
SMALLEST_SUBJECT = 3  # bigrams; fewer say too little to be judged
MARGIN_IN_SENTENCE = 1  # bigrams by which another figure of the sentence may fit better
MARGIN_ELSEWHERE = 2  # the same for a figure of another shown sentence


def is_of_subject(text: str, figure: Figure, item: Evidence, place: Figure, evidence: Sequence[Evidence]) -> bool:
    """Whether the sentence speaks of the claim's subject, and no other shown figure fits it clearly better."""
    here = content_bigrams(f"{item.county or ''}{item.town or ''}")
    subject = content_bigrams(words_around(text, figure)) - here
    if len(subject) < 2 or is_english(text):
        return True
    own_words = without_figures(words_around(text, figure))
    carried = words_of(item) | content_bigrams(item.sentence.section)
    if len(subject) >= SMALLEST_SUBJECT and character_coverage(own_words, here, carried) < SUBJECT_COVERED:
        return False
    own = _fit(subject, item, place)
    inside = [_fit(subject, item, other) for other in _rivals(figure, item, place)]
    if own < max(inside, default=0) and not (own and own + MARGIN_IN_SENTENCE >= max(inside)):
        return False
    elsewhere = [
        _fit(subject, other_item, other)
        for other_item in evidence
        if other_item.number != item.number and other_item.year == item.year
        for other in _rivals(figure, other_item, place)
    ]
    return own + MARGIN_ELSEWHERE >= max(elsewhere, default=0)


def without_figures(text: str) -> str:
    """The text with a gap for each figure: figures and their units are checked by themselves."""
    for figure in reversed(read_figures(text)):
        text = f"{text[: figure.start]} {text[figure.end :]}"
    return text


def _rivals(figure: Figure, item: Evidence, place: Figure) -> list[Figure]:
    """Other figures of a sentence that could be what the claim counts: 18台 and 1070个 both could be 18个."""
    return [
        other
        for other in read_figures(item.text)
        if other.kind == place.kind and same_measure(figure.measure, other.measure) and not same_amount(other, place)
    ]


def _fit(subject: frozenset[str], item: Evidence, place: Figure) -> int:
    return len(subject & content_bigrams(words_around(item.text, place)))
