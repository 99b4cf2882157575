"""Written dates: the one reader of 2020年3月5日, 2020-03-05, 2020.3.5, 二〇二〇年三月五日, 3月5日, 12月底, 2020年度.

`dates_in` finds them in a folded text, each with its place; a month or a year alone is a date too. Lines around the
body write them more loosely, as 2020 年 3 月 or 2020.3: `last_date` reads those. `LOOSE_DATE`, `YEAR` and `MONTH`
are for patterns that hold a date.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.text.lexicon import concept, table
from rag.text.numerals import COUNTING, ONES, ZEROS, digits_value, number_value

DATE_MARKS = "年月日"
"""What stands behind year, month and day, to stand between the brackets of a pattern."""

_ARABIC_YEAR = r"(?:19|20)\d\d"
_CHINESE_YEAR = rf"二[{ZEROS}o0][{ONES}{ZEROS}o0]{{2}}"  # o and 0: what is typed for 〇
YEAR = rf"(?:{_ARABIC_YEAR}年?度?)"
"""A year in Arabic digits with what may follow it: 2020, 2020年, 2020年度."""

MONTH = rf"(?:\d{{1,2}}月(?:份|{concept('month_part').any}|\d{{1,2}}[日号])?)"
"""A month in Arabic digits with its day or part: 3月, 3月份, 3月5日, 12月底."""

_NUMBER = rf"(?:\d{{1,2}}|[{COUNTING}]{{1,3}})"
LOOSE_DATE = (
    rf"(?:\(?(?:{_ARABIC_YEAR}|{_CHINESE_YEAR})\s*[年.\-/]\s*{_NUMBER}\s*(?:月|[.\-/])?\s*(?:{_NUMBER}\s*日?)?\)?)"
)
"""A date with at least year and month, with gaps or in brackets."""

_DATE = re.compile(
    rf"{_ARABIC_YEAR}(?:\s?年度?(?:\d{{1,2}}月(?:份|\d{{1,2}}(?:[日号]|(?![\w.])))?)?|[-/.]\d{{1,2}}[-/.]\d{{1,2}}[日号]?)"
    rf"|{_CHINESE_YEAR}年度?(?:[{COUNTING}]{{1,3}}月(?:份|[{COUNTING}]{{1,3}}[日号])?)?"
    r"|(?<!\d)(?:1[0-2]|0?[1-9])月(?:份|\d{1,2}[日号])?"
)
_LOOSE_DATE = re.compile(LOOSE_DATE)
_YEAR_IN_WORDS = re.compile(rf"{_CHINESE_YEAR}(?=年)")
_NUMBERS = re.compile(rf"[\d{ONES}{ZEROS}十o]+")
_DAY_OF_PART = {word: int(day) for day, words in table("month_part").items() for word in words}
_PART = re.compile("|".join(_DAY_OF_PART))
_LAST_MONTH, _LAST_DAY = 12, 31


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date at [start, end) of a text; what it does not say is None. `part` is the 上旬, 底 … that follows a month."""

    start: int
    end: int
    year: int | None
    month: int | None
    day: int | None
    part: str = ""

    @property
    def day_or_part(self) -> int:
        """The day, about the middle of the part of the month, or 0 for the whole month."""
        return self.day or _DAY_OF_PART.get(self.part, 0)

    @property
    def iso(self) -> str | None:
        """ISO 8601 to the day or the month, None without a year or where there is no such month or day."""
        month, day = self.month or 0, self.day or 1
        if not self.year or not 1 <= month <= _LAST_MONTH or not 1 <= day <= _LAST_DAY:
            return None
        return f"{self.year:04d}-{month:02d}" + (f"-{day:02d}" if self.day else "")


def dates_in(text: str) -> Iterator[WrittenDate]:
    """The dates of a folded text, in order.

    Example: of "2020年，截至3月5日" a date with the year 2020 alone, and one with month and day alone
    """
    for match in _DATE.finditer(text):
        date = _read(match)
        part = _PART.match(text, date.end) if date.month and not date.day else None
        yield _read(match, part[0]) if part else date


def last_date(line: str) -> WrittenDate | None:
    """The last date of a folded line that may write it loosely.

    Example: last_date("石矶镇人民政府 二〇二一年 三月").iso == "2021-03"
    """
    return next((_read(match) for match in reversed(list(_LOOSE_DATE.finditer(line)))), None)


def years_in_digits(text: str) -> str:
    """A folded text with its years in Arabic digits, as long as it was.

    Example: years_in_digits("二〇二一年工作总结") == "2021年工作总结"
    """
    return _YEAR_IN_WORDS.sub(lambda match: str(digits_value(match[0])), text)


def _read(match: re.Match[str], part: str = "") -> WrittenDate:
    written = _NUMBERS.findall(match[0])
    year = digits_value(written.pop(0)) if len(written[0]) > 3 else None
    month, day, *_ = (*(int(number_value(each)) for each in written), None, None)
    return WrittenDate(match.start(), match.start() + len(match[0].rstrip()), year, month, day, part)
