"""Amounts with no words between them, and the words of their clause on either side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.parsing.figures.amount import Amount
from rag.parsing.figures.noun_phrases import ends_with_and, shared_predicate
from rag.parsing.figures.subject_words import (
    JOINS,
    ONLY_CHANGED,
    ONLY_TOTAL,
    OPENED,
    bare_before,
    is_general,
    joined,
    without_base_time,
)
from rag.parsing.rows import Entry, entries_in, entry_at
from rag.text.clauses import CLAUSE_BREAK
from rag.text.lexicon import concept
from rag.text.time_heads import time_at_start

_WHOLE_PLACE = concept("own_place", "whole_town", "sum_row")  # that a sentence only speaks of, and a row names


@dataclass(frozen=True, slots=True)
class Group:
    """Amounts with no words between them (34户64人) and the words of their clause on either side."""

    amounts: tuple[Amount, ...]
    left: str
    right: str
    begin: int  # of the clause
    end: int
    of_entry: str = ""  # what a row's entry counts, where its name alone is too general
    shared: str = ""  # what is said of this and the following amounts' nouns together
    is_last: bool = True  # of its clause
    is_entry: bool = False  # of a row, whose names are said as they are


def groups_of(flat: str, amounts: Sequence[Amount]) -> Iterator[Group]:
    """The amounts of a levelled sentence, those without words between them together."""
    runs, entries = _runs(flat, amounts), entries_in(flat)
    for index, run in enumerate(runs):
        last = runs[index - 1][-1].end if index else 0
        following = runs[index + 1][0].start if index + 1 < len(runs) else len(flat)
        begin = max(
            [0, *(m.end() for m in CLAUSE_BREAK.finditer(flat, 0, run[0].start) if not _is_quoted(flat, m.start()))]
        )
        stop = CLAUSE_BREAK.search(flat, run[-1].end)
        end = stop.start() if stop else len(flat)
        if entry := entry_at(entries, run[0].start):
            yield _group_of(entry, run, flat, end)
            continue
        left = _left(flat, begin, last, run[0].start)
        right = flat[run[-1].end : min(end, following)]
        if following < end and "、" in right[1:]:
            right = right[: right.index("、", 1) + 1]
        if following <= end and ONLY_CHANGED.fullmatch(right):
            right = ""
        if run[-1].unit_base == "人":
            right = right.removeprefix("口")  # 1.1亿人口
        shared = ""
        if following < end and ends_with_and(right):
            shared = shared_predicate(flat[runs[index + 1][-1].end : end])
        yield Group(tuple(run), without_base_time(left), right, begin, end, shared=shared, is_last=following >= end)


def _runs(flat: str, amounts: Sequence[Amount]) -> list[list[Amount]]:
    runs: list[list[Amount]] = []
    for amount in amounts:
        if runs and ONLY_TOTAL.fullmatch(flat[runs[-1][-1].end : amount.start]):
            runs[-1].append(amount)
        else:
            runs.append([amount])
    return runs


def _left(flat: str, begin: int, last: int, start: int) -> str:
    """The words before an amount at `start`, in a clause from `begin` on, behind an amount that ends at `last`."""
    left = OPENED.split(flat[max(begin, last) : start])[-1]
    if last <= begin:
        return left
    if JOINS.search(left):
        return ""  # 11个行政村、1个社区: the words belong to the amount before
    return left.partition("、")[2] or left  # 50兆瓦风电场、天威20兆瓦


def _group_of(entry: Entry, run: Sequence[Amount], flat: str, end: int) -> Group:
    """The amounts of a row's entry: its name says what they count, behind the row's own where it is too general."""
    own = bare_before(entry.words)
    label = flat[entry.label.start : entry.label.end] if entry.label else ""
    if not entry.label or (not is_general(own) and label not in _WHOLE_PLACE):
        return Group(
            tuple(run),
            entry.words,
            "",
            entry.start,
            end,
            "" if entry.label else entry.words or entry.name,
            is_entry=True,
        )
    of_row = "" if time_at_start(label) == label else bare_before(label) or label
    return Group(
        tuple(run), "", "", entry.label.start, end, joined(of_row, own) or entry.words or entry.name, is_entry=True
    )


def _is_quoted(flat: str, at: int) -> bool:
    return flat.rfind("“", 0, at) > flat.rfind("”", 0, at)
