"""When an amount holds, and whether it was reached, is intended, or was set as the mark."""

import re
from dataclasses import dataclass
from typing import Literal

from rag.text.clauses import CLAUSE_MARK, CLAUSE_MARKS
from rag.text.dates import MONTH
from rag.text.lexicon import concept
from rag.text.normalization import HAN
from rag.types import SectionKind

Status = Literal["result", "plan", "target"]
"""What was reached, what is intended, and what somebody else set as the mark."""


@dataclass(frozen=True, slots=True)
class Timing:
    """The year an amount belongs to, the period in words, and its status."""

    year: int | None
    period: str | None
    status: Status


_THIS_YEAR, _PART_OF_YEAR = concept("the_year"), concept("part_of_year", "quarter_or_season")
_PERIOD = re.compile(
    rf"{concept('as_of').any}(?:(?P<cut_year>20\d\d)年)?(?:{MONTH}|年底|底)"
    rf"|(?P<now>{concept('now').any})"
    rf"|(?P<year>20\d\d)年(?:{_PART_OF_YEAR.any}|{MONTH}|底|度|以来)?"
    rf"|(?P<relative>{(_THIS_YEAR | _PART_OF_YEAR).any})"
    rf"|[{HAN}]{{2,4}}期间"
)
_OF_ANOTHER = re.compile(rf"{concept('before_another_time').any}$")
_SPAN = re.compile(rf"{concept('since_or_until').any}|[-—]")
_PLANNED = re.compile(
    rf"{concept('announced', 'next_year').any}|{concept('striving').any}\d"
    rf"|(?:^|(?<=[年镇乡村司业目还也总现县区])){concept('plan_as_verb').any}(?!\d)|{concept('settled').any}[^{CLAUSE_MARKS}]{{0,20}}建设"
)
_MET = re.compile(rf"(?:{concept('reached').any}|占|为)了?[^{CLAUSE_MARKS}]{{0,8}}{concept('plan_or_task').any}(?!为)")
_DONE = concept("already", "completed_so_far")
_MARK = re.compile(
    rf"任务数|目标|下达[^{CLAUSE_MARKS}]{{0,8}}{concept('task', 'plan_or_task').any}|任务(?:为|是|量|面积)?$"
)


def time_of(before: str, clause: str, kind: SectionKind, year: int | None, plan_year: int | None) -> Timing:
    """Reads the timing of an amount.

    `before` is its folded sentence up to it, `clause` its own clause; `kind` is that of the section, `year` and
    `plan_year` are those of the report.
    """
    status = _status(before, clause, kind)
    own = plan_year if status == "plan" and kind == "plan" and plan_year else year
    found = [m for m in _PERIOD.finditer(before) if not _OF_ANOTHER.search(before[: m.start()])]
    if not found:
        return Timing(own, f"{own}年" if own else None, status)
    m = found[-1]
    if m["year"] or m["cut_year"]:
        named = int(m["year"] or m["cut_year"])
        is_span = bool(_SPAN.match(before[m.end("year") + 1 :])) if m["year"] else False
        return Timing(own if is_span or abs(named - (own or named)) > 5 else named, m[0], status)
    if m["relative"]:
        return Timing(own, _relative(m["relative"], own), status)
    return Timing(own, m[0], status)


def _relative(word: str, year: int | None) -> str:
    """今年 as 2020年, 全年 as 2020年全年, where the year is known."""
    if year is None:
        return word
    part = "" if word in _THIS_YEAR else word
    return f"{year}年{part}"


def _status(before: str, clause: str, kind: SectionKind) -> Status:
    if kind == "plan":
        return "result" if _DONE.search(clause) else "plan"
    own = CLAUSE_MARK.split(before)[-1]
    if _MARK.search(own) and not _MET.search(own):
        return "target"
    if _PLANNED.search(_MET.sub("", clause[: len(own)])) and not _DONE.search(clause):
        return "plan"
    return "result"
