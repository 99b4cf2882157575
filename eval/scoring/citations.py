"""How well quotations hit the golden evidence, by character overlap, and whether they are verbatim at all."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from eval.items import Passage
from eval.scoring.replies import GivenAnswer, GivenCitation

_TOUCHES = 0.5  # share of the shorter of the two that must overlap


@dataclass(frozen=True, slots=True)
class Overlap:
    """Character overlap of an answer's quotations with the golden evidence; each from 0 to 1."""

    precision: float
    """Share of the quoted characters whose quotation hits some evidence."""
    recall: float
    """Share of the evidence characters that are quoted; where a quotation stands several times, any place counts."""


def citation_overlap(evidence: Sequence[Passage], answer: GivenAnswer, texts: Mapping[str, str]) -> Overlap | None:
    """Overlap of the evidence citations of supported claims; None where there is nothing to compare.

    Example: evidence [10, 20) quoted by [0, 15): recall 0.5, precision 1.0 since the quotation hits
    """
    if answer.outcome != "answered" or not evidence:
        return None
    quoted = sorted({(c.file, c.start, c.end) for c in supported_citations(answer)})
    standing = {passage: occurrences(passage.quote, texts.get(passage.doc, "")) for passage in evidence}
    covered = sum(max((_covered(p.doc, a, b, quoted) for a, b in places), default=0) for p, places in standing.items())
    hits = [
        end - start
        for file, start, end in quoted
        if any(_touch(start, end, a, b) for p, places in standing.items() if p.doc == file for a, b in places)
    ]
    total = sum(end - start for _, start, end in quoted)
    wanted = sum(len(passage.quote) for passage in evidence)
    return Overlap(precision=sum(hits) / total if total else 0.0, recall=covered / wanted if wanted else 0.0)


def supported_citations(answer: GivenAnswer, role: str = "evidence") -> Iterable[GivenCitation]:
    """The quotations of supported claims in one role."""
    return (c for claim in answer.claims if claim.supported for c in claim.citations if c.role == role)


def altered_quotations(answer: GivenAnswer, texts: Mapping[str, str]) -> tuple[str, ...]:
    """Quotations that do not stand at their offsets in the decoded text of their file."""
    cited = [c for claim in answer.claims for c in claim.citations]
    return tuple(c.quote for c in cited if texts.get(c.file, "")[c.start : c.end] != c.quote or not c.quote)


def occurrences(quote: str, text: str) -> list[tuple[int, int]]:
    """Every place of a quotation in a text."""
    found, start = [], text.find(quote) if quote else -1
    while start >= 0:
        found.append((start, start + len(quote)))
        start = text.find(quote, start + 1)
    return found


def _covered(doc: str, start: int, end: int, quoted: Iterable[tuple[str, int, int]]) -> int:
    """Characters of [start, end) that some quotation covers."""
    covered: set[int] = set()
    for file, a, b in quoted:
        if file == doc:
            covered.update(range(max(a, start), min(b, end)))
    return len(covered)


def _touch(a: int, b: int, c: int, d: int) -> bool:
    shared = min(b, d) - max(a, c)
    return shared > 0 and shared >= _TOUCHES * min(b - a, d - c)
