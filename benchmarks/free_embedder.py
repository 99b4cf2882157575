"""An embedder and a chat model that cost nothing, so that what is measured is the code around them."""

import zlib
from collections.abc import Sequence

import numpy as np

from rag.errors import ModelUnavailable
from rag.models.conversation import ChatModel, ChatRequest, Choice, ChoiceRequest, Reply, T
from rag.models.embedding import Embedder, Vectors
from rag.workspace import Workspace

_PLACES = 4  # of a vector that a pair of characters adds to or takes from
_MULTIPLIERS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93], np.uint64)


class FreeEmbedder:
    """Counts of pairs of characters, thrown onto 384 places by their hash: texts that share pairs have near vectors."""

    name = "free-pairs-384"
    dimension = 384

    def passages(self, texts: Sequence[str]) -> Vectors:
        return np.array([self.query(text) for text in texts], np.float32).reshape(len(texts), self.dimension)

    def query(self, text: str) -> Vectors:
        codes = np.frombuffer(f" {text} ".encode("utf-32-le", "replace"), "<u4").astype(np.uint64)
        pairs = (codes[:-1] << np.uint64(21)) | codes[1:]
        hashes = (pairs[:, None] * _MULTIPLIERS[None, :_PLACES]) >> np.uint64(33)
        signs = np.where(hashes & np.uint64(1), 1.0, -1.0)
        places = ((hashes >> np.uint64(1)) % np.uint64(self.dimension)).astype(np.intp)
        counts = np.bincount(places.ravel(), weights=signs.ravel(), minlength=self.dimension)
        counts[zlib.crc32(text.encode("utf-8", "replace")) % self.dimension] += 0.01  # never of length 0
        vector: Vectors = (counts / np.linalg.norm(counts)).astype(np.float32)
        return vector


class NoModel:
    """A chat model that is never there: the answer ends with what code alone finds."""

    name = "none"

    def complete(self, request: ChatRequest[T]) -> Reply[T]:
        raise ModelUnavailable("cannot_connect", service="none", reason="none")

    def choose(self, request: ChoiceRequest) -> Choice:
        raise ModelUnavailable("cannot_connect", service="none", reason="none")


class FreeWorkspace(Workspace):
    """A data folder whose embedder and chat model cost nothing."""

    @property
    def embedder(self) -> Embedder:
        return self._part("embedder", FreeEmbedder)

    @property
    def model(self) -> ChatModel:
        return self._part("model", NoModel)
