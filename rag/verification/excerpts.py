"""Excerpts: whole clauses of a sentence, in the report's own words. A claim that holds is shown by them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from rag.parsing.heads.clause import Lent
from rag.text.figures import Figure, same_amount
from rag.text.parsed_text import ParsedText
from rag.types import Span
from rag.verification.claims import Evidence

GAP = "……"
"""Stands where clauses of the sentence are left out."""


@dataclass(frozen=True)
class Excerpt:
    """Clauses of one sentence, by their numbers from 0 in its order, with what earlier places lend them."""

    item: Evidence
    clauses: tuple[int, ...]
    lent: tuple[Lent, ...] = ()

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where the stretches of neighbouring clauses stand in the sentence; the mark behind the last is not theirs."""
        return tuple(self._stretch(run) for run in _runs(self.clauses))

    @property
    def text(self) -> str:
        """The sentence's own characters."""
        return GAP.join(self.item.text[span.start : span.end] for span in self.spans)

    @cached_property
    def folded(self) -> str:
        """The same, folded."""
        return ParsedText(self.text).folded

    def with_clauses(self, more: Sequence[int]) -> "Excerpt":
        """The same with further clauses of its sentence."""
        return replace(self, clauses=tuple(sorted({*self.clauses, *more})))

    def with_figure(self, figure: Figure) -> "Excerpt | None":
        """The clauses that have an amount; None where none has."""
        kept = tuple(n for n in self.clauses if any(same_amount(figure, f) for f in self.item.clause(n).figures))
        return replace(self, clauses=kept) if kept else None

    def is_in(self, others: "Sequence[Excerpt]") -> bool:
        """Whether others of its sentence have all its clauses."""
        return any(
            each.item.report_id == self.item.report_id
            and each.item.sentence == self.item.sentence
            and set(self.clauses) <= set(each.clauses)
            for each in others
        )

    def _stretch(self, run: Sequence[int]) -> Span:
        clauses = self.item.clauses
        return Span(clauses[run[0]].start, clauses[run[-1]].end)


def whole_sentence(item: Evidence) -> Excerpt:
    """All clauses of a sentence."""
    return Excerpt(item, tuple(range(len(item.clauses))))


def excerpt_of(item: Evidence, quoted: str) -> Excerpt:
    """The excerpt of a sentence that has its clauses of a quotation, which may have others, too, and GAP in it."""
    whole = [n for n, span in enumerate(item.clauses) if item.text[span.start : span.end] in quoted]
    return Excerpt(item, tuple(whole or _touched(item, quoted) or range(len(item.clauses))))


def merged(excerpts: Sequence[Excerpt]) -> tuple[Excerpt, ...]:
    """Excerpts with those of one sentence as one, in the order of the sentences."""
    of_sentence: dict[tuple[str, int], Excerpt] = {}
    for each in excerpts:
        key = (each.item.report_id, each.item.sentence.start)
        known = of_sentence.get(key)
        lent = tuple(dict.fromkeys((*(known.lent if known else ()), *each.lent)))
        of_sentence[key] = replace(known.with_clauses(each.clauses) if known else each, lent=lent)
    return tuple(of_sentence[key] for key in sorted(of_sentence))


def _touched(item: Evidence, quoted: str) -> list[int]:
    """The clauses that a quotation of parts of them lies in."""
    places = [(at, at + len(piece)) for piece in quoted.split(GAP) if (at := item.text.find(piece)) >= 0]
    return [
        n for n, span in enumerate(item.clauses) if any(span.start < end and start < span.end for start, end in places)
    ]


def _runs(numbers: Sequence[int]) -> Iterator[list[int]]:
    """Stretches of numbers that follow each other: 1, 2 and 5 of (1, 2, 5)."""
    for _, run in groupby(enumerate(numbers), key=lambda each: each[1] - each[0]):
        yield [number for _, number in run]
