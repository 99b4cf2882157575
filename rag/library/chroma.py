"""Chroma: one collection of vectors, in a folder or on a server, opened when used, and its failures as IndexDamaged.

Chroma does not see what another process wrote after it was opened, and writing through such a stale
view loses rows. So there is one writer, who holds the lock, and everybody opens Chroma afresh
when the library's generation has moved on (`refresh`).
"""

import logging
import shutil
import sqlite3
import threading
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from rag.errors import IndexDamaged
from rag.library.chroma_views import forget_folder
from rag.library.crash_guard import is_sealed, seal, stands_a_trial
from rag.library.schema import read_only

if TYPE_CHECKING:
    from chromadb import Collection as Collection
    from chromadb.api import ClientAPI


_log = logging.getLogger(__name__)

GRAPH: dict[str, Any] = {
    "space": "cosine",
    "max_neighbors": 32,
    "ef_construction": 200,
    "ef_search": 600,
}
"""Settings of the graph (HNSW) that searches go through, measured with benchmarks/vectors_at_size.py.

Links (`max_neighbors`, `ef_construction`) are as they were when a collection was made; the others are put right in an
older one when it is next written to.
"""

BATCH = 2000
"""Rows of one call: Chroma takes 5,461 at most, and SQLite 32,766 variables."""

_TRIED = 100_000  # vectors that a trial search walks to
_USUAL_THRESHOLD = 1000
_WAITING = 200  # changes that are worth writing the graph to disc for: whoever opens it takes them in at .7 ms each
_CHANGEABLE = ("ef_search",)


