"""Quotations numbered and named for people, of an answer or of a summary. Pure.

They are numbered in the order in which they are first needed, so that one quotation has one number however many
sentences rest on it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from rag.text.display import escape_markdown
from rag.verification.claims import Citation, Claim
from rag.verification.labels import Labels


class Cited(Protocol):
    """Anything that rests on quotations: a claim of an answer, a point of a summary."""

    @property
    def citations(self) -> Sequence[Citation]: ...


@dataclass(frozen=True, slots=True)
class Numbering:
    """Each distinct quotation once, and for each cited thing the numbers of its quotations."""

    citations: tuple[Citation, ...]
    marks: tuple[tuple[int, ...], ...]


def number_quotations(cited: Iterable[Cited]) -> Numbering:
    """Numbers quotations from 1 in order of appearance.

    Example: claims citing (a, b), (), (b, c) give citations (a, b, c) and marks ((1, 2), (), (2, 3)).
    """
    numbers: dict[tuple[str, str, int, int], int] = {}
    citations: list[Citation] = []
    marks: list[tuple[int, ...]] = []
    for item in cited:
        found: list[int] = []
        for citation in item.citations:
            key = (citation.report, citation.file, citation.start, citation.end)
            if key not in numbers:
                citations.append(citation)
                numbers[key] = len(citations)
            if numbers[key] not in found:
                found.append(numbers[key])
        marks.append(tuple(found))
    return Numbering(tuple(citations), tuple(marks))


def unsupported(claim: Claim, labels: Labels) -> str:
    """Such as 未经核实：原文中没有这个数字."""
    return "：".join(part for part in (labels.unsupported, labels.reason(claim.reason)) if part)


def place(citation: Citation, labels: Labels) -> str:
    """Where a quotation stands: town and year, file, page, section."""
    parts = [
        " ".join(str(part) for part in (citation.town, citation.report_year) if part),
        citation.file,
        labels.page.format(citation.page) if citation.page else "",
        citation.section,
        labels.context if citation.role == "context" else "",
    ]
    return " · ".join(part for part in parts if part)


def footnote_marks(numbers: Iterable[int], prefix: str = "") -> str:
    """Such as [^1][^2]."""
    return "".join(f"[^{prefix}{number}]" for number in numbers)


def footnotes(citations: Sequence[Citation], labels: Labels, prefix: str = "") -> list[str]:
    """The quotations that the marks lead to."""
    return [f"[^{prefix}{number}]: {_footnote(quoted, labels)}" for number, quoted in enumerate(citations, start=1)]


def _footnote(quoted: Citation, labels: Labels) -> str:
    """On one line, whatever line ends the quotation has."""
    return f"“{escape_markdown(' '.join(quoted.quote.split()))}” — {escape_markdown(place(quoted, labels))}"
