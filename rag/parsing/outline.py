"""Which lines are headings, how deep they lie, and what their sections report. All lines are folded."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.text.item_numbers import RANKS, Numbering, read_numbering
from rag.text.letterhead import is_letterhead
from rag.types import SectionKind

LONGEST_HEADING = 45
_LONGEST_PLAIN_HEADING = 25
_MAJOR_RANK = 1.0
_NESTED = 0.25  # added to the rank of a style that begins anew with 1 under itself

_INNER_END = re.compile(r"[。;!?](?=.)")
_FIGURE = re.compile(r"\d")
_YEARS = re.compile(r"(?:19|20)\d\d(?:年度?|(?=工作))")
_SECTION_TITLE = re.compile(
    r"(?:(?:19|20)\d\d年?度?)?(?:全年|上半年|下半年|政府|主要|重点|当前)*"
    r"(?:工作(?:总结|回顾|亮点|开展情况|完成情况|情况|成效|思路|计划|打算|安排|要点|重点|目标|措施)"
    r"|(?:下一?步|下一?阶段|下一?年度?|明年|来年|今后)(?:的)?(?:工作)?(?:思路|计划|打算|安排|重点|措施)?"
    r"|(?:工作)?(?:中)?存在(?:的)?(?:主要|突出)?(?:问题|困难|不足|差距|短板)[与和及、的原因问题困难不足]*)"
)
_RESULT = re.compile(
    r"总结|回顾|亮点|成效|成绩|(?:开展|完成|落实|执行|进展|工作)情况|主要做法|工作汇报|主要工作$|重点工作$"
)
_ADMITTED = r"(?:问题|困难|不足|差距|短板|薄弱环节)"
_PROBLEM = re.compile(
    rf"存在(?:的)?(?:主要|突出|一些)?{_ADMITTED}|主要{_ADMITTED}$|{_ADMITTED}[与和及、]{_ADMITTED}|不足之处"
)
_REMEDY = re.compile(r"整改|解决|化解|破解|导向|治理|聚焦|排查")
_PLAN = re.compile(
    r"工作(?:计划|打算|思路|安排|要点|设想|部署)|下一?步|下一?阶段|下半年|明年|来年|今后"
    r"|(?:主要|预期|发展|工作|年度)目标|目标任务|(?:计划|打算|设想)$"
)
_PLAN_OPENER = re.compile(
    r"(?:下一?步|下一?阶段|明年|来年|今后|接下来|新的一年)[^。;]{0,30}?(?:将|要|继续|计划|力争|争取|确保|做好|抓好)"
)
_YEAR_OPENER = re.compile(
    r"(20\d\d)年(?:是[^。;]{0,30})?[^。;]{0,24}?(?:将|计划|力争|拟|打算|总体(?:要求|思路|目标|安排))"
)
_PROBLEM_OPENER = re.compile(
    rf"(?:清醒|深刻|也|还)(?:要|应|应当)?(?:清醒|深刻)?地?(?:认识|看|意识)到[^。;]{{0,24}}{_ADMITTED}"
    rf"|^(?:但|同时|当然|与此同时)[^。;]{{0,20}}(?:仍|还|也|依)然?存在[^。;]{{0,16}}{_ADMITTED}"
)


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A heading: the index of its line and its level, 1 the highest."""

    line: int
    level: int


@dataclass(frozen=True, slots=True)
class _Open:
    rank: float
    numbering: Numbering | None


def find_headings(lines: Sequence[str], skipped: frozenset[int] = frozenset()) -> tuple[OutlineEntry, ...]:
    """The heading lines among folded lines; `skipped` ones (title, signature) are not looked at.

    Example: ["一、工作回顾", "(一)抓党建", "全年发展党员12名。"] gives lines 0 and 1 at levels 1 and 2.
    """
    entries: list[OutlineEntry] = []
    stack: list[_Open] = []
    plain_rank: float | None = None
    for index, line in enumerate(lines):
        if index in skipped:
            continue
        numbering = read_numbering(line)
        if numbering is not None and _is_numbered_heading(lines, index, numbering, skipped):
            rank = _numbered_rank(stack, numbering, line)
        elif numbering is None and is_section_title(line):
            rank = _MAJOR_RANK
        elif numbering is None and _is_plain_heading(lines, index, skipped):
            plain_rank = plain_rank or (stack[-1].rank + 0.5 if stack else RANKS["chinese"])
            rank = plain_rank
        else:
            continue
        stack = [*(other for other in stack if other.rank < rank), _Open(rank, numbering)]
        entries.append(OutlineEntry(index, len(stack)))
    return tuple(entries)


