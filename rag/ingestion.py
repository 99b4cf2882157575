"""Files into the library, and the derived indexes in step with it.

A report is embedded first, then stored in one transaction together with a note in the outbox, then the
indexes follow and the note is cleared: a kill between any two steps leaves whole reports, and the
next writer takes up what the notes say.

What becomes of a file, by rule:

* the bytes are there already: unchanged, or a duplicate where they are there under another name;
* a file of that name is there, and is an earlier state of it: the new one replaces it;
* a report says the same to the letter, in whatever form: the file becomes another source of it;
* otherwise it is a report of its own. Where it is another version of one that is there (same town and year, or much
  of the same text), both stand side by side: only the person knows which file counts, and `remove` takes the other away.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from time import perf_counter

from rag.duplicates import VERSION_SHARE, issue, may_be_same, same_text, shared_text
from rag.embedding import Embedder
from rag.errors import IndexDamaged, InputError, ModelError, ZhenbaoError
from rag.indexing import Stores, bring_in_step, follow_pending, passage_texts
from rag.lexical import LexicalIndex
from rag.library import Library
from rag.lock import write_lock
from rag.parsing import ParsedReport
from rag.pipeline import pipeline_version
from rag.reading import read_file, report_files
from rag.renewing import as_source, parse_file, renew_report
from rag.settings import Settings
from rag.types import IngestResult, Metadata, Report, ReportSource, SourceFile
from rag.vectors import VectorIndex

_BEHIND = "检索索引未跟上，请运行 zhenbao rebuild (indexes are behind)"
_PATIENCE = 120.0  # seconds that a file waits for its turn where several processes share a Chroma server
_Turn = Callable[[], AbstractContextManager[None]]


@dataclass(frozen=True, slots=True)
class IngestProgress:
    """How far an ingestion is."""

    files: int
    of_files: int
    characters: int  # of what was taken in
    seconds_left: float | None  # None before the first file


def ingest(
    paths: Sequence[Path],
    *,
    settings: Settings,
    library: Library,
    embedder: Embedder,
    vectors: VectorIndex,
    lexical: LexicalIndex,
    on_result: Callable[[IngestResult], None],
    on_progress: Callable[[IngestProgress], None] = lambda progress: None,
    is_sample: bool = False,
) -> None:
    """Takes in files and folders, telling the result of each file as soon as it is known.

    A failing file neither stops the others nor touches what is stored. Raises LibraryBusy where another writes;
    only with a Chroma server do several processes ingest at the same time, and write in turn.
    """
    is_shared = settings.chroma_url is not None
    lock = partial(write_lock, settings.lock_path, wait=_PATIENCE if is_shared else 0.0)
    throughout, in_turn = (nullcontext, lock) if is_shared else (lock, nullcontext)
    stores = Stores(library, embedder, vectors, lexical)
    with throughout():
        with in_turn():
            bring_in_step(stores)
        run = _Run(stores, in_turn, is_sample)
        meter = _Meter(on_progress)
        for path, failure in meter.measured(list(_files(paths))):
            on_result(failure or run.take_in(path, meter))


@dataclass(slots=True)
class _Meter:
    """Tells the progress; the remaining time from the bytes that are done."""

    tell: Callable[[IngestProgress], None]
    characters: int = 0

    def measured(
        self, files: Sequence[tuple[Path, IngestResult | None]]
    ) -> Iterator[tuple[Path, IngestResult | None]]:
        sizes = [_size(path) for path, _ in files]
        began, done = perf_counter(), 0
        for number, (entry, size) in enumerate(zip(files, sizes, strict=True), start=1):
            yield entry
            done += size
            left = (perf_counter() - began) * (sum(sizes) - done) / done if done else None
            self.tell(IngestProgress(number, len(files), self.characters, left))


@dataclass(slots=True)
class _Run:
    """One ingestion: where it stores, when it may write, and what it has stored so far."""

    stores: Stores
    turn: _Turn
    is_sample: bool
    arrived: set[str] = field(default_factory=set)  # hashes of this run: two folders may each hold a 总结.txt

    def take_in(self, path: Path, meter: _Meter) -> IngestResult:
        """Reads, cleans and embeds a file, then stores it in its turn."""
        try:
            source = read_file(path)
            meter.characters += len(source.text)
            known = self._known(path, source)
            if known is None:
                parsed = parse_file(source)
                self.stores.embedder.passages(passage_texts(parsed.report))  # before anything is stored: it may fail
                with self.turn():
                    known = self._known(path, source) or self._store(path, source, parsed)
            self.arrived.add(source.sha256)
        except ZhenbaoError as error:
            return IngestResult(str(path), "failed", detail=str(error))
        return known

    def _known(self, path: Path, source: SourceFile) -> IngestResult | None:
        library = self.stores.library
        held = library.source_by_sha256(source.sha256)
        if held is None:
            return None
        if held.report_id in library.outdated(pipeline_version()):
            with self.turn():
                renew_report(library, held.report_id)
                self._follow()
            held = library.source_by_sha256(source.sha256) or held
        if held.file.name == source.name:
            return IngestResult(str(path), "unchanged", held.report_id, defects=held.defects)
        return IngestResult(str(path), "duplicate", held.report_id, detail=held.file.name, defects=held.defects)

    def _store(self, path: Path, source: SourceFile, parsed: ParsedReport) -> IngestResult:
        library = self.stores.library
        report = replace(parsed.report, is_sample=self.is_sample)
        held = _Held(library)
        replaced = held.predecessor(report, source.name, self.arrived)
        twin = held.twin(report)
        library.add(twin or report, as_source(twin or report, source, parsed), replaces=replaced)
        result = _result(path, report, held, twin, replaced)
        if replaced is not None and library.has_sources(replaced.report_id):
            renew_report(library, replaced.report_id)  # its text may have been that of the replaced file
        behind = self._follow()
        details = "；".join(part for part in (result.detail, behind) if part)
        return replace(result, detail=details, defects=parsed.defects)

    def _follow(self) -> str:
        try:
            follow_pending(self.stores)
        except (IndexDamaged, ModelError):
            return _BEHIND
        return ""


class _Held:
    """What the library held before a file came."""

    def __init__(self, library: Library) -> None:
        self.reports = library.reports()
        self._library = library
        self._found = library.found_where_corrected()

    def twin(self, report: Report) -> Report | None:
        """The report that says the same."""
        same = [held for held in self.reports if held.id == report.id]
        same += [held for held in self.reports if self._may_be(held, report) and same_text(held, report)]
        return next(iter(same), None)

    def predecessor(self, report: Report, name: str, arrived: set[str]) -> ReportSource | None:
        """The source that a file of this name takes the place of: an earlier state of it, not another town's 总结.txt."""
        by_id = {held.id: held for held in self.reports}
        for source in self._library.sources_by_name(name):
            old = by_id[source.report_id]
            if source.file.sha256 not in arrived and self._may_be(old, report) and _is_version(old, report):
                return source
        return None

    def versions(self, report: Report) -> list[tuple[Report, float]]:
        """Other reports of the same town and year, each with the share of common text."""
        same = [held for held in self.reports if held.id != report.id and _same_issue(held, report)]
        return [(held, shared_text(held, report)) for held in same]

    def _may_be(self, held: Report, report: Report) -> bool:
        states: list[Metadata] = [held.metadata, self._found.get(held.id, held.metadata)]
        return any(may_be_same(state, report.metadata) for state in states)