class ChromaCollection:
    """A collection by its name. May be shared by threads, which use it one after the other.

    Raises IndexDamaged from every method where Chroma fails.
    """

    def __init__(self, path: Path, name: str, *, url: str | None = None, is_trusted: bool = False) -> None:
        """`is_trusted`: reading the folder does not kill the process, so it need not be tried out."""
        self._path = path
        self._name = name
        self._url = url
        self._is_trusted = is_trusted or url is not None
        self._has_written = False
        self._lock = threading.RLock()
        self._client: ClientAPI | None = None
        self._opened: Collection | None = None
        self._generation: int | None = None
        self._counted: int | None = None  # while nothing is written

    def refresh(self, generation: int) -> None:
        """Opens Chroma afresh where the library's generation is another than at the last look."""
        with self._lock:
            if self._generation is not None and self._generation != generation:
                if self._url is None:
                    _log.debug("the library has moved on to generation %d: opened afresh", generation)
                    self.close()
                self._counted = None
            self._generation = generation

    def wrote(self, generation: int) -> None:
        """Tells that this very object made the index follow to the generation, so that it need not be opened afresh."""
        with self._lock:
            self._generation = generation

    @contextmanager
    def reading(self) -> "Iterator[Collection]":
        """The collection, opened."""
        with self._lock:
            try:
                if self._opened is None:
                    self._opened = self._open()
                yield self._opened
            except IndexDamaged:
                raise
            except Exception as error:
                raise self._failed(error) from error
            except BaseException as error:
                # Chroma's Rust side panics with a class of its own that is no Exception
                if type(error).__name__ != "PanicException":
                    raise
                raise self._failed(error) from error

    @contextmanager
    def writing(self) -> "Iterator[Collection]":
        """The collection, opened to be changed."""
        self._has_written = True
        with self.reading() as collection:
            self._counted = None
            if self._tuned(collection):
                self.close()  # settings count from the next opening
                self._has_written = True
        with self.reading() as collection:
            yield collection

    def open_ahead(self) -> None:
        """Opens Chroma, and has its graph read in the background; whoever uses it first waits for the rest.

        A failure is left to that use.
        """
        with suppress(IndexDamaged):
            with self.reading():
                pass
            threading.Thread(target=self._read_graph, name="graph").start()

    def _read_graph(self) -> None:
        with suppress(IndexDamaged), self.reading() as collection:
            collection.get(limit=1, include=[])

    def sync(self) -> None:
        """Has Chroma write its graph to disc where many changes wait for that; for the last of many writes.

        It does so by itself after `sync_threshold` changes, and has no call for it. Deleting what is not there counts
        as a change and costs next to nothing.
        """
        if self._url is not None or self._waiting() < _WAITING:
            return
        with self.writing() as collection:
            graph: Any = collection.configuration_json.get("hnsw") or {}
            changes = graph.get("sync_threshold", _USUAL_THRESHOLD)
            collection.delete(ids=[f"nothing-{number}" for number in range(changes)])

    def _waiting(self) -> int:
        """How many changes whoever opens the graph has to take in."""
        uri = read_only((self._path / "chroma.sqlite3").absolute())
        with suppress(sqlite3.Error), closing(sqlite3.connect(uri, uri=True)) as connection:
            return int(connection.execute("SELECT count(*) FROM embeddings_queue").fetchone()[0])
        return 0

    def count(self) -> int:
        """How many rows there are; counted once for each state of the library."""
        with self.reading() as collection:
            if self._counted is None or self._generation is None:
                self._counted = int(collection.count())
            return self._counted

    def reset(self) -> None:
        """Begins anew: without the folder, whatever state it is in; on a server, or in a folder that stays, without the
        collection."""
        with self._lock:
            if self._url is None:
                self.close()
                shutil.rmtree(self._path, ignore_errors=True)
                self._is_trusted = True
            if self._url is not None or self._path.exists():  # Windows keeps the files that a process has open
                with self.reading():
                    assert self._client is not None
                    self._client.delete_collection(self._name)
                    self._opened = None
            with self.reading():
                pass

    def close(self) -> None:
        """Lets go of Chroma, so that the next use opens it afresh."""
        with self._lock:
            self._opened = self._client = self._counted = None
            if self._url is None:
                forget_folder(self._path)
                if self._has_written:
                    seal(self._path)
                self._has_written = False

    def _open(self) -> "Collection":
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
            self._name, embedding_function=None, configuration={"hnsw": cast(Any, GRAPH)}
        )

    def _tuned(self, collection: "Collection") -> bool:
        """Puts settings of an older collection right; whether there was anything to do."""
        graph: Any = collection.configuration_json.get("hnsw") or {}
        changed = {name: GRAPH[name] for name in _CHANGEABLE if graph.get(name) != GRAPH[name]}
        if changed:
            with warnings.catch_warnings():  # Chroma warns of its own form of "no embedding function"
                warnings.simplefilter("ignore", DeprecationWarning)
                collection.modify(configuration={"hnsw": cast(Any, changed)})
        return bool(changed)

    def _try_out(self) -> None:
        """Makes sure, once, that reading the folder does not kill the process."""
        if not self._is_trusted and not is_sealed(self._path):
            _log.info("the folder of vectors is not as it was left: tried out in a process of its own")
            if not stands_a_trial(self._path, self._name):
                raise IndexDamaged("vector_index_crashes")
            seal(self._path)
        self._is_trusted = True

    def _failed(self, error: BaseException) -> IndexDamaged:
        _log.warning("Chroma fails: %s", type(error).__name__)
        self._opened = None
        reason = f"{type(error).__name__}: {str(error)[:200]}"
        if self._url is None:
            return IndexDamaged("vector_index_damaged", reason=reason)
        return IndexDamaged("chroma_server_unusable", host=urlsplit(self._url).netloc, reason=reason)


def probe(folder: str, collection: str) -> bool:
    """Whether a search in a folder finds vectors; for a process of its own, which may die of it."""
    try:
        with ChromaCollection(Path(folder), collection, is_trusted=True).reading() as opened:
            some = opened.get(limit=1, include=["embeddings"])["embeddings"]
            if some is None or not len(some):
                return True
            found = opened.query(
                query_embeddings=some[:1], n_results=min(_TRIED, opened.count()), include=["distances"]
            )
        return len(found["ids"][0]) > 0
    except IndexDamaged:
        return False
