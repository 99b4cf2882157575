"""The year a report is about and the year it plans for, with every line that dates it."""

import re
from collections.abc import Iterator, Sequence

from rag.parsing.outline import planned_year
from rag.parsing.source_lines import LocatedLine, Said
from rag.text.dates import YEAR, last_date, years_in_digits
from rag.text.letterhead import title_meeting
from rag.text.lexicon import concept, table
from rag.text.normalization import HAN

_YEAR_TOPIC = re.compile(r"(?<!\d)(?:19|20)\d\d([^\d]*)")
_RESULT_WORDS = concept("report_words", "account_words", "kind_of_document", "kind_of_table")
_PLAN_WORDS = concept("plan", "outlook", "draft")
_CARRIED_OUT = concept("carried_out")
_NEXT_YEAR = concept("next_year")
# A 2024年政府工作报告 is held in January and looks back on 2023.
_HELD_IN = re.compile(
    rf"{YEAR}[{HAN}]{{0,12}}{concept('government_report').any}》?{concept('covering_document').any}?$"
)
_OPENING = re.compile(rf"(?:^|[,:。])({YEAR})(?:以来)?[,是]")
_SECTIONS = table("section_name")
_STATED = re.compile(
    rf"{YEAR}{concept('section_scope').any}*{(_SECTIONS['result'] | _SECTIONS['plan']).any}{_CARRIED_OUT.any}?"
)
_ANNOUNCEMENT = concept("announcement")
_JOINTS = "".join(concept("and", "title_joint")) + ", "
_YEAR_DIGITS = 4
_OPENING_LINES = 3
_GOVERNMENT_REPORT = concept("government_report")
_HELD = concept("government_report", "occasion")


def year_topics(line: str) -> tuple[tuple[int, str], ...]:
    """The years a folded title, heading or opening sentence is about, each with "result", "plan" or "".

    Example: year_topics("2020年工作总结暨2021年工作计划") == ((2020, "result"), (2021, "plan"))
    """
    return tuple((int(_year(match)), _topic(match[1])) for match in _YEAR_TOPIC.finditer(years_in_digits(line)))


def read_years(
    title: LocatedLine | None, occasion: LocatedLine | None, lines: Sequence[LocatedLine], dates: Sequence[Said]
) -> tuple[Said, ...]:
    """Years from the title, else from the headings and the announcing sentence, else from the meeting it was held at,
    from the date under the text, and from opening lines.

    The first statement of each field is the one to believe; further ones say the same or contradict it.
    """
    headings = [line for line in lines if line.role == "heading"]
    body = [line for line in lines if line.role == "body"]
    titled = [title] if title else []
    meetings = [each for line in (occasion, title) if line for each in _meeting_date(line)]
    stated = [each for line in lines for each in stated_years(line)]
    said = [each for line in (*titled, *headings) for each in _topics(line) if not _is_held_in(line, title)]
    said += [each for line in titled for each in _held_in(line, said)]
    said = said or [each for line in titled for each in _lone_years(line)] or stated
    if not said and (meetings or dates):
        said = [_year_before([*meetings, *dates][0])]
    if not said:
        said = [each for line in body[:_OPENING_LINES] for each in (*_stated(line), *_opening(line))][:1]
    said += _derived(said, headings, body)
    said += _planned_at(said, meetings or (dates if title and _HELD.search(title.text) else []))
    believed = [next(each for each in said if each.field == field) for field in {each.field for each in said}]
    return tuple(dict.fromkeys([*sorted(believed, key=lambda each: each.field), *stated]))


def stated_years(line: LocatedLine) -> Iterator[Said]:
    """Where a heading or the announcing sentence (现将……报告如下) names the report's own years."""
    if line.role == "heading" or (line.role == "body" and _ANNOUNCEMENT.search(line.text)):
        yield from _stated(line)


def _stated(line: LocatedLine) -> Iterator[Said]:
    for match in _STATED.finditer(years_in_digits(line.text)):
        topic = _topic(match[0][_YEAR_DIGITS:])
        if topic:
            yield Said("plan_year" if topic == "plan" else "year", _year(match), line, *match.span())


