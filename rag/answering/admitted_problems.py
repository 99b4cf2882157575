"""What a report admits to be wanting: asked in general, it is read off the report's own section on problems."""

from dataclasses import dataclass

from rag.answering.answer_types import asks_list
from rag.answering.questions import Question
from rag.parsing.report import Report, Sentence
from rag.text.bigrams import content_bigrams
from rag.text.clauses import CLAUSE_END, CLAUSE_MARKS
from rag.text.lexicon import concept
from rag.text.normalization import fold, fold_characters

CHARACTERS = 160  # of all items together; each has its equal share, and at least its first clause
_SHORTCOMING = concept("shortcoming")
_OTHER_WORDS = concept("shortcoming", "asks_shortcoming")
_PROMISE = concept("promise_openings").pattern
_ITEM = concept("enumeration")


@dataclass(frozen=True, slots=True)
class Shortcoming:
    """One of them in the report's words, and the sentence that says it."""

    text: str
    sentence: Sentence


def shortcomings(question: Question, report: Report) -> list[Shortcoming]:
    """What the report says is wanting, in its order; nothing where the question is not about that alone.

    Example: "石矶镇承认有哪些不足？" is; "石矶镇在安全生产上有哪些不足？" is not.
    """
    if not (asks_list(question.text) and _SHORTCOMING.search(fold(question.text))):
        return []
    county = report.metadata.county or ""
    if content_bigrams(_OTHER_WORDS.remove(question.matter.replace(county, " "), " ")):
        return []
    sentences = [s for s in report.sentences if s.kind == "problem" and s.role == "body"]
    told = [(fold_characters(report.text[s.start : s.end]).strip(), s) for s in sentences]
    admitted = [(text, s) for text, s in told if text and not _PROMISE.match(text)]
    share = CHARACTERS // max(1, len(admitted))
    return [Shortcoming(_shortened(text, share), sentence) for text, sentence in admitted]


def _shortened(text: str, characters: int) -> str:
    """Whole clauses of an item, from its number on.

    Example: _shortened("有进步也有差距：一是财源单一，税收少。", 6) == "一是财源单一"
    """
    item = _ITEM.search(text)
    clauses = CLAUSE_END.split(text[item.start() :] if item else text)
    kept = clauses[0]
    for clause in clauses[1:]:
        if len(kept) + len(clause) > characters:
            break
        kept += clause
    return kept.rstrip(CLAUSE_MARKS)
