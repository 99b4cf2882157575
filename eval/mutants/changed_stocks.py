"""What came new told as all there is, and all there is as what came new: 新增停车位 as 共有停车位."""

import re
from collections.abc import Iterator

from eval.mutants.resemblance import stands_in
from eval.mutants.statements import Mutant, Statement, clause_spans, counted_figures, told

_OF_STOCK = r"(?:面积|人口|户数|人数)"
_CHANGES = (
    (re.compile(r"新增(?!长点)|新扩|新造|新发展|新培育|新认定"), ("共有", "累计")),
    (re.compile(r"净增"), ("共有",)),
    (re.compile(r"累计(?:有|达到|达|完成)?"), ("新增",)),
    (re.compile(r"(?<=[镇乡村县市区])共有|现有(?!的)|拥有"), ("新增",)),
    (re.compile(rf"总(?={_OF_STOCK})"), ("新增",)),
)
_IN_THE_YEAR = re.compile(r"全年|今年|当年|年内|本年|年来|其中")
_OF_YEARS = re.compile(r"[三四五]年|时期|以来")  # 新增 of several years is 累计 already
_ALL_NEW = re.compile(r"新建|新增|建设|建成|新开|新设|首次|首批|开业|成立")
_OF_WHAT_IS_NEW = re.compile(r"学位|床位|受益")  # all there is in what was built
_EVENTS = frozenset("场 起 件 份 期 篇 条 公斤 人次 元 % 百分点 位次 日 年 月".split())
"""Units of what happens and is over: of them the sum of a year is what came new in it."""


def stocks_changed(statement: Statement) -> Iterator[Mutant]:
    """Each 新增 as 共有 or 累计, each 共有, 累计 or 总 as 新增, where the clause counts what stays.

    Example: "新增停车位1240个" gives "共有停车位1240个" and "累计停车位1240个"
    """
    text = told(statement)
    for begin, end in clause_spans(text):
        clause = text[begin:end]
        figures = [f for f in counted_figures(clause) if f.unit and f.unit not in _EVENTS]
        for pattern, words in _CHANGES:
            match = pattern.search(clause)
            counted = [f for f in figures if match and f.start >= match.end()]
            if not match or not counted or counted[0].value <= 1:
                continue
            is_all_new = words == ("新增",) and _ALL_NEW.search(text[: begin + match.start()])
            is_all_new = is_all_new or _OF_WHAT_IS_NEW.search(clause)
            if is_all_new or _IN_THE_YEAR.search(clause):
                continue
            for new in words:
                if new == "累计" and (_OF_YEARS.search(text) or new in clause):
                    continue
                changed = clause[: match.start()] + new + clause[match.end() :]
                if not stands_in(new + clause[match.end() : counted[0].end], statement.shown):
                    yield Mutant("stock", text[:begin] + changed + text[end:], text, f"{match[0]}→{new}")
