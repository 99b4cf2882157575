"""Chroma at 10,000, 100,000 and a million passages: build time, memory, latency, and recall against brute force.

    nice python -m benchmarks.vectors_at_size [--sizes 10000,100000] [--out FILE.json] [--folder DIR]
    python -m benchmarks.vectors_at_size --distances SET...   # how near the made vectors are, beside embedded passages

Vectors drawn at random show nothing, since in 384 dimensions all are equally far. Made ones lie in 32 dimensions around
topics, with a little of all dimensions; their distances from one another and from questions are those of embedded
passages (see `--distances`). A million takes hours on two cores and 10 GB of disk: run it by hand, once.
"""

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from rag.library.chroma import ChromaCollection
from rag.models.embedding import Vectors

DIMENSION, LATENT, TOPICS = 384, 32, 400
SPREAD, NOISE, MEAN, QUESTION = 0.9, 0.35, 1.9, 0.55
PASSAGES_OF_A_REPORT = 15
BATCH = 5000
QUESTIONS = 200
RESULTS = Path(__file__).parent / "results" / "vectors_at_size.json"
NAME = "passages"


class Mixture:
    """Passages and questions as vectors, the same for the same seed."""

    def __init__(self, seed: int = 1) -> None:
        random = np.random.default_rng(seed)
        self._axes = np.linalg.qr(random.standard_normal((DIMENSION, DIMENSION)))[0].astype(np.float32)
        scale = (1 / np.sqrt(1 + np.arange(LATENT))).astype(np.float32)
        self._scale = scale / np.linalg.norm(scale)
        self._topics = (random.standard_normal((TOPICS, LATENT)) * self._scale).astype(np.float32)
        self._random = random

    def passages(self, count: int) -> Vectors:
        """Unit vectors, shape (count, 384)."""
        topics = self._topics[self._random.integers(TOPICS, size=count)]
        own = self._random.standard_normal((count, LATENT), np.float32) * self._scale * SPREAD
        return self._whole(topics + own, NOISE)

    def questions(self, passages: Vectors) -> Vectors:
        """Questions to which these passages are near: a passage moved as far as questions are from what answers them."""
        moved = passages + QUESTION * self.passages(len(passages)) + 0.0
        return _unit(moved)

    def _whole(self, latent: Vectors, noise: float) -> Vectors:
        whole = np.zeros((len(latent), DIMENSION), np.float32)
        whole[:, 0] = MEAN
        whole[:, 1 : LATENT + 1] = latent
        whole += self._random.standard_normal(whole.shape, np.float32) * np.float32(noise / np.sqrt(DIMENSION))
        return _unit(whole @ self._axes)


def _unit(rows: Vectors) -> Vectors:
    unit: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit
