"""Whether the evidence speaks of what is asked, judged by the question's own words."""

from collections.abc import Sequence

from rag.answering.questions import Question
from rag.verification.claims import Evidence

CARRIED = 0.55  # of the question's characters that one sentence with its heading must have


def speaks_of(question: Question, evidence: Sequence[Evidence]) -> float:
    """The largest share of the question's content characters that one sentence carries, its town taken for granted."""
    return max((_carried(question, item) for item in evidence), default=0.0)


def _carried(question: Question, item: Evidence) -> float:
    return round(question.parsed.covered(item.place_words, item.parsed.bigrams | item.section.bigrams), 6)
