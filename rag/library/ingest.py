"""Files into the library, and the derived indexes in step with it.

Files are read and parsed in processes of their own, some ahead of the one that writes (`rag.library.reading_pool`).
This one embeds the passages of a batch, stores its reports in one transaction together with notes in the outbox, then
the indexes follow and the notes are cleared: a kill between any two steps leaves whole reports, and the next writer
takes up what the notes say. `rag.library.deduplication` has the rules for what is there already.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from time import perf_counter

from rag.errors import InputError
from rag.formats.archives import Document, Unreadable
from rag.formats.file_names import shown_path
from rag.formats.read import documents, report_files
from rag.library.batches import Arrival, Batch, Writer
from rag.library.indexing import Stores, bring_in_step, sync
from rag.library.lock import library_lock
from rag.library.reading import Read, outcome, read_document
from rag.library.reading_pool import FEWEST, ReadingPool, Work
from rag.library.results import IngestResult
from rag.settings import Settings
from rag.types import Notice

_MOST_BYTES = 100_000_000  # of files that are read ahead


@dataclass(frozen=True, slots=True)
class IngestProgress:
    """How far an ingestion is."""

    files: int
    of_files: int
    characters: int  # of what was read so far
    seconds_left: float | None  # None as long as nothing can be told


def ingest(
    paths: Sequence[Path],
    *,
    settings: Settings,
    stores: Stores,
    on_result: Callable[[IngestResult], None],
    on_progress: Callable[[IngestProgress], None] = lambda progress: None,
    is_sample: bool = False,
    processes: int | None = None,
) -> None:
    """Takes in files and folders, telling the result of each file, in their order, as soon as it is known.

    A failing file neither stops the others nor touches what is stored. Raises LibraryBusy where another writes;
    only with a Chroma server do several processes ingest at the same time, and write in turn. `processes` read files,
    as many as there are processors where it is None; 0: none but this one.
    """
    is_shared = settings.chroma_url is not None
    lock = partial(library_lock, settings)
    throughout, in_turn = (nullcontext, lock) if is_shared else (lock, nullcontext)
    with throughout(), ReadingPool(processes) as pool:
        with in_turn():
            bring_in_step(stores)
        files = list(_files(paths))
        began, sizes, done = perf_counter(), [_size(file) for file in files], 0
        writer = Writer(stores, in_turn, is_sample)
        for told in _Run(files, pool, writer).results():
            if isinstance(told, IngestResult):
                on_result(told)
                continue
            done += sizes[told]
            left = (perf_counter() - began) * (sum(sizes) - done) / done if done else None
            on_progress(IngestProgress(told + 1, len(files), writer.characters, left))
        with in_turn():
            sync(stores)


@dataclass(slots=True)
class _Awaited:
    """A file that is being read, one that cannot be, or the number of one that is done with."""

    file: Document | Unreadable | int
    work: Work[Read | Notice] | None = None


@dataclass(slots=True)
class _Run:
    """One ingestion: what is read ahead, and what waits to be written."""

    files: Sequence[Path | Unreadable]
    pool: ReadingPool
    writer: Writer
    window: deque[_Awaited] = field(default_factory=deque)
    bytes_ahead: int = 0

    def results(self) -> Iterator[IngestResult | int]:
        """A result for each file, or for each in an archive; then the number of the file."""
        entries = self._entries()
        batch = Batch()
        while self._fill(entries):
            awaited = self.window[0]
            if batch.has_reports and awaited.work is not None and not awaited.work.is_ready(batch.patience):
                yield from self.writer.write(batch)
                batch = Batch()
            self.window.popleft()
            batch.take(self._arrived(awaited))
            if batch.is_due:
                yield from self.writer.write(batch)
                batch = Batch()
        yield from self.writer.write(batch)

    def _entries(self) -> Iterator[_Awaited]:
        """The files, those of archives one by one; each begun as it comes."""
        for number, file in enumerate(self.files):
            for document in [file] if isinstance(file, Unreadable) else documents(file):
                yield self._begun(document)
            yield _Awaited(number)

    def _begun(self, document: Document | Unreadable) -> _Awaited:
        if isinstance(document, Unreadable) or self.writer.holds(document):
            return _Awaited(document)
        self.bytes_ahead += len(document.content)
        return _Awaited(document, self.pool.begin(read_document, document))

    def _fill(self, entries: Iterator[_Awaited]) -> bool:
        """Begins as many files as keep the processes busy; False where nothing is left."""
        most = max(FEWEST, 3 * self.pool.processes)
        while sum(each.work is not None for each in self.window) < most and self.bytes_ahead < _MOST_BYTES:
            entry = next(entries, None)
            if entry is None:
                break
            self.window.append(entry)
            if entry.work is None and len(self.window) == 1:
                break  # told at once
        return bool(self.window)

    def _arrived(self, awaited: _Awaited) -> Arrival | Unreadable | int:
        if not isinstance(awaited.file, Document):
            return awaited.file
        if awaited.work is None:
            return Arrival(awaited.file, None)
        self.bytes_ahead -= len(awaited.file.content)
        read: Read | Notice = outcome(self.pool, awaited.work, awaited.file.name)
        return Arrival(awaited.file, read)


def _files(paths: Sequence[Path]) -> Iterator[Path | Unreadable]:
    for path in paths:
        try:
            yield from report_files(path)
        except InputError as error:
            yield Unreadable(shown_path(path), error.notice)


def _size(file: Path | Unreadable) -> int:
    try:
        return 0 if isinstance(file, Unreadable) else file.stat().st_size
    except OSError:
        return 0
