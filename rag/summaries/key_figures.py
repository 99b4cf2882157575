"""The figures of a summary's table: the weightiest of the statements that it tells. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rag.parsing.figures.indicators import Indicator
from rag.parsing.report import Report
from rag.summaries.salience import LARGE
from rag.summaries.statements import Statement
from rag.text.lexicon import concept, table
from rag.text.normalization import fold_characters

MOST = 12
SHORTEST_SUBJECT = 4  # characters; 投入40余万元 alone does not say in what
LONGEST_SUBJECT = 14  # longer ones are sentences, not names of figures
LONGEST_WITH_HEAD = 24
PER_STATEMENT = 2

_ASKED_FOR = table("weighty_units")["asked_for"]
_TOTAL, _REST = concept("total_of_place"), concept("rest")
_TASK = concept("plan_or_task")  # a share of one says nothing without its figure
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Row:
    """A figure with the statement that tells it."""

    indicator: Indicator
    statement: Statement
    text: str  # own subject and figure as the report writes them

    @property
    def told(self) -> str:
        """Subject and figure, with what other clauses lend the subject."""
        return f"{self.indicator.subject}{self.text[len(self.indicator.own) :]}"


def key_figures(figures: Iterable[Indicator], report: Report, told: Sequence[Statement], room: int) -> list[Row]:
    """The weightiest results as rows of together at most `room` characters, in the report's order."""
    rows = sorted(_rows(figures, report, told), key=lambda row: (-_weight(row), row.indicator.figure.start))
    chosen: list[Row] = []
    for row in rows:
        of_same = sum(other.statement is row.statement for other in chosen)
        if len(chosen) == MOST or of_same == PER_STATEMENT or len(row.told) > room:
            continue
        chosen.append(row)
        room -= len(row.told)
    return sorted(chosen, key=lambda row: row.indicator.figure.start)


def _rows(figures: Iterable[Indicator], report: Report, told: Sequence[Statement]) -> Iterable[Row]:
    for indicator in figures:
        is_named = len(indicator.subject) >= SHORTEST_SUBJECT and len(indicator.own) <= LONGEST_SUBJECT
        is_named = is_named and len(indicator.subject) <= LONGEST_WITH_HEAD
        is_share_of_task = indicator.unit_base == "%" and _TASK.search(indicator.subject)
        if indicator.status != "result" or not is_named or is_share_of_task or _REST.pattern.match(indicator.subject):
            continue
        figure = indicator.figure
        of = [s for s in told if s.sentence.start <= figure.start and figure.end <= s.sentence.end]
        if of and of[0].sentence.kind in ("result", "other"):
            written = fold_characters(report.text[figure.start : figure.end])
            yield Row(indicator, of[0], f"{indicator.own}{written}")


def _weight(row: Row) -> float:
    """Sums and amounts that people ask for come first; a subject with a figure of its own is a class, not a total."""
    indicator = row.indicator
    is_large_sum = indicator.unit_base == "元" and (indicator.value_base or 0) >= LARGE
    return (
        row.statement.weight / 4
        + is_large_sum
        + (indicator.unit_base in _ASKED_FOR)
        + bool(_TOTAL.search(indicator.subject))
        - bool(_DIGIT.search(indicator.subject))
    )
