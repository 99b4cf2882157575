"""Figures in other right spellings: 1260万元 as 1 260万元, 一千二百六十万元, 壹仟贰佰陆拾万元, 12,600,000元. Pure.

A claim may spell a report's figure in any of them: none is refused for it, and no false value passes in one.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from eval.mutants.statements import DATE_UNITS, choice, counted_figures

COMMON, FORMAL = "零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟"
"""Digits and the scales below 万, as numerals are commonly written and as cheques and contracts write them."""

SPELLINGS_OF_A_FIGURE = 2
_PLAIN = re.compile(r"(?P<number>\d+(?:\.\d+)?)(?P<scale>[万亿]?)(?P<unit>\D*)")
_BESIDE = re.compile(r"[\da-zA-Z.,/第~～至到—–:：-]")
_SIZES = {"": 1, "万": 10**4, "亿": 10**8}
_CONVERTED = {
    "公里": ("米", 1000), "千米": ("米", 1000), "吨": ("公斤", 1000), "万吨": ("吨", 10**4), "亿元": ("万元", 10**4),
    "万元": ("元", 10**4), "平方公里": ("平方米", 10**6), "万亩": ("亩", 10**4), "万人": ("人", 10**4),
}  # fmt: skip
_FULL_WIDTH = {ord(narrow): ord(narrow) + 0xFEE0 for narrow in "0123456789.%"}
_SMALLEST_TOLD = 3  # 一个 is an article, 两手 an idiom
_LARGEST_TOLD = 10**12
_THOUSAND = 1000


def respellings(text: str) -> Iterator[tuple[str, str]]:
    """The text with one of its figures in another right spelling, and what was changed."""
    for figure in counted_figures(text):
        said = text[figure.start : figure.end]
        is_plain = figure.arabic and figure.unit not in DATE_UNITS | {"", "位次"} and figure.high is None
        beside = text[figure.start - 1 : figure.start] + text[figure.end : figure.end + 1]
        if is_plain and not _BESIDE.search(beside):
            for other in chosen_spellings(said, text, SPELLINGS_OF_A_FIGURE):
                yield f"{text[: figure.start]}{other}{text[figure.end :]}", f"{said}→{other}"


def conversions(text: str) -> Iterator[tuple[str, str]]:
    """The text with one of its exact figures in a smaller unit, and what was changed.

    Example: conversions("硬化公路21.3公里") gives "硬化公路21300米"
    """
    for figure in counted_figures(text):
        said = text[figure.start : figure.end]
        match = _PLAIN.fullmatch(said)
        smaller = _CONVERTED.get(match["scale"] + match["unit"]) if match else None
        beside = text[figure.start - 1 : figure.start] + text[figure.end : figure.end + 1]
        if match and smaller and not _BESIDE.search(beside):
            value = Decimal(match["number"]) * smaller[1]
            if value == value.to_integral():
                new = f"{int(value)}{smaller[0]}"
                yield f"{text[: figure.start]}{new}{text[figure.end :]}", f"{said}→{new}"


def chosen_spellings(said: str, seed: str, count: int) -> list[str]:
    """Some of a figure's spellings; which of them hangs on the seed alone."""
    known = spellings(said)
    first = choice(f"{seed}{said}", len(known)) if known else 0
    return [known[(first + step) % len(known)] for step in range(min(count, len(known)))]


def spellings(said: str) -> list[str]:
    """Other right spellings of an exact figure in Arabic digits; none of what is written in another way."""
    match = _PLAIN.fullmatch(said)
    if match is None:
        return []
    number, scale, unit = Decimal(match["number"]), match["scale"], match["unit"]
    found = [said.translate(_FULL_WIDTH), f"{match['number']} {scale}{unit}", f"{match['number']}\u202f{scale}{unit}"]
    found += _in_words(number, scale, unit)
    if number >= _THOUSAND:
        found += [f"{number:,}{scale}{unit}".replace(",", blank) for blank in (",", "，", " ", "\u2009")]
    value = number * _SIZES[scale]
    if scale and value == value.to_integral() and value < _LARGEST_TOLD:
        found.append(f"{int(value):,}{unit}")
    if not scale and value >= _SIZES["万"] and unit != "%":
        found.append(f"{(value / _SIZES['万']).normalize():f}万{unit}")
    return [spelling for spelling in dict.fromkeys(found) if spelling != said]


def _in_words(number: Decimal, scale: str, unit: str) -> Iterator[str]:
    """In Chinese numerals, and in formal ones where it is money."""
    if number < _SMALLEST_TOLD or number >= _SIZES["万"]:
        return
    words = decimals_in_words(number)
    if unit == "%":
        yield f"百分之{words}"
    else:
        yield f"{words}{scale}{unit}"
    if unit == "元" and number == number.to_integral():
        yield f"{in_words(int(number), FORMAL)}{scale}{unit}"


def decimals_in_words(value: Decimal) -> str:
    """Example: decimals_in_words(Decimal("307.2")) == "三百零七点二" """
    whole, _, decimals = f"{value:f}".partition(".")
    behind = "".join(COMMON[int(digit)] for digit in decimals)
    return (in_words(int(whole)) or COMMON[0]) + (f"点{behind}" if behind else "")


def in_words(number: int, numerals: str = COMMON) -> str:
    """A whole number below 10^12 in Chinese numerals, with 零 for each gap.

    Example: in_words(10050) == "一万零五十"
    """
    zero, written = numerals[0], ""
    for power, scale in ((_SIZES["亿"], "亿"), (_SIZES["万"], "万"), (1, "")):
        section, number = divmod(number, power)
        if section:
            gap = zero if written and section < _THOUSAND else ""
            written += f"{gap}{_section(section, numerals)}{scale}"
        elif written:
            written += zero
    ten = f"{numerals[1]}{numerals[10]}"
    return _without_needless_zeros(written[1:] if written.startswith(ten) else written, zero)  # 十二, but 一百一十二


def _section(number: int, numerals: str) -> str:
    """A number below 10000."""
    scales = ("", *numerals[10:])
    digits = [(int(digit), scales[3 - place]) for place, digit in enumerate(f"{number:04d}")]
    written = "".join(numerals[digit] + (scale if digit else "") for digit, scale in digits)
    return _without_needless_zeros(written.lstrip(numerals[0]), numerals[0])


def _without_needless_zeros(written: str, zero: str) -> str:
    return re.sub(f"{zero}+", zero, written).rstrip(zero)
