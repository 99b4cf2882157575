"""Whatever spelling a value is written in, it is read back: written here by writers of their own."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rag.text.figures import read_figures

BLANKS = "\u0020\u00a0\u2009\u202f\u3000"
MINUS_SIGNS = "-\u2212\uff0d\ufe63负"
DASHES = ["-", "—", "–", "~", "～", "至", "到", " - "]
LARGEST = 10**12 - 1

_COMMON, _FORMAL = "零一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"
_COMMON_SCALES, _FORMAL_SCALES = "十百千", "拾佰仟"
_FULL_WIDTH = {ord(narrow): ord(narrow) + 0xFEE0 for narrow in "0123456789,."}


def in_words(number: int, digits: str = _COMMON, scales: str = _COMMON_SCALES) -> str:
    """A whole number below 10^12 in Chinese numerals, with 零 for each gap."""
    sections = []
    for power, scale in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section, number = divmod(number, power)
        if section or sections:
            sections.append((section, scale))
    written = ""
    for section, scale in sections:
        if section:
            gap = digits[0] if written and section < 1000 else ""
            written += f"{gap}{_section(section, digits, scales)}{scale}"
        elif written and not written.endswith(digits[0]):
            written += digits[0]
    return written.removesuffix(digits[0]).replace(digits[0] * 2, digits[0])


def _section(number: int, digits: str, scales: str) -> str:
    """A number below 10000."""
    written = ""
    for place, digit in zip((3, 2, 1, 0), f"{number:04d}", strict=True):
        if digit != "0":
            written += digits[int(digit)] + (scales[place - 1] if place else "")
        elif written and not written.endswith(digits[0]):
            written += digits[0]
    return written.removesuffix(digits[0])


def shortened_tens(number: int) -> str:
    """With 廿, 卅 and 卌 for 20, 30 and 40 at the end."""
    head, tail = divmod(number, 100)
    if not 20 <= tail < 50:
        return in_words(number)
    tens, ones = divmod(tail, 10)
    lead = in_words(head * 100) if head else ""
    return f"{lead}{'廿卅卌'[tens - 2]}{_COMMON[ones] if ones else ''}"


def decimals_in_words(value: Decimal) -> str:
    """三百零七点二."""
    whole, _, decimals = f"{value:f}".partition(".")
    return (in_words(int(whole)) or "零") + (
        f"点{''.join(_COMMON[int(digit)] for digit in decimals)}" if decimals else ""
    )


def spaced(value: int, blank: str) -> str:
    return f"{value:,}".replace(",", blank)


def only(text: str) -> tuple[Decimal, Decimal | None, str]:
    """Value, upper bound and measure of the one figure of a text."""
    (figure,) = read_figures(text)
    return figure.value, figure.high, figure.measure


WHOLE: dict[str, Callable[[int], str]] = {
    "digits": str,
    "comma": lambda value: f"{value:,}",
    "full-width comma": lambda value: f"{value:,}".replace(",", "，"),
    "full-width": lambda value: f"{value:,}".translate(_FULL_WIDTH),
    "words": in_words,
    "words with 两": lambda value: in_words(value).replace("二千", "两千").replace("二百", "两百"),
    "words with 〇": lambda value: in_words(value).replace("零", "〇"),
    "formal": lambda value: in_words(value, _FORMAL, _FORMAL_SCALES),
    "short tens": shortened_tens,
}


@pytest.mark.parametrize("spelling", WHOLE)
@settings(max_examples=60, deadline=None)
@given(value=st.one_of(st.integers(3, 99), st.integers(100, 20_000), st.integers(20_000, LARGEST)))
@example(value=2050)
@example(value=208)
@example(value=12_300_000)
@example(value=100_000_001)
@example(value=10_000_000)
@example(value=23)
def test_a_whole_number_is_read_back(spelling: str, value: int) -> None:
    assert only(f"发放{WHOLE[spelling](value)}元") == (value, None, "元")


@settings(max_examples=100, deadline=None)
@given(value=st.integers(1000, LARGEST), blank=st.sampled_from(BLANKS), before_unit=st.sampled_from(["", *BLANKS]))
def test_blanks_part_thousands(value: int, blank: str, before_unit: str) -> None:
    assert only(f"发放{spaced(value, blank)}{before_unit}元") == (value, None, "元")


@settings(max_examples=100, deadline=None)
@given(
    value=st.decimals(Decimal("0.01"), Decimal("99999.99"), places=2),
    scale=st.sampled_from([("", 1), ("万", 10**4), ("亿", 10**8), ("千万", 10**7)]),
    blank=st.sampled_from(["", *BLANKS, "\n"]),
    is_in_words=st.booleans(),
)
def test_a_decimal_with_a_scale_is_read_back(
    value: Decimal, scale: tuple[str, int], blank: str, is_in_words: bool
) -> None:
    word, size = scale
    if is_in_words and word == "千万":
        word, size = "万", 10**4
    numeral = decimals_in_words(value) if is_in_words else f"{value}{blank}"
    assert only(f"投资{numeral}{word}元，")[0] == value * size


@settings(max_examples=100, deadline=None)
@given(
    value=st.decimals(Decimal("0.1"), Decimal("999.9"), places=1),
    sign=st.sampled_from(["", *MINUS_SIGNS]),
    blank=st.sampled_from(["", *BLANKS]),
)
def test_a_share_with_its_sign_is_read_back(value: Decimal, sign: str, blank: str) -> None:
    signed = -value if sign else value
    assert only(f"同比增长{sign}{value}{blank}%") == (signed, None, "%")
    assert only(f"同比增长{sign}{value}‰") == (signed / 10, None, "%")
    if sign in ("", "负"):
        assert only(f"同比增长{sign}百分之{decimals_in_words(value)}") == (signed, None, "%")


@settings(max_examples=100, deadline=None)
@given(
    least=st.integers(1, 9_000), more=st.integers(1, 900), dash=st.sampled_from(DASHES), unit=st.sampled_from("户亩")
)
def test_a_range_is_read_back(least: int, more: int, dash: str, unit: str) -> None:
    assert only(f"涉及{least}{dash}{least + more}{unit}") == (least, least + more, unit)
    assert only(f"涉及{least}{unit}{dash}{least + more}{unit}") == (least, least + more, unit)


@settings(max_examples=50, deadline=None)
@given(digit=st.integers(1, 8), scale=st.sampled_from([("十", 10), ("百", 100), ("千", 1000), ("万", 10**4)]))
def test_neighbouring_digits_are_a_range(digit: int, scale: tuple[str, int]) -> None:
    word, size = scale
    pair = f"{_COMMON[digit]}{_COMMON[digit + 1]}"
    assert only(f"走访{pair}{word}户") == (digit * size, (digit + 1) * size, "户")
