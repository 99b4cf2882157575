"""What an endpoint's reply to a request for embeddings says, in any of the shapes that are seen."""

import base64
from typing import Any

import numpy as np
import numpy.typing as npt

from rag.errors import BadReply


def vectors_of_reply(items: Any, count: int, model: str) -> npt.NDArray[np.float32]:
    """The reply's vectors in the order of the texts, each of length 1; `model` is named in errors."""
    try:
        by_index = {_place(item, order): _numbers(item.embedding) for order, item in enumerate(items)}
        rows = np.array([by_index[index] for index in range(count)], dtype=np.float32)
    except (TypeError, KeyError, ValueError, AttributeError) as error:
        raise BadReply("embeddings_not_as_many", model=model, count=count) from error
    lengths = np.linalg.norm(rows, axis=1, keepdims=True) if rows.ndim == 2 else np.zeros(1)
    if not (np.isfinite(rows).all() and (lengths > 0).all()):
        raise BadReply("embeddings_empty", model=model)
    normalised: npt.NDArray[np.float32] = (rows / lengths).astype(np.float32)
    return normalised


def _place(item: Any, order: int) -> int:
    """Of which text a vector is; some endpoints give no number and keep the order."""
    index = getattr(item, "index", None)
    return order if index is None else index


def _numbers(embedding: Any) -> Any:
    """The numbers of a vector, which some endpoints send in base64 though asked for floats."""
    if isinstance(embedding, str):
        return np.frombuffer(base64.b64decode(embedding, validate=True), dtype="<f4")
    return embedding
