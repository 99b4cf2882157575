"""Batches of files that were read: embedded together, stored in one transaction, followed by the indexes."""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import TypeGuard

from rag.errors import IndexDamaged, ModelError, ZhenbaoError
from rag.formats.archives import Document, Unreadable
from rag.library.deduplication import beside, predecessor, twin, versions
from rag.library.indexing import AT_ONCE, Embedded, Stores, follow_pending, passage_texts
from rag.library.parser_version import pipeline_version
from rag.library.reading import Read, read_document
from rag.library.reparsing import as_source, renew_report
from rag.library.results import IngestResult
from rag.library.row_writer import Stored
from rag.models.embedding import Vectors
from rag.parsing.report import Report, ReportSource
from rag.types import Notice

_log = logging.getLogger(__name__)
_PATIENCE = 0.5  # seconds that a report waits for others to be stored with


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file and what came of reading it; None where its bytes are in the library already."""

    document: Document
    read: Read | Notice | None


@dataclass(slots=True)
class Batch:
    """What is written in one step, in the order of the files; also what only has to be told in that order."""

    entries: list[Arrival | Unreadable | int] = field(default_factory=list)  # a number: that file is done with
    reports: int = 0
    since: float = field(default_factory=monotonic)

    def take(self, entry: Arrival | Unreadable | int) -> None:
        self.entries.append(entry)
        self.reports += isinstance(entry, Arrival) and isinstance(entry.read, Read)

    @property
    def has_reports(self) -> bool:
        return self.reports > 0

    @property
    def patience(self) -> float:
        """Seconds that the next file may take."""
        return self.since + _PATIENCE - monotonic()

    @property
    def is_due(self) -> bool:
        """Whether it is large enough, or nothing in it has to be stored."""
        return self.reports >= AT_ONCE or not self.has_reports


class Writer:
    """The one that writes: into the library, then into the indexes."""

    def __init__(self, stores: Stores, in_turn: Callable[[], AbstractContextManager[None]], is_sample: bool) -> None:
        self._stores = stores
        self._in_turn = in_turn
        self._is_sample = is_sample
        self._arrived: set[str] = set()  # hashes of this run: two folders may each hold a 总结.txt
        self.characters = 0

    def holds(self, document: Document) -> bool:
        """Whether the bytes of a file are in the library."""
        return bool(self._stores.library.rows("SELECT 1 FROM sources WHERE sha256 = ?", document.sha256))

    def write(self, batch: Batch) -> Iterator[IngestResult | int]:
        """The result of each file, and the numbers, in their order."""
        if not batch.has_reports:
            yield from (self._told(entry, {}) for entry in batch.entries)
            return
        try:
            yield from self._stored(batch)
        except ZhenbaoError as error:  # nothing of it is stored
            _log.warning("a batch fails: %s", type(error).__name__)
            yield from (_failed(entry, error.notice) for entry in batch.entries)

    def _embedded(self, batch: Batch) -> tuple[Embedded, dict[str, Notice]]:
        """Vectors of what is new in a batch, and by hash the files for which there are none.

        Before anything is stored, since it may fail.
        """
        texts: dict[str, list[str]] = {}
        for entry in batch.entries:
            if not isinstance(entry, Arrival) or not isinstance(entry.read, Read):
                continue
            report = entry.read.parsed.report
            if twin(self._stores.library, report, entry.read.forms) is None:
                texts[entry.document.sha256] = passage_texts(report)
        every = [text for some in texts.values() for text in some]
        try:
            return self._vectors(every), {}
        except ModelError:
            _log.info("a batch cannot be embedded, so its files are one by one")
        embedded: dict[str, Vectors] = {}
        failures: dict[str, Notice] = {}
        for sha256, some in texts.items():
            try:
                embedded.update(self._vectors(some))
            except ModelError as error:
                failures[sha256] = error.notice
        return embedded, failures

    def _vectors(self, texts: Sequence[str]) -> dict[str, Vectors]:
        return dict(zip(texts, self._stores.embedder.passages(texts), strict=True)) if texts else {}

    def _stored(self, batch: Batch) -> list[IngestResult | int]:
        embedded, failures = self._embedded(batch)
        with self._in_turn():
            with self._stores.library.together():
                told = [self._told(entry, failures) for entry in batch.entries]
            behind = self._follow(embedded)
        return [replace(each, details=(*each.details, *behind)) if _is_stored(each) else each for each in told]

    def _told(self, entry: Arrival | Unreadable | int, failures: Mapping[str, Notice]) -> IngestResult | int:
        if isinstance(entry, int):
            return entry
        if isinstance(entry, Unreadable):
            return IngestResult(entry.label, "failed", details=(entry.reason,))
        failure = failures.get(entry.document.sha256)
        if failure is not None:
            return _failed(entry, failure)
        try:
            result = self._taken_in(entry)
        except ZhenbaoError as error:
            _log.info("a file fails: %s", type(error).__name__)
            return _failed(entry, error.notice)
        if result.status != "failed":
            self._arrived.add(entry.document.sha256)
        return result

    def _taken_in(self, entry: Arrival) -> IngestResult:
        document = entry.document
        if entry.read is None:
            self._renew(document)
        if known := self._known(document):
            return known
        read = entry.read or read_document(document)  # its bytes were there, and are not any more
        if isinstance(read, Notice):
            return IngestResult(document.label, "failed", details=(read,))
        self.characters += len(read.source.text)
        with self._stores.library.together():
            return self._store(document, read)

    def _renew(self, document: Document) -> None:
        """Cleans the report of a stored file again where the program has learned since."""
        library = self._stores.library
        held = library.source_by_sha256(document.sha256)
        if held is None or not library.is_outdated(held.report_id, pipeline_version()):
            return
        if library.is_writing:  # in a batch, which has its turn, and is followed as a whole
            renew_report(library, held.report_id)
            return
        with self._in_turn():
            renew_report(library, held.report_id)
            self._follow({})

    def _known(self, document: Document) -> IngestResult | None:
        held = self._stores.library.source_by_sha256(document.sha256)
        if held is None:
            return None
        if held.file.name == document.name:
            return IngestResult(document.label, "unchanged", held.report_id, defects=held.defects)
        same = Notice("same_as", name=held.file.name)
        return IngestResult(document.label, "duplicate", held.report_id, (same,), held.defects)

    def _store(self, document: Document, read: Read) -> IngestResult:
        library, parsed = self._stores.library, read.parsed
        report = replace(parsed.report, is_sample=self._is_sample)
        replaced = predecessor(library, report, read.source.name, self._arrived)
        same, others = twin(library, report, read.forms), versions(library, report)
        owner, forms = (report, read.forms) if same is None else (replace(same, is_sample=self._is_sample), None)
        stored = Stored(owner, as_source(owner, read.source, parsed), parsed.figures, forms, parsed.heads)
        library.put(stored, replaces=replaced)
        if replaced is not None and library.has_sources(replaced.report_id):
            renew_report(library, replaced.report_id)  # its text may have been that of the replaced file
        result = _outcome(report, same, replaced, others)
        report_id = library.report(owner.id).id  # cleaned again, it may be another
        details = (*result.details, *read.source.notes)
        return replace(result, path=document.label, report_id=report_id, details=details, defects=parsed.defects)

    def _follow(self, embedded: Embedded) -> list[Notice]:
        try:
            follow_pending(self._stores, embedded)
        except (IndexDamaged, ModelError) as error:
            _log.warning("reports are stored, the indexes do not follow (%s)", type(error).__name__)
            return [Notice("indexes_behind")]
        return []


def _is_stored(told: IngestResult | int) -> TypeGuard[IngestResult]:
    return isinstance(told, IngestResult) and told.status in ("added", "updated", "duplicate")


def _failed(entry: Arrival | Unreadable | int, why: Notice) -> IngestResult | int:
    if isinstance(entry, int):
        return entry
    return IngestResult(entry.document.label if isinstance(entry, Arrival) else entry.label, "failed", details=(why,))


def _outcome(
    report: Report, same: Report | None, replaced: ReportSource | None, others: Sequence[Report]
) -> IngestResult:
    if replaced is not None:
        is_same = replaced.report_id == (same or report).id
        details = () if is_same else (Notice("replaces", report=replaced.report_id),)
        return IngestResult("", "updated", (same or report).id, details)
    if same is not None:
        is_same = same.text == report.text
        found = Notice("same_as", name=same.label) if is_same else Notice("same_in_another_form", name=same.label)
        return IngestResult("", "duplicate", same.id, (found,))
    return IngestResult("", "added", report.id, tuple(beside(report, others)))
