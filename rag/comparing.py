"""Comparing: one subject across all towns and years, found by search over the subjects of their figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from rag.comparison import Comparison, line_up
from rag.embedding import Embedder
from rag.errors import ModelError
from rag.figure_rows import FigureRow, figure_rows
from rag.library import Library
from rag.matters import Matter, matter_of, word_scores
from rag.selection import without_samples

LEXICAL_SHARE = 0.7  # of a row's score; the rest is the vectors'
_WORDS_ONLY = "向量模型暂不可用，本次只按词语比较。(the embedder is unavailable: words only)"


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison, and what the person should know about how it was made."""

    comparison: Comparison
    notices: tuple[str, ...] = ()


class Comparer:
    """Compares the reports of one library; sample reports stay out of it unless there are no others."""

    def __init__(self, *, library: Library, embedder: Embedder) -> None:
        self._library = library
        self._embedder = embedder

    def compare(self, subject: str) -> Compared:
        """Lines up what all reports say of a subject; a comparison without rows where none speaks of it."""
        reports = without_samples(self._library.reports())
        rows = [row for report in reports for row in figure_rows(report, self._library.sources(report.id)[0])]
        matter = matter_of(subject)
        words = word_scores(matter, rows)
        notices: tuple[str, ...] = ()
        try:
            scores = _fused(words, self._meanings(matter, rows))
        except ModelError:
            scores, notices = words, (_WORDS_ONLY,)
        scored = dict(zip(rows, scores, strict=True))
        return Compared(line_up(subject, matter, scored, reports), notices)

    def _meanings(self, matter: Matter, rows: Sequence[FigureRow]) -> list[float]:
        """Similarity of each row's subject to the matter, spread over 0 to 1."""
        subjects = sorted({row.subject for row in rows})
        if not subjects:
            return []
        similar = self._embedder.passages(subjects) @ self._embedder.query(matter.words)
        low, high = float(similar.min()), float(similar.max())
        spread = {s: (float(v) - low) / ((high - low) or 1.0) for s, v in zip(subjects, similar, strict=True)}
        return [spread[row.subject] for row in rows]


def _fused(words: Sequence[float], meanings: Sequence[float]) -> list[float]:
    """Both scores as one; where no row carries the words, the meanings alone."""
    if not any(words):
        return [round(meaning, 6) for meaning in meanings]
    return [
        round(LEXICAL_SHARE * word + (1 - LEXICAL_SHARE) * meaning, 6)
        for word, meaning in zip(words, meanings, strict=True)
    ]
