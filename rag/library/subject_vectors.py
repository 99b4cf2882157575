"""The vectors of figures' subjects in Chroma, derived from the library."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from rag.library.chroma import ChromaCollection
from rag.models.embedding import Vectors
from rag.settings import Settings

_BATCH = 2000  # Chroma takes 5,461 at most


class SubjectVectors(ChromaCollection):
    """Vectors of subjects by their number in the library. Raises IndexDamaged where Chroma fails."""

    def __init__(self, path: Path, embedder_name: str, library: str, *, url: str | None = None) -> None:
        super().__init__(path, f"subjects-{embedder_name}-{library}", url=url)

    @classmethod
    def of(cls, settings: Settings, embedder_name: str, library: str) -> "SubjectVectors":
        """Those of the settings: a folder, or a Chroma server; each library has a collection of its own."""
        return cls(settings.subjects_path, embedder_name, library, url=settings.chroma_url)

    def upsert(self, subjects: Sequence[int], vectors: Vectors) -> None:
        """Takes in subjects, one vector each."""
        with self.writing() as collection:
            for first in range(0, len(subjects), _BATCH):
                some = slice(first, first + _BATCH)
                collection.upsert(ids=[str(each) for each in subjects[some]], embeddings=vectors[some])

    def remove(self, subjects: Sequence[int]) -> None:
        """Forgets subjects."""
        with self.writing() as collection:
            for first in range(0, len(subjects), _BATCH):
                collection.delete(ids=[str(each) for each in subjects[first : first + _BATCH]])

    def query(self, vector: Vectors, k: int) -> list[tuple[int, float]]:
        """The k nearest subjects, each with its cosine similarity, nearest first."""
        with self.reading() as collection:
            found = collection.query(query_embeddings=vector[np.newaxis], n_results=k, include=["distances"])
            ids, distances = found["ids"][0], (found["distances"] or [[]])[0]
        near = [(int(name), 1.0 - distance) for name, distance in zip(ids, distances, strict=True)]
        return sorted(near, key=lambda each: (-each[1], each[0]))

    def fetch(self, subjects: Sequence[int]) -> dict[int, Vectors]:
        """The stored vectors of subjects, as far as they are there."""
        rows: dict[int, Vectors] = {}
        with self.reading() as collection:
            for first in range(0, len(subjects), _BATCH):
                ids = [str(each) for each in subjects[first : first + _BATCH]]
                found = collection.get(ids=ids, include=["embeddings"])
                vectors = np.asarray(found["embeddings"], dtype=np.float32)
                rows.update({int(name): row for name, row in zip(found["ids"], vectors, strict=True)})
        return rows

    def lacking(self, subjects: Sequence[int]) -> list[int]:
        """Those of the subjects that are not there."""
        held: set[int] = set()
        with self.reading() as collection:
            for first in range(0, len(subjects), _BATCH):
                ids = [str(each) for each in subjects[first : first + _BATCH]]
                held.update(int(name) for name in collection.get(ids=ids, include=[])["ids"])
        return [each for each in subjects if each not in held]

    def count(self) -> int:
        """How many subjects there are."""
        with self.reading() as collection:
            return int(collection.count())
