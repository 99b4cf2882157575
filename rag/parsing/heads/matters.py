"""What a clause is about: the noun, the object or the restriction that the clauses behind it may need."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rag.parsing.heads.words import PREPOSITIONS, VERBS, WordSet
from rag.text.figures import Figure
from rag.text.lexicon import concept, table
from rag.text.normalization import HAN

Kind = Literal["noun", "object", "restriction", "verb", "item"]
"""The subject of a clause, what was done or done to, of which field, place or work it is true, the verb of a list, and
what the whole item is about."""

LONGEST = 24  # characters of what is lent
SHORTEST = 2
LONGEST_NOUN = 16  # characters of a subject: longer ones are sentences
FEW = 4  # characters behind a figure that hold a noun of their own
_LIGHT = WordSet(concept("taking_light_verb"))
_NOUN_ENDS = WordSet(concept("noun_ends"))
_MATTER_ENDS = WordSet(concept("matter_ends"))
_BEGINS = concept("frame_begins").any
_DATE = r"(?:\d{1,2}月(?:\d{1,2}[日号]|[上中下]旬|份|[初底])?的?)?"
_FIELD = re.compile(rf"[在从于]?{_DATE}(?P<matter>[^\d]{{2,40}}?)的?{concept('frame_ends').any}$")
_SINCE = re.compile(r"自(?P<matter>[^\d]{2,30}?)(?:开展|实施|启动)?以来$")
_AIM = rf"为{concept('means').any}"
_MEANS = re.compile(rf"(?:{_BEGINS}|以(?=.{{2,30}}{_AIM}$))(?P<matter>[^\d]{{2,40}}?)(?:{_AIM})?$")
_OF = re.compile(r"关于(?P<matter>.{2,20})的[^的]{2,4}$")
_ENDS_IN_AGENT = re.compile(rf"{concept('agent').any}$")
_BARE_BEFORE = '—-·的了着过有对为把将在于至和与及、，“”"‘’《》（）() '
_BARE_BEHIND = '—-·的了着、，和与及“”"‘’《》（）() '
_TO_THE_LAST = re.compile("应.尽.")  # 应统尽统 says how, not what
_GENERAL = concept("general_matter").pattern
_HAN = re.compile(rf"[{HAN}]{{2}}")
_SLOGAN = re.compile(
    rf"(?:^|、){table('slogan_verb')['begins'].any}[{HAN}]{{2}}(?:、|$)"
    rf"|(?<=...){table('slogan_verb')['ends'].any}[{HAN}]{{2}}$"
)
_GOES = "到赴"
_TAKES_AIM = ("为", "为了")


@dataclass(frozen=True, slots=True)
class Matter:
    """What is lent, at [start, end) of a folded sentence."""

    kind: Kind
    start: int
    end: int
    is_agent: bool = False  # somebody or something that acts: a company, a village


def frame_of(text: str, start: int, end: int) -> Matter | None:
    """The restriction that a clause without a verb of its own puts on all behind it: 在安全生产方面, 通过机构改革."""
    words = text[start:end]
    found = _FIELD.fullmatch(words) or _SINCE.fullmatch(words) or _MEANS.match(words)
    if not found:
        return None
    begin, stop = start + found.start("matter"), start + found.end("matter")
    verb = behind_verbs(text, begin, stop)
    if words.startswith(_TAKES_AIM) and not verb:
        return None  # 为群众送去温暖 is done for somebody, 为提高能力 to some end
    return _trimmed(text, "restriction", verb if verb and stop - verb > SHORTEST else begin, stop)


def object_of(text: str, start: int, end: int, figures: Sequence[Figure]) -> Matter | None:
    """What a clause that opens with a verb or a preposition does something to.

    Example: 水域环境治理 of 加大水域环境治理力度, 安全检查 of 对企业进行安全检查, 老园区 of 对老园区进行改造
    """
    place = PREPOSITIONS.at(text, start)
    begin = _behind_light(text, start, end) or (0 if place else behind_verbs(text, start, end))
    if place and not begin:
        verb = VERBS.first(text, start + place + 1, end)
        light = _LIGHT.first(text, start + place, end)
        if text[start] in "把将" or (text[start] == "对" and light <= verb):
            return _trimmed(text, "object", start + place, min(light, verb))
        if verb == end:
            return None
        begin = behind_verbs(text, verb, end)
    begin = begin or start
    inside = [figure for figure in figures if begin <= figure.start and figure.end <= end]
    if not inside:
        return _trimmed(text, "object", begin if end - begin >= FEW else start + place, end)
    behind = inside[-1].end
    if end - behind >= FEW and not VERBS.at(text, behind):
        return _trimmed(text, "object", behind, end)
    if inside[0].start - begin >= SHORTEST:
        return _trimmed(text, "object", begin, inside[0].start)
    return _trimmed(text, "object", start, inside[0].start)


def act_of(text: str, start: int, end: int, figures: Sequence[Figure]) -> Matter | None:
    """What was done in a clause with a figure, verb and object: 拆除危旧房 of 各村拆除危旧房190栋."""
    inside = [figure for figure in figures if start <= figure.start and figure.end <= end]
    if not inside or end - inside[-1].end >= FEW:
        return object_of(text, start, end, figures)
    begin = inside[-2].end if len(inside) > 1 else start
    verb = VERBS.first(text, begin, inside[-1].start)
    return _trimmed(text, "object", verb if inside[-1].start - verb > SHORTEST else begin, inside[-1].start)


def noun_of(text: str, start: int, end: int, figures: Sequence[Figure]) -> Matter | None:
    """The subject of a clause that opens with a noun: 养殖小区建设 of 总投资2亿元的养殖小区建设进展顺利."""
    inside = [figure for figure in figures if start <= figure.start and figure.end <= end]
    if inside and text.startswith("的", inside[0].end):
        start, inside = inside[0].end + 1, inside[1:]
    stop = min([end, *(figure.start for figure in inside)])
    stop = _NOUN_ENDS.first(text, min(start + SHORTEST, stop), stop)
    for place in range(start + SHORTEST, stop):
        goes_on = VERBS.at(text, place) > 1 or PREPOSITIONS.at(text, place) or text[place] in _GOES
        if goes_on and _ENDS_IN_AGENT.search(text[start:place]):
            stop = place
            break
    found = _trimmed(text, "noun", start, stop)
    if found is None or found.end - found.start > LONGEST_NOUN:
        return None
    return Matter("noun", found.start, found.end, bool(_ENDS_IN_AGENT.search(text[found.start : found.end])))


def behind_verbs(text: str, start: int, end: int) -> int:
    """The place behind the verbs that a clause opens with, 0 where it opens with none."""
    at = start
    while at < end and (length := VERBS.at(text, at)):
        at += length
        while at < end and text[at] in "了过好、":
            at += 1
    return at if at > start else 0


def _behind_light(text: str, start: int, end: int) -> int:
    """The place behind the last verb that only says that what follows was done; 0 where there is none."""
    for place in range(end - SHORTEST - 2, start, -1):
        length = _LIGHT.at(text, place)
        if length and end - place - length > SHORTEST and not VERBS.at(text, place + length):
            return place + length
    return 0


def _trimmed(text: str, kind: Kind, start: int, end: int) -> Matter | None:
    """What is lent without what adds nothing to it; None where too little or too much is left."""
    if found := _OF.search(text[start:end]):
        start, end = start + found.start("matter"), start + found.end("matter")
    while start < end and text[start] in _BARE_BEFORE and not (text[start] == "“" and "”" in text[start : end - 1]):
        start += 1
    if start >= end:
        return None
    is_quoted = text[end - 1] == "”" and "“" in text[start:end]
    while not is_quoted and end > start:
        size = 1 if text[end - 1] in _BARE_BEHIND else _MATTER_ENDS.before(text, end)
        if not size or end - size - start < SHORTEST:
            break
        end -= size
    if end - start > LONGEST:
        start = _head_of_long(text, start, end)
    return Matter(kind, start, end) if _is_name(text[start:end]) else None


def _head_of_long(text: str, start: int, end: int) -> int:
    """Where the last part of a long noun begins that can stand alone: behind its last 的, or its last verb."""
    of = text.rfind("的", end - LONGEST, end - SHORTEST)
    if of >= 0:
        return of + 1
    return next((place for place in range(end - LONGEST, end - FEW) if VERBS.at(text, place) > 1), start)


def _is_name(words: str) -> bool:
    """Whether words can stand for what a clause is about: no slogan, no half of a quotation, nothing too general."""
    return (
        SHORTEST <= len(words) <= LONGEST
        and bool(_HAN.search(words))
        and not (
            _is_unbalanced(words)
            or words.startswith("是")
            or _GENERAL.fullmatch(words)
            or _SLOGAN.search(words)
            or _TO_THE_LAST.search(words)
        )
    )


def _is_unbalanced(words: str) -> bool:
    return any(words.count(open_) != words.count(shut) for open_, shut in ("“”", "（）", "()", "《》"))
