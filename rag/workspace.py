"""The one room that knows how the parts are put together: settings in, library, search, answers and summaries out."""

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rag.library.parts import LibraryParts
from rag.models.access import endpoint_host
from rag.types import Notice

if TYPE_CHECKING:  # parts are imported on first use, so that listing reports does not wait for a vector index
    from rag.answering.answer import Answerer
    from rag.library.ingest import IngestProgress
    from rag.library.reading_again import ReadingAgain
    from rag.library.results import IngestResult
    from rag.models.cache import Cache
    from rag.models.conversation import ChatModel
    from rag.models.embedding import Embedder
    from rag.parsing.report import Report
    from rag.summaries.summarize import Summarizer
    from rag.tables.compare import Comparer

_log = logging.getLogger(__name__)
_ANY_QUESTION = "今年新修道路多少公里？"  # to be understood and searched for as a person's would be
_MANY_PASSAGES = 20_000  # whose vectors take a tenth of a second to read; each 20,000 more the same


class Workspace(LibraryParts):
    """The parts of one data folder, each made on first use and closed with the workspace. May be shared by threads."""

    @property
    def endpoint_host(self) -> str | None:
        """Where questions and evidence are sent, None where all stays on this machine."""
        return endpoint_host(self.settings)

    @property
    def cache(self) -> "Cache":
        """What was embedded and answered before."""
        from rag.models.cache import Cache

        return self._part("cache", lambda: Cache(self.settings.cache_path))

    @property
    def embedder(self) -> "Embedder":
        """Text to vectors."""
        from rag.models.embedding import make_embedder

        return self._part("embedder", lambda: make_embedder(self.settings, self.cache))

    @property
    def model(self) -> "ChatModel":
        """The chat model; it starts with its first question."""
        from rag.models.factory import cached_chat_model

        return self._part("model", lambda: cached_chat_model(self.settings, self.cache))

    @property
    def answerer(self) -> "Answerer":
        """Answers to questions."""
        return self._part("answerer", lambda: self.answerer_with(self.model))

    def answerer_with(self, model: "ChatModel | None") -> "Answerer":
        """Answers to questions by another model, or by none."""
        from rag.answering.answer import Answerer
        from rag.summaries.in_short import InShort

        return Answerer(
            library=self.library,
            sentences=self.sentences,
            searcher=self.searcher,
            embedder=self.embedder,
            model=model,
            wording=self.settings.wording,
            elsewhere=InShort(lambda: self.summarizer, lambda: self.comparer),
        )

    def open_ahead(self, question: str) -> None:
        """Begins to read the vectors that a question needs, where that takes long, while it is being understood."""
        from rag.answering.survey_questions import sought_in_all

        if self.library.totals().passages >= _MANY_PASSAGES and sought_in_all(question) is None:
            self.vectors.open_ahead()

    def warm(self) -> None:
        """Begins to load what a first question waits for; what fails is noted, and shows itself with that question."""
        loads = (self._open_vectors, self._find_evidence, self._open_subjects, self._start_model)
        self._part("warming", lambda: _Warming(loads)).start()

    def _open_vectors(self) -> None:
        self.vectors.open_ahead()

    def _find_evidence(self) -> None:
        """Embedder, indexes and word lists load as they are used."""
        if self.library.totals().reports:
            next(self.answerer.stream(_ANY_QUESTION))

    def _open_subjects(self) -> None:
        self.subjects.has_all_vectors(self.library)

    def _start_model(self) -> None:
        from rag.answering import drafting, judging

        start = getattr(self.model, "start", None)
        if start is not None:
            start((drafting.opening(), judging.opening()))

    @property
    def summarizer(self) -> "Summarizer":
        """Summaries of reports."""
        from rag.summaries.summarize import Summarizer

        return self._part(
            "summarizer",
            lambda: Summarizer(
                library=self.library,
                model=self.model,
                shortens=self.settings.endpoint == "openai",
                cache=self.cache,
                parallel=self.settings.parallel,
            ),
        )

    @property
    def comparer(self) -> "Comparer":
        """Comparisons across towns and years."""
        from rag.tables.compare import Comparer

        return self._part("comparer", lambda: Comparer(self.library, self.embedder, self.subjects))

    def ingest(
        self,
        paths: Sequence[Path],
        *,
        on_result: "Callable[[IngestResult], None]",
        on_progress: "Callable[[IngestProgress], None] | None" = None,
        is_sample: bool = False,
    ) -> None:
        """Takes in files and folders; see `rag.library.ingest.ingest`."""
        from rag.library.ingest import ingest

        ingest(
            paths,
            settings=self.settings,
            stores=self.stores,
            on_result=on_result,
            on_progress=on_progress or (lambda progress: None),
            is_sample=is_sample,
        )

    def catch_up(self, *, on_progress: Callable[[int, int], None]) -> Notice | None:
        """Makes good what an earlier release left behind; see `rag.library.reading_again.catch_up`."""
        if not self.library.unread(1):
            return None
        from rag.library.reading_again import catch_up

        return catch_up(self.settings, self.stores, on_progress)

    def read_again(self) -> None:
        """Begins to read outdated reports again in the background; the workspace ends it when it is closed."""
        self._reading_again.start()

    @property
    def _reading_again(self) -> "ReadingAgain":
        from rag.library.reading_again import ReadingAgain

        return self._part("reading_again", lambda: ReadingAgain(self.settings, self.stores))

    def edit(self, report_id: str, changes: Mapping[str, str | None]) -> "Report":
        """Corrects metadata by hand; see `rag.library.maintenance.edit_report`."""
        from rag.library.maintenance import edit_report

        return edit_report(report_id, changes, settings=self.settings, stores=self.stores)

    def remove(self, report_id: str) -> None:
        """Removes a report everywhere."""
        from rag.library.maintenance import remove_report

        remove_report(report_id, settings=self.settings, stores=self.stores)

    def rebuild(self, *, on_progress: Callable[[int, int], None]) -> None:
        """Makes the derived indexes again from the library."""
        from rag.library.maintenance import rebuild

        rebuild(settings=self.settings, stores=self.stores, on_progress=on_progress)

    def back_up(self, file: Path) -> None:
        """Writes the library into one file."""
        from rag.library.backups import back_up

        back_up(self.settings.library_path, file)

    def restore(self, file: Path, *, on_progress: Callable[[int, int], None]) -> None:
        """Puts a backup in the place of the library; see `rag.library.maintenance.restore`."""
        from rag.library.maintenance import restore

        self.close()  # the library that is open is about to be another
        restore(file, settings=self.settings, open_stores=lambda: self.stores, on_progress=on_progress)


class _Warming:
    """Loads one part after the other in a thread; once closed, no further one."""

    def __init__(self, loads: Sequence[Callable[[], None]]) -> None:
        self._loads = loads
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, name="warming", daemon=True)

    def start(self) -> None:
        """Begins."""
        self._thread.start()

    def join(self) -> None:
        """Waits until all is loaded."""
        self._thread.join()

    def close(self) -> None:
        """Leaves the rest out."""
        self._closed.set()

    def _run(self) -> None:
        for load in self._loads:
            if self._closed.is_set():
                return
            try:
                load()
            except Exception as error:  # noqa: BLE001  nobody has asked for anything yet
                _log.warning("not loaded ahead (%s)", type(error).__name__)


def reading_again(workspace: "Workspace") -> tuple[int, int]:
    """How many reports are read again in the background, and of how many; both 0 where there is nothing to do."""
    reading = workspace._reading_again
    return reading.done, reading.total
