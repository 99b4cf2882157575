"""Files into the library, and the derived indexes in step with it.

A report is embedded first, then stored in one transaction together with a note in the outbox, then the
indexes follow and the note is cleared: a kill between any two steps leaves whole reports, and the
next writer takes up what the notes say. `rag.library.deduplication` has the rules for what is there already.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from time import perf_counter

from rag.errors import IndexDamaged, InputError, ModelError, ZhenbaoError
from rag.formats.archives import Document, Unreadable
from rag.formats.file_names import shown_path
from rag.formats.read import documents, read, report_files
from rag.library.deduplication import Held, beside
from rag.library.indexing import Stores, bring_in_step, follow_pending, passage_texts
from rag.library.lock import library_lock
from rag.library.parser_version import pipeline_version
from rag.library.reparsing import as_source, parse_file, renew_report
from rag.library.results import IngestResult
from rag.parsing.parse import ParsedReport
from rag.parsing.report import Report, ReportSource
from rag.settings import Settings
from rag.types import Notice, SourceFile

_log = logging.getLogger(__name__)


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
) -> None:
    """Takes in files and folders, telling the result of each file as soon as it is known.

    A failing file neither stops the others nor touches what is stored. Raises LibraryBusy where another writes;
    only with a Chroma server do several processes ingest at the same time, and write in turn.
    """
    is_shared = settings.chroma_url is not None
    lock = partial(library_lock, settings)
    throughout, in_turn = (nullcontext, lock) if is_shared else (lock, nullcontext)
    with throughout():
        with in_turn():
            bring_in_step(stores)
        run = _Run(stores, in_turn, is_sample)
        files = list(_files(paths))
        began, sizes = perf_counter(), [_size(file) for file in files]
        for number, file in enumerate(files, start=1):
            for result in run.take_in(file):
                on_result(result)
            done = sum(sizes[:number])
            left = (perf_counter() - began) * (sum(sizes) - done) / done if done else None
            on_progress(IngestProgress(number, len(files), run.characters, left))


@dataclass(slots=True)
class _Run:
    """One ingestion: where it stores, when it may write, and what has come in so far."""

    stores: Stores
    in_turn: Callable[[], AbstractContextManager[None]]
    is_sample: bool
    characters: int = 0
    arrived: set[str] = field(default_factory=set)  # hashes of this run: two folders may each hold a 总结.txt

    def take_in(self, file: Path | Unreadable) -> Iterator[IngestResult]:
        """A result for the file, or for each file in an archive."""
        for document in [file] if isinstance(file, Unreadable) else documents(file):
            if isinstance(document, Unreadable):
                yield IngestResult(document.label, "failed", details=(document.reason,))
            else:
                yield self._document(document)

    def _document(self, document: Document) -> IngestResult:
        """Reads, cleans and embeds a file, then stores it in its turn."""
        try:
            self._renew(document)
            result = self._known(document)
            if result is None:
                source = read(document)
                parsed = parse_file(source)
                report = replace(parsed.report, is_sample=self.is_sample)
                if Held(self.stores.library).twin(report) is None:
                    self.stores.embedder.passages(passage_texts(report))  # before anything is stored: it may fail
                with self.in_turn():
                    result = self._known(document) or self._store(document, source, replace(parsed, report=report))
                self.characters += len(source.text)
        except ZhenbaoError as error:
            _log.info("a file fails: %s", type(error).__name__)
            return IngestResult(document.label, "failed", details=(error.notice,))
        self.arrived.add(document.sha256)
        return result

    def _renew(self, document: Document) -> None:
        """Cleans the report of a stored file again where the program has learned since."""
        library = self.stores.library
        held = library.source_by_sha256(document.sha256)
        if held is not None and library.is_outdated(held.report_id, pipeline_version()):
            with self.in_turn():
                renew_report(library, held.report_id)
                self._follow()

    def _known(self, document: Document) -> IngestResult | None:
        held = self.stores.library.source_by_sha256(document.sha256)
        if held is None:
            return None
        if held.file.name == document.name:
            return IngestResult(document.label, "unchanged", held.report_id, defects=held.defects)
        same = Notice("same_as", name=held.file.name)
        return IngestResult(document.label, "duplicate", held.report_id, (same,), held.defects)

    def _store(self, document: Document, source: SourceFile, parsed: ParsedReport) -> IngestResult:
        library, report = self.stores.library, parsed.report
        held = Held(library)
        replaced, twin = held.predecessor(report, source.name, self.arrived), held.twin(report)
        owner = report if twin is None else replace(twin, is_sample=self.is_sample)
        library.add(owner, as_source(owner, source, parsed), figures=parsed.figures, replaces=replaced)
        if replaced is not None and library.has_sources(replaced.report_id):
            renew_report(library, replaced.report_id)  # its text may have been that of the replaced file
        result = _outcome(report, twin, replaced, held.versions(report))
        report_id = library.report(owner.id).id  # cleaned again, it may be another
        details = (*result.details, *self._follow(), *source.notes)
        return replace(result, path=document.label, report_id=report_id, details=details, defects=parsed.defects)

    def _follow(self) -> list[Notice]:
        try:
            follow_pending(self.stores)
        except (IndexDamaged, ModelError) as error:
            _log.warning("a report is stored, the indexes do not follow (%s)", type(error).__name__)
            return [Notice("indexes_behind")]
        return []


def _outcome(
    report: Report, twin: Report | None, replaced: ReportSource | None, versions: Sequence[Report]
) -> IngestResult:
    if replaced is not None:
        same = replaced.report_id == (twin or report).id
        details = () if same else (Notice("replaces", report=replaced.report_id),)
        return IngestResult("", "updated", (twin or report).id, details)
    if twin is not None:
        is_same = twin.text == report.text
        found = Notice("same_as", name=twin.label) if is_same else Notice("same_in_another_form", name=twin.label)
        return IngestResult("", "duplicate", twin.id, (found,))
    return IngestResult("", "added", report.id, tuple(beside(report, versions)))


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
