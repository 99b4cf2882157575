"""Numerals in words: Chinese (四万三千), mixed (4万3千) and English (thirty-four), read as exact fractions."""

import re
from fractions import Fraction

DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_DIGITS = "".join(DIGITS)
SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
ENGLISH_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
ENGLISH = (
    {word: value for value, word in enumerate(_SMALL.split())}
    | {word: 10 * (index + 2) for index, word in enumerate(_TENS.split())}
    | ENGLISH_SCALES
)


def read_chinese(numeral: str) -> Fraction:
    """Value of Chinese or mixed digits, approximators inside ignored.

    Example: 四万三千余 -> 43000; 4万3千 -> 43000; 二〇二〇 -> 2020; 三点五万 -> 35000
    """
    parts = re.findall(rf"\d+(?:\.\d+)?|[{_DIGITS}](?:点[{_DIGITS}]+)?|[十百千万亿]", numeral)
    if len(parts) > 1 and all(part in DIGITS for part in parts):
        return Fraction("".join(str(DIGITS[part]) for part in parts))
    total = section = Fraction(0)
    digit: Fraction | None = None
    for part in parts:
        if part not in SCALES:
            digit = _digit(part)
        elif part in "十百千":
            section += (Fraction(1) if digit is None else digit) * SCALES[part]
            digit = None
        else:
            section += digit or 0
            total += (section or 1) * SCALES[part]
            section, digit = Fraction(0), None
    return total + section + (digit or 0)


def _digit(part: str) -> Fraction:
    if part[0].isdigit() and part[0] not in DIGITS:
        return Fraction(part)
    whole, _, decimals = part.partition("点")
    return Fraction(f"{DIGITS[whole]}.{''.join(str(DIGITS[c]) for c in decimals) or 0}")


def read_english(words: str) -> Fraction:
    """Value of English number words.

    Example: "two thousand three hundred and forty-five" -> 2345
    """
    total = section = 0
    for word in re.findall("[a-z]+", words):
        if word == "and":
            continue
        if word == "hundred":
            section = (section or 1) * 100
        elif word in ENGLISH_SCALES:
            total += (section or 1) * ENGLISH_SCALES[word]
            section = 0
        else:
            section += ENGLISH[word]
    return Fraction(total + section)
