"""What a report admits to be wanting: asked in general, it is read off the report's own section on problems."""

import re
from dataclasses import dataclass

from rag.answering.answer_types import asks_list
from rag.answering.questions import Question
from rag.parsing.report import Report, Sentence
from rag.text.bigrams import content_bigrams
from rag.text.clauses import CLAUSE_END
from rag.text.normalization import fold, fold_characters

CHARACTERS = 160  # of all items together; each has its equal share, and at least its first clause
_ASKS = re.compile(
    r"不足|差距|短板|薄弱环节|存在[^，,？?]{0,6}(?:问题|困难)|(?:问题|困难)[^，,？?]{0,4}存在"
    r"|(?:哪些|哪几[个条项点方面]*|什么)(?:主要)?(?:问题|困难)|困难[和与及]问题|问题[和与及]困难"
)
_OTHER_WORDS = re.compile(
    r"不足|差距|短板|薄弱环节|问题|困难|存在|承认|自己|自身|自认|还|有|工作|报告|总结|年终|里|中|在|说|讲|列出?|写|提到|指出|方面|主要|[哪那这]?几?[个条项点]|[一二三四五六七八九十]+"
)
_PROMISE = re.compile(r"[对针](?:对)?(?:这些|以上|上述|此|于?存在)|(?:今后|下一步|接下来|为此)|我们?将")
_ITEM = re.compile(r"[一二三四五六七八九十]是")


@dataclass(frozen=True, slots=True)
class Shortcoming:
    """One of them in the report's words, and the sentence that says it."""

    text: str
    sentence: Sentence


def shortcomings(question: Question, report: Report) -> list[Shortcoming]:
    """What the report says is wanting, in its order; nothing where the question is not about that alone.

    Example: "石矶镇承认有哪些不足？" is; "石矶镇在安全生产上有哪些不足？" is not.
    """
    if not (asks_list(question.text) and _ASKS.search(fold(question.text))):
        return []
    county = report.metadata.county or ""
    if content_bigrams(_OTHER_WORDS.sub(" ", question.matter.replace(county, " "))):
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
    return kept.rstrip("，,；;。")
