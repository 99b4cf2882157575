"""Reports that another state of the program read, read again: all at once, in the background, or the few that matter.

A report is parsed without the lock and stored with it, one transaction each, so that others write in between; where one
of them changed the report meanwhile, it comes up again. What is killed on the way is taken up by the next one.
"""

import logging
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from rag.errors import IndexDamaged, LibraryBusy, ModelError, UnknownReport, ZhenbaoError
from rag.library.indexing import AT_ONCE, OnProgress, Stores, bring_in_step, follow_pending
from rag.library.library import Library
from rag.library.lock import library_lock
from rag.library.parser_version import pipeline_version
from rag.library.reading import Read, outcome, read_again
from rag.library.reading_pool import FEWEST, ReadingPool, Work
from rag.library.reparsing import renew
from rag.parsing.report import Report
from rag.settings import Settings
from rag.types import Notice, SourceFile

_log = logging.getLogger(__name__)
FEW = 50
"""Reports that are read again while somebody waits: some seconds."""

_PAUSE = 1.0  # seconds until a lock that another holds is tried again
_LOOK = 0.2  # seconds between looks at whether to stop


@dataclass(frozen=True, slots=True)
class _Again:
    """A report that is being read again."""

    held: Report
    files: tuple[SourceFile, ...]
    year: int | None
    work: Work[list[Read] | Notice]

    @classmethod
    def begun(cls, library: Library, pool: ReadingPool, report_id: str) -> "_Again":
        held, files, year = _state(library, report_id)
        return cls(held, files, year, pool.begin(read_again, files, year))

    def stored(self, library: Library, pool: ReadingPool) -> bool:
        """Puts it in the place of the report; False where it cannot be parsed, or is not what it was any more."""
        read = outcome(pool, self.work, self.files[0].name)
        if isinstance(read, Notice):
            _log.warning("a report cannot be read again: %s", read.code)
            return False
        try:
            if _state(library, self.held.id) != (self.held, self.files, self.year):
                return False
        except UnknownReport:
            return False
        renew(library, self.held, self.files, [each.parsed for each in read])
        return True


def _state(library: Library, report_id: str) -> tuple[Report, tuple[SourceFile, ...], int | None]:
    """What reading a report again begins with, and is to replace."""
    held = library.report(report_id)
    files = tuple(source.file for source in library.sources(held.id))
    return held, files, library.corrections(held.id).year


def renew_outdated(library: Library, on_progress: OnProgress) -> int:
    """Reads again what another state of the program read; for the holder of the lock. How many reports."""
    ids = library.outdated(pipeline_version())
    _log.info("%d reports of another state of the program are read again", len(ids))
    renew_these(library, ids, on_progress)
    return len(ids)


def renew_these(library: Library, ids: Sequence[str], on_progress: OnProgress) -> None:
    """Reads reports again, some in one transaction; for the holder of the lock."""
    done = 0
    with ReadingPool() as pool:
        begun = _begun_ahead(library, pool, ids)
        while some := [again for again, _ in zip(begun, range(AT_ONCE), strict=False)]:
            with library.together():
                for again in some:
                    again.stored(library, pool)
            for _ in some:
                done += 1
                on_progress(done, len(ids))


def _begun_ahead(library: Library, pool: ReadingPool, ids: Iterable[str]) -> Iterator[_Again]:
    window: deque[_Again] = deque()
    for report_id in ids:
        window.append(_Again.begun(library, pool, report_id))
        if len(window) >= max(FEWEST, 3 * pool.processes):
            yield window.popleft()
    yield from window


def catch_up(settings: Settings, stores: Stores, on_progress: OnProgress) -> Notice | None:
    """Makes good what an earlier release left behind, where that is little; else what to tell the person.

    Nothing where another process writes, which brings the indexes in step itself.
    """
    library = stores.library
    unread = library.unread()
    if len(unread) > FEW:
        return Notice("reports_to_read_again", count=len(unread))
    try:
        with library_lock(settings):
            bring_in_step(stores)
            renew_these(library, unread, on_progress)
            follow_pending(stores)
    except (LibraryBusy, IndexDamaged, ModelError) as error:
        _log.info("not caught up: %s", type(error).__name__)
    return None


class ReadingAgain:
    """Reads outdated reports again in a thread, until all are or it is closed."""

    def __init__(self, settings: Settings, stores: Stores) -> None:
        self._settings = settings
        self._stores = stores
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self.done = 0
        self.total = 0

    def start(self) -> None:
        """Begins; nothing where it has begun."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="reading again", daemon=True)
            self._thread.start()

    def join(self) -> None:
        """Waits until all is read."""
        if self._thread is not None:
            self._thread.join()

    def close(self) -> None:
        """Stops behind the report that is being stored."""
        self._stopping.set()
        self.join()

    def _run(self) -> None:
        try:
            ids = self._stores.library.outdated(pipeline_version())
            self.total = len(ids)
            with ReadingPool(1, fewest=1) as pool:
                self._locked(lambda: bring_in_step(self._stores))
                for report_id in ids:
                    if self._stopping.is_set():
                        return
                    self._one(pool, report_id)
                    self.done += 1
        except ZhenbaoError as error:
            _log.warning("reading again stops: %s", error)

    def _one(self, pool: ReadingPool, report_id: str) -> None:
        """Reads a report again; one that changed meanwhile is left to the next time."""
        library = self._stores.library
        try:
            again = _Again.begun(library, pool, report_id)
        except UnknownReport:  # removed, or become another
            return
        while not again.work.is_ready(_LOOK):
            if self._stopping.is_set():
                return

        def store() -> None:
            if again.stored(library, pool):
                follow_pending(self._stores)

        self._locked(store)

    def _locked(self, act: Callable[[], None]) -> None:
        """Acts while it holds the lock; waits for whoever holds it."""
        while not self._stopping.is_set():
            try:
                with library_lock(self._settings, gives_way=True):
                    act()
                    return
            except LibraryBusy:
                self._stopping.wait(_PAUSE)
            except (IndexDamaged, ModelError) as error:
                _log.warning("the indexes stay behind: %s", type(error).__name__)
                return
