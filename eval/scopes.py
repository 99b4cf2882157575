"""Clauses and sentences of a folded text, and what is denied in them."""

import re

from eval.numbers import Figure

Stretch = tuple[int, int]

_SEPARATORS = (
    r"[,、。;:\n()!?|\[\]【】]|(?<=[a-z%)])\.(?:\s|$)",  # the finest clause
    r"[,。;\n!?|]|(?<=[a-z%)])\.(?:\s|$)",
    r"[。;\n!?]|(?<=[a-z%)])\.(?:\s|$)",  # the sentence
)
LEVELS = len(_SEPARATORS) + 1  # the last is the whole text

_DENIED_BEFORE = re.compile(
    r"(?:不是|并非|并不是|而非|而不是|不等于|不为|≠|\bnot|rather than|instead of)\s*"
    r"(?:只算|仅|只|指|有|在|全部?都?|共)?[“\"'(「]?第?$"
)
_DENIED_AFTER = re.compile(
    r"[^,。;:、\n()]{0,14}?"
    r"(?:有误|不对|不准确|不正确|不属实|错误|不成立|说法不|是错|与报告不符|is wrong|is incorrect|is not correct)"
)
PREMISE = re.compile(
    r"题目|问题中|问题里|问题说|提问|您说|你说|您提|你提|提到的|所说|所谓|前提|说的|没有|并无|premise|question|claim"
)
_CORRECTED_NEXT = re.compile(
    r"[^,。;\n]{0,30}[,。;\n]\s*(?:但|而)?(?:实际|其实|而是|应为|应是|应该|正确|报告|the report)"
)


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
    return bool(PREMISE.search(folded[start:end]) or _CORRECTED_NEXT.match(folded[figure.end :]))


def is_corrected_after(folded: str, place: int) -> bool:
    """Whether the words that follow a place set right what was just said."""
    rest = folded[place:]
    wrong = r"[^。;\n]{0,40}(?:有误|不对|不符|不准确|不正确|不属实|错误|不一致)"
    return bool(_CORRECTED_NEXT.match(rest) or re.match(wrong, rest))
