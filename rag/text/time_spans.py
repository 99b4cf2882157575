"""When: the stretches of time that a text names, and which of them an amount is told for.

One reading for the figures of a report and for claims about them: 1-10月, 前三季度 and 春节期间 are less than a year,
五年来, “十三五”期间 and 2018—2022年 more, and 上年的25起 is the year before's.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from rag.text.clauses import CLAUSE_BREAK, CLAUSE_MARKS
from rag.text.dates import years_in_digits
from rag.text.item_numbers import label_length
from rag.text.lexicon import concept, table
from rag.text.normalization import HAN
from rag.text.numerals import ONES, number_value

Reach = Literal["year", "part", "years", "past", "next", "date", "now"]
"""The whole of a year, less, several, one before or behind the year that is told of, a day or month, or up to now."""

_WORDS = {key: words.any for key, words in table("time_spans").items()}
_AS_OF, _PART_OF_MONTH = concept("as_of").any, concept("month_part").any
_TO = r"\s?(?:[-—~–]{1,2}|至|到)\s?"
_YEAR = r"(?:19|20)\d\d\s?年"
_THIS_YEAR = rf"(?:{_YEAR}|{concept('the_year').any})?\s?"
_COUNT = rf"(?:\d{{1,2}}|[{ONES[1:]}两]?十[{ONES}]?|[{ONES[1:]}两])"
_MONTH = rf"(?:1[0-2]|0?[1-9]|十[一二]?|[{ONES}])"
_DAY = rf"(?:1[0-2]|0?[1-9])月(?:{_PART_OF_MONTH}|\d{{1,2}}(?:[-—~–至]\d{{1,2}}[日号]|[日号])?)?"
_QUARTER = f"[1-4{ONES[:4]}]"
PART_OF_YEAR = (
    rf"{_MONTH}\s?(?:月份?)?{_TO}{_MONTH}\s?月(?:份|{_PART_OF_MONTH})?|{_WORDS['first']}{_COUNT}个月|{_MONTH}月份"
    rf"|第?{_QUARTER}(?:{_TO}{_QUARTER})?季度末?|{_WORDS['first']}[两{_QUARTER[1:]}个?季度|{_WORDS['half']}|{_WORDS['season']}"
)
"""The ways to write some months of a year, to stand between the brackets of a pattern: 1-10月, 前三季度, 上半年."""
_BEGINS = rf"(?:^|(?<=[{CLAUSE_MARKS}：:、（(]))"
_MORE = (
    rf"(?:19|20)\d\d\s?年?{_TO}{_YEAR}|{_YEAR}度?(?:{_WORDS['onwards']}|[^{CLAUSE_MARKS}\d]{{1,20}}以来)"
    rf"|{_WORDS['near']}的?{_COUNT}[多余]?年(?:{_WORDS['since']})?|(?:{_COUNT}[多余]?年|{_COUNT}年[多余]){_WORDS['since']}"
    rf"|{_COUNT}年(?={_WORDS['in_sum']})|{_BEGINS}{_COUNT}年(?={concept('rate_of_change').any}|提)"
    rf"|[“\"]?十[{ONES}]五[”\"]?{_WORDS['plan_period']}"
    rf"|{_WORDS['term']}|{_WORDS['untold']}"
)
_SPAN = re.compile(
    rf"(?P<years>{_MORE})|(?P<now>{concept('now').any})"
    rf"|(?P<part>(?:{_AS_OF})?{_THIS_YEAR}(?:{PART_OF_YEAR}|{_WORDS['holiday']})|{_THIS_YEAR}{_DAY}{_TO}{_THIS_YEAR}{_DAY}|(?:半年|{_COUNT}个多?月){_WORDS['since']}|[{HAN}]{{2,4}}{_WORDS['holiday']})"
    rf"|(?P<until>{_AS_OF}(?:{_THIS_YEAR}(?:{_DAY}|年?[底末])|{_YEAR}[底末]?))|(?P<date>{_THIS_YEAR}{_DAY}|[{HAN}]{{2,4}}(?<![五年届]){_WORDS['episode']})"
    rf"|(?P<past>{concept('past_year').any}{_WORDS['same_time']}?)|(?P<next>{concept('next_year').any})"
    rf"|(?P<year>{_YEAR}度?(?:全年|[底末初])?|{concept('the_year', 'whole_year').any}|(?<![{HAN}\d])年[末底初](?!前))"
)
_TOLD_BY_WORD: tuple[Reach, ...] = ("part", "past", "next")
_FIVE_YEARS = re.compile(rf"(十[{ONES}])五")
_NAMED = re.compile(r"(?:19|20)\d\d(?=\s?年)")
_FROM_THE_START = re.compile(rf"(?:{_AS_OF})?{_THIS_YEAR}(?:{_WORDS['from_the_start']}|第?[1一](?:月?份?{_TO}|季度))")
_TO_THE_END = re.compile(rf"{_YEAR}$|(?<!\d月)[底末]$|12月(?:31[日号]?|[底末])?$")
_OF_A_MONTH = re.compile(r"月[底末]$")
_OF_ANOTHER = re.compile(rf"{concept('before_another_time').any}$")
_AT_ONCE = re.compile(rf"的?(?:[\d.,]+[{HAN}%]{{0,4}}{concept('and').any})*")
_IS_OF = re.compile(rf"{_WORDS['sameness']}$")
_AS_SPOKEN = table("time_spans")["as_spoken"]
_ADVERB = re.compile(
    rf"(?:{concept('before_time', 'own_town', 'whole_town', 'own_place', 'also', 'linking', 'turning', 'and').any}"
    rf"|[{HAN}]{{2,6}}(?:[省市县镇乡]|(?<![园社景小库片矿])区)|[\s“\"(（!！—-])*"
)


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A time at [start, end) of a folded text.

    Example: 截至2022年9月底 has reach "part" and year 2022; 上年同期 has reach "past" and lies `back` one year.
    """

    start: int
    end: int
    text: str
    reach: Reach
    year: int | None  # that it names, the last one of several
    back: int = 0
    is_from_the_start: bool = False  # of its year: 上半年, 1-10月, 截至11月底, but not 7-9月
    is_at_once: bool = False  # followed by the amount: that one's own year, however far


