"""Which lines are headings, how deep they lie, and what their sections report. All lines are folded."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.text.clauses import COMMAS, SENTENCE_MARKS
from rag.text.dates import YEAR, dates_in
from rag.text.item_numbers import RANKS, Numbering, read_numbering
from rag.text.letterhead import is_letterhead
from rag.text.lexicon import concept, table
from rag.types import SectionKind

LONGEST_HEADING = 45
_LONGEST_PLAIN_HEADING = 25
_MAJOR_RANK = 1.0
_NESTED = 0.25  # added to the rank of a style that begins anew with 1 under itself

_WITHIN = f"[^{SENTENCE_MARKS}]"  # the sentence
_INNER_END = re.compile(rf"[{SENTENCE_MARKS}](?=.)")
_NO_HEADING = re.compile(rf"[{SENTENCE_MARKS}{COMMAS}:、\t]|\d")
_FIGURE = re.compile(r"\d")
_SECTIONS = table("section_name")
_SECTION = concept("section_name").any
_ADMISSION = {use: words.any for use, words in table("admission").items()}
_AND = concept("and", "title_joint").any
_SHORTCOMING = concept("shortcoming").any
_INTENT = concept("intent", "overall_aim").any
_DATED = re.compile(rf"{YEAR}(?:(?<!\d)|(?={_SECTION}))")
_SECTION_TITLE = re.compile(
    rf"{YEAR}?{concept('section_scope').any}*"
    rf"(?:{_SECTION}|{concept('next_period').any}的?(?:工作)?{concept('plan', 'aims').any}?"
    rf"|(?:工作)?中?{_ADMISSION['heading']}{_SHORTCOMING}(?:{_AND}|的|原因|{_SHORTCOMING})*)"
)
_RESULT = concept("report_words", "carried_out", "result_heading") | _SECTIONS["result"]
_WORK = concept("work_heading")
_PLAN_END = concept("plan_heading_end")
_PLAN = concept("plan_heading", "next_period") | _SECTIONS["plan"]
_PROBLEM = re.compile(
    rf"{_ADMISSION['heading']}{_SHORTCOMING}|主要{_SHORTCOMING}$|不足之处"
    rf"|{_SHORTCOMING}{_AND}{_SHORTCOMING}"
)
_REMEDY = concept("remedy")
_PLAN_OPENER = re.compile(rf"{concept('next_period').any}{_WITHIN}{{0,30}}?{concept('intent', 'undertaking').any}")
_EXPECTED = re.compile(rf"{_WITHIN}{{0,40}}?{concept('expected_target').any}[是为]?[:：]")
_YEAR_OPENER = re.compile(rf"{YEAR}(?<!\d)(?:是{_WITHIN}{{0,30}})?{_WITHIN}{{0,24}}?{_INTENT}")
_PROBLEM_OPENER = re.compile(
    rf"{_ADMISSION['adverb']}{{1,2}}{_ADMISSION['realise']}{_WITHIN}{{0,24}}{_SHORTCOMING}"
    rf"|^{_ADMISSION['turn']}{_WITHIN}{{0,20}}{_ADMISSION['still']}{_WITHIN}{{0,16}}{_SHORTCOMING}"
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
    is_later = _is_later_year(heading, report_year)
    if (_RESULT.search(heading) or heading.endswith(_WORK.words)) and not is_later:
        return "result"
    if _PLAN.search(heading) or heading.endswith(_PLAN_END.words) or is_later:
        return "plan"
    return None


def opens_plan(line: str, report_year: int | None) -> bool:
    """Whether a folded body line turns to what is intended: 2024年,我们将…; 下一步,我镇将…; 主要预期目标是:"""
    year = planned_year(line)
    if year is not None:
        return report_year is None or year > report_year
    return bool(_PLAN_OPENER.match(line) or _EXPECTED.match(line))


def planned_year(line: str) -> int | None:
    """The year a folded line begins with and speaks of as to come: 2024 in 2024年,我们将…"""
    match = _YEAR_OPENER.match(line)
    return int(match[0][:4]) if match else None


def opens_problems(sentence: str) -> bool:
    """Whether a folded sentence admits shortcomings; what follows it in its line lists them."""
    return bool(_PROBLEM_OPENER.search(sentence))


def _is_later_year(heading: str, report_year: int | None) -> bool:
    years = [date.year for date in dates_in(heading) if date.year]
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
    return not (body.endswith("。") and _FIGURE.search(_DATED.sub("", body)))


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
    if not 2 <= len(line) <= _LONGEST_PLAIN_HEADING or _NO_HEADING.search(_DATED.sub("", line)):
        return False
    if index + 1 >= len(lines) or index + 1 in skipped or is_letterhead(line):
        return False
    following = lines[index + 1]
    return len(following) >= 30 and following.endswith(("。", "!", ";", ":"))
