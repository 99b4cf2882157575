"""Whether a figure of a claim belongs to the subject that the claim gives it.

A true figure of another item is the commonest false answer: of two other tools' answers with the same model, a third
held one. Each figure owns the words from the figure before it to the end of its clause.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.text.bigrams import character_coverage, content_bigrams
from rag.text.clauses import CLAUSE_BREAK
from rag.text.english import is_english, is_of_body, speaks_of_terms
from rag.text.figures import Figure, read_figures, same_amount, words_around
from rag.text.normalization import fold
from rag.text.units import are_interchangeable, same_measure
from rag.verification.alignment import words_of
from rag.verification.claims import Evidence

SUBJECT_COVERED = 0.3  # of the words a figure owns in the claim, by the sentence it is taken from
SMALLEST_SUBJECT = 3  # bigrams; fewer say too little to be judged
MARGIN_IN_SENTENCE = 1  # bigrams by which another figure of the sentence may fit better
MARGIN_ELSEWHERE = 2  # the same for a figure of another shown sentence
MARGIN_UNNAMED = 1  # where no word of the claim's subject stands by the figure
SHORTEST_COPY = 2  # characters beside a figure that tell whose it is
LONG_COPY = 3  # before a figure of whatever measure: 机耕道8公里 for 机耕道8条

CLAUSES_BEFORE = 3  # the figure's own among them, in which its subject is looked for
CLAUSES_AFTER = 2
_BREAK = re.compile(r"[，,。；;！!？?\n:：、()（）“”\"'‘’《》\s]")
_WORD_OR_STOP = re.compile(r"[\w。；;]")
_PERIOD = re.compile("[当全本今去]年度?有?")  # says when, not what
_LINK = re.compile(r"^(?:以及|其中|分别|共计|共有|合计|和|与|及|并|共|有|为)+")


def is_of_subject(text: str, figure: Figure, item: Evidence, place: Figure, evidence: Sequence[Evidence]) -> bool:
    """Whether the sentence speaks of the claim's subject, and no other shown figure fits it clearly better."""
    here = content_bigrams(f"{item.county or ''}{item.town or ''}")
    own_words = _PERIOD.sub(" ", without_figures(words_around(text, figure)))
    subject = content_bigrams(own_words) - here
    if is_english(text):
        clause = fold(CLAUSE_BREAK.split(item.text[: place.start])[-1])
        return is_of_body(text, clause) and speaks_of_terms(words_around(text, figure), _beside_place(item, place))
    if _stands_in_anothers_place(text, figure, item, place, evidence):
        return False
    if len(subject) < 2:
        return True
    carried = words_of(item) | content_bigrams(item.sentence.section)
    if len(subject) >= SMALLEST_SUBJECT and character_coverage(own_words, here, carried) < SUBJECT_COVERED:
        return False
    own = _fit(subject, item, place)
    if not own and not subject & _near(item, place):
        return False
    inside = [_fit(subject, item, other) for other in _rivals(figure, item, place)]
    if own < max(inside, default=0) and not (own and own + MARGIN_IN_SENTENCE >= max(inside)):
        return False
    elsewhere = [
        _fit(subject, other_item, other)
        for other_item in evidence
        if other_item.number != item.number and other_item.year == item.year
        for other in _rivals(figure, other_item, place)
    ]
    return own + (MARGIN_ELSEWHERE if own else MARGIN_UNNAMED) >= max(elsewhere, default=0)


def words_before(text: str, figure: Figure) -> str:
    """The words right before a figure of a text, up to punctuation or another figure, folded."""
    return _beside(text)[figure].left


def _near(item: Evidence, place: Figure) -> frozenset[str]:
    """The words of a figure's own clause, of those beside it, and of its section."""
    return content_bigrams(_beside_place(item, place))


def _beside_place(item: Evidence, place: Figure) -> str:
    before = CLAUSE_BREAK.split(item.text[: place.start])[-CLAUSES_BEFORE:]
    after = "，".join(CLAUSE_BREAK.split(item.text[place.end :])[:CLAUSES_AFTER])
    return f"{'，'.join(before)} {after} {item.sentence.section}"


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


def _stands_in_anothers_place(
    text: str, figure: Figure, item: Evidence, place: Figure, evidence: Sequence[Evidence]
) -> bool:
    """Whether the claim copies a sentence but has this figure where that has another, as in 企业1071户、个体户392户 for
    企业392户、个体户1071户."""
    mine = _beside(text)[figure]
    place_beside = _beside(item.text)[place]
    own = mine.likeness(place_beside)
    return any(
        mine.is_copied_from(theirs) and mine.likeness(theirs) > own
        for other_item in evidence
        if other_item.report_id == item.report_id
        for other, theirs in _beside(other_item.text).items()
        if other.kind == place.kind and not same_amount(other, place)
        if same_measure(place.measure, other.measure)
        or (other != place_beside.before and _may_be_taken_for(place, other, mine))  # 12条，长5795米 is one thing
    )


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands right beside a figure, up to punctuation or another figure, folded."""

    left: str
    right: str
    before: Figure | None
    is_next: bool  # no word stands between it and the figure before it

    @property
    def previous(self) -> Figure | None:
        """The figure right before it."""
        return self.before if self.is_next else None

    def is_copied_from(self, other: "_Beside") -> bool:
        """Whether all that stands beside the one stands beside the other: enough words, or the figure before it."""
        if self.previous is not None:
            return other.previous is not None and same_amount(self.previous, other.previous)
        if not (other.left.endswith(self.left) and other.right.startswith(self.right)):
            return False
        return len(self.left) + len(self.right) >= SHORTEST_COPY

    def likeness(self, other: "_Beside") -> int:
        """How many characters stand alike; words may have gone to the figure's other side."""
        if self.previous is not None and other.previous is not None and same_amount(self.previous, other.previous):
            return SHORTEST_COPY
        alike = _alike(self.left[::-1], other.left[::-1]) + _alike(self.right, other.right)
        moved = [one for one, where in ((self.left, other.right), (self.right, other.left)) if one and one in where]
        return alike + sum(map(len, moved))


def _may_be_taken_for(place: Figure, other: Figure, mine: _Beside) -> bool:
    """Whether a figure of another measure may have lost its place to this one: both count, or many words are copied."""
    return are_interchangeable(place.measure, other.measure) or len(mine.left) >= LONG_COPY


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin with in common."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


@lru_cache(maxsize=4096)
def _beside(text: str) -> Mapping[Figure, _Beside]:
    """What stands beside each figure of a text."""
    figures = read_figures(text)
    found = {}
    for index, figure in enumerate(figures):
        before = figures[index - 1] if index else None
        begin = before.end if before else 0
        end = figures[index + 1].start if index + 1 < len(figures) else len(text)
        between = fold(text[begin : figure.start])
        is_next = before is not None and before.kind != "year" and not _WORD_OR_STOP.search(between)
        left = _LINK.sub("", _BREAK.split(between)[-1])
        right = _BREAK.split(fold(text[figure.end : end]))[0]
        found[figure] = _Beside(left, right, before, is_next)
    return found


def _fit(subject: frozenset[str], item: Evidence, place: Figure) -> int:
    return len(subject & content_bigrams(words_around(item.text, place)))