def _numbered_rank(stack: Sequence["_Open"], numbering: Numbering, line: str) -> float:
    """The usual rank of the style, or a deeper one in a list that begins with 一、 inside a section 三、."""
    alike = [each for each in stack if each.numbering and each.numbering.style == numbering.style]
    continued = [each for each in alike if each.numbering and each.numbering.number + 1 == numbering.number]
    is_section = is_section_title(line[numbering.length :])
    if continued:
        return continued[0 if is_section else -1].rank
    if alike and numbering.number == 1 and not is_section:
        return alike[-1].rank + _NESTED
    return RANKS[numbering.style]


def is_section_title(line: str) -> bool:
    """Whether an unnumbered line names a main section: 2019年工作总结, 下一步工作打算, 存在的问题"""
    return len(line) <= _LONGEST_PLAIN_HEADING and bool(_SECTION_TITLE.fullmatch(line.rstrip(":。")))


def section_kind(heading: str, report_year: int | None) -> SectionKind | None:
    """What a folded heading says its section reports, None where it does not say."""
    if _PROBLEM.search(heading) and not _REMEDY.search(heading):
        return "problem"
    if _RESULT.search(heading) and not _is_later_year(heading, report_year):
        return "result"
    if _PLAN.search(heading) or _is_later_year(heading, report_year):
        return "plan"
    return None


def opens_plan(line: str, report_year: int | None) -> bool:
    """Whether a folded body line turns to what is intended: 2024年,我们将…; 下一步,我镇将…"""
    year = planned_year(line)
    if year is not None:
        return report_year is None or year > report_year
    return bool(_PLAN_OPENER.match(line))


def planned_year(line: str) -> int | None:
    """The year a folded line begins with and speaks of as to come: 2024 in 2024年,我们将…"""
    match = _YEAR_OPENER.match(line)
    return int(match.group(1)) if match else None


def opens_problems(sentence: str) -> bool:
    """Whether a folded sentence admits shortcomings; what follows it in its line lists them."""
    return bool(_PROBLEM_OPENER.search(sentence))


def _is_later_year(heading: str, report_year: int | None) -> bool:
    years = [int(year) for year in re.findall(r"20\d\d(?=年)", heading)]
    return report_year is not None and bool(years) and min(years) > report_year


def _is_numbered_heading(lines: Sequence[str], index: int, numbering: Numbering, skipped: frozenset[int]) -> bool:
    line = lines[index]
    if is_section_title(line[numbering.length :].strip()):
        return True
    return _is_heading_like(line, numbering) and not _is_list_item(lines, index, numbering, skipped)


def _is_heading_like(line: str, numbering: Numbering) -> bool:
    """Whether a numbered line is short and one phrase, without a figure where it ends in a full stop."""
    body = line[numbering.length :].strip()
    if not body or len(line) > LONGEST_HEADING or _INNER_END.search(body) or body.endswith((";", ",", "、")):
        return False
    return not (body.endswith("。") and _FIGURE.search(_YEARS.sub("", body)))


def _is_list_item(lines: Sequence[str], index: int, numbering: Numbering, skipped: frozenset[int]) -> bool:
    """Whether the line stands next to its sibling, or at the end: then it has no section of its own."""
    if index + 1 == len(lines) or index + 1 in skipped:
        return True
    after = read_numbering(lines[index + 1])
    if after and (after.style, after.number) == (numbering.style, numbering.number + 1):
        return True
    before = read_numbering(lines[index - 1]) if index else None
    adjacent = before is not None and (before.style, before.number) == (numbering.style, numbering.number - 1)
    return before is not None and adjacent and _is_heading_like(lines[index - 1], before)


def _is_plain_heading(lines: Sequence[str], index: int, skipped: frozenset[int]) -> bool:
    """Whether an unnumbered line is short, without figures and marks, and followed by a paragraph."""
    line = lines[index]
    if not 2 <= len(line) <= _LONGEST_PLAIN_HEADING or re.search(r"[。;!?,:、\t]|\d", _YEARS.sub("", line)):
        return False
    if index + 1 >= len(lines) or index + 1 in skipped or is_letterhead(line):
        return False
    following = lines[index + 1]
    return len(following) >= 30 and following.endswith(("。", "!", ";", ":"))
