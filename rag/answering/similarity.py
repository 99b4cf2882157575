"""How much more likely a text answers a question for being near to it in meaning.

The model that judges takes any clause with a figure of the right measure; the embedder knows what a clause is about but
not whether it answers. Added up, each mends what the other gets wrong (measured with benchmarks/calibration.py).
"""

from rag.answering.nearness import TYPICAL, NearnessTo
from rag.models.embedding import Embedder

GAIN = 2.5  # likelihood that a cosine higher by one would add


def closeness(embedder: Embedder, question: str, text: str) -> float:
    """What to add to the likelihood, below 0 for a text that is far off; 0 where nearness cannot be told."""
    return GAIN * (NearnessTo(embedder, question)(text) - TYPICAL)
