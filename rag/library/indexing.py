"""The derived indexes in step with the library. All but `check` is for the holder of the write lock."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from rag.errors import IndexDamaged, ModelError
from rag.library.lexical import LexicalIndex
from rag.library.library import Library
from rag.library.passages import passage_text
from rag.library.reader import Pending
from rag.library.sentence_index import SentenceIndex
from rag.library.subject_index import SubjectIndex, follow_all_subjects, follow_subjects
from rag.library.vectors import VectorIndex
from rag.models.embedding import Embedder
from rag.parsing.report import Report
from rag.types import Notice

_log = logging.getLogger(__name__)
OnProgress = Callable[[int, int], None]
"""Called with how many reports are done, of how many."""

_REACHABLE = 0.99  # the vector index is a graph: a healthy one misses about one passage in five thousand


@dataclass(frozen=True, slots=True)
class Stores:
    """What is written to: the library, and the indexes that follow it."""

    library: Library
    embedder: Embedder
    vectors: VectorIndex
    lexical: LexicalIndex
    sentences: SentenceIndex
    subjects: SubjectIndex


@dataclass(frozen=True, slots=True)
class Health:
    """Counts of passages in the library and in what is derived from it; None where it cannot be read."""

    reports: int
    passages: int
    in_vectors: int | None
    in_lexical: int | None
    reachable: int | None  # how many of the vectors a search finds
    astray: int  # passages that one of the indexes lacks, or has and should not
    pending: int  # changes that the indexes have not followed yet
    faults: tuple[Notice, ...]

    @property
    def is_healthy(self) -> bool:
        """Everything is in step and can be found."""
        in_step = not (self.astray or self.faults or self.pending)
        return in_step and (self.reachable or 0) >= self.passages * _REACHABLE


def check(*, library: Library, vectors: VectorIndex, lexical: LexicalIndex) -> Health:
    """Looks without changing anything, and without needing the embedder: a stored vector serves as the question."""
    wanted = {(report.id, index) for report in library.every_report() for index in range(len(report.chunks))}
    vectors.refresh(library.generation())
    faults: list[Notice] = []
    in_vectors = _held(vectors, faults)
    in_lexical = _held(lexical, faults)
    return Health(
        reports=library.totals().reports,
        passages=len(wanted),
        in_vectors=None if in_vectors is None else len(in_vectors),
        in_lexical=None if in_lexical is None else len(in_lexical),
        reachable=_reachable(vectors, in_vectors, faults),
        astray=sum(len(held ^ wanted) for held in (in_vectors, in_lexical) if held is not None),
        pending=len(library.pending()),
        faults=tuple(faults),
    )


def _held(index: VectorIndex | LexicalIndex, faults: list[Notice]) -> set[tuple[str, int]] | None:
    try:
        return index.passages()
    except IndexDamaged as error:
        faults.append(error.notice)
        return None


def _reachable(vectors: VectorIndex, held: set[tuple[str, int]] | None, faults: list[Notice]) -> int | None:
    if not held:
        return None if held is None else 0
    try:
        probe = vectors.fetch([min(held)])
        return vectors.reachable(next(iter(probe.values())))
    except IndexDamaged as error:
        faults.append(error.notice)
        return None


def passage_texts(report: Report) -> list[str]:
    """What is embedded of a report, passage by passage."""
    return [passage_text(report, chunk) for chunk in report.chunks]


def bring_in_step(stores: Stores) -> None:
    """Follows the outbox; makes the indexes again where they are damaged or hold another number of passages.

    Where even that fails, the notes stay for the next writer, and search says so.
    """
    for index in (stores.vectors, stores.subjects):
        index.refresh(stores.library.generation())
    try:
        follow_pending(stores)
        in_step = _counts_agree(stores)
    except IndexDamaged:
        in_step = False
    except ModelError as error:
        _log.warning("the indexes stay behind: no embeddings (%s)", type(error).__name__)
        return
    if not in_step:
        _make_again_if_possible(stores)


def _make_again_if_possible(stores: Stores) -> None:
    _log.warning("the indexes are damaged or hold another number of passages than the library")
    try:
        make_again(stores, lambda done, total: None)
    except (IndexDamaged, ModelError) as error:
        _log.warning("the indexes could not be made again (%s)", type(error).__name__)


def follow_pending(stores: Stores) -> None:
    """Does what the outbox says; each note is cleared once both indexes have followed."""
    for entry in stores.library.pending():
        _log.debug("the indexes follow: %s %s", entry.action, entry.report_id)
        _follow_one(stores, entry)
        stores.library.settle([entry])
        _wrote(stores)


def _wrote(stores: Stores) -> None:
    for index in (stores.vectors, stores.subjects):
        index.wrote(stores.library.generation())


def _follow_one(stores: Stores, entry: Pending) -> None:
    if entry.action == "remove":
        stores.vectors.remove(entry.report_id)
        stores.lexical.remove(entry.report_id)
        stores.sentences.remove(entry.report_id)
    else:
        _index(stores, stores.library.report(entry.report_id))
        follow_subjects(stores, [entry.report_id])


def _index(stores: Stores, report: Report) -> None:
    stores.vectors.upsert(report, stores.embedder.passages(passage_texts(report)))
    stores.lexical.upsert(report)
    stores.sentences.upsert(report)


def make_again(stores: Stores, on_progress: OnProgress) -> None:
    """Both indexes anew from the library."""
    noted = stores.library.pending()
    reports = list(stores.library.every_report())
    stores.vectors.reset()
    stores.lexical.reset()
    stores.sentences.reset()
    stores.subjects.reset()
    for done, report in enumerate(reports, start=1):
        _index(stores, report)
        on_progress(done, len(reports))
    follow_all_subjects(stores)
    _log.info("both indexes made again from %d reports", len(reports))
    stores.library.settle(noted)  # raises the generation too: other processes open the new folder
    _wrote(stores)


def _counts_agree(stores: Stores) -> bool:
    return stores.vectors.count() == stores.library.totals().passages == stores.lexical.count()
