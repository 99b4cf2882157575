"""Dates that a report gives for things done, though they lie after the day it was signed or published."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.parsing.defects.finding import Passage
from rag.text.dates import dates_in
from rag.text.lexicon import concept

_AHEAD = concept("intention", "prospect", "expectation", "next_year", "deadline")
_PAST_YEAR = concept("past_year", "every_year")


@dataclass(frozen=True, slots=True)
class LateDate:
    """A date at [start, end) of the clean text that lies after the given day."""

    start: int
    end: int
    text: str


def late_dates(passages: Sequence[Passage], signed: str, year: int) -> Iterator[LateDate]:
    """Dates after `signed` (ISO 8601, at least the month) in what is told as done; a date without a year is of `year`.

    Example: signed 2023-12-12, year 2023: "截止到12月31日名列全县第六名" gives 12月31日
    """
    limit = _ordinal(int(signed[:4]), int(signed[5:7]), int(signed[8:10] or 31))
    for passage in passages:
        if passage.kind != "plan" and not _AHEAD.search(passage.text) and not _PAST_YEAR.search(passage.text):
            yield from _dates_after(limit, passage, year)


def _dates_after(limit: int, passage: Passage, year: int) -> Iterator[LateDate]:
    for date in dates_in(passage.text):
        year = date.year or year
        end = date.end + len(date.part)
        is_deadline = passage.text.startswith("前", end)
        is_decimal = passage.text.endswith(".", 0, date.start)  # 3.12月份
        if date.month and not is_deadline and not is_decimal and _ordinal(year, date.month, date.day_or_part) > limit:
            yield LateDate(passage.start + date.start, passage.start + end, passage.text[date.start : end])


def _ordinal(year: int, month: int, day: int) -> int:
    return year * 10000 + month * 100 + day
