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
_YEAR = re.compile(r"(?:19|20)\d\d年?度?")
_ASKS = concept("question_words", "yes_no")
_SMALL_TALK = _WORDS["greeting"] | _WORDS["thanks"] | _WORDS["help"]
_NOTHING_ELSE = re.compile(rf"(?:{(_SMALL_TALK | _WORDS['around']).any}|[\W_])+")
_LIST_REPORTS = re.compile(
    r"(?:which|what|how many) (?:reports|towns|years)(?: of reports)?"
    r"(?: (?:do you have|are there|are in the library|does the library (?:have|hold)))?|list (?:all )?(?:the )?reports"
)
_SUMMARISE = re.compile(
    r"(?:please )?(?:(?:can|could) you )?"
    r"(?:summari[sz]e|(?:give|write|make) (?:me )?an? (?:\w+ )?(?:summary|overview) of)"
    r" (?:the )?(?:(?:(?:19|20)\d\d|annual|government|work) )*(?:reports?(?: (?:of|for|on|from))? ?)?"
    r"(?P<place>(?:[a-z'’-]+ ?){0,4})(?:(?:in|for|of)? ?(?:19|20)\d\d)?(?: ?(?:annual|work|government|report))*"
)
_LEADS_COMPARISON = re.compile(rf"^(?P<aside>.{{0,8}}?){_WORDS['compare'].any}(?P<gently>一下|下)?(?P<rest>.*)$")
_ENDS_IN_COMPARISON = re.compile(rf"^(?P<rest>.+?)的?{_WORDS['compare'].any}(?:一下|表|情况|分析)?$")


@dataclass(frozen=True, slots=True)
class Intent:
    """What is meant, and of a comparison its subject; empty where none is named."""

    kind: Kind
    subject: str = ""


def intent_of(asked: Question) -> Intent | None:
    """What is meant by a text that asks nothing of what reports say; None for a question."""
    folded = fold(asked.text).strip()
    if asked.language == "en":
        return _in_english(folded.strip(" ?!."))
    if _NOTHING_ELSE.fullmatch(folded) and (said := _small_talk(folded)):
        return said
    names = {name for each in asked.places for name in (each.name, each.misspelt, *each.within) if name}
    bare = _YEAR.sub(" ", in_turn(folded, {*names, *asked.counties}, " "))
    if _asks_for_library(bare):
        return Intent("library")
    if _ASKS.search(bare):
        return None
    if _WORDS["summary"].search(bare) and _has_nothing_but(bare, _WORDS["summary"] | _WORDS["around_summary"]):
        return Intent("summary")
    return _comparison(asked, bare)


def without_small_talk(history: Sequence[Turn]) -> list[Turn]:
    """A conversation without greetings and thanks and what was said to them."""
    kept: list[Turn] = []
    is_asked = True
    for turn in history:
        is_asked = not _is_small_talk(turn.content) if turn.role == "user" else is_asked
        kept += [turn] if is_asked else []
    return kept


def _is_small_talk(text: str) -> bool:
    folded = fold(text).strip()
    return bool(_NOTHING_ELSE.fullmatch(folded) and _small_talk(folded))


def _in_english(folded: str) -> Intent | None:
    if _NOTHING_ELSE.fullmatch(folded) and (said := _small_talk(folded)):
        return said
    if _LIST_REPORTS.fullmatch(folded):
        return Intent("library")
    return Intent("summary") if _SUMMARISE.fullmatch(folded) else None


def _small_talk(folded: str) -> Intent | None:
    if _WORDS["help"].search(folded) or _WORDS["greeting"].search(folded):
        return Intent("help")
    return Intent("thanks") if _WORDS["thanks"].search(folded) else None


def _asks_for_library(bare: str) -> bool:
    """有哪些报告, 资料库里有几个镇的报告; not 报告提到了哪些镇, which has something else."""
    is_of_library = _WORDS["library"].search(bare) and _ASKS.search(bare)
    if not (is_of_library or (_WORDS["reports"].search(bare) and _WORDS["listing"].search(bare))):
        return False
    words = (_WORDS[name] for name in ("library", "reports", "listing", "around_reports"))
    return _has_nothing_but(bare, _ASKS if is_of_library else Concept(()), *words)


def _comparison(asked: Question, bare: str) -> Intent | None:
    """对比各镇的粮食产量; one of two places that are named, or of two years, is a question."""
    text = bare.strip(" ，。！？?!.")
    led, ended = _LEADS_COMPARISON.match(text), _ENDS_IN_COMPARISON.match(text)
    if led and _has_nothing_but(led["aside"], _WORDS["around_compare"]):
        rest, is_plain = led["rest"], bool(led["gently"] or _WORDS["compare"].words[0] in text)
    elif ended:
        rest, is_plain = ended["rest"], False
    else:
        return None
    is_of_all = bool(_WORDS["groups"].search(rest))
    words = _WORDS["groups"] | _WORDS["around_compare"]
    subject = re.sub(rf"^(?:{words.any}|[\W_])+|(?:{words.any}|[\W_])+$", "", rest)
    if not _HAN.search(subject):
        return Intent("compare") if asked.places or is_of_all or is_plain else None
    if len(asked.places) > 1 or len(asked.years) > 1:
        return None
    return Intent("compare", subject) if is_of_all or is_plain else None


def _has_nothing_but(text: str, *words: Concept) -> bool:
    """Whether no Han character is left of a text without the words."""
    return not _HAN.search(_without(text, words))


def _without(text: str, words: Iterable[Concept]) -> str:
    entries = sorted({word for each in words for word in each.words}, key=len, reverse=True)
    return Concept(tuple(entries)).remove(text, " ")
