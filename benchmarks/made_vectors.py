"""Vectors without end, as near to one another as embedded passages and questions are, and the nearest by brute force.

They lie in 48 dimensions around their report and one of 30 themes, with a little of all 384 dimensions, near one mean.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[Any]
"""Vectors, one a row."""

DIMENSION, LATENT, THEMES, PASSAGES_OF_A_REPORT = 384, 48, 30, 15
DECAY = 0.23  # of the latent dimensions' shares
OF_REPORT, OF_THEME, OF_ITSELF, NOISE = 0.68, 0.28, 0.30, 0.50  # what a passage differs from the mean by
TOWARDS_MEAN = 0.937  # all texts are near their mean
ANSWERED, ASIDE, ASIDE_LATENT = 0.2, 0.43, 0.41  # what a question has of its passage, what of something else
NEAREST = 10


class Mixture:
    """Passages and questions as unit vectors."""

    def __init__(self, seed: int = 1) -> None:
        self._random = np.random.default_rng(seed)
        shares = (1 + np.arange(LATENT)) ** -DECAY
        self._shares = shares / np.linalg.norm(shares)
        self._themes = self._latent(THEMES)
        self._report = self._latent(1)[0]
        self._made = 0

    def passages(self, count: int) -> Rows:
        """The next ones, shape (count, 384); 15 in a row are of one report."""
        rows = np.empty((count, LATENT))
        for index in range(count):
            if self._made % PASSAGES_OF_A_REPORT == 0:
                self._report = self._latent(1)[0]
            rows[index] = self._report
            self._made += 1
        themes = self._themes[self._random.integers(THEMES, size=count)]
        whole = self._random.standard_normal((count, DIMENSION)) * (NOISE / np.sqrt(DIMENSION))
        whole[:, 1 : LATENT + 1] += OF_REPORT * rows + OF_THEME * themes + OF_ITSELF * self._latent(count)
        length = np.sqrt(OF_REPORT**2 + OF_THEME**2 + OF_ITSELF**2 + NOISE**2)
        whole *= np.sqrt(1 - TOWARDS_MEAN**2) / length
        whole[:, 0] += TOWARDS_MEAN
        return _unit(whole)

    def questions(self, answers: Rows) -> Rows:
        """A question to each of these passages."""
        own = answers.astype(np.float64)
        own[:, 0] = 0
        latent, other = np.zeros(own.shape), self._random.standard_normal(own.shape) / np.sqrt(DIMENSION)
        latent[:, 1 : LATENT + 1] = self._latent(len(own))
        aside = ASIDE_LATENT * _unit(latent) + np.sqrt(1 - ASIDE_LATENT**2) * other
        asked = ANSWERED * _unit(own) + ASIDE * aside
        asked[:, 0] += np.sqrt(1 - ANSWERED**2 - ASIDE**2)
        return _unit(asked)

    def _latent(self, count: int) -> Rows:
        rows: Rows = self._random.standard_normal((count, LATENT)) * self._shares
        return rows


def nearest(vectors: Rows, questions: Rows) -> Rows:
    """The numbers of the ten nearest by brute force, a row for each question."""
    best = np.empty((len(questions), 0))
    places = np.empty((len(questions), 0), np.int64)
    for first in range(0, len(vectors), 50_000):
        near = questions @ np.asarray(vectors[first : first + 50_000]).T
        best = np.concatenate([best, near], axis=1)
        places = np.concatenate([places, np.tile(np.arange(first, first + near.shape[1]), (len(questions), 1))], axis=1)
        order = np.argsort(-best, axis=1)[:, :NEAREST]
        best, places = np.take_along_axis(best, order, 1), np.take_along_axis(places, order, 1)
    return places


def print_distances(sets: Sequence[Path]) -> None:
    """Mean similarity to the nearest, 10th nearest …, of embedded passages and of as many made ones."""
    from rag.formats.read import read_file
    from rag.library.passages import passage_text
    from rag.models.embedding import LocalEmbedder
    from rag.parsing.parse import parse

    files = [file for each in sets for file in sorted((each / "reports").iterdir()) if file.is_file()]
    reports = [parse(read_file(file)).report for file in files]
    embedder = LocalEmbedder()
    texts = [passage_text(report, chunk) for report in reports for chunk in report.chunks]
    lines = [line for each in sets for line in (each / "golden.jsonl").read_text(encoding="utf-8").splitlines()]
    asked = np.array([embedder.query(json.loads(line)["question"]) for line in lines[:200]])
    mixture = Mixture()
    made = mixture.passages(len(texts))
    some = made[np.random.default_rng(3).integers(len(made), size=len(asked))]
    real = np.concatenate([embedder.passages(texts[first : first + 16]) for first in range(0, len(texts), 16)])
    for name, passages, questions in (("embedded", real, asked), ("made", made, mixture.questions(some))):
        print(name, len(passages), "question to passage", _nearness(questions @ passages.T))
        print(name, len(passages), "passage to passage", _nearness(passages @ passages.T - 2 * np.eye(len(passages))))


def _nearness(similarities: Rows) -> dict[str, float]:
    ordered = -np.sort(-similarities, axis=1)
    ranks = [rank for rank in (1, 2, 5, 10, 20, 50, 100) if rank < ordered.shape[1]]
    means = {f"{rank}": round(float(ordered[:, rank - 1].mean()), 3) for rank in ranks}
    return {**means, "median": round(float(np.median(similarities)), 3)}


def _unit(rows: Rows) -> Rows:
    unit: Rows = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit
