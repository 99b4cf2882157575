"""Summaries and comparisons in short, for a question that asks for them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rag.summaries.summarize import Summarizer
    from rag.tables.compare import Comparer


class InShort:
    """What the other rooms make of reports; they are made when they are first asked."""

    def __init__(self, summarizer: "Callable[[], Summarizer]", comparer: "Callable[[], Comparer]") -> None:
        self._summarizer = summarizer
        self._comparer = comparer

    def overview(self, report_id: str) -> list[str]:
        """The sentences of a summary's overview."""
        return [point.text for point in self._summarizer().summarize(report_id, length="paragraph").overview]

    def compared(self, subject: str, county: str | None, year: int | None, most: int) -> tuple[list[str], int]:
        """The first rows of a comparison, a line each, and how many there are in all; None restricts nothing."""
        from rag.tables.columns import row_line
        from rag.tables.comparison import Wanted

        comparison = self._comparer().compare(subject, Wanted(county, year, limit=most)).comparison
        return [row_line(comparison.name(row), row.figure) for row in comparison.rows], comparison.rows_in_all
