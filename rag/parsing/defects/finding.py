"""What a finder of defects returns: what is wrong, in words for a person, and where in the text it looked at."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rag.parsing.report import DefectKind, Sentence
from rag.text.normalization import fold_in_place
from rag.text.parsed_text import ParsedText
from rag.types import SectionKind, Span


@dataclass(frozen=True, slots=True)
class Finding:
    """A defect at a span of the clean text."""

    kind: DefectKind
    detail: str
    span: Span
    others: tuple[Span, ...] = ()  # the clean spans that it does not fit with


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A finding that may stand in many places for one cause; `cause` tells the causes apart."""

    cause: str
    finding: Finding


def once_each(occurrences: Iterable[Occurrence]) -> Iterator[Finding]:
    """One finding for each cause, at its first place, with the number of places: 19 times 全麵 is one mistake."""
    groups: dict[str, list[Finding]] = {}
    for each in occurrences:
        groups.setdefault(each.cause, []).append(each.finding)
    for first, *more in groups.values():
        count = f"，全文{len(more) + 1}处 ({len(more) + 1} times)" if more else ""
        yield replace(first, detail=first.detail + count)


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence, folded in place and read once; `start` counts in the clean text."""

    said: ParsedText
    start: int
    kind: SectionKind
    section: str

    @property
    def text(self) -> str:
        return self.said.text

    def span(self, start: int, end: int) -> Span:
        """The clean span of the passage's characters [start, end)."""
        return Span(self.start + start, self.start + end)


def body_passages(text: str, sentences: Sequence[Sentence]) -> tuple[Passage, ...]:
    """The sentences of a clean text that are neither headings nor metadata."""
    folded = fold_in_place(text)
    return tuple(
        Passage(ParsedText(folded[each.start : each.end]), each.start, each.kind, each.section)
        for each in sentences
        if each.role == "body"
    )
