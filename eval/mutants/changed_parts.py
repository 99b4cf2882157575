"""A part told as the whole, or the whole's figure given to the part: 自建房2914栋，其中经营性86栋."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from eval.mutants.resemblance import stands_in
from eval.mutants.statements import Mutant, Statement, clause_spans, counted_figures, told
from eval.scoring.numbers import Figure

_OF_WHICH = re.compile(r"[，,；;（(]?其中[，,:：]?")
_NO_AMOUNT = frozenset({"", "%", "百分点", "年", "月", "日", "日期", "位次"})


@dataclass(frozen=True, slots=True)
class _Whole:
    """A figure of a whole with that of one of its parts, both by place in the text; `mark` is where 其中 stands."""

    whole: Figure
    part: Figure
    mark: tuple[int, int]


def parts_changed(statement: Statement) -> Iterator[Mutant]:
    """For each 其中 the whole with the part's figure, and the part with the whole's.

    Example: "排查自建房2914栋，其中经营性86栋" gives "排查自建房86栋" and "经营性2914栋"
    """
    text = told(statement)
    for pair in _wholes(text):
        whole, part = text[pair.whole.start : pair.whole.end], text[pair.part.start : pair.part.end]
        end = pair.mark[0]
        told_as_whole = text[: pair.whole.start] + part + text[pair.whole.end : end]
        end_of_part = next(stop for start, stop in clause_spans(text) if start <= pair.part.start < stop)
        given_to_part = text[pair.mark[1] : pair.part.start] + whole + text[pair.part.end : end_of_part]
        both = text[: pair.part.start] + whole + text[pair.part.end :]
        for changed in (told_as_whole, given_to_part, both):
            if not stands_in(changed, statement.shown):
                yield Mutant("part", changed, text, f"{whole}/{part}")


def _wholes(text: str) -> Iterator[_Whole]:
    """The figures nearest before and behind each 其中 that count the same."""
    figures = [f for f in counted_figures(text) if f.unit not in _NO_AMOUNT and f.high is None]
    for match in _OF_WHICH.finditer(text):
        before = [f for f in figures if f.end <= match.start()]
        behind = [f for f in figures if f.start >= match.end()]
        for part in behind[:2]:
            alike = [f for f in before if f.unit == part.unit and f.value > part.value]
            if alike:
                yield _Whole(alike[-1], part, match.span())
                break
