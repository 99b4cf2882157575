"""Candidates: whole clauses of one sentence, or of a few that follow each other, that could answer a question.

Code proposes them and orders them (see `candidate_scores`); a model only judges the first few.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from rag.answering.answerability import may_be_of_time, needs_figures
from rag.answering.questions import Question
from rag.text.clauses import is_adverbial
from rag.text.figures import Figure
from rag.text.parsed_text import ParsedText
from rag.verification.claims import Evidence
from rag.verification.excerpts import Excerpt

MOST_CLAUSES = 6  # that follow each other
MOST_SENTENCES = 6  # that follow each other
MOST_APART = 10  # clauses of a sentence among which pairs that do not touch are looked at
LONGEST = 160  # characters


@dataclass(frozen=True)
class Candidate:
    """Excerpts that could answer together, in their order."""

    excerpts: tuple[Excerpt, ...]
    is_spelled_out: bool = False  # an announced list with all its items

    @property
    def items(self) -> tuple[Evidence, ...]:
        """The sentences."""
        return tuple(each.item for each in self.excerpts)

    @cached_property
    def text(self) -> str:
        """Their own characters, one sentence behind the other."""
        return "；".join(each.text for each in self.excerpts)

    @cached_property
    def parsed(self) -> ParsedText:
        """The same, read once."""
        return ParsedText(self.text)

    @property
    def is_plan(self) -> bool:
        """Whether all of it is planned."""
        return all(item.sentence.kind == "plan" for item in self.items)

    @cached_property
    def bigrams(self) -> frozenset[str]:
        """The words of its clauses."""
        return frozenset[str]().union(*(e.item.clause(n).bigrams for e in self.excerpts for n in e.clauses))

    @property
    def has_quantity(self) -> bool:
        """Whether any figure counts, measures or ranks."""
        return any(figure.kind not in ("year", "date", "code") for figure in self.figures)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """All figures of its clauses."""
        return tuple(figure for each in self.excerpts for n in each.clauses for figure in each.item.clause(n).figures)


def candidates(question: Question, evidence: Sequence[Evidence]) -> list[Candidate]:
    """What could answer: of a time that may be meant, with a figure where one is asked for."""
    needs_figure = needs_figures(question)
    of_time = [item for item in evidence if may_be_of_time(question, item)]
    found = [
        candidate for candidate in map(Candidate, _proposed(of_time)) if not needs_figure or candidate.has_quantity
    ]
    return [*_spelled_out(evidence), *(each for each in found if not is_adverbial(each.text))]


def _spelled_out(evidence: Sequence[Evidence]) -> Iterator[Candidate]:
    """The list that is asked for, where a report announces one and tells all its items."""
    if marked := tuple(Excerpt(item, item.listed) for item in evidence if item.listed):
        yield Candidate(marked, is_spelled_out=True)


def _proposed(evidence: Sequence[Evidence]) -> Iterator[tuple[Excerpt, ...]]:
    for position, item in enumerate(evidence):
        for clauses in _parts(len(item.clauses)):
            excerpt = Excerpt(item, clauses)
            if len(excerpt.text) <= LONGEST or len(clauses) == 1:
                yield (excerpt,)
        yield from _over_sentences(evidence[position : position + MOST_SENTENCES])


def _parts(count: int) -> Iterator[tuple[int, ...]]:
    """Clauses that follow each other, and two or three of which one is left out between."""
    for first in range(count):
        for last in range(first, min(count, first + MOST_CLAUSES)):
            yield tuple(range(first, last + 1))
    if count <= MOST_APART:
        for first, second in combinations(range(count), 2):
            if second - first > 1:
                yield (first, second)
                if second + 1 < count:
                    yield (first, second, second + 1)
                if second - first > 2:
                    yield (first, first + 1, second)


def _over_sentences(items: Sequence[Evidence]) -> Iterator[tuple[Excerpt, ...]]:
    """Sentences that follow each other: whole, of the first its last clauses, or of two those that touch."""
    for count in range(2, len(items) + 1):
        if not _follows(items[count - 2], items[count - 1]):
            return
        whole = tuple(Excerpt(item, tuple(range(len(item.clauses)))) for item in items[:count])
        if sum(len(each.text) for each in whole) <= LONGEST:
            yield whole
        if count == 2:
            yield from _across(items[0], items[1])
        else:
            yield from _from_last_clauses(whole)


def _from_last_clauses(whole: tuple[Excerpt, ...]) -> Iterator[tuple[Excerpt, ...]]:
    """Whole sentences, of the first only its last clauses: 改厕430座；安装路灯60盏."""
    first, *others = whole
    length = sum(len(each.text) for each in others)
    for count in range(1, min(len(first.clauses), MOST_CLAUSES)):
        tail = Excerpt(first.item, first.clauses[-count:])
        if len(tail.text) + length <= LONGEST:
            yield (tail, *others)


def _across(one: Evidence, other: Evidence) -> Iterator[tuple[Excerpt, ...]]:
    before, behind = len(one.clauses), len(other.clauses)
    for last in range(1, min(before, MOST_CLAUSES - 1) + 1):
        for first in range(1, min(behind, MOST_CLAUSES - last) + 1):
            if (last, first) != (before, behind):
                head = Excerpt(one, tuple(range(before - last, before)))
                tail = Excerpt(other, tuple(range(first)))
                if len(head.text) + len(tail.text) <= LONGEST:
                    yield head, tail


def _follows(one: Evidence, other: Evidence) -> bool:
    gap = other.sentence.start - one.sentence.end
    return one.report_id == other.report_id and one.sentence.role == other.sentence.role and 0 <= gap <= 2
