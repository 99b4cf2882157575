"""Naming what an amount counts, in the report's own words.

The words stand before it (修水库8处), behind it (完成3000亩种植, 8名党员), or where the amount before it has them
(599户1822人; 10条，共计5795米; 合作社3家，养殖面积1000亩).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.parsing.figures.amount import Amount
from rag.parsing.figures.amount_groups import Group, groups_of
from rag.parsing.figures.noun_phrases import (
    as_name,
    both_sides,
    is_predicate,
    list_behind,
    others_of,
    served,
    starts_with_and,
    with_predicate,
    without_predicate,
)
from rag.parsing.figures.subject_words import (
    AND,
    DISTRIBUTED,
    ENDS_IN_VERB,
    GENERIC,
    IN_THE_SAME_ORDER,
    bare_before,
    bare_behind,
    is_general,
    joined,
    tells_change,
    tells_whole,
    without_added,
    without_change,
)
from rag.text.clauses import CLAUSE_BREAK, COMMAS, SENTENCE_MARKS
from rag.text.lexicon import concept

_CLAUSE = re.compile(rf"[^{COMMAS}{SENTENCE_MARKS}：:\n]+")
LONGEST_ORDER = 120  # characters before 分别 that it may be about
SHORTEST_OF_ITS_OWN = 6  # characters behind 其中 that need no context
LONG_NOUN = 4  # characters behind the last amount of a list that the others may share
SHORTEST_OF_BOTH = 2  # characters behind an amount that end the name before it
_WHOLE_PLACE = concept("own_place", "whole_town", "sum_row")  # that a sentence only speaks of, and a row names
_DONE_BEHIND = re.compile(rf"{concept('already').any}?{concept('reached').any}了?$")


@dataclass(frozen=True, slots=True)
class Named:
    """An amount with its subject; `start` and `end` are the stretch of the sentence that holds both."""

    amount: Amount
    subject: str
    start: int
    end: int
    root: str  # what the general words of the amounts behind it are about
    head: str = ""  # what the subject begins with that the words of another amount lend it


def name_amounts(flat: str, amounts: Sequence[Amount]) -> tuple[Named, ...]:
    """The amounts of a levelled sentence with their subjects, in the order given.

    Example: in "发展合作社3家，养殖面积1000亩" the first counts "发展合作社", the second "发展合作社养殖面积".
    """
    named: list[Named] = []
    for group in groups_of(flat, amounts):
        first = _name(flat, group, named)
        named += [replace(first, amount=amount) for amount in group.amounts]
    return tuple(_distributed(flat, _with_shared_noun(flat, named)))


def _name(flat: str, group: Group, before: Sequence[Named]) -> Named:
    amount = group.amounts[0]
    left, right = bare_before(group.left), bare_behind(group.right)
    if not group.is_entry:
        left = as_name(left)
    if group.of_entry and not left:
        return _own(amount, group.of_entry, group)
    if amount.value == "0" and not flat[amount.start].isdigit() and right:
        return _own(amount, right, group)  # 无一起事故
    if before and group.left.lstrip("，,、 ").startswith("其中") and len(left) < SHORTEST_OF_ITS_OWN:
        return _in_context(amount, left or right, group, before)
    if GENERIC.fullmatch(left) and right and group.right.startswith("的") and not ENDS_IN_VERB.search(left):
        thing = without_predicate(right)  # 总投资2亿元的养殖小区
        return Named(amount, f"{thing}{left}", group.begin, group.end, thing)
    if whole := _of_both(left, right, group):
        return _own(amount, whole, group)
    if right and (
        not left or amount.unit == "大" or ENDS_IN_VERB.search(left) or "的" in (group.right[0], group.left[-1:])
    ):
        own = as_name(f"{_without_done(left)}{right}") + group.shared
        return _own(amount, own, group) if not is_general(own) else _in_context_of(flat, amount, own, group, before)
    if not is_general(left):
        return _own(amount, with_predicate(left, group.right), group)
    return _in_context_of(flat, amount, left, group, before)


def _of_both(left: str, right: str, group: Group) -> str:
    """A name on both sides of its amount, or a list behind it; empty where one side says all."""
    if group.is_last and (things := list_behind(group.right.removeprefix("的"))):
        return f"{_without_done(left)}{things}"
    if found := served(group.left.strip("，,、 ") if left else "", group.right):
        return as_name(found)
    if not left or is_general(left) or group.right.startswith("的") or len(right) < SHORTEST_OF_BOTH:
        return ""
    if group.left.endswith("等") and not is_predicate(right):
        return others_of(left, right)
    return both_sides(left, right) if group.is_last else ""


def _without_done(left: str) -> str:
    """完成 and 实现 say nothing of what was done."""
    return _DONE_BEHIND.sub("", left)


def _own(amount: Amount, subject: str, group: Group) -> Named:
    return Named(amount, subject, group.begin, group.end, without_change(subject))


def _in_context(amount: Amount, own: str, group: Group, before: Sequence[Named]) -> Named:
    """A part of what the amounts before it count."""
    last = before[-1]
    return _lent(amount, last.root, own, (last.start, group.end), last.root)


def _in_context_of(flat: str, amount: Amount, own: str, group: Group, before: Sequence[Named]) -> Named:
    """Words too general to stand alone, behind what the sentence spoke of before."""
    own = _without_done(own)
    if before:
        last = before[0] if own.startswith("总") else before[-1]
        is_of_one_unit = last.amount.unit_base == amount.unit_base
        is_of_the_same = tells_change(own) or (not own and is_of_one_unit)
        context = without_change(last.subject) if is_of_the_same else last.root
        if is_of_one_unit and tells_whole(group.left):
            context = without_added(context)  # a whole in the unit of what was added to it
        return _lent(amount, context, own, (before[-1].start, group.end), last.root)
    clauses = list(_CLAUSE.finditer(flat[: group.begin]))
    words = bare_before(clauses[-1][0]) if clauses else ""
    begin = clauses[-1].start() if words else group.begin
    return _lent(amount, words, own, (begin, group.end), words or own)


def _lent(amount: Amount, context: str, own: str, quote: tuple[int, int], root: str) -> Named:
    """An amount with general words of its own, which `context` lends what they are of."""
    head = context if own and own not in context else ""
    return Named(amount, joined(context, own), *quote, root, head)


def _distributed(flat: str, named: Sequence[Named]) -> list[Named]:
    """甲、乙、丙分别达到5户、30户、100户: each amount with its own name; 甲5户、乙30户，分别增长3%和5% likewise."""
    result = list(named)
    for m in DISTRIBUTED.finditer(flat):
        places, end = _places_behind(m.end(), flat, named)
        names = next(
            (names for names in (m["names"].split("、"), AND.split(m["names"])) if len(names) == len(places)), []
        )
        if len(names) > 1 and not (m["change"] and min(map(len, names)) == 1):  # 一、二、三产业
            for index, name in zip(places, names, strict=True):
                subject = bare_before(f"{name}{m['tail'] or ''}") + (m["change"] or "")
                result[index] = replace(named[index], subject=subject, start=m.start(), end=end)
    for m in IN_THE_SAME_ORDER.finditer(flat):
        places, end = _places_behind(m.end(), flat, named)
        before = [
            each
            for each in result
            if each.amount.end <= m.start("change") and each.amount.end > m.start() - LONGEST_ORDER
        ]
        told = list({each.subject: each for each in before}.values())[-len(places) :]
        if len(told) == len(places) > 1:
            for index, each in zip(places, told, strict=True):
                subject = f"{without_change(each.subject)}{m['change']}"
                result[index] = replace(named[index], subject=subject, start=each.start, end=end)
    return result


def _with_shared_noun(flat: str, named: Sequence[Named]) -> list[Named]:
    """东片1000亩、西村500亩以及其余各村100亩示范点: each is of what stands behind the last."""
    result, noun = list(named), ""
    for index in range(len(named) - 1, 0, -1):
        one, last = named[index - 1], result[index]
        between = flat[one.amount.end : last.amount.start]
        is_listed = starts_with_and(between) and len(between) > SHORTEST_OF_BOTH and one.amount.unit == last.amount.unit
        noun = noun if is_listed and noun else bare_behind(flat[last.amount.end : last.end])
        if is_listed and len(noun) >= LONG_NOUN and last.subject.endswith(noun) and noun not in one.subject:
            result[index - 1] = replace(one, subject=f"{one.subject}{noun}", end=last.end)
    return result


def _places_behind(start: int, flat: str, named: Sequence[Named]) -> tuple[list[int], int]:
    """The amounts from a place to the end of its clause, and where that ends."""
    stop = CLAUSE_BREAK.search(flat, start)
    end = stop.start() if stop else len(flat)
    return [index for index, each in enumerate(named) if start <= each.amount.start < end], end
