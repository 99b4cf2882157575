"""Comparing: one subject across all towns and years, found by search over the subjects of their figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from rag.errors import ModelError
from rag.library.library import Library
from rag.library.resolve import without_samples
from rag.models.embedding import Embedder
from rag.parsing.figures.indicators import FigureRow, figure_rows
from rag.parsing.report import Metadata, Report
from rag.tables.comparison import Comparison, line_up
from rag.tables.subject_query import FoundBy, Matter, fuse, matter_of, word_scores
from rag.types import Notice


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison, and what the person should know about how it was made."""

    comparison: Comparison
    notices: tuple[Notice, ...] = ()


class Comparer:
    """Compares the reports of one library; sample reports stay out of it unless there are no others."""

    def __init__(self, *, library: Library, embedder: Embedder) -> None:
        self._library = library
        self._embedder = embedder
        self._read: dict[tuple[str, Metadata], tuple[FigureRow, ...]] = {}  # a report takes about 0.1 s to read

    def compare(self, subject: str) -> Compared:
        """Lines up what all reports say of a subject; a comparison without rows where none speaks of it."""
        reports = list(without_samples(list(self._library.every_report())))
        rows = [row for report in reports for row in self._rows(report)]
        matter = matter_of(subject)
        words = word_scores(matter, rows)
        notices: tuple[Notice, ...] = ()
        scores = words
        by: FoundBy = "words"
        try:
            scores, by = fuse(words, self._similarities(matter, rows))
        except ModelError:
            notices = (Notice("compared_by_words_only"),)
        scored = dict(zip(rows, scores, strict=True))
        comparison = line_up(subject, matter, scored, reports, by=by)
        if comparison.rows and by == "meaning":
            notices = (*notices, Notice("nearest_in_meaning", words=matter.words))
        return Compared(comparison, notices)

    def _rows(self, report: Report) -> tuple[FigureRow, ...]:
        key = (report.id, report.metadata)
        if key not in self._read:
            self._read[key] = figure_rows(report, self._library.sources(report.id)[0])
        return self._read[key]

    def _similarities(self, matter: Matter, rows: Sequence[FigureRow]) -> Sequence[float]:
        """Cosine of each row's own subject with the matter: what is lent stands before many of them."""
        subjects = sorted({row.own for row in rows})
        if not subjects:
            return []
        found = self._embedder.passages(subjects) @ self._embedder.query(matter.words)
        similar = dict(zip(subjects, found.tolist(), strict=True))
        return [similar[row.own] for row in rows]
