"""Whether the evidence speaks of what is asked, judged by the question's own words."""

from collections.abc import Sequence

from rag.questions import Question
from rag.types import Evidence
from rag.wording import character_coverage, content_bigrams

CARRIED = 0.55  # of the question's characters that one sentence with its heading must have


def speaks_of(question: Question, evidence: Sequence[Evidence]) -> float:
    """The largest share of the question's content characters that one sentence carries, its town taken for granted."""
    return max((_carried(question, item) for item in evidence), default=0.0)


def _carried(question: Question, item: Evidence) -> float:
    place = content_bigrams(f"{item.county or ''}{item.town or ''}")
    words = content_bigrams(f"{item.text} {item.sentence.section}")
    return round(character_coverage(question.text, place, words), 6)
