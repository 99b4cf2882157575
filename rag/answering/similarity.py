"""How much more likely a text answers a question for being near to it in meaning.

The model that judges takes any clause with a figure of the right measure; the embedder knows what a clause is about but
not whether it answers. Added up, each mends what the other gets wrong (measured with benchmarks/calibration.py).
"""

import logging

from rag.errors import ModelError
from rag.models.embedding import Embedder, LocalEmbedder

_log = logging.getLogger(__name__)
GAIN = 2.5  # likelihood that a cosine higher by one would add
TYPICAL = 0.87  # cosine that neither adds nor takes


def closeness(embedder: Embedder, question: str, text: str) -> float:
    """What to add to the likelihood, below 0 for a text that is far off.

    0 where the embedder fails, and for other embedders than the built-in one: their cosines lie elsewhere.
    """
    if embedder.name != LocalEmbedder.name:
        return 0.0
    try:
        (vector,) = embedder.passages([text])
        return GAIN * (float(vector @ embedder.query(question)) - TYPICAL)
    except ModelError as error:
        _log.info("closeness decides nothing: no embeddings (%s)", type(error).__name__)
        return 0.0
