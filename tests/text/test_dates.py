"""Written dates, in running text and on lines of their own."""

import pytest

from rag.text.dates import dates_in, last_date, years_in_digits


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("于2020年3月5日竣工", (2020, 3, 5)),
        ("2020-03-05", (2020, 3, 5)),
        ("2020.3.5", (2020, 3, 5)),
        ("2020/3/5日", (2020, 3, 5)),
        ("二〇二〇年三月五日", (2020, 3, 5)),
        ("二零二〇年十二月", (2020, 12, None)),
        ("2020年3月5，", (2020, 3, 5)),
        ("2020年11月份", (2020, 11, None)),
        ("2020年度工作", (2020, None, None)),
        ("2020 年", (2020, None, None)),
        ("3月5日", (None, 3, 5)),
        ("11月", (None, 11, None)),
        ("2021年3.6万亩竹林", (2021, None, None)),
    ],
)
def test_one_date(text: str, date: tuple[int | None, int | None, int | None]) -> None:
    assert [(each.year, each.month, each.day) for each in dates_in(text)] == [date]


@pytest.mark.parametrize("text", ["2020元", "3.5亩", "三月三歌会", "13月", "2021.3万亩"])
def test_what_is_no_date(text: str) -> None:
    assert list(dates_in(text)) == []


def test_dates_know_their_places() -> None:
    text = "2020年，截至3月5日"
    assert [text[each.start : each.end] for each in dates_in(text)] == ["2020年", "3月5日"]


@pytest.mark.parametrize(
    ("text", "part", "day"), [("12月底", "底", 28), ("3月上旬", "上旬", 5), ("3月5日上旬", "", 5), ("3月", "", 0)]
)
def test_part_of_a_month(text: str, part: str, day: int) -> None:
    (date,) = dates_in(text)
    assert (date.part, date.day_or_part, text[date.start : date.end + len(date.part)]) == (
        part,
        day,
        text[: date.end + len(part)],
    )


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("石矶镇人民政府 2021 年 3 月 5 日", "2021-03-05"),
        ("(二〇二一年 三月)", "2021-03"),
        ("二0二一年三月五日", "2021-03-05"),
        ("2021.3", "2021-03"),
        ("2020-01-05 修改于 2021-01-05", "2021-01-05"),
        ("2021年13月5日", None),
        ("2021年2月32日", None),
    ],
)
def test_the_last_date_of_a_line(line: str, iso: str | None) -> None:
    date = last_date(line)
    assert date is not None
    assert date.iso == iso


def test_a_line_without_a_month_has_no_date() -> None:
    assert last_date("石矶镇2021年工作总结") is None


def test_years_in_digits_keep_the_offsets() -> None:
    text = "二〇二一年总结和二零二二年计划"
    assert years_in_digits(text) == "2021年总结和2022年计划"
    assert len(years_in_digits(text)) == len(text)
