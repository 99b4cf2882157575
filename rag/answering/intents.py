"""What is meant by what is no question about what reports say: a greeting, a summary, a comparison, the library. Pure.

An intent is told only where nothing else is asked: 总结一下石矶镇的报告, not 总结一下石矶镇的扶贫工作.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from rag.answering.places_asked import in_turn
from rag.answering.questions import Question
from rag.models.conversation import Turn
from rag.text.lexicon import Concept, concept, table
from rag.text.normalization import HAN, fold

Kind = Literal["help", "thanks", "summary", "compare", "library"]

_WORDS = table("intents")
_HAN = re.compile(rf"[{HAN}]")
_YEAR = re.compile(r"(?:19|20)\d\d年?度?|(?<!\d)\d\d年")
_ASKS = concept("question_words", "yes_no")
_ASKS_WORK = re.compile(r"(?:要点|重点)的?工作|工作(?:的)?(?:要点|重点)")
_PLAIN_COMPARISON = re.compile(r"(?:[请帮我把]{0,3})(?:对比|比较一下|比较下|对照)")
_SMALL_TALK = _WORDS["greeting"] | _WORDS["thanks"] | _WORDS["help"]
_NOTHING_ELSE = re.compile(rf"(?>{(_SMALL_TALK | _WORDS['around']).any}|[\W_])++")
_LIST_REPORTS = re.compile(
    r"(?:which|what|how many) (?:reports|towns|years)(?: of reports)?(?: (?:do you have|are there|are in the library"
    r"|are covered|does the library (?:have|hold)))?(?: reports)?(?: (?:for|of|in (?:your|the) library))?"
    r"|list (?:all )?(?:the )?reports"
    r"|do you have (?:the|any|a) (?:(?:19|20)\d\d )?(?:annual |work )?reports? (?:of|for) .{1,30}"
)
_SUMMARISE = re.compile(
    r"(?:please )?(?:(?:can|could) you )?"
    r"(?:summari[sz]e|(?:give|write|make) (?:me )?an? (?:\w+ )?(?:summary|overview) of)"
    r" (?:the )?(?:(?:(?:19|20)\d\d|annual|government|work) )*(?:reports?(?: (?:of|for|on|from))? ?)?"
    r"(?:[a-z'’-]++ ?+){0,4}(?:(?:in|for|of)? ?(?:19|20)\d\d)?(?: ?(?:annual|work|government|report|please))*"
)


@dataclass(frozen=True, slots=True)
class Intent:
    """What is meant, and of a comparison its subject; empty where none is named."""

    kind: Kind
    subject: str = ""


def intent_of(asked: Question) -> Intent | None:
    """What is meant by a text that asks nothing of what reports say; None for a question."""
    folded = fold(asked.text).strip()
    if said := _small_talk(folded):
        return said
    if asked.language == "en":
        return _in_english(folded.strip(" ?!."))
    bare = _bare(folded, asked)
    if _asks_for_library(bare):
        return Intent("library")
    return Intent("summary") if _asks_for_summary(bare) else _comparison(asked, bare)


def _bare(folded: str, asked: Question) -> str:
    """Without places, years and polite words around."""
    names = {name for each in asked.places for name in (each.name, each.misspelt, *each.within) if name}
    bare = _YEAR.sub(" ", in_turn(folded, {*names, *asked.counties}, " "))
    return (_WORDS["greeting"] | _WORDS["thanks"]).remove(bare, " ")


def without_small_talk(history: Sequence[Turn]) -> list[Turn]:
    """A conversation without greetings and thanks and what was said to them."""
    kept: list[Turn] = []
    is_asked = True
    for turn in history:
        is_asked = not _small_talk(fold(turn.content).strip()) if turn.role == "user" else is_asked
        kept += [turn] if is_asked else []
    return kept


def _in_english(folded: str) -> Intent | None:
    if _LIST_REPORTS.fullmatch(folded):
        return Intent("library")
    return Intent("summary") if _SUMMARISE.fullmatch(folded) else None


def _small_talk(folded: str) -> Intent | None:
    """A greeting, thanks or a call for help, where nothing else is said."""
    if not _NOTHING_ELSE.fullmatch(folded):
        return None
    if _WORDS["help"].search(folded) or _WORDS["greeting"].search(folded):
        return Intent("help")
    return Intent("thanks") if _WORDS["thanks"].search(folded) else None


def _asks_for_library(bare: str) -> bool:
    """有哪些报告, 库里有几个镇的报告, 有没有石矶镇的报告; not 报告提到了哪些镇, which has something else."""
    asks = _WORDS["listing"].search(bare) or _WORDS["is_there"].search(bare)
    is_of_library = _WORDS["library"].search(bare) and (asks or _ASKS.search(bare))
    if not (is_of_library or (_WORDS["reports"].search(bare) and asks)):
        return False
    words = (_WORDS[name] for name in ("library", "reports", "listing", "is_there", "around_reports"))
    return _has_nothing_but(bare, _ASKS if is_of_library else Concept(()), *words)


def _asks_for_summary(bare: str) -> bool:
    """总结一下, 讲讲石矶镇的报告, 报告讲了什么; not 重点工作是什么, which a report says."""
    is_plain = bool(_WORDS["summary"].search(bare))
    is_gentle = _WORDS["gentle_summary"].search(bare) and _WORDS["whole_report"].search(bare)
    if not is_plain and (not is_gentle or _ASKS_WORK.search(bare)):
        return False
    return _has_nothing_but(bare, *(_WORDS[name] for name in ("summary", "gentle_summary", "around_summary")))


def _comparison(asked: Question, bare: str) -> Intent | None:
    """对比各镇的粮食产量; what is compared of two places that are named, or of two years, is a question."""
    is_table, is_compared = _WORDS["table"].search(bare), _WORDS["compare"].search(bare)
    of_comparison = _WORDS["compare"] | _WORDS["table"] | _WORDS["groups"]
    if not (is_table or is_compared) or _ASKS.search(of_comparison.remove(bare, " ")):
        return None
    is_of_all = bool(_WORDS["groups"].search(bare))
    subject = _subject(of_comparison.remove(bare, " "))
    if not _HAN.search(subject):
        return Intent("compare") if len(asked.places) > 1 or is_of_all or is_compared else None
    if is_of_all or (is_table and len(asked.places) > 1):
        return Intent("compare", subject)
    is_plain = _PLAIN_COMPARISON.match(bare.strip()) and len(asked.places) < 2 and len(asked.years) < 2
    return Intent("compare", subject) if is_plain else None


def _subject(text: str) -> str:
    """What is left of a text when the words around are taken off both ends."""
    ends = rf"(?>{_WORDS['around_compare'].any}|[\W_])++"
    return re.sub(rf"^{ends}|{ends}$", "", text.strip())


def _has_nothing_but(text: str, *words: Concept) -> bool:
    """Whether no Han character is left of a text without the words."""
    return not _HAN.search(_without(text, words))


def _without(text: str, words: Iterable[Concept]) -> str:
    entries = sorted({word for each in words for word in each.words}, key=len, reverse=True)
    return Concept(tuple(entries)).remove(text, " ")
