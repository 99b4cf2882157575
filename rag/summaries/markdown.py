"""Summaries as Markdown, with their quotations as footnotes. Pure."""

from collections.abc import Sequence

from rag.summaries.labels import SUMMARY_LABELS, SummaryLabels, facts_of, notes_of, quotation_labels, title_of
from rag.summaries.schema import KeyFigure, Point, Summary
from rag.text.display import escape_markdown, joined, shortened
from rag.verification.claims import Citation
from rag.verification.quotations import footnote_marks, footnotes, number_quotations


def summary_markdown(summary: Summary) -> str:
    """A town summary as Markdown: headings, a table of figures, points, quotations as footnotes."""
    labels = SUMMARY_LABELS[summary.language]
    pages = _Pages(summary)
    lines = [f"# {escape_markdown(title_of(summary))}", ""]
    lines += [f"- {name}：{escape_markdown(value)}" for name, value in facts_of(summary)]
    lines += [*pages.points(f"## {labels.overview}", summary.overview), *pages.table(labels, summary.key_figures)]
    for topic in summary.topics:
        above = [f"## {labels.topics}", ""] if topic is summary.topics[0] else []
        lines += ["", *above, *pages.points(f"### {labels.topic(topic.topic)}", topic.points)]
    lines += pages.points(f"## {labels.problems}", summary.problems)
    lines += pages.points(f"## {labels.plans}", summary.plans)
    lines += ["", *_warnings(summary, labels), "", *footnotes(pages.citations, quotation_labels(summary))]
    return joined(lines)


class _Pages:
    """Points with the marks of their footnotes, numbered over the whole summary in the order they are shown."""

    def __init__(self, summary: Summary) -> None:
        shown = [*summary.overview, *summary.key_figures, *(p for topic in summary.topics for p in topic.points)]
        numbering = number_quotations([*shown, *summary.problems, *summary.plans])
        self.citations: Sequence[Citation] = numbering.citations
        self._marks = iter(numbering.marks)

    def points(self, heading: str, points: Sequence[Point]) -> list[str]:
        """A list below its heading, nothing where there are no points."""
        rows = [f"- {escape_markdown(point.text)}{footnote_marks(next(self._marks))}" for point in points]
        return ["", heading, "", *rows] if rows else []

    def table(self, labels: SummaryLabels, figures: Sequence[KeyFigure]) -> list[str]:
        """The key figures."""
        if not figures:
            return []
        rows = [f"| {cell(f.subject)} | {cell(f.written)}{footnote_marks(next(self._marks))} |" for f in figures]
        name, value = labels.columns[:2]
        return ["", f"## {labels.key_figures}", "", f"| {name} | {value} |", "|---|---|", *rows]


def cell(text: str) -> str:
    """Text for a cell of a table."""
    return escape_markdown(" ".join(text.split()))


def _warnings(summary: Summary, labels: SummaryLabels) -> list[str]:
    lines = [f"- {escape_markdown(w.detail)}：“{escape_markdown(shortened(w.quote))}”" for w in summary.faults]
    lines += [f"- {note}" for note in notes_of(summary)]
    return [f"## {labels.warnings}", "", *lines] if lines else []
