"""Figures that a question takes for granted and the report does not give."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.text.bigrams import bigrams_in, content_bigrams
from rag.text.clauses import CLAUSE_MARK, CLAUSE_MARKS
from rag.text.figures import Figure, read_figures, same_amount, words_around
from rag.text.lexicon import concept
from rag.text.units import same_measure
from rag.verification.claims import Evidence

_COUNTED_IN_LIBRARY = concept("counted_in_library").pattern  # 这五个镇, 两份报告: the library's, not a report's figure
_COUNTS_WHAT_IS_ASKED = re.compile(rf"{concept('which').any}$")
CORRECTION_LENGTH = 45  # characters of a correction, where its own clause is not longer
OWN_WORDS = 2  # bigrams that the question's figure and the report's must have in common to be of one subject


@dataclass(frozen=True, slots=True)
class FalsePremise:
    """A figure of the question, and the report's own figure for the same subject."""

    asked: Figure
    item: Evidence
    found: Figure

    @property
    def correction(self) -> str:
        """The clause with the report's figure, with the one before where that names the subject, and what follows."""
        text = self.item.text
        ends = [m.end() for m in CLAUSE_MARK.finditer(text)]
        own_end = min((e for e in ends if e >= self.found.end), default=len(text))
        starts = [0, *(e for e in ends if e <= self.found.start)]
        names_subject = content_bigrams(text[starts[-1] : own_end])
        start = starts[-1] if len(names_subject) >= OWN_WORDS or len(starts) == 1 else starts[-2]
        end = max((e for e in ends if own_end <= e <= start + CORRECTION_LENGTH), default=own_end)
        return text[start:end].strip().rstrip(f"{CLAUSE_MARKS}、")


def false_premises(
    question: str, evidence: Sequence[Evidence], correcting: Sequence[Evidence] | None = None
) -> list[FalsePremise]:
    """The quantities of a question that no shown sentence gives to their subject, where one gives it another.

    Only sentences of `correcting`, by default all, can give another.

    Example: "新装了1500盏路灯" against "新安装路灯150盏" is one; against "新安装路灯1500盏" there is none.
    """
    correcting = evidence if correcting is None else correcting
    found = (_false_premise(question, asked, evidence, correcting) for asked in quantities_taken_for_granted(question))
    return [premise for premise in found if premise is not None]


def quantities_taken_for_granted(question: str) -> Iterator[Figure]:
    """The quantities that a question says of something, not those that say how much is asked about."""
    for figure in read_figures(question):
        if figure.kind == "quantity" and figure.measure and not _is_of_the_question(question, figure):
            yield figure


def _is_of_the_question(question: str, asked: Figure) -> bool:
    """Whether a number says how many are asked about, and not what the report says: 这五个镇, 哪三个园区."""
    counts_asked = _COUNTS_WHAT_IS_ASKED.search(question[: asked.start])
    return bool(counts_asked or _COUNTED_IN_LIBRARY.match(question, asked.end))


def _false_premise(
    question: str, asked: Figure, evidence: Sequence[Evidence], correcting: Sequence[Evidence]
) -> FalsePremise | None:
    subject = content_bigrams(words_around(question, asked))
    places = [
        (len(subject & bigrams_in(item.parsed.words_of(figure))), item, figure)
        for item in evidence
        for figure in item.parsed.figures
        if figure.kind == "quantity" and figure.measure and same_measure(asked.measure, figure.measure)
    ]
    others = [place for place in places if place[1] in correcting]
    if not others:
        return None
    best, item, figure = max(others, key=lambda place: (place[0], -place[1].number))
    same = [place[0] for place in places if same_amount(asked, place[2])]
    if best < min(OWN_WORDS, len(subject)) or not best or (same and max(same) + 1 >= best):
        return None
    if any(shared and place is item for shared, place, found in places if same_amount(asked, found)):
        return None  # one sentence gives both, each to a part of what is asked about
    return FalsePremise(asked, item, figure)
