"""BM25 as SQLite's FTS5 counts it, so that scores and their order are those of earlier releases. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import log

from rag.library.tokens import occurrences

_K1, _B = 1.2, 0.75
LEAST = 1e-6
"""What a token weighs that stands in half of the passages or more."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """How much there is: passages, and tokens in all of them."""

    passages: int
    tokens: int

    @property
    def mean_length(self) -> float:
        """Tokens of a passage."""
        return self.tokens / max(1, self.passages)


def weight(passages: int, having: int) -> float:
    """How much a token tells that `having` of so many passages have."""
    return max(log((passages - having + 0.5) / (having + 0.5)), LEAST)


def score(folded: str, length: int, weights: Mapping[str, float], mean_length: float) -> float:
    """How well a passage of `length` tokens fits the tokens of a query; 0 where it has none of them."""
    dampened = _K1 * (1 - _B + _B * length / mean_length)
    counts = ((occurrences(token, folded), each) for token, each in weights.items())
    return sum(each * (count * (_K1 + 1.0)) / (count + dampened) for count, each in counts if count)
