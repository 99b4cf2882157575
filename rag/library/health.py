"""Whether the derived indexes hold what the library holds. Changes nothing, and needs neither lock nor embedder."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from rag.errors import IndexDamaged
from rag.library.indexing import Stores
from rag.library.library import Library
from rag.library.vectors import VectorIndex
from rag.parsing.orders import without_orders
from rag.types import Notice

T = TypeVar("T")
_REACHABLE = 0.99  # the vector index is a graph: a healthy one misses about one passage in five thousand


@dataclass(frozen=True, slots=True)
class Health:
    """Counts of passages in the library and in what is derived from it; None where it cannot be read."""

    reports: int
    passages: int
    in_vectors: int | None
    in_lexical: int | None
    in_sentences: int | None  # sentences of all reports
    reachable: int | None  # how many of the vectors a search finds
    astray: int  # passages and sentences that one of the indexes lacks, or has and should not
    pending: int  # changes that the indexes have not followed yet
    faults: tuple[Notice, ...]

    @property
    def is_healthy(self) -> bool:
        """Everything is in step and can be found."""
        in_step = not (self.astray or self.faults or self.pending)
        return in_step and (self.reachable or 0) >= self.passages * _REACHABLE


def check(stores: Stores) -> Health:
    """Looks at everything that the indexes hold; a stored vector serves as the question."""
    library, vectors = stores.library, stores.vectors
    wanted = {
        (report_id, number)
        for report_id, passages in library.rows("SELECT id, passages FROM reports")
        for number in range(passages)
    }
    vectors.refresh(library.generation())
    faults: list[Notice] = []
    in_vectors = _read(vectors.passages, faults)
    in_lexical = _read(stores.lexical.passages, faults)
    in_sentences = _read(stores.sentences.held, faults)
    astray = sum(len(held ^ wanted) for held in (in_vectors, in_lexical) if held is not None)
    if in_sentences is not None:
        astray += _unlike(in_sentences, _sentences(library))
    return Health(
        reports=library.totals().reports,
        passages=len(wanted),
        in_vectors=None if in_vectors is None else len(in_vectors),
        in_lexical=None if in_lexical is None else len(in_lexical),
        in_sentences=None if in_sentences is None else sum(in_sentences.values()),
        reachable=_reachable(vectors, in_vectors, faults),
        astray=astray,
        pending=len(library.pending()),
        faults=tuple(faults),
    )


def _sentences(library: Library) -> dict[str, int]:
    """How many sentences of each report give no orders; read from the report where no program has marked them yet."""
    sql = """SELECT id, sentences - (SELECT count(*) FROM sentences WHERE report = position AND is_order)
        FROM reports WHERE read_by != ''"""
    counts = dict(library.rows(sql))
    for report_id in library.unread():
        counts.update({each.id: len(without_orders(each).sentences) for each in library.reports([report_id])})
    return counts


def _unlike(one: Mapping[str, int], other: Mapping[str, int]) -> int:
    return sum(abs(one.get(name, 0) - other.get(name, 0)) or name not in one for name in {*one, *other})


def _read(held: Callable[[], T], faults: list[Notice]) -> T | None:
    try:
        return held()
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
