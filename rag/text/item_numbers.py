"""Item numbers at the start of a line or a clause: 第一部分, 壹、, 一、, (一), 1、, (1), 甲、, ①, 3.1, 一是."""

import re
from dataclasses import dataclass
from typing import Literal

from rag.text.clauses import COMMAS
from rag.text.lexicon import Concept, concept
from rag.text.list_numerals import FORMAL, STEMS
from rag.text.normalization import HAN
from rag.text.numerals import COUNTING, MULTIPLES, number_value
from rag.text.units import UNITS

Style = Literal["part", "formal", "chinese", "chinese_bracket", "arabic", "arabic_bracket", "stem", "circled", "point"]

RANKS: dict[Style, float] = {
    "part": 0,
    "formal": 1.5,
    "chinese": 2,
    "chinese_bracket": 3,
    "arabic": 4,
    "arabic_bracket": 5,
    "stem": 5.5,
    "circled": 6,
}
"""How deep a style of numbers usually stands; unnumbered main sections stand at 1."""

_CIRCLED = "①⑴⒈❶㈠"
_NUMERAL = rf"[{COUNTING}百]"
_FORMAL = f"{FORMAL}拾"
_SPELT = str.maketrans(f"{_FORMAL}参", f"{COUNTING}三")  # 參 is 参 in simplified script
# A number before another number is a quantity or a list inside a sentence: "30、100户", "一、二、三产业".
_PATTERNS: tuple[tuple[Style, re.Pattern[str]], ...] = (
    ("part", re.compile(rf"第({_NUMERAL}+|\d{{1,2}}){concept('part_of_text').any}")),
    ("formal", re.compile(rf"([{_FORMAL}参]{{1,3}})、(?![{_FORMAL}参]+、)")),
    ("chinese", re.compile(rf"({_NUMERAL}{{1,4}})(?:、|[.．](?!\d))(?!{_NUMERAL}、)")),
    ("chinese_bracket", re.compile(rf"[(（]({_NUMERAL}{{1,4}})[)）][、.．]?")),
    ("arabic", re.compile(r"(\d{1,2})(?:、|[.．])(?!\d)")),
    ("arabic_bracket", re.compile(r"[(（]?(\d{1,2})[)）][、.．]?")),
    ("stem", re.compile(rf"[(（]?([{STEMS}])(?:(?<=[(（].)[)）]|、(?![{STEMS}]))")),
    ("circled", re.compile(r"([①-⑳⑴-⒇⒈-⒛❶-❿㈠-㈩])[、.]?")),
)
_MEASURES = Concept(
    tuple(word for word, unit in UNITS.items() if unit.measure in concept("measured_units", "people_units"))
)
_NO_TITLE = rf"[{MULTIPLES}%‰]|{(_MEASURES | concept('measured_too')).any}"
_TITLE = rf"(?={concept('begins_like_a_unit').any}|(?!{_NO_TITLE})[{HAN}])"
_IN_A_CLAUSE = re.compile(
    rf"\d{{1,2}}(?:\.\d{{1,2}}){{2,3}}[、.]?|\d{{1,2}}\.\d{{1,2}}(?:、|\s*{_TITLE})"
    rf"|\d{{1,2}}\s+(?={concept('begins_like_a_unit').any})"
)
_POINT = re.compile(
    rf"(?:(?P<point>{_NUMERAL}{{1,3}}){concept('point_mark').any}|第(?P<rank>{_NUMERAL}{{1,3}})(?:[{COMMAS}、]|$))"
)


@dataclass(frozen=True, slots=True)
class Numbering:
    """The number a line begins with; `length` counts its characters with the mark after it."""

    style: Style
    number: int
    length: int


def read_numbering(line: str) -> Numbering | None:
    """The item number at the start of a line, None where there is none.

    Example: read_numbering("(三)抓项目") == Numbering("chinese_bracket", 3, 3); read_numbering("1.5万亩") is None
    """
    for style, pattern in _PATTERNS:
        if match := pattern.match(line):
            return Numbering(style, _value(match.group(1)), match.end())
    return None


def begins_point(line: str) -> bool:
    """Whether a line is a point of a list: numbered, or 一是…, 二要…, 第三，…"""
    return read_numbering(line) is not None or bool(_POINT.match(line))


def read_point(clause: str) -> Numbering | None:
    """The number of the point of a list that a folded clause begins with: that of a line, or 一是, 二要, 第三 alone.

    Example: read_point("二要修路") == Numbering("point", 2, 2)
    """
    if match := _POINT.match(clause):
        return Numbering("point", _value(match["point"] or match["rank"]), match.end())
    return read_numbering(clause)


def label_length(clause: str) -> int:
    """How many characters of a folded clause are labels before its words, blanks among them.

    Example: 4 of "3.1 本年投资", 5 of "（1）修路" with its blank before it, 0 of "3.1万亩油茶"
    """
    at = 0
    while True:
        at += len(clause[at:]) - len(clause[at:].lstrip())
        rest = clause[at:]
        found = _IN_A_CLAUSE.match(rest) or _POINT.match(rest)
        numbering = None if found else read_numbering(rest)
        length = found.end() if found else numbering.length if numbering else 0
        if not length:
            return at
        at += length


def _value(numeral: str) -> int:
    if numeral.isdecimal():
        return int(numeral)
    for first in _CIRCLED:
        if 0 <= ord(numeral[0]) - ord(first) < 20:
            return ord(numeral[0]) - ord(first) + 1
    if numeral in STEMS:
        return STEMS.index(numeral) + 1
    return int(number_value(numeral.translate(_SPELT)))
