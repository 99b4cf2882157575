"""An answer in the report's own words: the clauses of one sentence that speak of what is asked.

Where the model's draft does not pass verification, or says only yes, a quotation is still a supported answer.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.figures import read_figures
from rag.questions import Question
from rag.types import Evidence
from rag.wording import character_coverage, content_bigrams

SPEAKS = 0.7  # of the question's characters that the sentence must carry before its words count as an answer
SPEAKS_YES_NO = 0.6  # a yes-or-no question says more words of its own
LONGEST = 70  # characters of a quotation
LONGEST_LIST = 160  # of one that answers with a list
_CLAUSE_END = re.compile(r"(?<=[，,；;。])")
_ASKS_TOWNS = re.compile(r"(?:哪|几)[个些几]{0,2}(?:乡镇|镇|乡|街道)")  # one sentence cannot speak for all towns
_ASKS_LIST = re.compile(r"哪些|哪几|哪[两三四五六七八九]|分别是|包括|都有|什么|怎么|如何|哪方面|措施|要求")
_ASKS_FIGURE = re.compile(r"多少|几|多大|多长|多高|第几|how many|how much", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of an evidence sentence that answer, and how much of the question they carry."""

    item: Evidence
    text: str
    carried: float


def best_quote(question: Question, evidence: Sequence[Evidence]) -> Quote | None:
    """The shortest run of clauses that carries most of the question; None where none carries SPEAKS of it.

    A question for a figure wants a run that has one.
    """
    least = SPEAKS_YES_NO if question.is_yes_no else SPEAKS
    if _ASKS_TOWNS.search(question.text):
        return None
    asks_list = bool(_ASKS_LIST.search(question.text))
    wants_figure = bool(_ASKS_FIGURE.search(question.text))
    quotes = [
        quote
        for item in evidence
        if _is_of_time(question, item)
        for quote in ([_whole(question, item)] if asks_list else _runs(question, item))
        if quote.carried >= least and (not wants_figure or _has_figure(quote.text))
    ]
    return min(quotes, key=lambda quote: (-quote.carried, len(quote.text), quote.item.number), default=None)


def _is_of_time(question: Question, item: Evidence) -> bool:
    """A plan answers only what asks for plans or whether it was done; a year asked for must be the sentence's."""
    if question.years and item.year not in question.years and not question.asks_done:
        return False
    is_asked_for = question.asks_plan or question.asks_done or item.year in question.years
    return item.sentence.kind != "plan" or is_asked_for


def _runs(question: Question, item: Evidence, longest: int = LONGEST) -> list[Quote]:
    clauses = [clause for clause in _CLAUSE_END.split(item.text) if clause.strip()]
    place = content_bigrams(f"{item.county or ''}{item.town or ''}")
    section = content_bigrams(item.sentence.section)
    quotes = []
    for first in range(len(clauses)):
        for last in range(first + 1, len(clauses) + 1):
            text = "".join(clauses[first:last]).strip().rstrip("，,；;。")
            if last - first > 1 and len(text) > longest:
                break
            carried = character_coverage(question.text, place, content_bigrams(text) | section)
            quotes.append(Quote(item, text, round(carried, 6)))
    return quotes


def _whole(question: Question, item: Evidence) -> Quote:
    """The whole sentence: a list must not be cut."""
    return max(_runs(question, item, LONGEST_LIST), key=lambda quote: (quote.carried, len(quote.text)))


def _has_figure(text: str) -> bool:
    return any(figure.kind != "year" for figure in read_figures(text))
