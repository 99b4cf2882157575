"""What is computed with: a figure of each part of a question, and whether two figures may be compared or added."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from rag.answering.near_figures import opposed_kinds
from rag.text.bigrams import content_bigrams
from rag.text.clauses import CLAUSE_MARK
from rag.text.figures import LINK, Figure, level
from rag.text.lexicon import concept
from rag.text.time_spans import governing

_CHANGED_BY = re.compile(rf"{concept('rate_of_change').any}(?:率|幅)?{concept('aspect').any}?{LINK}$")
_CHANGED_TO = re.compile(rf"{concept('changed_to').any}{concept('aspect').any}?[到至]{LINK}$")
_EVERY_YEAR = concept("every_year", "year_by_year")


@dataclass(frozen=True)
class Operand:
    """A figure of a text that was verified or may be shown, with the name of its part and the year told of."""

    name: str
    figure: Figure  # of `text`
    text: str
    sentences: tuple[int, ...]
    year: int | None = None

    @cached_property
    def kind(self) -> tuple[object, ...]:
        """The kind of quantity: only what is of one kind is compared.

        What it is counted in and by (人均), whether it tells what was added (新造600亩), a change (增长5%, not 提高到
        5%), a part (其中287户) or a mean of several years, and whether it is told for several years or a part of one.
        """
        before = self._before
        is_new = bool(concept("newly").search(before))
        is_change = not is_new and bool(_CHANGED_BY.search(before)) and not _CHANGED_TO.search(before)
        span = governing(level(self.text)[: self.figure.start])
        reach = span.reach if span is not None and span.reach in ("years", "part") else "year"
        is_part = not is_new and bool(concept("among").search(before))  # what is new is a part of all anyway
        is_mean = bool(concept("mean").search(before)) or bool(self.figure.per)
        return (self.figure.measure, is_mean, is_new, is_change, is_part, bool(_EVERY_YEAR.search(before)), reach)

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of its clause, without its figures."""
        return content_bigrams(self.subject)

    @cached_property
    def subject(self) -> str:
        """Its clause without the figure: 改建水冲厕所 of 改建水冲厕所320座."""
        behind = CLAUSE_MARK.split(level(self.text)[self.figure.end :])[0]
        return f"{self._before}{behind}".removeprefix(level(self.name))

    @property
    def _before(self) -> str:
        return CLAUSE_MARK.split(level(self.text)[: self.figure.start])[-1]


def agree(operands: Sequence[Operand]) -> bool:
    """Whether all are of one kind of quantity, and none of a kind of thing that is opposed to another's."""
    if len({operand.kind for operand in operands}) > 1:
        return False
    subjects = [operand.subject for operand in operands]
    for kinds in opposed_kinds().values():
        told = [frozenset(name for name, words in kinds.items() if words.search(each)) for each in subjects]
        named = [each for each in told if each]
        if named and not frozenset.intersection(*named):
            return False
    return True
