"""The derived indexes in step with the library: what the outbox notes, and whole indexes made again.

For the holder of the write lock. Every step may be killed: a note is cleared once all indexes have followed, and an
index that holds another number of passages or reports than the library is made again by the next writer.
"""

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

import numpy as np

from rag.errors import IndexDamaged, ModelError
from rag.library.lexical import LexicalIndex
from rag.library.library import Library
from rag.library.passages import passage_text
from rag.library.reader import Pending
from rag.library.sentence_index import SentenceIndex
from rag.library.subject_index import SubjectIndex, follow_all_subjects, follow_subjects
from rag.library.vectors import VectorIndex
from rag.models.embedding import Embedder, Vectors
from rag.parsing.report import Report

_log = logging.getLogger(__name__)
OnProgress = Callable[[int, int], None]
"""Called with how many reports are done, of how many."""

Index = Literal["vectors", "lexical", "sentences"]
INDEXES: tuple[Index, ...] = ("vectors", "lexical", "sentences")
AT_ONCE = 16
"""Reports that are stored or indexed in one step: more are hardly quicker, and readers wait for a step."""


@dataclass(frozen=True, slots=True)
class Stores:
    """What is written to: the library, and the indexes that follow it."""

    library: Library
    embedder: Embedder
    vectors: VectorIndex
    lexical: LexicalIndex
    sentences: SentenceIndex
    subjects: SubjectIndex


Embedded = Mapping[str, Vectors]
"""Vectors by the text of their passage, each of shape (dimension,)."""
_NOTHING: Embedded = {}


def passage_texts(report: Report) -> list[str]:
    """What is embedded of a report, passage by passage."""
    return [passage_text(report, chunk) for chunk in report.chunks]


def bring_in_step(stores: Stores, on_progress: OnProgress = lambda done, total: None) -> None:
    """Follows the outbox; makes those indexes again that are damaged, of an earlier form, or not in step.

    Where even that fails, the notes stay for the next writer, and search says so.
    """
    for part in (stores.vectors, stores.subjects):
        part.refresh(stores.library.generation())
    try:
        for index in unusable(stores):
            _log.warning("the index of %s is damaged or of an earlier form", index)
            _part(stores, index).reset()
        follow_pending(stores)
        if behind := out_of_step(stores):
            make_again(stores, on_progress, behind)
    except IndexDamaged:
        _make_again_if_possible(stores, on_progress)
    except ModelError as error:
        _log.warning("the indexes stay behind: no embeddings (%s)", type(error).__name__)


def _make_again_if_possible(stores: Stores, on_progress: OnProgress) -> None:
    _log.warning("an index broke while it was written to")
    try:
        make_again(stores, on_progress)
    except (IndexDamaged, ModelError) as error:
        _log.warning("the indexes could not be made again (%s)", type(error).__name__)


def unusable(stores: Stores) -> list[Index]:
    """The indexes that cannot be read: damaged, or of an earlier form."""
    return [index for index in INDEXES if not _can_be_read(stores, index)]


def out_of_step(stores: Stores) -> list[Index]:
    """The indexes that hold another number of passages or reports than the library; takes no counting."""
    totals = stores.library.totals()
    wanted = {"vectors": totals.passages, "lexical": totals.passages, "sentences": totals.reports}
    return [index for index in INDEXES if _size(stores, index) != wanted[index]]


def _can_be_read(stores: Stores, index: Index) -> bool:
    try:
        _size(stores, index)
    except IndexDamaged:
        return False
    return True


def _size(stores: Stores, index: Index) -> int:
    return stores.sentences.report_count() if index == "sentences" else _part(stores, index).count()


def _part(stores: Stores, index: Index) -> VectorIndex | LexicalIndex | SentenceIndex:
    parts: dict[Index, VectorIndex | LexicalIndex | SentenceIndex] = {
        "vectors": stores.vectors,
        "lexical": stores.lexical,
        "sentences": stores.sentences,
    }
    return parts[index]


def follow_pending(stores: Stores, embedded: Embedded = _NOTHING) -> None:
    """Does what the outbox says, some reports in one step; their notes are cleared once all indexes have followed.

    `embedded`: vectors that are at hand, so that nobody is asked for them.
    """
    while entries := stores.library.pending(AT_ONCE):
        _log.debug("the indexes follow %d changes", len(entries))
        _follow(stores, entries, embedded)
        stores.library.settle(entries)
        _wrote(stores)


def _wrote(stores: Stores) -> None:
    for part in (stores.vectors, stores.subjects):
        part.wrote(stores.library.generation())


def sync(stores: Stores) -> None:
    """Ends many writes: what opens the vectors next need not take the last of them in one by one.

    A failure is left to the next writer, who meets it again.
    """
    for part in (stores.vectors, stores.subjects.vectors):
        with suppress(IndexDamaged):
            part.sync()


def _follow(stores: Stores, entries: Sequence[Pending], embedded: Embedded) -> None:
    removed = [entry.report_id for entry in entries if entry.action == "remove"]
    if removed:
        stores.vectors.remove_many(removed)
    for report_id in removed:
        stores.lexical.remove(report_id)
        stores.sentences.remove(report_id)
    changed = [stores.library.report(entry.report_id) for entry in entries if entry.action == "upsert"]
    reread = [stores.library.report(entry.report_id) for entry in entries if entry.action == "reread"]
    _index(stores, changed, INDEXES, embedded)
    _index(stores, reread, ("lexical", "sentences"), embedded)
    _follow_subjects(stores, [report.id for report in (*changed, *reread)])


def _follow_subjects(stores: Stores, report_ids: Sequence[str]) -> None:
    try:
        follow_subjects(stores, report_ids)
    except IndexDamaged:
        stores.subjects.reset()
        follow_all_subjects(stores)


def _index(stores: Stores, reports: Sequence[Report], indexes: Collection[Index], embedded: Embedded) -> None:
    if not reports:
        return
    if "vectors" in indexes:
        texts = [text for report in reports for text in passage_texts(report)]
        stores.vectors.upsert_many(reports, _vectors(stores.embedder, texts, embedded))
    if "lexical" in indexes:
        stores.lexical.upsert_many(reports)
    if "sentences" in indexes:
        stores.sentences.upsert_many(reports)


def _vectors(embedder: Embedder, texts: Sequence[str], embedded: Embedded) -> Vectors:
    """One row a text, shape (n, dimension)."""
    missing = [text for text in texts if text not in embedded]
    if len(missing) == len(texts):
        return embedder.passages(texts)
    made = dict(zip(missing, embedder.passages(missing), strict=True)) if missing else {}
    return np.stack([made[text] if text in made else embedded[text] for text in texts])


def make_again(stores: Stores, on_progress: OnProgress, indexes: Collection[Index] = INDEXES) -> None:
    """Indexes anew from the library."""
    noted = stores.library.pending() if set(indexes) == set(INDEXES) else []
    ids = stores.library.ids()
    for index in indexes:
        _part(stores, index).reset()
    for first in range(0, len(ids), AT_ONCE):
        some = ids[first : first + AT_ONCE]
        _index(stores, stores.library.reports(some), indexes, _NOTHING)
        for done, _ in enumerate(some, start=first + 1):
            on_progress(done, len(ids))
    if set(indexes) == set(INDEXES):
        stores.subjects.reset()
        follow_all_subjects(stores)
    sync(stores)
    _log.info("made again from %d reports: %s", len(ids), ", ".join(indexes))
    stores.library.settle(noted)  # raises the generation too: other processes open the new folder
    _wrote(stores)
