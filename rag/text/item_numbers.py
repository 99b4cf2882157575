"""Item numbers at the start of a line: 第一部分, 一、, (一), 1、, (1), ①."""

import re
from dataclasses import dataclass
from typing import Literal

Style = Literal["part", "chinese", "chinese_bracket", "arabic", "arabic_bracket", "circled"]

RANKS: dict[Style, float] = {
    "part": 0,
    "chinese": 2,
    "chinese_bracket": 3,
    "arabic": 4,
    "arabic_bracket": 5,
    "circled": 6,
}
"""How deep a style of numbers usually stands; unnumbered main sections stand at 1."""

_DIGITS = {numeral: value for value, numeral in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
_CHINESE = "一二三四五六七八九十百"
# A number before another number is a quantity or a list inside a sentence: "30、100户", "一、二、三产业".
_PATTERNS: tuple[tuple[Style, re.Pattern[str]], ...] = (
    ("part", re.compile(rf"第([{_CHINESE}]+|\d{{1,2}})(?:部分|章|编|篇)")),
    ("chinese", re.compile(rf"([{_CHINESE}]{{1,4}})(?:、|[.．](?!\d))(?![{_CHINESE}]、)")),
    ("chinese_bracket", re.compile(rf"[(（]([{_CHINESE}]{{1,4}})[)）][、.．]?")),
    ("arabic", re.compile(r"(\d{1,2})(?:、|[.．])(?!\d)")),
    ("arabic_bracket", re.compile(r"[(（]?(\d{1,2})[)）][、.．]?")),
    ("circled", re.compile(r"([①-⑳])")),
)
_POINT = re.compile(rf"(?:[{_CHINESE}]{{1,3}}(?:是|要)|第[{_CHINESE}]{{1,3}}[,，、])")


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


def _value(numeral: str) -> int:
    if numeral.isdecimal():
        return int(numeral)
    if "①" <= numeral <= "⑳":
        return ord(numeral) - ord("①") + 1
    return chinese_number(numeral)


def chinese_number(numeral: str) -> int:
    """Value of a Chinese numeral below 1000, or of digits written one by one.

    Example: chinese_number("二十九") == 29; chinese_number("二〇二一") == 2021
    """
    if not set(numeral) & {"十", "百"}:
        return int("".join(str(_DIGITS[digit]) for digit in numeral))
    total, digit = 0, 0
    for character in numeral:
        if character in _DIGITS:
            digit = _DIGITS[character]
        else:
            total += max(digit, 1) * (10 if character == "十" else 100)
            digit = 0
    return total + digit
