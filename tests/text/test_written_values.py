"""Whatever spelling a value is written in, it is read back: written by writers that share nothing with the reader."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from eval.mutants.spellings import COMMON, FORMAL, decimals_in_words, in_words
from rag.text.figures import read_figures

BLANKS = "\u0020\u00a0\u2009\u202f\u3000"
MINUS_SIGNS = "-\u2212\uff0d\ufe63负"
DASHES = ["-", "—", "–", "~", "～", "至", "到", " - "]
LARGEST = 10**12 - 1

_FULL_WIDTH = {ord(narrow): ord(narrow) + 0xFEE0 for narrow in "0123456789,."}


def shortened_tens(number: int) -> str:
    """With 廿, 卅 and 卌 for 20, 30 and 40 at the end."""
    head, tail = divmod(number, 100)
    if not 20 <= tail < 50:
        return in_words(number)
    tens, ones = divmod(tail, 10)
    lead = in_words(head * 100) if head else ""
    return f"{lead}{'廿卅卌'[tens - 2]}{COMMON[ones] if ones else ''}"


def spaced(value: int, blank: str) -> str:
    return f"{value:,}".replace(",", blank)


def only(text: str) -> tuple[object, object, str]:
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
    "formal": lambda value: in_words(value, FORMAL),
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
    value=st.decimals(Decimal("0.01"), Decimal("9999.99"), places=2),
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
    pair = f"{COMMON[digit]}{COMMON[digit + 1]}"
    assert only(f"走访{pair}{word}户") == (digit * size, (digit + 1) * size, "户")
