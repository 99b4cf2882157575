"""Chinese numerals: the one table of digits and scales, its reader and its writer."""

import re
from decimal import Decimal

ONES = "一二三四五六七八九"
ZEROS = "〇零○"
COUNTING = f"{ONES}十"
MULTIPLES = "十百千万亿"
NUMERALS = f"零〇两{ONES}{MULTIPLES}"
LARGE = "万亿"
OVER = "余多"
INDEFINITE = f"{OVER}来几"
"""The numerals by use, to stand between the brackets of a pattern: rf"[{COUNTING}]{{1,3}}".

`COUNTING` numbers items up to 99; `INDEFINITE` stands within or behind a numeral that is not exact (三十余, 几百),
`OVER` where it is more than said.
"""

_VALUES = {digit: value for value, digit in enumerate(f"〇{ONES}")} | dict.fromkeys(f"{ZEROS}o", 0) | {"两": 2}
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_TOKEN = re.compile(r"\d[\d,]*(?:\.\d+)?|.")
_INDEFINITE = re.compile(f"[{INDEFINITE}]")
_LARGEST_WRITTEN = 99


def number_value(number: str) -> Decimal:
    """The value of a number in Arabic or Chinese digits with scales, or in Chinese digits written one by one.

    Example: number_value("4万3千余") == 43000; number_value("1,234.5") == 1234.5; number_value("二〇二一") == 2021
    """
    total = section = Decimal(0)
    current: Decimal | None = None
    for token in _TOKEN.findall(_INDEFINITE.sub("", number)):
        if token[0].isdigit() and token[0].isascii():
            current = Decimal(token.replace(",", ""))
        elif token in _VALUES:
            current = (current or 0) * 10 + Decimal(_VALUES[token])
        elif token in "十百千":
            section += (Decimal(1) if current is None else current) * _SCALES[token]
            current = None
        else:
            is_bare = current is None and not section and not total  # 万 alone, but not the 亿 of 3万亿
            section += 1 if is_bare else current or 0
            total = (total + section) * _SCALES[token] if token == "亿" else total + section * _SCALES[token]
            section, current = Decimal(0), None
    return total + section + (current or 0)


def digits_value(numeral: str) -> int:
    """The value of digits written one by one, whichever script each is in.

    Example: digits_value("二〇二一") == digits_value("二0二1") == 2021
    """
    return int("".join(str(_VALUES.get(digit, digit)) for digit in numeral))


def counting_numeral(number: int) -> str:
    """A number as lists are numbered, up to 99; beyond, in Arabic digits.

    Example: counting_numeral(12) == "十二"
    """
    if not 0 < number <= _LARGEST_WRITTEN:
        return str(number)
    tens, ones = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else f"{ONES[tens - 1]}十") + (ONES[ones - 1] if ones else "")
