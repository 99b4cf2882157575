"""The vector index: the passages' vectors in Chroma, derived from the library."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from rag.library.chroma import ChromaCollection
from rag.models.embedding import Vectors
from rag.parsing.report import Report
from rag.settings import Settings
from rag.types import SectionKind

if TYPE_CHECKING:
    from rag.library.chroma import Collection as OpenCollection

_BATCH = 2000  # Chroma takes 5,461 at most, and SQLite 32,766 variables


@dataclass(frozen=True, slots=True)
class VectorMatch:
    """A passage with its cosine similarity."""

    report_id: str
    chunk_index: int
    similarity: float


class VectorIndex(ChromaCollection):
    """Vectors of passages under the name of the embedder that made them. Raises IndexDamaged where Chroma fails."""

    def __init__(self, path: Path, embedder_name: str, *, url: str | None = None, library: str | None = None) -> None:
        super().__init__(path, "-".join(part for part in ("passages", embedder_name, library) if part), url=url)

    @classmethod
    def of(cls, settings: Settings, embedder_name: str, library: str | None = None) -> "VectorIndex":
        """The index of the settings: a folder, or a Chroma server, where each library has a collection of its own."""
        return cls(settings.chroma_path, embedder_name, url=settings.chroma_url, library=library)

    def upsert(self, report: Report, vectors: Vectors) -> None:
        """Takes in all passages of a report, one vector each, in place of what stood for it before."""
        self.upsert_many([report], vectors)

    def upsert_many(self, reports: Sequence[Report], vectors: Vectors) -> None:
        """The same for several reports in one step: a vector for each passage, report after report."""
        passages = [(report, index) for report in reports for index in range(len(report.chunks))]
        if len(vectors) != len(passages):
            raise ValueError(f"{len(vectors)} vectors for {len(passages)} passages")
        ids = [_passage_id(report.id, index) for report, index in passages]
        metadatas: list[Any] = [_metadata(report, index) for report, index in passages]
        with self.writing() as collection:
            _drop(collection, [report.id for report in reports], keep=frozenset(ids))
            for first in range(0, len(ids), _BATCH):
                some = slice(first, first + _BATCH)
                collection.upsert(ids=ids[some], embeddings=vectors[some], metadatas=metadatas[some])

    def remove(self, report_id: str) -> None:
        """Forgets a report."""
        self.remove_many([report_id])

    def remove_many(self, report_ids: Sequence[str]) -> None:
        """Forgets several reports in one step."""
        with self.writing() as collection:
            _drop(collection, report_ids, keep=frozenset())

    def query(
        self, vector: Vectors, *, report_ids: Collection[str] | None, kinds: Collection[SectionKind] | None, k: int
    ) -> list[VectorMatch]:
        """The k nearest passages among the given reports and kinds (None: all), nearest first."""
        conditions: list[dict[str, Any]] = []
        for field, allowed in (("report_id", report_ids), ("kind", kinds)):
            if allowed is not None:
                conditions.append({field: {"$in": sorted(allowed)}})
        if (report_ids is not None and not report_ids) or (kinds is not None and not kinds):
            return []  # Chroma rejects an empty list
        where: Any = {"$and": conditions} if len(conditions) == 2 else next(iter(conditions), None)
        with self.reading() as collection:
            found = collection.query(
                query_embeddings=vector[np.newaxis], n_results=k, where=where, include=["distances"]
            )
            ids, distances = found["ids"][0], (found["distances"] or [[]])[0]
        matches = [VectorMatch(*_parts(name), 1.0 - distance) for name, distance in zip(ids, distances, strict=True)]
        return sorted(matches, key=lambda match: (-match.similarity, match.report_id, match.chunk_index))

    def fetch(self, passages: Sequence[tuple[str, int]]) -> dict[tuple[str, int], Vectors]:
        """The stored vectors of passages (report id, chunk index), as far as they are there."""
        ids = [_passage_id(*passage) for passage in passages]
        rows: dict[tuple[str, int], Vectors] = {}
        with self.reading() as collection:
            for first in range(0, len(ids), _BATCH):
                found = collection.get(ids=ids[first : first + _BATCH], include=["embeddings"])
                vectors = np.asarray(found["embeddings"], dtype=np.float32)
                rows.update({_parts(name): row for name, row in zip(found["ids"], vectors, strict=True)})
        return rows

    def count(self) -> int:
        """How many passages there are."""
        with self.reading() as collection:
            return int(collection.count())

    def reachable(self, vector: Vectors) -> int:
        """How many passages a search can find: fewer than `count()` where the graph lost some."""
        with self.reading() as collection:
            total = max(1, int(collection.count()))
            found = collection.query(query_embeddings=vector[np.newaxis], n_results=total, include=["distances"])
        return len(found["ids"][0])

    def passages(self) -> set[tuple[str, int]]:
        """Report id and chunk index of every passage."""
        with self.reading() as collection:
            return {_parts(name) for name in collection.get(include=[])["ids"]}


def _drop(collection: "OpenCollection", report_ids: Sequence[str], *, keep: frozenset[str]) -> None:
    """Takes out what reports have beyond the passages to keep."""
    where: Any = {"report_id": {"$in": list(report_ids)}}
    stored = collection.get(where=where, include=[])["ids"]
    surplus = [name for name in stored if name not in keep]
    for first in range(0, len(surplus), _BATCH):
        collection.delete(ids=surplus[first : first + _BATCH])


def _passage_id(report_id: str, chunk_index: int) -> str:
    return f"{report_id}:{chunk_index}"


def _parts(passage_id: str) -> tuple[str, int]:
    report_id, _, index = passage_id.rpartition(":")
    return report_id, int(index)


def _metadata(report: Report, index: int) -> dict[str, str | int]:
    found = {"town": report.metadata.town, "year": report.metadata.year}
    known = {name: value for name, value in found.items() if value is not None}
    return {"report_id": report.id, "kind": report.chunks[index].kind, **known}
