"""How figures are written: the patterns of numbers with their units, and of what only looks like them. All levelled."""

import re

from rag.text.lexicon import table
from rag.text.numerals import COUNTING, INDEFINITE, LARGE, MULTIPLES, NUMERALS, ONES, number_value
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
_ARABIC = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_CHINESE = rf"[{NUMERALS}]+{_NO_UNIT}"
_SCALE = rf"(?:[{INDEFINITE}]?[{MULTIPLES}]+{_NO_UNIT})"
_NUMBER = rf"(?:{_ARABIC}|{_CHINESE}){_SCALE}?(?:(?:{_ARABIC}|{_CHINESE}){_SCALE}?)*"
SCALED = re.compile(rf"(?P<digits>{_ARABIC}[{MULTIPLES}]??)(?P<scale>[{LARGE}]+)")
UNSCALED = re.compile(rf"{_ARABIC}|[{ONES}两]|.*[{LARGE}]")
"""A numeral that ends with 万 or 亿, and one without any scale, behind which 千米 is a unit."""
FIGURE = re.compile(
    rf"""
    (?P<before>{ABOUT_BEFORE.any})?\ ?
    (?P<rank>第|no\.\ ?)?
    (?P<half>百分之|千分之)?
    (?P<number>{_NUMBER})
    (?P<over>[{INDEFINITE}]|\+)?
    (?:\ (?P<english>thousand|million|billion))?
    (?P<ordinal>(?:st|nd|rd|th)\b)?
    (?:\ ?(?P<unit>{UNIT}))?
    (?:\ ?(?P<after>{ABOUT_BEHIND.any}))?
    """,
    re.VERBOSE,
)
FRACTION = re.compile(rf"(?P<whole>{_CHINESE}|\d+)分之(?P<part>{_CHINESE}|\d+)|(?P<a>\d+)/(?P<b>\d+)(?![\d/])")
SLOGAN = re.compile(r"[“\"「『《][^”\"」』》]{1,24}[”\"」』》]")
NUMBERING = re.compile(
    rf"(?m)^[ \t　]*(?:[(（][{COUNTING}\d]{{1,3}}[)）]|[{COUNTING}]{{1,3}}、|\d{{1,2}}[、.](?!\d))"
    rf"|[(（][{COUNTING}\d]{{1,2}}[)）]|[{COUNTING}]{{1,3}}是|(?<=[。；;])\d{{1,2}}、"
)