def _same_issue(one: Report, other: Report) -> bool:
    known = one.metadata.town is not None and one.metadata.year is not None
    return known and issue(one.metadata)[1:] == issue(other.metadata)[1:] and may_be_same(one.metadata, other.metadata)


def _is_version(old: Report, new: Report) -> bool:
    return old.id == new.id or _same_issue(old, new) or shared_text(old, new) >= VERSION_SHARE


def _result(
    path: Path, report: Report, held: _Held, twin: Report | None, replaced: ReportSource | None
) -> IngestResult:
    place = twin or report
    if replaced is not None:
        detail = "" if replaced.report_id == place.id else f"取代 {replaced.report_id} (replaces it)"
        return IngestResult(str(path), "updated", place.id, detail)
    if twin is not None:
        other = "" if twin.id == report.id else "，形式不同，作为又一来源 (in another form)"
        return IngestResult(str(path), "duplicate", twin.id, f"{twin.label}{other}")
    beside = "、".join(f"{old.id}（相同文字 {share:.0%}）" for old, share in held.versions(report))
    detail = f"同一乡镇和年份已有 {beside}，并存 (another version stands beside)" if beside else ""
    return IngestResult(str(path), "added", report.id, detail)


def _files(paths: Sequence[Path]) -> Iterator[tuple[Path, IngestResult | None]]:
    for path in paths:
        try:
            for file in report_files(path):
                yield file, None
        except InputError as error:
            yield path, IngestResult(str(path), "failed", detail=str(error))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
