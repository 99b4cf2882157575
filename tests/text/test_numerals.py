"""Chinese numerals, read and written."""

import pytest

from rag.text.numerals import counting_numeral, digits_value, number_value


@pytest.mark.parametrize(
    ("number", "value"),
    [
        ("2.2亿", 220_000_000),
        ("2亿2千万", 220_000_000),
        ("22000万", 220_000_000),
        ("四万三千余", 43_000),
        ("4万3千余", 43_000),
        ("2000多万", 20_000_000),
        ("一千二百三十四", 1234),
        ("十二", 12),
        ("1,234,567", 1_234_567),
        ("一亿二千万", 120_000_000),
        ("1.5万亿", 1_500_000_000_000),
        ("0万", 0),
        ("万", 10_000),
        ("七", 7),
        ("十", 10),
        ("十九", 19),
        ("二十", 20),
        ("三十一", 31),
        ("一百零二", 102),
        ("二〇二一", 2021),
    ],
)
def test_number_value(number: str, value: int) -> None:
    assert number_value(number) == value


@pytest.mark.parametrize("year", ["二〇二一", "二零二一", "二○二一", "二o二一", "二0二1"])
def test_digits_one_by_one_in_whatever_script(year: str) -> None:
    assert digits_value(year) == 2021


@pytest.mark.parametrize("number", range(1, 100))
def test_what_is_written_is_read_again(number: int) -> None:
    assert number_value(counting_numeral(number)) == number


@pytest.mark.parametrize(("number", "written"), [(9, "九"), (10, "十"), (12, "十二"), (20, "二十"), (100, "100")])
def test_counting_numerals(number: int, written: str) -> None:
    assert counting_numeral(number) == written
