"""When an amount holds, and whether it was reached, is intended, or was set as the mark."""

import re
from dataclasses import dataclass
from typing import Literal

from rag.types import SectionKind

Status = Literal["result", "plan", "target"]
"""What was reached, what is intended, and what somebody else set as the mark."""


@dataclass(frozen=True, slots=True)
class Timing:
    """The year an amount belongs to, the period in words, and its status."""

    year: int | None
    period: str | None
    status: Status


_PERIOD = re.compile(
    r"(?P<dated>(?:截至|截止到?|至|到)(?:(?P<cut_year>20\d\d)年)?(?:\d{1,2}月(?:底|份|\d{1,2}日)?|年底|底|目前(?:为止)?))"
    r"|(?P<now>截至目前|到目前为止|目前|现(?:已|有)|至今)"
    r"|(?P<year>20\d\d)年(?P<part>全年|上半年|下半年|第?[一二三四1-4]季度|春季|秋季|夏季|冬季|\d{1,2}月份?|底|度|以来)?"
    r"|(?P<relative>全年|今年以来|今年|本年度|当年|年内|上半年|下半年|[一二三四]季度|春季|秋季|夏季|冬季)"
    r"|(?P<during>[\u4e00-\u9fff]{2,4}期间)"
)
_COMPARED = re.compile(r"(?:比|较|同|相比|自|从|于|至|到|对比)$")
_SINCE = re.compile("以来|起|至|-|—|—")
_PLANNED = re.compile(
    r"(?:^|(?<=[年镇乡村司业目还也总现县区]))计划(?![少多的\d])|(?<![虚模比])(?:拟|力争|争取(?=在|到|今|年|明|用|\d|早|尽)|预计|即将|准备|将于|将在|有望)|确定[^，,。；;]{0,20}建设|明年|下一?步"
)
_MET = re.compile(r"(?:完成|实现|达到|超额完成|占|为)了?[^，,。；;]{0,8}(?:计划|目标|任务)(?!为)")
_DONE = re.compile(r"已经|已完成|已建成|已(?!知)|完成了|累计完成")
_MARK = re.compile(
    r"任务数|目标任务|下达[^，,。；;]{0,8}(?:任务|指标|计划)|目标(?:数|值|是|为|任务)?|任务(?:为|是|量|面积)?$"
)


def time_of(before: str, clause: str, kind: SectionKind, year: int | None, plan_year: int | None) -> Timing:
    """Reads the timing of an amount.

    `before` is its folded sentence up to it, `clause` its own clause; `kind` is that of the section, `year` and
    `plan_year` are those of the report.
    """
    status = _status(before, clause, kind)
    own = plan_year if status == "plan" and kind == "plan" and plan_year else year
    found = [m for m in _PERIOD.finditer(before) if not _COMPARED.search(before[: m.start()])]
    if not found:
        return Timing(own, f"{own}年" if own else None, status)
    m = found[-1]
    if m["year"] or m["cut_year"]:
        named = int(m["year"] or m["cut_year"])
        is_span = bool(_SINCE.match(before[m.end("year") + 1 :])) if m["year"] else False
        return Timing(own if is_span or abs(named - (own or named)) > 5 else named, m[0], status)
    if m["relative"]:
        return Timing(own, _relative(m["relative"], own), status)
    return Timing(own, m[0], status)


def _relative(word: str, year: int | None) -> str:
    """今年 as 2020年, 全年 as 2020年全年, where the year is known."""
    if year is None:
        return word
    part = "" if word in ("今年", "本年度", "当年", "年内", "今年以来") else word
    return f"{year}年{part}"


def _status(before: str, clause: str, kind: SectionKind) -> Status:
    if kind == "plan":
        return "result" if _DONE.search(clause) else "plan"
    own = re.split(r"[，,。；;]", before)[-1]
    if _MARK.search(own) and not _MET.search(own):
        return "target"
    if _PLANNED.search(_MET.sub("", clause[: len(own)])) and not _DONE.search(clause):
        return "plan"
    return "result"
