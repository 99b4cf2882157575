"""One question on its way to an answer, and what the way needs."""

import time
from dataclasses import dataclass, field, replace
from functools import cached_property

from rag.answering.claims import Presenter
from rag.answering.decomposition import Part, parts_of
from rag.answering.questions import Question
from rag.answering.survey_questions import Sought, sought_in_all
from rag.errors import IndexDamaged
from rag.library.readable_reports import ReadableReports
from rag.library.results import Scope
from rag.library.sentence_index import SentenceIndex
from rag.types import Notice

_MOST_SIFTED = 500  # passages


@dataclass(frozen=True)
class AskContext:
    """A question with what of the library it may be answered from, and the notices that go with it."""

    asked: Question
    scope: Scope
    reports: ReadableReports
    presenter: Presenter
    sentences: SentenceIndex
    page: int = 0  # of a list too long for one answer
    notices: tuple[Notice, ...] = ()
    began: float = field(default_factory=time.perf_counter)

    @cached_property
    def sought_in_all(self) -> Sought | None:
        """What is asked of all reports, where that is what is asked."""
        return sought_in_all(self.asked.text)

    @cached_property
    def can_count(self) -> bool:
        """Whether the sentences of every report are indexed: what one of them lacks is known then alone."""
        try:
            return self.sentences.report_count() == self.reports.library.totals().reports
        except IndexDamaged:
            return False

    @cached_property
    def admitted(self) -> ReadableReports:
        """The reports that the question may be answered from."""
        return self.reports.within(replace(self.scope, report_ids=None))  # what may be read is known

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The parts of a question about several towns or years; none where it is about one report."""
        return parts_of(self.asked, self.scope, self.reports)

    @property
    def passages_to_sift(self) -> int:
        """How many passages a search must find where only some of a report's may be read; 0 where all may."""
        return min(self.reports.passages(), _MOST_SIFTED) if self.reports.parts else 0

    @property
    def seconds(self) -> float:
        """How long the question has been worked on."""
        return time.perf_counter() - self.began
