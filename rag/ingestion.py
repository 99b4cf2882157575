"""Files into the library, and the derived indexes in step with it.

A report is embedded first, then stored in one transaction together with a note in the outbox, then the
indexes follow and the note is cleared: a kill between any two steps leaves whole reports, and the
next writer takes up what the notes say.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from rag.embedding import Embedder
from rag.errors import IndexDamaged, InputError, ModelError, UnreadableFile, ZhenbaoError
from rag.formats.archives import Document, Unreadable
from rag.indexing import OnProgress, Stores, bring_in_step, follow_pending, make_again, passage_texts
from rag.lexical import LexicalIndex
from rag.library import Library
from rag.lock import write_lock
from rag.parsing import ParsedReport, parse
from rag.reading import documents, read, report_files
from rag.settings import Settings
from rag.types import IngestResult, Metadata, Report, ReportSource, SourceFile
from rag.vectors import VectorIndex

_Status = Literal["added", "updated", "duplicate"]
_BEHIND = "检索索引未跟上，请运行 zhenbao rebuild (indexes are behind)"


def ingest(
    paths: Sequence[Path],
    *,
    settings: Settings,
    library: Library,
    embedder: Embedder,
    vectors: VectorIndex,
    lexical: LexicalIndex,
    on_result: Callable[[IngestResult], None],
    is_sample: bool = False,
) -> None:
    """Takes in files and folders, telling the result of each file as soon as it is known.

    A failing file neither stops the others nor touches what is stored. Raises LibraryBusy where another writes.
    """
    stores = Stores(library, embedder, vectors, lexical)
    with write_lock(settings.lock_path):
        bring_in_step(stores)
        arrived: set[str] = set()  # hashes of this run: two folders may each hold a 总结.txt
        for document in _documents(paths):
            if isinstance(document, Unreadable):
                on_result(IngestResult(document.label, "failed", detail=document.reason))
            else:
                on_result(_take_in(document, stores, arrived, is_sample))


def remove_report(
    report_id: str,
    *,
    settings: Settings,
    library: Library,
    embedder: Embedder,
    vectors: VectorIndex,
    lexical: LexicalIndex,
) -> None:
    """Removes a report everywhere. Raises UnknownReport, or LibraryBusy where another process writes."""
    with write_lock(settings.lock_path):
        library.remove(report_id)
        bring_in_step(Stores(library, embedder, vectors, lexical))


def follow(
    *, settings: Settings, library: Library, embedder: Embedder, vectors: VectorIndex, lexical: LexicalIndex
) -> None:
    """Lets the derived indexes follow what is pending, and makes them again where they are damaged or out of step."""
    with write_lock(settings.lock_path):
        bring_in_step(Stores(library, embedder, vectors, lexical))


def rebuild(
    *,
    settings: Settings,
    library: Library,
    embedder: Embedder,
    vectors: VectorIndex,
    lexical: LexicalIndex,
    on_progress: OnProgress = lambda done, total: None,
) -> None:
    """Makes both derived indexes again from the library; quick while the cache still holds the embeddings."""
    with write_lock(settings.lock_path):
        vectors.refresh(library.generation())
        make_again(Stores(library, embedder, vectors, lexical), on_progress)


def _documents(paths: Sequence[Path]) -> Iterator[Document | Unreadable]:
    for path in paths:
        try:
            for file in report_files(path):
                yield from documents(file)
        except InputError as error:
            yield Unreadable(str(path), str(error))


def _take_in(document: Document, stores: Stores, arrived: set[str], is_sample: bool) -> IngestResult:
    try:
        result = _known(document, stores.library) or _store(document, stores, arrived, is_sample)
    except ZhenbaoError as error:
        return IngestResult(document.label, "failed", detail=str(error))
    arrived.add(document.sha256)
    return result


def _known(document: Document, library: Library) -> IngestResult | None:
    held = library.source_by_sha256(document.sha256)
    if held is None:
        return None
    if held.file.name == document.name:
        return IngestResult(document.label, "unchanged", held.report_id, defects=held.defects)
    return IngestResult(document.label, "duplicate", held.report_id, detail=held.file.name, defects=held.defects)


def _store(document: Document, stores: Stores, arrived: set[str], is_sample: bool) -> IngestResult:
    source = read(document)
    parsed = _parse(source)
    report = replace(parsed.report, is_sample=is_sample)
    held = stores.library.reports()
    replaced = _predecessor(report, source.name, stores.library, arrived)
    stores.embedder.passages(passage_texts(report))  # before anything is stored: this is what may fail
    own = ReportSource(report.id, source, parsed.offsets, parsed.defects, parsed.statements)
    stores.library.add(report, own, replaces=replaced)
    status, detail = _outcome(report, held, replaced)
    try:
        follow_pending(stores)
    except (IndexDamaged, ModelError):
        detail = "；".join(part for part in (detail, _BEHIND) if part)
    detail = "；".join(part for part in (detail, *source.notes) if part)
    return IngestResult(document.label, status, report.id, detail, parsed.defects)


def _parse(source: SourceFile) -> ParsedReport:
    try:
        return parse(source)
    except ZhenbaoError:
        raise
    except Exception as error:  # one odd file must not stop the others, whatever it trips over
        raise UnreadableFile(f"{source.name} 无法解析：{error!r}。(cannot be parsed)") from error


def _outcome(report: Report, held: Sequence[Report], replaced: ReportSource | None) -> tuple[_Status, str]:
    if replaced is not None:
        return "updated", "" if replaced.report_id == report.id else f"取代 {replaced.report_id} (replaces it)"
    if any(old.id == report.id for old in held):
        return "duplicate", report.label
    others = [old.id for old in held if _issue(old.metadata) == _issue(report.metadata) and report.metadata.town]
    return "added", f"同一乡镇和年份已有 {'、'.join(others)}，并存 (stands beside)" if others else ""


def _predecessor(report: Report, name: str, library: Library, arrived: set[str]) -> ReportSource | None:
    """The source that a file of this name takes the place of: an earlier state of it, not another town's 总结.txt."""
    for held in library.sources_by_name(name):
        if held.file.sha256 not in arrived:
            old = library.report(held.report_id)
            if old.id == report.id or _may_be_same(old.metadata, report.metadata):
                return held
    return None


def _may_be_same(one: Metadata, other: Metadata) -> bool:
    pairs = zip(_issue(one), _issue(other), strict=True)
    return all(left is None or right is None or left == right for left, right in pairs)


def _issue(metadata: Metadata) -> tuple[str | None, str | None, int | None]:
    return metadata.county, metadata.town, metadata.year
