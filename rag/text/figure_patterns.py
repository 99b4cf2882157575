"""How figures are written: the patterns of numbers with their units, and of what only looks like them. All levelled."""

import re

from rag.text.lexicon import concept, table
from rag.text.normalization import HAN
from rag.text.numerals import (
    COUNTING,
    FORMAL,
    INDEFINITE,
    LARGE,
    MULTIPLES,
    NUMERALS,
    ONES,
    OVER,
    POINT,
    TENS,
    ZEROS,
    number_value,
)
from rag.text.units import UNIT, UNITS

APPROXIMATION = table("approximation")
ABOUT_BEFORE = APPROXIMATION["near_before"] | APPROXIMATION["over_before"] | APPROXIMATION["under_before"]
ABOUT_BEHIND = APPROXIMATION["near_after"] | APPROXIMATION["over_after"] | APPROXIMATION["under_after"]
"""The words that say of a figure that it is not exact, by where they stand."""

_OF_A_UNIT = [  # 千瓦, 千克, 百分点; the 千 of 4万3千米 may as well be the number's
    rf"(?<={word[0]}){word[1:]}"
    for word, unit in UNITS.items()
    if word[0] in MULTIPLES and unit.size != number_value(word[0])
]
_NO_UNIT = rf"(?!{'|'.join(_OF_A_UNIT)})"
DASHES = "-~—–至到"
"""What joins the bounds of a range, to stand between the brackets of a pattern."""

_BLANK = r"\ {0,2}"
_SPACED = (  # 1 234万元, but not 120 345 of two columns, nor a year and a number
    rf"(?<![\da-z])(?<!\d[.,:/ ])[1-9]\d{{0,2}}(?:\ \d{{3}})+(?![\d,])"
    rf"(?=(?:\.\d+)?\ ?[{INDEFINITE}]?(?:[{MULTIPLES}]|{UNIT}|[{DASHES}]))"
)
_POINT_APART = rf"(?:\d+\ \.\ ?\d+|(?<=[{HAN}])\d{{1,6}}\.\ \d+)"  # 1 . 2万元, but not "1. 2户" of a list
_ARABIC = rf"(?:{_POINT_APART}|(?:{_SPACED}|\d{{1,3}}(?:,\d{{3}})+(?!\d)|\d+)(?:\.\d+)?)"
_DECIMALS = rf"(?:{POINT}[{ONES}{ZEROS}]+(?![十百千刻分钟]))"
_CHINESE = rf"(?:{FORMAL}|[{NUMERALS}{TENS}][{NUMERALS}{ZEROS}{TENS}]*{_DECIMALS}?{_NO_UNIT})"
_IN_YI = rf"个(?:[{INDEFINITE}]亿|亿(?!元[{HAN}]|级|吨))"  # 引资3个亿, but 3个亿元企业 are enterprises
_SCALE = rf"(?:(?:[{INDEFINITE}]?[{MULTIPLES}]+|{_IN_YI}){_NO_UNIT})"
_SCALE_APART = (  # 1260 万元, 2.35 亿
    rf"(?<=\d)\ {{1,2}}(?:[{INDEFINITE}]?[{MULTIPLES[1:3]}]?[{LARGE}]+|[{MULTIPLES[1:3]}]{_NO_UNIT})"
    rf"(?=\ ?(?:{UNIT})|[^{HAN}]|$|[{INDEFINITE}])"
)
_FIRST = rf"(?:{_ARABIC}(?:{_SCALE_APART}|{_SCALE})?|{_CHINESE}{_SCALE}?)"
NUMBER = (  # a number once read is not read otherwise: (?>…)
    rf"(?>{concept('several').any}[{MULTIPLES}]+{_NO_UNIT}"
    rf"|{_FIRST}(?:(?<=[{MULTIPLES}])(?:\d+(?:\.\d+)?|{_CHINESE}){_SCALE}?)*)"
)
SCALED = re.compile(rf"(?P<digits>{_ARABIC}[{MULTIPLES}]??)(?P<scale>[{LARGE}]+)")
UNSCALED = re.compile(rf"{_ARABIC}|[{ONES}两]|.*[{LARGE}]")
"""A numeral that ends with 万 or 亿, and one without any scale, behind which 千米 is a unit."""

SHARE = {"百分之": "%", "千分之": "‰", "万分之": "‱"}
_HALF = concept("and_a_half").any
PER = rf"(?:(?:/|(?<=元)每|\ per\ )[百千万]?(?:{UNIT}|{table('further_units')['per'].any}))+"
"""What a figure is counted by, right behind it: 元/吨, 元/人/年."""

FIGURE = re.compile(
    rf"""
    (?P<before>{(ABOUT_BEFORE | APPROXIMATION["over_round"]).any})?\ ?
    (?P<rank>第|no\.\ ?)?
    (?P<sign>-|[–—](?=\d)|{concept("minus").any}\ ?)?
    (?P<share>{"|".join(SHARE)})?
    (?P<number>{NUMBER})
    (?:\ (?=[{OVER}]))?(?P<over>[{INDEFINITE}]|\+)?
    (?:\ (?P<english>thousand|million|billion))?
    (?P<ordinal>(?:st|nd|rd|th)\b)?
    (?P<half>个{_HALF})?
    (?:{_BLANK}(?P<unit>{UNIT}))?
    (?P<half_behind>{_HALF})?
    (?P<per>{PER})?
    (?:{_BLANK}(?P<after>{ABOUT_BEHIND.any}))?
    """,
    re.VERBOSE,
)
WRAPPED = re.compile(rf"(?<=\d)\r?\n(?=[{INDEFINITE}]?(?:[{MULTIPLES[1:3]}]?[{LARGE}]|%|‰|{UNIT}))")
"""A line end between a number and its unit."""

SLOGAN = re.compile(r"[“\"「『《][^”\"」』》]{1,24}[”\"」』》]")
NUMBERING = re.compile(
    rf"(?m)^[ \t　]*(?:[(（][{COUNTING}\d]{{1,3}}[)）]|[{COUNTING}]{{1,3}}、|\d{{1,2}}[、.](?!\d))"
    rf"|[(（][{COUNTING}\d]{{1,2}}[)）]|[{COUNTING}]{{1,3}}是|(?<=[。；;])\d{{1,2}}、"
)
