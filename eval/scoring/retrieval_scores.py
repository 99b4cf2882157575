"""Retrieval scores: recall@k, mean reciprocal rank and nDCG. A hit counts when it holds the whole quotation."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.items import Passage
from eval.scoring.citations import occurrences
from eval.scoring.replies import GivenEvidence

DEPTHS = (1, 5, 10)


@dataclass(frozen=True, slots=True)
class RetrievalScore:
    """How early the evidence of one question was found; each from 0 to 1."""

    recall: Mapping[int, float]
    """Share of the evidence quotations among the first k hits."""
    reciprocal_rank: float
    """1 / rank of the first hit that holds any quotation."""
    ndcg: float
    """Discounted gain of each newly found quotation against the best order of the same hits."""


def score_retrieval(
    evidence: Sequence[Passage], hits: Sequence[GivenEvidence], texts: Mapping[str, str]
) -> RetrievalScore | None:
    """Scores of one ranking, best hit first; None for a question without evidence.

    Example: two quotations, held by hits 2 and 4 -> recall {1: 0, 5: 1, 10: 1}, reciprocal rank 0.5
    """
    if not evidence:
        return None
    ranks = [_rank(passage, hits, texts) for passage in evidence]
    found = [rank for rank in ranks if rank is not None]
    gains = [found.count(rank) for rank in range(1, len(hits) + 1)]
    ideal = sorted([*(gain for gain in gains if gain), *([1] * (len(ranks) - len(found)))], reverse=True)
    return RetrievalScore(
        recall={k: sum(rank <= k for rank in found) / len(ranks) for k in DEPTHS},
        reciprocal_rank=1 / min(found) if found else 0.0,
        ndcg=_discounted(gains) / _discounted(ideal),
    )


def _rank(passage: Passage, hits: Sequence[GivenEvidence], texts: Mapping[str, str]) -> int | None:
    standing = occurrences(passage.quote, texts.get(passage.doc, ""))
    for rank, hit in enumerate(hits, 1):
        if hit.file == passage.doc and any(hit.start <= start and end <= hit.end for start, end in standing):
            return rank
    return None


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))
