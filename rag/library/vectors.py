"""The vector index: Chroma, derived from the library.

Chroma does not see what another process wrote after it was opened, and writing through such a stale
view loses rows. So there is one writer, who holds the lock, and everybody opens Chroma afresh
when the library's generation has moved on (`refresh`).
"""

import shutil
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np

from rag.errors import IndexDamaged
from rag.library.crash_guard import is_sealed, seal, stands_a_trial
from rag.models.embedding import Vectors
from rag.parsing.report import Report
from rag.settings import Settings
from rag.types import SectionKind

if TYPE_CHECKING:
    from chromadb import Collection as ChromaCollection
    from chromadb.api import ClientAPI

_BATCH = 2000  # Chroma takes 5,461 at most, and SQLite 32,766 variables


@dataclass(frozen=True, slots=True)
class VectorMatch:
    """A passage with its cosine similarity."""

    report_id: str
    chunk_index: int
    similarity: float


class VectorIndex:
    """Vectors of passages under the name of the embedder that made them.

    Raises IndexDamaged from every method where Chroma fails.
    """

    def __init__(self, path: Path, embedder_name: str, *, url: str | None = None, library: str | None = None) -> None:
        self._path = path
        self._url = url
        self._name = "-".join(part for part in ("passages", embedder_name, library) if part)
        self._is_trusted = url is not None  # that reading the folder does not kill the process
        self._has_written = False
        self._lock = threading.RLock()
        self._client: ClientAPI | None = None
        self._opened: ChromaCollection | None = None
        self._generation: int | None = None

    @classmethod
    def of(cls, settings: Settings, embedder_name: str, library: str | None = None) -> "VectorIndex":
        """The index of the settings: a folder, or a Chroma server, where each library has a collection of its own."""
        return cls(settings.chroma_path, embedder_name, url=settings.chroma_url, library=library)

    def refresh(self, generation: int) -> None:
        """Opens Chroma afresh where the library's generation is another than at the last look."""
        with self._lock:
            if self._generation is not None and self._generation != generation and self._url is None:
                self.close()
            self._generation = generation

    def wrote(self, generation: int) -> None:
        """Tells that this very object made the index follow to the generation, so that it need not be opened afresh."""
        with self._lock:
            self._generation = generation

    def upsert(self, report: Report, vectors: Vectors) -> None:
        """Takes in all passages of a report, one vector each, in place of what stood for it before."""
        if len(vectors) != len(report.chunks):
            raise ValueError(f"{len(vectors)} vectors for {len(report.chunks)} passages")
        ids = [_passage_id(report.id, index) for index in range(len(report.chunks))]
        metadatas: list[Any] = [_metadata(report, index) for index in range(len(report.chunks))]
        self._has_written = True
        with self._use() as collection:
            self._drop(collection, report.id, keep=frozenset(ids))
            for first in range(0, len(ids), _BATCH):
                some = slice(first, first + _BATCH)
                collection.upsert(ids=ids[some], embeddings=vectors[some], metadatas=metadatas[some])

    def remove(self, report_id: str) -> None:
        """Forgets a report."""
        self._has_written = True
        with self._use() as collection:
            self._drop(collection, report_id, keep=frozenset())

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
        with self._use() as collection:
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
        with self._use() as collection:
            for first in range(0, len(ids), _BATCH):
                found = collection.get(ids=ids[first : first + _BATCH], include=["embeddings"])
                vectors = np.asarray(found["embeddings"], dtype=np.float32)
                rows.update({_parts(name): row for name, row in zip(found["ids"], vectors, strict=True)})
        return rows

    def count(self) -> int:
        """How many passages there are."""
        with self._use() as collection:
            return int(collection.count())

    def reachable(self, vector: Vectors) -> int:
        """How many passages a search can find: fewer than `count()` where the graph lost some."""
        with self._use() as collection:
            total = max(1, int(collection.count()))
            found = collection.query(query_embeddings=vector[np.newaxis], n_results=total, include=["distances"])
        return len(found["ids"][0])

    def passages(self) -> set[tuple[str, int]]:
        """Report id and chunk index of every passage."""
        with self._use() as collection:
            return {_parts(name) for name in collection.get(include=[])["ids"]}

    def reset(self) -> None:
        """Begins anew: without the folder, whatever state it is in; on a server, without the collection."""
        with self._lock:
            if self._url is None:
                self.close()
                shutil.rmtree(self._path, ignore_errors=True)
                self._is_trusted = True
            else:
                with self._use():
                    assert self._client is not None
                    self._client.delete_collection(self._name)
                    self._opened = None
            self.count()

    def close(self) -> None:
        """Lets go of Chroma, so that the next use opens it afresh."""
        with self._lock:
            self._opened = self._client = None
            if self._url is None:
                _forget_systems(self._path)
                if self._has_written:
                    seal(self._path)
                self._has_written = False

    def _drop(self, collection: "ChromaCollection", report_id: str, *, keep: frozenset[str]) -> None:
        stored = collection.get(where={"report_id": report_id}, include=[])["ids"]
        surplus = [name for name in stored if name not in keep]
        for first in range(0, len(surplus), _BATCH):
            collection.delete(ids=surplus[first : first + _BATCH])

    @contextmanager
    def _use(self) -> Iterator["ChromaCollection"]:
        with self._lock:
            try:
                if self._opened is None:
                    self._opened = self._open()
                yield self._opened
            except IndexDamaged:
                raise
            except Exception as error:
                self._opened = None
                raise self._damaged(f"{type(error).__name__}: {str(error)[:200]}") from error
            except BaseException as error:
                # Chroma's Rust side panics with a class of its own that is no Exception
                if type(error).__name__ != "PanicException":
                    raise
                self._opened = None
                raise self._damaged(f"PanicException: {str(error)[:200]}") from error

    def _open(self) -> "ChromaCollection":
        from chromadb import HttpClient, PersistentClient
        from chromadb.config import Settings as ChromaSettings

        self._try_out()
        quiet = ChromaSettings(anonymized_telemetry=False)
        if self._url is None:
            self._client = PersistentClient(path=str(self._path), settings=quiet)
        else:
            parts = urlsplit(self._url)
            is_tls = parts.scheme == "https"
            port = parts.port or (443 if is_tls else 8000)
            self._client = HttpClient(host=parts.hostname or "127.0.0.1", port=port, ssl=is_tls, settings=quiet)
        return self._client.get_or_create_collection(
            self._name, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
        )

    def _try_out(self) -> None:
        """Makes sure, once, that reading the folder does not kill the process."""
        if not self._is_trusted and not is_sealed(self._path):
            if not stands_a_trial(self._path, self._name):
                raise self._damaged("Chroma 读它时出错或崩溃 Chroma fails when it reads it")
            seal(self._path)
        self._is_trusted = True

    def _damaged(self, reason: str) -> IndexDamaged:
        if self._url is None:
            return IndexDamaged(
                f"向量索引无法使用（{reason}），请运行 zhenbao rebuild。(the vector index cannot be used)"
            )
        host = urlsplit(self._url).netloc
        return IndexDamaged(f"Chroma 服务器 {host} 无法使用（{reason}），请检查它是否在运行。(no use of the server)")