def time_spans(folded: str) -> Iterator[TimeSpan]:
    """The times of a folded text, in order.

    Example: of "2022年，1-10月" a "year" and a "part"
    """
    for found in _SPAN.finditer(years_in_digits(folded)):
        years = _NAMED.findall(found[0])
        reach = _reach(found)
        back = 2 if found[0].startswith("前年") else 1
        yield TimeSpan(
            found.start(),
            found.end(),
            found[0],
            reach,
            year=int(years[-1]) if years else None,
            back=back if reach == "past" else 0,
            is_from_the_start=bool(found["until"] or _FROM_THE_START.match(found[0])),
        )


def governing(before: str, *, is_spoken: bool = True) -> TimeSpan | None:
    """The time that an amount is told for, by the folded words of its sentence before it; None where they name none.

    What the amount follows at once is its time, also where another is compared with it. A time in the amount's own
    clause holds for it, and one in a clause before where that clause opens with it.

    `is_spoken`: the words may be of a meeting at the beginning of the year after, when 去年 is what is reported on.

    Example: governing("2022年产量下降，比上年的") has reach "past"; governing("比2021年增长") is None
    """
    spans = list(time_spans(before))
    if spans and _AT_ONCE.fullmatch(before, spans[-1].end) and not _is_measure_of(spans[-1], before):
        return replace(spans[-1], is_at_once=True)
    held = [span for span in spans if _holds(span, before, is_spoken)]
    if not held:
        return None
    named = next((span.year for span in reversed(held) if span.year and span.reach == "year"), None)
    return replace(held[-1], year=held[-1].year or named)


def opening(sentence: str) -> TimeSpan | None:
    """The time that a folded sentence opens with: 五年来 of "五年来，造林3万亩"."""
    return next((span for span in time_spans(sentence) if _opens(sentence[: span.start])), None)


def _reach(found: re.Match[str]) -> Reach:
    if found["years"]:
        return "years"
    if found["now"]:
        return "now"
    if found["until"]:
        return "year" if _TO_THE_END.search(found[0]) else "part"
    if found["date"]:
        return "date" if not _OF_A_MONTH.search(found[0]) else "year" if _TO_THE_END.search(found[0]) else "part"
    return next((reach for reach in _TOLD_BY_WORD if found[reach]), "year")


def _holds(span: TimeSpan, before: str, is_spoken: bool) -> bool:
    """Whether a time holds for an amount that does not follow it at once."""
    ahead, behind = before[: span.start], before[span.end :]
    is_since = span.reach == "years" and span.year is not None
    if (_OF_ANOTHER.search(ahead) and not is_since) or _is_measure_of(span, before) or _is_closed(behind):
        return False
    opens = _opens(CLAUSE_BREAK.split(ahead)[-1])
    if span.reach == "past":
        return opens and not (is_spoken and span.text in _AS_SPOKEN)
    if not CLAUSE_BREAK.search(behind):
        return True
    is_short = span.text.startswith("年") or (span.text.endswith("年") and span.reach == "years")
    is_of_its_clause = is_short and not CLAUSE_BREAK.match(behind)
    return opens and span.reach != "date" and not is_of_its_clause


def _is_measure_of(span: TimeSpan, before: str) -> bool:
    """Whether a time is what something is measured by: 是2005年的 before 2.1倍."""
    return bool(_IS_OF.search(before[: span.start])) and before.startswith("的", span.end)


def last_year_of_plan(text: str) -> int | None:
    """The last year of a five-year plan that a folded text names.

    Example: last_year_of_plan("“十四五”时期") == 2025
    """
    named = _FIVE_YEARS.search(text)
    return 1955 + 5 * int(number_value(named[1])) if named else None


def _opens(ahead: str) -> bool:
    """Whether nothing of a clause but labels, joints and the place itself stands before a time."""
    return bool(_ADVERB.fullmatch(ahead, label_length(ahead)))


def _is_closed(behind: str) -> bool:
    """Whether a bracket that a time stands in is closed behind it."""
    return any(behind.count(shut) > behind.count(open_) for open_, shut in ("()", "（）"))
