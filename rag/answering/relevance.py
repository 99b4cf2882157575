"""Whether the evidence, or a claim on it, speaks of what is asked, judged by the question's own words."""

from collections.abc import Sequence

from rag.answering.questions import Question
from rag.text.bigrams import bigrams_in, content_bigrams
from rag.text.clauses import CLAUSE_MARK
from rag.verification.claims import Evidence

ON_TOPIC = 0.3  # of the question's characters that a claim and the clause it rests on must have
CARRIED = 0.55  # of the question's characters that one sentence with its heading must have


def speaks_of(question: Question, evidence: Sequence[Evidence]) -> float:
    """The largest share of the question's content characters that one sentence carries, its town taken for granted."""
    return max((_carried(question, item) for item in evidence), default=0.0)


def _carried(question: Question, item: Evidence) -> float:
    return round(question.parsed.covered(item.place_words, item.parsed.bigrams | item.section.bigrams), 6)


def is_on_topic(question: Question, text: str, cited: Sequence[Evidence]) -> bool:
    """Whether a claim, with the clauses that it rests on, has enough of the question's own words."""
    if question.language == "en" or not cited:
        return True
    words = content_bigrams(text)
    for item in cited:
        clauses = (bigrams_in(clause) for clause in CLAUSE_MARK.split(item.parsed.folded))
        words |= max(clauses, key=lambda said: len(said & words))
    return question.about.covered(cited[0].place_words, words) >= ON_TOPIC
