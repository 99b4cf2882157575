"""When an amount holds, and whether it was reached, is intended, or was set as the mark."""

import re
from dataclasses import dataclass
from typing import Literal

from rag.text.clauses import CLAUSE_MARK, CLAUSE_MARKS
from rag.text.lexicon import concept
from rag.text.time_spans import TimeSpan, governing, last_year_of_plan
from rag.types import SectionKind

Status = Literal["result", "plan", "target"]
"""What was reached, what is intended, and what somebody else set as the mark."""


@dataclass(frozen=True, slots=True)
class Timing:
    """The year an amount belongs to, the period in words, and its status."""

    year: int | None
    period: str | None
    status: Status


FARTHEST = 5  # years from the report's: what lies farther off is history or prospect
_THIS_YEAR = concept("the_year").pattern
_SAYS_WHEN = re.compile(rf"(?:19|20)\d\d|{concept('as_of').any}")
_PLANNED = re.compile(
    rf"{concept('announced', 'next_year').any}|{concept('striving').any}\d"
    rf"|(?:^|(?<=[年镇乡村司业目还也总现县区])){concept('plan_as_verb').any}(?!\d)|{concept('settled').any}[^{CLAUSE_MARKS}]{{0,20}}建设"
)
_EXCEEDED = re.compile(rf"超额?过?(?:{concept('reached').any})?{concept('plan_or_task').any}")  # by so much
_MET = re.compile(rf"(?:{concept('reached').any}|占|为)了?[^{CLAUSE_MARKS}]{{0,8}}{concept('plan_or_task').any}(?!为)")
_DONE = concept("already", "completed_so_far")
_MARK = re.compile(
    rf"任务数|目标|下达[^{CLAUSE_MARKS}]{{0,8}}{concept('task', 'plan_or_task').any}|任务(?:为|是|量|面积)?$"
)
_LISTED_MARKS = re.compile(rf"{concept('target').any}[^{CLAUSE_MARKS}:：]{{0,6}}[是为]?[:：]")
_EXPECTED = re.compile(rf"{concept('expected_target').any}[是为]?[:：]")


@dataclass(frozen=True, slots=True)
class Told:
    """What the section of a sentence reports, the years of its report, and the time its paragraph opened with."""

    kind: SectionKind
    year: int | None
    plan_year: int | None
    opened: TimeSpan | None = None
    says_this_year: bool = False  # so that 去年 is the year before

    @property
    def own_year(self) -> int | None:
        """The year that a statement is of where it names none."""
        return self.plan_year if self.kind == "plan" and self.plan_year else self.year


def time_of(before: str, clause: str, told: Told) -> Timing:
    """Reads the timing of an amount; `before` is its folded sentence up to it, `clause` its own clause."""
    status = _status(before, clause, told.kind)
    own = told.own_year if status == "plan" or told.kind != "plan" else told.year
    if _EXPECTED.search(before) and told.plan_year:
        own = told.plan_year  # what is expected of a year is of the coming one, in whatever section
    span = governing(before, is_spoken=not told.says_this_year) or told.opened
    if span is None:
        return Timing(own, f"{own}年" if own else None, status)
    if span.reach == "next" and status == "result":
        status = "plan"
    year = told.plan_year if span.reach == "next" and told.plan_year else _year(span, own)
    return Timing(year, _in_words(span, year), status)


def _year(span: TimeSpan, own: int | None) -> int | None:
    """The year of a time: its own, unless it is several or too far from the report's to be what is reported on."""
    if span.reach == "past":
        return own and own - span.back
    if span.reach == "next":
        return own and own + 1
    if span.reach == "years":
        end = last_year_of_plan(span.text)
        return own if end is None or own is None or end - FARTHEST < own <= end else end
    if span.year is None:
        return own
    is_far = own is not None and abs(span.year - own) > FARTHEST
    return own if is_far and not span.is_at_once else span.year


def _in_words(span: TimeSpan, year: int | None) -> str:
    """今年 as 2020年, 全年 as 2020年全年 and 上半年 as 2020年上半年, where the year is known; else as it is written."""
    if year is None or span.reach in ("years", "now") or _SAYS_WHEN.match(span.text):
        return span.text
    if span.reach in ("past", "next"):
        return f"{year}年"
    return f"{year}年{_THIS_YEAR.sub('', span.text).removeprefix('年')}"


def _status(before: str, clause: str, kind: SectionKind) -> Status:
    if kind == "plan":
        return "result" if _DONE.search(clause) else "plan"
    own = CLAUSE_MARK.split(before)[-1]
    if _LISTED_MARKS.search(before):
        return "target"
    if _MARK.search(own) and not _MET.search(own) and not _EXCEEDED.search(own):
        return "target"
    if _PLANNED.search(_MET.sub("", clause[: len(own)])) and not _DONE.search(clause):
        return "plan"
    return "result"
