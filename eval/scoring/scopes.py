"""Clauses and sentences of a folded text, and what is denied in them."""

import re

from eval.scoring.numbers import Figure

Stretch = tuple[int, int]

_FULL_STOP = r"(?<=[a-z%)])\.(?=\s|$)"  # an English one, not a decimal point
_SEPARATORS = (
    rf"[,、。;:!?|\n()\[\]【】]|{_FULL_STOP}",  # the finest clause
    rf"[,。;!?|\n]|{_FULL_STOP}",
    rf"[。;!?\n]|{_FULL_STOP}",  # the sentence
)
LEVELS = len(_SEPARATORS) + 1  # the last is the whole text

_NOT = r"不是|并非|并不是|不等于|不为|不应是|而非|而不是|≠|\bnot|rather than|instead of"
_ONLY = "(?:[只仅指有共在都算]|全部)*"
_FALSE = "有误|错误|是错|不对|不实|不属实|不准确|不正确|不成立|说法不|与报告不符|is wrong|is incorrect|is not correct"
_DENIED_BEFORE = re.compile(rf"(?:{_NOT})\s*{_ONLY}[“「\"'(]?第?$")
_DENIED_AFTER = re.compile(rf"[^,、。;:()\n]{{0,12}}?(?:{_FALSE})")
_PREMISE = re.compile(r"题目|问题[中里说]|提问|[您你][说提]|提到的|说的|所[说谓]|前提|没有|并无|premise|question|claim")
_INSTEAD = re.compile(r"[^,。;\n]{0,24}[,。;\n]\s*[但而]?(?:实际|其实|而是|应[为是该]|正确|报告|the report)")
_SET_RIGHT = re.compile(rf"[^。;\n]{{0,40}}(?:{_FALSE}|不符|不一致)")


def scopes(folded: str, level: int) -> list[Stretch]:
    """The stretches of one level, 0 being the finest clause and LEVELS - 1 the whole text."""
    if level >= len(_SEPARATORS):
        return [(0, len(folded))]
    found, start = [], 0
    for match in re.finditer(_SEPARATORS[level], folded):
        found.append((start, match.start()))
        start = match.end()
    return [*found, (start, len(folded))]


def scope_at(folded: str, level: int, place: int) -> Stretch:
    """The stretch of one level that holds a place."""
    return next((s for s in scopes(folded, level) if s[0] <= place <= s[1]), (0, len(folded)))


def is_denied(folded: str, figure: Figure) -> bool:
    """Whether the text says that a figure is not so: 不是25个, 25个有误."""
    before = folded[max(0, figure.start - 16) : figure.start]
    return bool(_DENIED_BEFORE.search(before) or _DENIED_AFTER.match(folded[figure.end : figure.end + 40]))


def is_quoted_premise(folded: str, figure: Figure) -> bool:
    """Whether a figure is only repeated as what the question assumed."""
    start, end = scope_at(folded, 1, figure.start)
    return bool(_PREMISE.search(folded[start:end]) or _INSTEAD.match(folded[figure.end :]))


def is_corrected_after(folded: str, place: int) -> bool:
    """Whether the words that follow a place set right what was just said."""
    return bool(_INSTEAD.match(folded, place) or _SET_RIGHT.match(folded, place))
