"""Text to vectors by an OpenAI-compatible endpoint."""

import hashlib
import re
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from rag.errors import BadReply
from rag.models.access import Access
from rag.models.cache import Cache
from rag.models.embedding_replies import vectors_of_reply
from rag.models.error_bodies import said_in

if TYPE_CHECKING:
    from openai import OpenAI

_Vectors = npt.NDArray[np.float32]
_BATCH = 64


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

    def passages(self, texts: Sequence[str]) -> _Vectors:
        parts = [np.empty((0, self.dimension), np.float32)]
        for first in range(0, len(texts), _BATCH):
            parts.append(self._checked(self._request([embeddable(text) for text in texts[first : first + _BATCH]])))
        return np.concatenate(parts)

    def query(self, text: str) -> _Vectors:
        vector: _Vectors = self._checked(self._request([embeddable(text)]))[0]
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

    def _checked(self, vectors: _Vectors) -> _Vectors:
        if vectors.shape[1] != self.dimension:
            found, expected = vectors.shape[1], self.dimension
            raise BadReply("dimension_changed", model=self._access.model, found=found, expected=expected)
        return vectors

    def _request(self, texts: list[str]) -> _Vectors:
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


def embeddable(text: str) -> str:
    """What every embedder can take: no NUL, which ends a C string, no lone surrogate, and never empty."""
    return text.encode("utf-8", "replace").decode().replace("\0", " ") or " "
