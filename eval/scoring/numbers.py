"""Figures of a text, read by the evaluation's own parser: value, unit class, approximation and place.

The system under test has a parser too; this one shares nothing with it, so that a misreading there is seen here.

Example: figures_of("投入0.2亿元，34户") -> 20000000 元 exact; 34 户 exact
"""

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from eval.scoring.numerals import DIGITS, ENGLISH, ENGLISH_SCALES, read_chinese, read_english
from eval.scoring.units import NEEDS_ARABIC, UNITS, Unit
from eval.scoring.wording import clauses

Approximation = Literal["exact", "over", "about", "under"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure at [start, end) of the folded text; value in the base of its unit class."""

    value: Fraction
    unit: str  # class name; empty where none is written; 位次 for ranks, 日期 for full dates (value yyyymmdd)
    approximation: Approximation
    start: int
    end: int
    arabic: bool = True  # written with Arabic digits
    scaled: bool = False  # written with 万, 亿 or million
    high: Fraction | None = None  # upper end of a range, value being the lower

    @property
    def idiomatic(self) -> bool:
        """A small Chinese numeral such as 一个 or 两次, which often counts nothing."""
        return not self.arabic and self.value < 10

    def same_value(self, other: "Figure") -> bool:
        return self.value == other.value and self.high == other.high

    def same_unit(self, other: "Figure") -> bool:
        """Equal classes, or one of them unwritten."""
        return self.unit == other.unit or not self.unit or not other.unit

    def says_unit_of(self, demanded: "Figure") -> bool:
        """Equal classes, no unit demanded, or 元 left out behind 万 and 亿."""
        return demanded.unit in (self.unit, "") or (demanded.unit == "元" and not self.unit and self.scaled)


_SCALE = r"[十百千万亿](?!瓦|米|克|分)"
_CN = "零〇一二两三四五六七八九"
_MIXED = rf"\d+(?:\.\d+)?(?:[余多来几+]?{_SCALE}(?:\d+(?:\.\d+)?(?=[余多来几+]?{_SCALE})|[{_CN}](?={_SCALE}))?)*"
_CHINESE = rf"(?:[{_CN}]点[{_CN}]+|[{_CN}十百千万亿])(?:[余多来几+]?{_SCALE}|[{_CN}])*"
_WORD = "|".join(sorted(ENGLISH, key=len, reverse=True))
_ENGLISH = rf"\b(?:{_WORD})\b(?:(?:[ -]|\s+and\s+)(?:{_WORD})\b)*"
_LATIN = re.compile(r"[a-z]")
_UNIT = "|".join(
    re.escape(spelling) + (r"(?![a-z\d])" if _LATIN.match(spelling[-1]) else "")
    for spelling in sorted(UNITS, key=len, reverse=True)
)
_PREFIXES: dict[str, Approximation] = {
    "超过 超出 超 逾 不少于 不低于 至少 大于 多于 高于 最少 起码": "over",
    "大约 大概 约为 约 接近 将近 近": "about",
    "不足 不到 少于 低于 未满": "under",
    "more_than over at_least exceeding no_less_than": "over",
    "about around approximately nearly almost some roughly": "about",
    "fewer_than less_than under": "under",
}
_PREFIX = {word.replace("_", " "): kind for words, kind in _PREFIXES.items() for word in words.split()}
_BEFORE = re.compile(rf"(?<![附最靠临签合节预违制邀条])({'|'.join(sorted(_PREFIX, key=len, reverse=True))})[了达\s]*$")
_AFTER = re.compile(
    r"\s*(?:(以上|之上|余(?![名人个])|多(?![次种个少处年项样元功名人])|\+(?!\s*\d))|(左右|上下)|(以下|以内|之内))"
)
_NUMBER = re.compile(
    rf"(?<![a-z\d.])(?P<rank>第)?(?P<number>百分之(?:{_MIXED}|{_CHINESE})|{_MIXED}|{_CHINESE}|{_ENGLISH})"
    rf"(?P<more>[余多来几]|\+(?!\s*\d)|)(?:\s*(?P<word>{'|'.join(ENGLISH_SCALES)})\b)?(?P<ordinal>(?:st|nd|rd|th)\b)?"
    rf"[\s-]?(?P<unit>{_UNIT})?"
)
_DATE = re.compile(r"(?<!\d)(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?(?!\d)")
_RANGE = re.compile(rf"(?<![\d.-])(\d+(?:\.\d+)?|[{_CN}])\s*[-~至到—–]+\s*(\d+(?:\.\d+)?|[{_CN}])\s*({_UNIT})")
_FRACTION = re.compile(rf"(?<![\d/.-])(\d{{1,2}})/(\d{{1,2}})(?![\d/年月])|([{_CN}十]+)分之([{_CN}十]+)")
_ENGLISH_FRACTION = re.compile(r"\b(one|two|three|four)[ -](half|third|quarter|fifth)s?\b")
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5}
_MONEY_BEFORE = re.compile(r"(?:rmb|cny|¥|\byuan)\s*$")


def figures_of(text: str) -> tuple[Figure, ...]:
    """Every figure of a text, by place in `clauses(text)`."""
    return figures_in(clauses(text))


@lru_cache(maxsize=4096)
def figures_in(folded: str) -> tuple[Figure, ...]:
    """Every figure of an already folded text; dates and ranges stand beside the figures they are made of."""
    found = [*_dates(folded), *_ranges(folded), *_fractions(folded)]
    fractions = [figure for figure in found if figure.unit == "" and figure.value < 1]
    for match in _NUMBER.finditer(folded):
        figure = _number(folded, match)
        if figure and not any(f.start <= figure.start < f.end for f in fractions):
            found.append(figure)
    return tuple(sorted(found, key=lambda figure: (figure.start, figure.end)))


def whole_figure(text: str) -> Figure | None:
    """The one figure that a phrase consists of, None where it says more or less than one figure.

    Example: 超过40万元 -> 400000 元 over; 40万元资金 -> None
    """
    folded = clauses(text).strip()
    return next((f for f in figures_in(folded) if f.start == 0 and f.end == len(folded)), None)


def _number(folded: str, match: re.Match[str]) -> Figure | None:
    number, spelling = match["number"], match["unit"]
    if not match["rank"] and not _counts(number, spelling):
        return None
    unit = UNITS[spelling] if spelling else Unit("")
    value = _value(number) * ENGLISH_SCALES.get(match["word"] or "", 1)
    if number.startswith("百分之"):
        unit = UNITS["%"]
    elif match["rank"] or match["ordinal"]:
        unit = Unit("位次")
    elif not spelling and _MONEY_BEFORE.search(folded[: match.start()]):
        unit = UNITS["元"]
    start, end, approximation = _approximated(folded, match, number)
    return Figure(
        value * unit.scale, unit.name, approximation, start, end,
        arabic=any(c.isascii() and c.isdigit() for c in number) or number[0].isascii(),
        scaled=bool(match["word"]) or any(c in number for c in "万亿") or "million" in number,
    )  # fmt: skip


def _counts(number: str, spelling: str | None) -> bool:
    """Whether a numeral counts something: 统一 and 千方百计 do not."""
    if number[0].isascii() or number.startswith("百分之"):
        return number not in ("hundred", "thousand", "million", "billion", "one") or spelling is not None
    if spelling in NEEDS_ARABIC and not (len(number) > 1 and any(c in DIGITS for c in number)):
        return False
    if spelling is None:
        return len(number) > 1 and any(c in number for c in "百千万亿") and any(c in DIGITS for c in number)
    return any(c in DIGITS for c in number) or number[0] == "十" or spelling in ("亩", "人", "户", "元", "吨", "米")


def _value(number: str) -> Fraction:
    if number.startswith("百分之"):
        number = number[3:]
    if _LATIN.match(number[0]):
        return read_english(number)
    return read_chinese(re.sub("[余多来几+]", "", number))


def _approximated(folded: str, match: re.Match[str], number: str) -> tuple[int, int, Approximation]:
    """Where a figure begins and ends together with the words that make it approximate."""
    start, end = match.start(), match.end()
    while folded[end - 1].isspace() or (folded[end - 1] == "-" and not match["unit"]):
        end -= 1
    before = _BEFORE.search(folded[max(0, start - 16) : start])
    after = _AFTER.match(folded, end)
    approximation: Approximation = "exact"
    if before:
        approximation = _PREFIX[before[1]]
        start -= len(before[0])
    if after:
        approximation = "over" if after[1] else "about" if after[2] else "under"
        end = after.end()
    if match["more"] or re.search("[余多来几+]", number):
        approximation = "over"
    return start, end, approximation


def _dates(folded: str) -> list[Figure]:
    return [
        Figure(Fraction(int(m[1]) * 10000 + int(m[2]) * 100 + int(m[3])), "日期", "exact", m.start(), m.end())
        for m in _DATE.finditer(folded)
    ]


def _ranges(folded: str) -> list[Figure]:
    found = []
    for match in _RANGE.finditer(folded):
        unit = UNITS[match[3]]
        low, high = (read_chinese(match[group]) * unit.scale for group in (1, 2))
        if low < high:
            found.append(Figure(low, unit.name, "exact", match.start(), match.end(), high=high))
    return found


def _fractions(folded: str) -> list[Figure]:
    found = []
    for match in _FRACTION.finditer(folded):
        top, bottom = (read_chinese(part) for part in ((match[1], match[2]) if match[1] else (match[4], match[3])))
        if 0 < top < bottom:
            found.append(Figure(top / bottom, "", "exact", match.start(), match.end(), arabic=bool(match[1])))
    for match in _ENGLISH_FRACTION.finditer(folded):
        value = Fraction(ENGLISH[match[1]], _PARTS[match[2]])
        found.append(Figure(value, "", "exact", match.start(), match.end(), arabic=False))
    return found
