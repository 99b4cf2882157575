"""Whether the evidence, or a claim on it, speaks of what is asked, judged by the question's own words."""

from collections.abc import Sequence

from rag.answering.questions import Question
from rag.text.bigrams import character_coverage, content_bigrams
from rag.text.clauses import CLAUSE_MARK
from rag.verification.claims import Evidence

ON_TOPIC = 0.3  # of the question's characters that a claim and the clause it rests on must have
CARRIED = 0.55  # of the question's characters that one sentence with its heading must have


def speaks_of(question: Question, evidence: Sequence[Evidence]) -> float:
    """The largest share of the question's content characters that one sentence carries, its town taken for granted."""
    return max((_carried(question, item) for item in evidence), default=0.0)


def _carried(question: Question, item: Evidence) -> float:
    place = content_bigrams(f"{item.county or ''}{item.town or ''}")
    words = content_bigrams(f"{item.text} {item.sentence.section}")
    return round(character_coverage(question.text, place, words), 6)


def is_on_topic(question: Question, text: str, cited: Sequence[Evidence]) -> bool:
    """Whether a claim, with the clauses that it rests on, has enough of the question's own words."""
    if question.language == "en" or not cited:
        return True
    words = content_bigrams(text)
    place = content_bigrams(f"{cited[0].county or ''}{cited[0].town or ''}")
    for item in cited:
        clauses = CLAUSE_MARK.split(item.text)
        words |= max((content_bigrams(clause) for clause in clauses), key=lambda said: len(said & words))
    return character_coverage(question.matter, place, words) >= ON_TOPIC
