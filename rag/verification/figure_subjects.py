"""Whether a figure of a claim belongs to the subject that the claim gives it.

A true figure of another item is the commonest false answer: of two other tools' answers with the same model, a third
held one. Each figure owns the words from the figure before it to the end of its clause.
"""

import re

from rag.text.bigrams import bigrams_in, coverage_in
from rag.text.clauses import CLAUSE_BREAK
from rag.text.figures import Figure, same_amount
from rag.text.lexicon import concept
from rag.text.units import are_interchangeable, same_measure
from rag.verification.case import Case
from rag.verification.claims import Evidence
from rag.verification.english_terms import is_of_body, speaks_of_terms
from rag.verification.figure_neighbours import Neighbours, neighbours_in

SUBJECT_COVERED = 0.3  # of the words a figure owns in the claim, by the sentence it is taken from
SMALLEST_SUBJECT = 3  # bigrams; fewer say too little to be judged
MARGIN_IN_SENTENCE = 1  # bigrams by which another figure of the sentence may fit better
MARGIN_ELSEWHERE = 2  # the same for a figure of another shown sentence
MARGIN_UNNAMED = 1  # where no word of the claim's subject stands by the figure
LONG_COPY = 3  # before a figure of whatever measure: 机耕道8公里 for 机耕道8条
CLAUSES_BEFORE = 3  # the figure's own among them, in which its subject is looked for
CLAUSES_AFTER = 2

_PERIOD = re.compile(rf"{concept('this_period').any}有?")


def has_a_place(figure: Figure, case: Case) -> bool:
    """Whether a chosen sentence gives the figure to what the claim gives it to."""
    return bool(places_of_subject(figure, case))


def places_of_subject(figure: Figure, case: Case) -> list[tuple[Evidence, Figure]]:
    """Where the chosen sentences have the figure of what the claim gives it to."""
    return [(item, place) for item, place in case.places(figure) if _is_of_subject(case, figure, item, place)]


def _is_of_subject(case: Case, figure: Figure, item: Evidence, place: Figure) -> bool:
    """Whether the sentence speaks of the claim's subject, and no other shown figure fits it clearly better."""
    claim = case.claim
    if claim.is_english:
        return is_of_body(claim.text, item.parsed.clause_before(place)) and speaks_of_terms(
            claim.words_of(figure), _beside_place(item, place)
        )
    if _stands_in_anothers_place(case, figure, item, place):
        return False
    own_words = _PERIOD.sub(" ", claim.words_of(figure))
    subject = bigrams_in(own_words) - item.place_words
    if len(subject) < 2:
        return True
    carried = item.parsed.bigrams | item.section.bigrams
    if len(subject) >= SMALLEST_SUBJECT and coverage_in(own_words, item.place_words, carried) < SUBJECT_COVERED:
        return False
    own = _fit(subject, item, place)
    if not own and not subject & bigrams_in(_beside_place(item, place)):
        return False
    return _fits_best(case, figure, item, place, subject, own)


def _fits_best(case: Case, figure: Figure, item: Evidence, place: Figure, subject: frozenset[str], own: int) -> bool:
    """Whether no other figure of like measure fits the claim's subject clearly better, here or in another sentence."""
    inside = [_fit(subject, item, other) for other in _rivals(figure, item, place)]
    if own < max(inside, default=0) and not (own and own + MARGIN_IN_SENTENCE >= max(inside)):
        return False
    elsewhere = [
        _fit(subject, other_item, other)
        for other_item in case.usable
        if other_item.number != item.number and other_item.year == item.year
        for other in _rivals(figure, other_item, place)
    ]
    return own + (MARGIN_ELSEWHERE if own else MARGIN_UNNAMED) >= max(elsewhere, default=0)


def _fit(subject: frozenset[str], item: Evidence, place: Figure) -> int:
    return len(subject & bigrams_in(item.parsed.words_of(place)))


def _beside_place(item: Evidence, place: Figure) -> str:
    """The words of a figure's own clause, of those beside it, and of its section, folded."""
    folded = item.parsed.folded
    before = CLAUSE_BREAK.split(folded[: place.start])[-CLAUSES_BEFORE:]
    after = CLAUSE_BREAK.split(folded[place.end :])[:CLAUSES_AFTER]
    return f"{'，'.join(before)} {'，'.join(after)} {item.section.folded}"


def _rivals(figure: Figure, item: Evidence, place: Figure) -> list[Figure]:
    """Other figures of a sentence that could be what the claim counts: 18台 and 1070个 both could be 18个."""
    return [
        other
        for other in item.parsed.figures
        if other.kind == place.kind and same_measure(figure.measure, other.measure) and not same_amount(other, place)
    ]


def _stands_in_anothers_place(case: Case, figure: Figure, item: Evidence, place: Figure) -> bool:
    """Whether the claim copies a sentence but has this figure where that has another, as in 企业1071户、个体户392户 for
    企业392户、个体户1071户."""
    mine = neighbours_in(case.claim)[figure]
    place_beside = neighbours_in(item.parsed)[place]
    own = mine.likeness(place_beside)
    return any(
        mine.is_copied_from(theirs) and mine.likeness(theirs) > own
        for other_item in case.usable
        if other_item.report_id == item.report_id
        for other, theirs in neighbours_in(other_item.parsed).items()
        if other.kind == place.kind and not same_amount(other, place)
        if same_measure(place.measure, other.measure)
        or (other != place_beside.before and _may_be_taken_for(place, other, mine))  # 12条，长5795米 is one thing
    )


def _may_be_taken_for(place: Figure, other: Figure, mine: Neighbours) -> bool:
    """Whether a figure of another measure may have lost its place to this one: both count, or many words are copied."""
    return are_interchangeable(place.measure, other.measure) or len(mine.left) >= LONG_COPY
