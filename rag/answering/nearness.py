"""How near texts are to a question in meaning: cosines of the built-in embedder, worked out once for each text."""

import logging
from collections.abc import Iterable

from rag.errors import ModelError
from rag.models.embedding import Embedder, LocalEmbedder

TYPICAL = 0.87  # cosine of a clause that has little to do with a question of its report

_log = logging.getLogger(__name__)


class NearnessTo:
    """The cosine of texts with one question; TYPICAL for all where it cannot tell.

    Other embedders than the built-in one cannot: their cosines lie elsewhere.
    """

    def __init__(self, embedder: Embedder, question: str) -> None:
        self._embedder = embedder
        self._question = question
        self._known: dict[str, float] = {}

    def __call__(self, text: str) -> float:
        if text not in self._known:
            self.read([text])
        return self._known[text]

    def read(self, texts: Iterable[str]) -> None:
        """Works out many texts at once, which takes half of the time."""
        fresh = [text for text in dict.fromkeys(texts) if text not in self._known]
        if fresh:
            self._known |= dict(zip(fresh, self._cosines(fresh), strict=True))

    def _cosines(self, texts: list[str]) -> list[float]:
        if self._embedder.name != LocalEmbedder.name:
            return [TYPICAL] * len(texts)
        try:
            vectors = self._embedder.passages(texts)
            return [float(cosine) for cosine in vectors @ self._embedder.query(self._question)]
        except ModelError as error:
            _log.info("nearness decides nothing: no embeddings (%s)", type(error).__name__)
            return [TYPICAL] * len(texts)
