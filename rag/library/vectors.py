"""The vector index: the passages' vectors in Chroma, derived from the library."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from rag.library.chroma import BATCH, ChromaCollection
from rag.models.embedding import Vectors
from rag.parsing.report import Report
from rag.settings import Settings
from rag.types import SectionKind

if TYPE_CHECKING:
    from rag.library.chroma import Collection as OpenCollection

_FETCHED = (
    600  # passages whose vectors are fetched and compared one and all; Chroma's filter takes longer (see results)
)
_MOST_ASKED = 4000  # of all passages, to choose from; more take longer than Chroma's filter
_IN_RESERVE, _SPARE = 2.0, 100  # more are asked for than would do if the wanted were spread evenly
_USUAL = 15  # passages of a report
_SEARCHED_WHOLE = 20_000  # passages that one search is asked for, to see whether all can be found
_SAMPLE = 500


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
        """The same for several reports at once, which is quicker: a vector for each passage, report after report.

        A kill may leave some of it done.
        """
        rows = [(report, index) for report in reports for index in range(len(report.chunks))]
        if len(vectors) != len(rows):
            raise ValueError(f"{len(vectors)} vectors for {len(rows)} passages")
        with self.writing() as collection:
            for first in range(0, len(rows), BATCH):
                some = rows[first : first + BATCH]
                collection.upsert(
                    ids=[_passage_id(report.id, index) for report, index in some],
                    embeddings=vectors[first : first + BATCH],
                    metadatas=[_metadata(report, index) for report, index in some],
                )
            for report in reports:
                _drop(collection, report.id, first=len(report.chunks))

    def remove(self, report_id: str) -> None:
        """Forgets a report."""
        self.remove_many([report_id])

    def remove_many(self, report_ids: Sequence[str]) -> None:
        """Forgets several reports in one step."""
        with self.writing() as collection:
            for report_id in report_ids:
                _drop(collection, report_id, first=0)

    def query(
        self, vector: Vectors, *, report_ids: Collection[str] | None, kinds: Collection[SectionKind] | None, k: int
    ) -> list[VectorMatch]:
        """The k nearest passages among the given reports and kinds (None: all), nearest first.

        `report_ids` may be a mapping to how many passages each report has. Then the passages of a few reports are
        compared one and all, exactly; of many, the nearest of all are asked for and chosen from. Chroma's own filter
        goes through the whole collection each time, and is left for what that does not answer.
        """
        if (report_ids is not None and not report_ids) or (kinds is not None and not kinds):
            return []
        with self.reading() as collection:
            total = self.count()
            if not total:
                return []
            size = _size(report_ids, total)
            if isinstance(report_ids, Mapping) and size <= _FETCHED:
                return _sorted(_compared(collection, vector, report_ids, kinds))[:k]
            asked = min(total, k if size == total and kinds is None else int(_IN_RESERVE * k * total / size) + _SPARE)
            while asked <= _MOST_ASKED:
                found = _nearest(collection, vector, asked, report_ids, kinds)
                if len(found) >= k or asked == total:
                    return _sorted(found)[:k]
                asked = min(total, asked * 4)
            return _sorted(_filtered(collection, vector, report_ids, kinds, k))

    def fetch(self, passages: Sequence[tuple[str, int]]) -> dict[tuple[str, int], Vectors]:
        """The stored vectors of passages (report id, chunk index), as far as they are there."""
        with self.reading() as collection:
            return {_parts(name): row for name, row in _stored(collection, [_passage_id(*each) for each in passages])}

    def reachable(self, vector: Vectors) -> int:
        """How many passages a search can find: fewer than `count()` where the graph lost some.

        In a large index it is told from a sample, which searches for themselves find or do not.
        """
        with self.reading() as collection:
            total = self.count()
            if total <= _SEARCHED_WHOLE:
                return len(_nearest(collection, vector, max(1, total), None, None))
            step = total // _SAMPLE
            names = [collection.get(limit=1, offset=place, include=[])["ids"][0] for place in range(0, total, step)]
            found = [
                name in collection.query(query_embeddings=row[np.newaxis], n_results=10, include=[])["ids"][0]
                for name, row in _stored(collection, names)
            ]
        return round(total * sum(found) / len(names))

    def passages(self) -> set[tuple[str, int]]:
        """Report id and chunk index of every passage; reads them all."""
        with self.reading() as collection:
            return {_parts(name) for name in collection.get(include=[])["ids"]}


def _size(report_ids: Collection[str] | None, total: int) -> int:
    """How many passages the reports have, 15 each where that is not told; of all passages."""
    if report_ids is None:
        return total
    known = sum(report_ids.values()) if isinstance(report_ids, Mapping) else _USUAL * len(report_ids)
    return max(1, min(total, known))


def _compared(
    collection: "OpenCollection", vector: Vectors, sizes: Mapping[str, int], kinds: Collection[SectionKind] | None
) -> list[VectorMatch]:
    """All passages of the reports and kinds, compared with the vector itself."""
    names = [_passage_id(report_id, index) for report_id, size in sizes.items() for index in range(size)]
    if kinds is not None:
        names = _of_kinds(collection, names, kinds)
    return [VectorMatch(*_parts(name), float(row @ vector)) for name, row in _stored(collection, names)]


def _nearest(
    collection: "OpenCollection",
    vector: Vectors,
    asked: int,
    report_ids: Collection[str] | None,
    kinds: Collection[SectionKind] | None,
) -> list[VectorMatch]:
    """Those of the nearest passages that are of the reports and kinds."""
    include: Any = ["distances"] if kinds is None else ["distances", "metadatas"]
    found = collection.query(query_embeddings=vector[np.newaxis], n_results=asked, include=include)
    names, distances = found["ids"][0], (found["distances"] or [[]])[0]
    metadatas: Any = (found["metadatas"] or [[{}] * len(names)])[0]
    matches = [
        VectorMatch(*_parts(name), 1.0 - distance)
        for name, distance, metadata in zip(names, distances, metadatas, strict=True)
        if kinds is None or metadata.get("kind") in kinds
    ]
    return [match for match in matches if report_ids is None or match.report_id in report_ids]


def _filtered(
    collection: "OpenCollection",
    vector: Vectors,
    report_ids: Collection[str] | None,
    kinds: Collection[SectionKind] | None,
    k: int,
) -> list[VectorMatch]:
    """The nearest by Chroma's own filter."""
    conditions: list[dict[str, Any]] = []
    for field, allowed in (("report_id", report_ids), ("kind", kinds)):
        if allowed is not None:
            conditions.append({field: {"$in": sorted(allowed)}})
    where: Any = {"$and": conditions} if len(conditions) == 2 else next(iter(conditions), None)
    found = collection.query(query_embeddings=vector[np.newaxis], n_results=k, where=where, include=["distances"])
    names, distances = found["ids"][0], (found["distances"] or [[]])[0]
    return [VectorMatch(*_parts(name), 1.0 - distance) for name, distance in zip(names, distances, strict=True)]


