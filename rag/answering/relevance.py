"""Whether the evidence, or a claim on it, speaks of what is asked, judged by the question's own words."""

from collections.abc import Sequence

from rag.answering.questions import Question
from rag.text.parsed_text import ParsedText
from rag.verification.claims import Evidence
from rag.verification.excerpts import Excerpt

ON_TOPIC = 0.3  # of the question's characters that the sentences of a claim must have
CARRIED = 0.55  # of the question's characters that one sentence with its heading must have


def speaks_of(question: Question, evidence: Sequence[Evidence]) -> float:
    """The largest share of the question's content characters that one sentence carries, its town taken for granted."""
    return max((_carried(question, item) for item in evidence), default=0.0)


def _carried(question: Question, item: Evidence) -> float:
    return round(question.parsed.covered(item.place_words, item.parsed.bigrams | item.section.bigrams), 6)


def is_on_topic(question: Question, cited: Sequence[Evidence], excerpts: Sequence[Excerpt]) -> bool:
    """Whether the sentences of a claim, with their headings, have enough of the question's own words, its clauses any.

    What the claim says of them counts for nothing: it may have them from the question.
    """
    if question.language == "en" or not cited:
        return True
    own = frozenset[str]().union(*(ParsedText(e.text).bigrams for e in excerpts if e.item.sentence.role == "body"))
    if own and not own & (question.about.bigrams | question.parsed.bigrams):
        return False
    words = frozenset[str]().union(*(item.parsed.bigrams | item.section.bigrams for item in cited))
    return question.about.covered(cited[0].place_words, words) >= ON_TOPIC
