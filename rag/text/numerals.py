"""Chinese numerals: the one table of digits and scales, its reader and its writer."""

import re
from decimal import Decimal

ONES = "一二三四五六七八九"
ZEROS = "〇零○"
COUNTING = f"{ONES}十"
MULTIPLES = "十百千万亿"
TENS = "廿卅卌"
NUMERALS = f"零〇两{ONES}{MULTIPLES}"
LARGE = "万亿"
OVER = "余多"
INDEFINITE = f"{OVER}来几"
POINT = "点"
"""The numerals by use, to stand between the brackets of a pattern: rf"[{COUNTING}]{{1,3}}".

`COUNTING` numbers items up to 99; `TENS` are 20, 30 and 40; `INDEFINITE` stands within or behind a numeral that is not
exact (三十余, 几百), `OVER` where it is more than said; `POINT` parts the decimals of a numeral in words.
"""

_FORMAL_ONES, _FORMAL_SCALES = "壹贰叁肆伍陆柒捌玖", "拾佰仟"
FORMAL = (
    rf"(?:(?:[{_FORMAL_ONES}参拾][{_FORMAL_SCALES}{LARGE}]|拾[{_FORMAL_ONES}])[{_FORMAL_ONES}参{_FORMAL_SCALES}零〇{LARGE}]*"
    rf"|[{_FORMAL_ONES}拾](?=[元圆]))"
)
"""A numeral as cheques and contracts write it (壹仟贰佰叁拾万); one of its digits alone may be a name's."""

_VALUES = (
    {digit: value for value, digit in enumerate(f"〇{ONES}")}
    | {digit: value for value, digit in enumerate(_FORMAL_ONES, start=1)}
    | dict.fromkeys(f"{ZEROS}o", 0)
    | {"两": 2, "参": 3}
)
_SCALES = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000, "万": 10**4, "亿": 10**8}
_TENS = {"廿": 20, "卅": 30, "卌": 40}
_TOKEN = re.compile(rf"\d[\d,]*(?:\.\d+)?|{POINT}[{ONES}{ZEROS}]+|.")
_SILENT = re.compile(rf"[{INDEFINITE}个\s+]")
_SHORT = re.compile(rf"[百千{LARGE}](?P<last>[{ONES}1-9])$")  # 一万二 is 12000
_SEVERAL = re.compile(rf"^(?:好?几|数)(?=[{MULTIPLES}])")
_LEAST_OF_SEVERAL, _MOST_OF_SEVERAL = "二", "九"
_SUCCESSIVE = "|".join(["一两", "两三", "三五", *(ONES[at : at + 2] for at in range(len(ONES) - 1))])
_PAIR = re.compile(rf"(?<![{ONES}{ZEROS}两])(?P<low>[{ONES}两])(?P<high>[{ONES}两])(?![{ONES}{ZEROS}{POINT}])")
_LARGEST_WRITTEN = 99


def number_value(number: str) -> Decimal:
    """The value of a number in Arabic or Chinese digits with scales, or in Chinese digits written one by one.

    Example: number_value("4万3千余") == 43000; number_value("1,234.5") == 1234.5; number_value("二〇二一") == 2021;
    number_value("三百零七点二") == 307.2; number_value("一万二") == 12000; number_value("3个多亿") == 300000000
    """
    written = _SILENT.sub("", number)
    total = section = Decimal(0)
    current: Decimal | None = None
    for token in _TOKEN.findall(written):
        if token[0].isdigit() and token[0].isascii():
            current = Decimal(token.replace(",", ""))
        elif token[0] == POINT:
            current = (current or 0) + Decimal(f"0.{''.join(str(_VALUES[digit]) for digit in token[1:])}")
        elif token in _TENS:
            section += _TENS[token]
        elif token in _VALUES:
            current = (current or 0) * 10 + Decimal(_VALUES[token])
        elif token not in LARGE:
            section += (Decimal(1) if current is None else current) * _SCALES[token]
            current = None
        else:
            is_bare = current is None and not section and not total  # 万 alone, but not the 亿 of 3万亿
            section += 1 if is_bare else current or 0
            is_of_all = token == "亿" or not section  # 3万亿, 一万万
            total = (total + section) * _SCALES[token] if is_of_all else total + section * _SCALES[token]
            section, current = Decimal(0), None
    if current and (short := _SHORT.search(written)):
        current *= Decimal(_SCALES[short[0][0]]) / 10
    return total + section + (current or 0)


def number_bounds(number: str) -> tuple[Decimal, Decimal | None]:
    """The value of a number, or the least and the greatest that it leaves open.

    Example: number_bounds("三四百") == (300, 400); number_bounds("几十") == (20, 90);
    number_bounds("九百") == (900, None)
    """
    if several := _SEVERAL.match(number):
        scale = number[several.end() :]
        return number_value(f"{_LEAST_OF_SEVERAL}{scale}"), number_value(f"{_MOST_OF_SEVERAL}{scale}")
    pair = _PAIR.search(number)
    if pair is None or POINT in number or not re.fullmatch(_SUCCESSIVE, f"{pair['low']}{pair['high']}"):
        return number_value(number), None
    before, behind = number[: pair.start()], number[pair.end() :]
    return number_value(f"{before}{pair['low']}{behind}"), number_value(f"{before}{pair['high']}{behind}")


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