def _sorted(matches: list[VectorMatch]) -> list[VectorMatch]:
    return sorted(matches, key=lambda match: (-match.similarity, match.report_id, match.chunk_index))


def _of_kinds(collection: "OpenCollection", names: Sequence[str], kinds: Collection[SectionKind]) -> list[str]:
    """Those of some passages that are of these kinds."""
    kept: list[str] = []
    for first in range(0, len(names), BATCH):
        found = collection.get(ids=list(names[first : first + BATCH]), include=["metadatas"])
        metadatas: Any = found["metadatas"]
        kept += [name for name, each in zip(found["ids"], metadatas, strict=True) if each["kind"] in kinds]
    return kept


def _stored(collection: "OpenCollection", names: Sequence[str]) -> Iterator[tuple[str, Vectors]]:
    """Ids and vectors of passages, as far as they are there."""
    for first in range(0, len(names), BATCH):
        found = collection.get(ids=list(names[first : first + BATCH]), include=["embeddings"])
        yield from zip(found["ids"], np.asarray(found["embeddings"], dtype=np.float32), strict=True)


def _drop(collection: "OpenCollection", report_id: str, *, first: int) -> None:
    """Takes out the passages of a report from this number on.

    They are looked for by their ids, since Chroma's filter goes through the whole collection. The last go first, so
    that a kill never leaves a gap behind which others would be overlooked.
    """
    windows: list[list[str]] = []
    while True:
        start = first + len(windows) * BATCH
        stored = collection.get(ids=[_passage_id(report_id, start + n) for n in range(BATCH)], include=[])["ids"]
        if not stored:
            break
        windows.append(stored)
    for stored in reversed(windows):
        collection.delete(ids=stored)


def _passage_id(report_id: str, chunk_index: int) -> str:
    return f"{report_id}:{chunk_index}"


def _parts(passage_id: str) -> tuple[str, int]:
    report_id, _, index = passage_id.rpartition(":")
    return report_id, int(index)


def _metadata(report: Report, index: int) -> Any:
    found = {"town": report.metadata.town, "year": report.metadata.year}
    known = {name: value for name, value in found.items() if value is not None}
    return {"report_id": report.id, "kind": report.chunks[index].kind, **known}
