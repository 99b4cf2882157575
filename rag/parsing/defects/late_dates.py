"""Dates that a report gives for things done, though they lie after the day it was signed or published."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.parsing.defects.finding import Passage

_DATE = re.compile(
    r"(?:(?P<year>20\d\d)年)?(?<![\d.])(?P<month>1[0-2]|0?[1-9])月(?:份)?"
    r"(?:(?P<day>3[01]|[12]\d|0?[1-9])[日号]|(?P<third>[上中下]旬|底|末))?"
)
_YEAR = re.compile(r"(20\d\d)年")
_MIDDLE = {"上旬": 5, "中旬": 15, "下旬": 25, "底": 28, "末": 28}
_AHEAD = re.compile(
    r"将|预计|预期|力争|计划|打算|拟|争取|确保|明年|来年|有望|届时|可望|目标|规划|到期|有效期|任期|期限|年限|之前|以前|前完|前投|前建"
)
_PAST_YEAR = re.compile(r"去年|上年|往年|上一年|前年|历年|每年")


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
        if passage.kind == "plan" or _AHEAD.search(passage.text) or _PAST_YEAR.search(passage.text):
            continue
        for match in _DATE.finditer(passage.text):
            if _is_after(match, passage.text, limit, year):
                yield LateDate(passage.start + match.start(), passage.start + match.end(), match[0])


def _is_after(date: re.Match[str], text: str, limit: int, year: int) -> bool:
    named = [int(each[1]) for each in _YEAR.finditer(text, 0, date.start("month"))]
    of_year = int(date["year"]) if date["year"] else named[-1] if named else year
    day = int(date["day"]) if date["day"] else _MIDDLE[date["third"]] if date["third"] else 0
    is_deadline = text.startswith("前", date.end())
    return not is_deadline and _ordinal(of_year, int(date["month"]), day) > limit


def _ordinal(year: int, month: int, day: int) -> int:
    return year * 10000 + month * 100 + day
