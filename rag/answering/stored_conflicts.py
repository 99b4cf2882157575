"""The places of defects that were found when a report was read, as sentences that can be quoted."""

from collections.abc import Iterator
from dataclasses import dataclass

from rag.parsing.report import DefectKind, Report, ReportSource, Sentence
from rag.text.clauses import CLAUSE_END, bare
from rag.text.normalization import fold_characters
from rag.types import Span


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What does not fit together, in one sentence, and the sentences that say it."""

    statement: str
    places: tuple[tuple[Report, Sentence], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """One of the places of a stored defect: its clean span, and the sentence it stands in."""

    span: Span
    sentence: Sentence


def stored_conflicts(kind: DefectKind, report: Report, source: ReportSource) -> Iterator[tuple[Place, ...]]:
    """The places of each defect of a kind that was found when the file was read, in the order of the text."""
    for defect in source.defects:
        if defect.kind == kind and defect.others:
            spans = [source.offsets.to_clean(place) for place in (Span(defect.start, defect.end), *defect.others)]
            places = [Place(span, s) for span in spans if span is not None for s in _around(span, report)]
            if len(places) == len(spans):
                yield tuple(sorted(places, key=lambda place: place.span.start))


def _around(span: Span, report: Report) -> list[Sentence]:
    return [s for s in report.sentences if s.start <= span.start and span.end <= s.end][:1]


def clause_at(span: Span, sentence: Sentence, report: Report) -> str:
    """The clause of a sentence that a span ends in."""
    text = report.text[sentence.start : sentence.end]
    ends = [0, *(match.end() for match in CLAUSE_END.finditer(text)), len(text)]
    start = max(end for end in ends if end < span.end - sentence.start)
    end = min(end for end in ends if end >= span.end - sentence.start)
    return bare(fold_characters(text[start:end]))


def words_of(report: Report, sentence: Sentence) -> str:
    return fold_characters(report.text[sentence.start : sentence.end]).strip()
