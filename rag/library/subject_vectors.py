"""Vectors of the subjects of figures, by which comparisons find what means the same in other words.

A folder of its own beside that of the passages' vectors, under the same guard: Chroma keeps one view of a folder for a
process, and what closes or loses one collection must not take the other with it. The graph is held in memory, about
1.9 kB a subject; so it serves up to `MOST` different subjects. Where a library has more, nothing is brought in here:
subjects are found by their words, and only those found are embedded and compared.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rag.library.chroma import BATCH, ChromaCollection
from rag.models.embedding import Vectors

MOST = 100_000


@dataclass(frozen=True, slots=True)
class NearSubject:
    """A subject with its cosine similarity."""

    subject_id: int
    similarity: float


class SubjectVectors(ChromaCollection):
    """Vectors under the numbers of subjects. Raises IndexDamaged where Chroma fails."""

    def __init__(self, path: Path, embedder_name: str, *, url: str | None = None, library: str | None = None) -> None:
        super().__init__(path, "-".join(part for part in ("subjects", embedder_name, library) if part), url=url)

    def upsert(self, subjects: Sequence[tuple[int, str]], vectors: Vectors) -> None:
        """Takes in subjects (id and text), one vector each, in place of what stood under their ids before."""
        if len(vectors) != len(subjects):
            raise ValueError(f"{len(vectors)} vectors for {len(subjects)} subjects")
        with self.writing() as collection:
            for first in range(0, len(subjects), BATCH):
                some = subjects[first : first + BATCH]
                collection.upsert(
                    ids=[str(subject_id) for subject_id, _ in some],
                    embeddings=vectors[first : first + BATCH],
                    metadatas=[{"subject": text} for _, text in some],
                )

    def query(self, vector: Vectors, k: int) -> list[NearSubject]:
        """The k nearest subjects, nearest first."""
        with self.reading() as collection:
            if not self.count():
                return []
            found = collection.query(query_embeddings=vector[np.newaxis], n_results=k, include=["distances"])
            names, distances = found["ids"][0], (found["distances"] or [[]])[0]
        near = [NearSubject(int(name), 1.0 - distance) for name, distance in zip(names, distances, strict=True)]
        return sorted(near, key=lambda subject: (-subject.similarity, subject.subject_id))

    def fetch(self, subject_ids: Collection[int]) -> dict[int, Vectors]:
        """The stored vectors of subjects, as far as they are there."""
        names = [str(subject_id) for subject_id in subject_ids]
        rows: dict[int, Vectors] = {}
        with self.reading() as collection:
            for first in range(0, len(names), BATCH):
                found = collection.get(ids=names[first : first + BATCH], include=["embeddings"])
                vectors = np.asarray(found["embeddings"], dtype=np.float32)
                rows.update({int(name): row for name, row in zip(found["ids"], vectors, strict=True)})
        return rows

    def remove(self, subject_ids: Collection[int]) -> None:
        """Forgets subjects."""
        names = [str(subject_id) for subject_id in subject_ids]
        with self.writing() as collection:
            for first in range(0, len(names), BATCH):
                collection.delete(ids=names[first : first + BATCH])
