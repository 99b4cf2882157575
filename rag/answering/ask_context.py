"""One question on its way to an answer, and what the way needs."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from rag.answering.claims import Presenter
from rag.answering.decomposition import Part, parts_of
from rag.answering.questions import Question
from rag.library.results import Scope
from rag.parsing.report import Report
from rag.types import Notice


@dataclass(frozen=True)
class AskContext:
    """A question with what of the library it may be answered from, by report id, and the notices that go with it."""

    asked: Question
    scope: Scope
    reports: Mapping[str, Report]
    presenter: Presenter
    notices: tuple[Notice, ...] = ()
    began: float = field(default_factory=time.perf_counter)

    @cached_property
    def admitted(self) -> Sequence[Report]:
        """The reports that the question may be answered from."""
        return [report for report in self.reports.values() if self.scope.admits(report)]

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The parts of a question about several towns or years; none where it is about one report."""
        return parts_of(self.asked, self.scope, list(self.reports.values()))

    @property
    def passages_to_sift(self) -> int:
        """How many passages a search must find where only some of a report's may be read; 0 where all may."""
        is_partial = any(
            len(part.chunks) < self.presenter.passages(report_id) for report_id, part in self.reports.items()
        )
        return sum(self.presenter.passages(report_id) for report_id in self.reports) if is_partial else 0

    @property
    def seconds(self) -> float:
        """How long the question has been worked on."""
        return time.perf_counter() - self.began