def _year(match: re.Match[str]) -> str:
    return match[0][:_YEAR_DIGITS]


def _topic(words: str) -> str:
    result, plan = _RESULT_WORDS.search(words), _PLAN_WORDS.search(words)
    if result and (not plan or result.start() < plan.start() or _CARRIED_OUT.search(words)):
        return "result"
    return "plan" if plan else ""


def _topics(line: LocatedLine) -> Iterator[Said]:
    for match in _YEAR_TOPIC.finditer(years_in_digits(line.text)):
        topic = _topic(match[1])
        if topic:
            end = match.start() + len(match[0].rstrip(_JOINTS))
            yield Said("plan_year" if topic == "plan" else "year", _year(match), line, match.start(), end)


def _is_held_in(line: LocatedLine, title: LocatedLine | None) -> bool:
    return line is title and bool(_HELD_IN.search(years_in_digits(line.text)))


def _held_in(title: LocatedLine, said: Sequence[Said]) -> Iterator[Said]:
    """A 2024年政府工作报告 plans for 2024 unless it looks back on it, and where nothing says more, on 2023."""
    if match := _HELD_IN.search(years_in_digits(title.text)):
        year = next((each.value for each in said if each.field == "year"), None)
        if year != _year(match) and not any(each.field == "plan_year" for each in said):
            yield Said("plan_year", _year(match), title, *match.span())


def _lone_years(title: LocatedLine) -> Iterator[Said]:
    """The last year of a title that has it behind its words: 五年工作总结(2017—2021)."""
    meeting = title_meeting(title.text)
    text = years_in_digits(title.text[: meeting.start()] if meeting else title.text)
    topic = _topic(text)
    match = next((found for found in reversed(list(_YEAR_TOPIC.finditer(text)))), None)
    if match and topic:
        is_held_in = topic == "plan" or _GOVERNMENT_REPORT.search(text)
        yield Said("plan_year" if is_held_in else "year", _year(match), title, match.start(), match.end())


def _meeting_date(line: LocatedLine) -> Iterator[Said]:
    meeting = title_meeting(line.text)
    date = last_date(meeting[0]) if meeting else None
    if meeting and date and date.iso:
        yield Said("signing_date", date.iso, line, meeting.start() + date.start, meeting.start() + date.end)


def _planned_at(said: Sequence[Said], dates: Sequence[Said]) -> Iterator[Said]:
    """A report held in the year after the one it looks back on plans for that year."""
    year = next((each.value for each in said if each.field == "year"), None)
    if year is None or any(each.field == "plan_year" for each in said):
        return
    for held in dates[:1]:
        if held.value[:4] == str(int(year) + 1):
            yield Said("plan_year", held.value[:4], held.line, held.start, held.end)


def _year_before(dated: Said) -> Said:
    """A report signed in the first half of a year looks back on the year before."""
    year, month = int(dated.value[:4]), int(dated.value[5:7] or 12)
    return Said("year", str(year - 1 if month <= 6 else year), dated.line, dated.start, dated.end)


def _opening(line: LocatedLine) -> Iterator[Said]:
    if match := _OPENING.search(years_in_digits(line.text)):
        yield Said("year", match[1][:_YEAR_DIGITS], line, match.start(1), match.start(1) + _YEAR_DIGITS)


def _derived(said: Sequence[Said], headings: Sequence[LocatedLine], body: Sequence[LocatedLine]) -> Iterator[Said]:
    """The year before a plan's, the next year of 明年打算, and the year of a line such as "2024年，我们将……"."""
    year = next((each for each in said if each.field == "year"), None)
    plan = next((each for each in said if each.field == "plan_year"), None)
    if year is None and plan is not None:
        yield Said("year", str(int(plan.value) - 1), plan.line, plan.start, plan.end)
    if year is None or plan is not None:
        return
    for line in headings:
        if match := _NEXT_YEAR.search(line.text):
            yield Said("plan_year", str(int(year.value) + 1), line, *match.span())
            return
    for line in body:
        planned = planned_year(line.text)
        if planned is not None and planned > int(year.value):
            yield Said("plan_year", str(planned), line, 0, 5)
            return
