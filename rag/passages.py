"""Sentences with their text folded in place, as finders of defects read them."""

from collections.abc import Sequence
from dataclasses import dataclass

from rag.text.normalization import fold_in_place
from rag.types import SectionKind, Sentence, Span


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence, folded in place; `start` counts in the clean text."""

    text: str
    start: int
    kind: SectionKind
    section: str

    def span(self, start: int, end: int) -> Span:
        """The clean span of the passage's characters [start, end)."""
        return Span(self.start + start, self.start + end)


def body_passages(text: str, sentences: Sequence[Sentence]) -> tuple[Passage, ...]:
    """The sentences of a clean text that are neither headings nor metadata."""
    folded = fold_in_place(text)
    return tuple(
        Passage(folded[each.start : each.end], each.start, each.kind, each.section)
        for each in sentences
        if each.role == "body"
    )
