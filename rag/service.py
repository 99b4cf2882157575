"""What the page, its programming interface and MCP clients ask of a workspace, one turn of the model at a time."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

from rag.library.resolve import reports_of_town
from rag.start import held_reports
from rag.types import Answer, Scope, Turn

if TYPE_CHECKING:
    from rag.summaries.schema import Summary
    from rag.tables.compare import Compared
    from rag.types import Length, SummaryLanguage
    from rag.workspace import Workspace

EVERYWHERE = Scope()


class Service:
    """A workspace that several people use at once.

    The embedded model answers one after the other, so that nobody's time limit runs while another is served;
    another endpoint is asked side by side. All methods raise ZhenbaoError.
    """

    def __init__(self, workspace: "Workspace") -> None:
        self.workspace = workspace
        self._model = threading.Lock()

    @property
    def turn(self) -> AbstractContextManager[object]:
        """Held while the model works."""
        return self._model if self.workspace.settings.endpoint == "local" else nullcontext()

    def stream(self, question: str, *, history: Sequence[Turn] = (), scope: Scope = EVERYWHERE) -> Iterator[Answer]:
        """First the evidence, for which nobody waits, then the answer as it grows; the last is final."""
        held_reports(self.workspace)
        steps = self.workspace.answerer.stream(question, history=history, scope=scope)
        first = next(steps)
        yield first
        if first.outcome == "evidence_only":  # anything else is final
            with self.turn:
                yield from steps

    def summarize(
        self, town: str, *, county: str | None = None, year: int | None = None, length: "Length" = "full"
    ) -> "Summary":
        """The summary of a town's newest report, or of that year's."""
        report = reports_of_town(held_reports(self.workspace), town, county=county, year=year)[0]
        return self.summarize_report(report.id, length=length)

    def summarize_report(
        self,
        report_id: str,
        *,
        length: "Length" = "full",
        language: "SummaryLanguage" = "zh",
        on_progress: Callable[[int, int], None] | None = None,
    ) -> "Summary":
        """The summary of one report."""
        with self.turn:
            return self.workspace.summarizer.summarize(
                report_id, length=length, language=language, on_progress=on_progress
            )

    def compare(self, subject: str) -> "Compared":
        """One subject across all towns and years."""
        held_reports(self.workspace)
        return self.workspace.comparer.compare(subject)
