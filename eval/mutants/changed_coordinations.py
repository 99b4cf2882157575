"""Members of a list exchanged over their values: 甲、乙分别为1、2 as 乙、甲分别为1、2, 甲1户、乙2户 as 乙1户、甲2户."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from eval.mutants.clause_links import ACT
from eval.mutants.resemblance import stands_in
from eval.mutants.statements import Mutant, Statement, clause_spans, counted_figures, told

_MARK = re.compile(r"、|以及|和|及|与")
_RESPECTIVELY = re.compile(r"[^，；。]*?(?=、|和|及|与)[^，；。]*?分别")
_TAIL = re.compile(r"的[^、]*$|等[^、]*$|[（(][^）)]*[）)]$")
_COMMON = re.compile(
    r"(?:[两三四五六七八九十\d]+个?)?(?:村|镇|乡|县|社区|街道|公司|产业)|"
    r"(?:总|种植|播种|养殖|集体|综合|年)*(?:面积|产值|收入|产量|增加值)"
)


_BEFORE_NAME = re.compile(rf".*(?:其中|分为|分别是|包括|：)|{ACT.pattern}")
_NO_NAME = re.compile(r"(?:总数|共|累计|合计|总计)?(?:达到|达|为|有)?|.*投资")
_QUOTE = re.compile(r"[“”\"]")  # one list may begin inside quotation marks and end behind them
_UNLIKE = 5  # characters by which two names of one list do not differ in length


@dataclass(frozen=True, slots=True)
class _Item:
    """One item of a list, its value behind its name."""

    begin: int
    name: str
    value: str
    unit: str


@dataclass(frozen=True, slots=True)
class Respective:
    """The parts of 甲、乙分别为1、2: as many names as values.

    `tail` belongs to every name, `verb` to every value. Of names that are equally long but for the last one, what that
    is longer by is the tail where it is a word for all of them: 竹边、双合村集体收入.
    """

    names: tuple[str, ...]
    tail: str
    verb: str
    values: tuple[str, ...]
    end: int  # of the names


def respective(clause: str) -> Respective | None:
    """A clause with 分别, where names and values are as many.

    Example: respective("竹边、双合两村分别为3户、5户") has names ("竹边", "双合"), tail "两村", values ("3户", "5户")
    """
    before, mark, behind = clause.partition("分别")
    if not mark or not _RESPECTIVELY.match(clause):
        return None
    tail = match[0] if (match := _TAIL.search(before)) else ""
    names = _MARK.split(before[: len(before) - len(tail)])
    lengths = {len(name) for name in names[:-1]}
    if not tail and len(lengths) == 1 and _COMMON.match(names[-1], length := lengths.pop()):
        tail = names[-1][length:]
        names[-1] = names[-1][:length]
    figures = counted_figures(behind)
    verb = behind[: figures[0].start] if figures else ""
    values = [value.strip() for value in _MARK.split(behind[len(verb) :])]
    is_even = len(names) == len(values) > 1 and all(names) and all(values)
    if not is_even or len({*values}) < len(values):
        return None
    return Respective(tuple(names), tail, verb, tuple(values), len(before) - len(tail))


def coordinations_exchanged(statement: Statement) -> Iterator[Mutant]:
    """Two neighbouring members exchanged, the first and the last pair of each list."""
    text = told(statement)
    for begin, end in clause_spans(text):
        clause = text[begin:end]
        found = respective(clause)
        for changed, change in _of_names(clause, found) if found else _of_items(clause):
            if not stands_in(changed, statement.shown):
                yield Mutant("coordinated", text[:begin] + changed + text[end:], text, change)


def _of_names(clause: str, found: Respective) -> Iterator[tuple[str, str]]:
    marks = [match[0] for match in _MARK.finditer(clause[: found.end])]
    for at in sorted({0, len(found.names) - 2}):
        names = [*found.names]
        names[at], names[at + 1] = names[at + 1], names[at]
        written = "".join(name + mark for name, mark in zip(names, [*marks, ""], strict=True))
        yield written + clause[found.end :], f"{names[at + 1]}↔{names[at]}"


def _of_items(clause: str) -> Iterator[tuple[str, str]]:
    """Items 甲1、乙2 of one unit: what stands before the figure of each is exchanged."""
    items: list[_Item] = []
    place = 0
    for part in clause.split("、"):
        figures = counted_figures(part)
        end = place + len(part)
        if figures and figures[0].start > 1:
            before = _BEFORE_NAME.match(part[: figures[0].start])
            begin, value = (before.end() if before else 0), figures[0].start
            is_name = not _NO_NAME.fullmatch(part[begin:value]) and not _QUOTE.search(part)
            if is_name and "的" not in part[value:]:  # 投资33亿元的工业园
                items.append(_Item(place + begin, part[begin:value], part[value:], figures[0].unit))
        place = end + 1
    for one, other in pairwise(items):
        first, second = one.name + one.value, other.name + other.value
        is_joined = one.begin + len(first) + 1 == other.begin and abs(len(one.name) - len(other.name)) < _UNLIKE
        if is_joined and one.unit == other.unit and one.name != other.name and one.value != other.value:
            rest = clause[other.begin + len(second) :]
            changed = f"{clause[: one.begin]}{other.name}{one.value}、{one.name}{other.value}{rest}"
            yield changed, f"{one.name}↔{other.name}"