def probe(folder: str, collection: str) -> bool:
    """Whether a search in a folder finds vectors; for a process of its own, which may die of it."""
    index = VectorIndex(Path(folder), collection.removeprefix("passages-"))
    index._is_trusted = True
    try:
        with index._use() as opened:
            some = opened.get(limit=1, include=["embeddings"])["embeddings"]
        return some is None or not len(some) or index.reachable(np.asarray(some[0], dtype=np.float32)) > 0
    except IndexDamaged:
        return False


def _passage_id(report_id: str, chunk_index: int) -> str:
    return f"{report_id}:{chunk_index}"


def _parts(passage_id: str) -> tuple[str, int]:
    report_id, _, index = passage_id.rpartition(":")
    return report_id, int(index)


def _metadata(report: Report, index: int) -> dict[str, str | int]:
    found = {"town": report.metadata.town, "year": report.metadata.year}
    known = {name: value for name, value in found.items() if value is not None}
    return {"report_id": report.id, "kind": report.chunks[index].kind, **known}


def _forget_systems(path: Path) -> None:
    """Stops Chroma's own process-wide view of the folder; without it a new client would be handed the old one."""
    import sys

    if "chromadb" not in sys.modules:
        return
    from chromadb.api.shared_system_client import SharedSystemClient

    system = SharedSystemClient._identifier_to_system.pop(str(path), None)
    SharedSystemClient._identifier_to_refcount.pop(str(path), None)
    if system is not None:
        with suppress(AttributeError):  # one that failed to start has nothing to stop
            system.stop()
