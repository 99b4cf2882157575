"""Choosing the statements of a summary within a budget of characters. Pure."""

from collections import Counter
from collections.abc import Sequence

from rag.statements import Statement

CROWDED = 0.9  # what a further statement of the same paragraph weighs, once for each that is chosen already
FIRST = 1.3  # what a paragraph says first weighs more
SMALLEST = 15  # characters added to a statement's length, so that crumbs do not win by being short


def choose(statements: Sequence[Statement], budget: int) -> list[Statement]:
    """The weightiest statements that fit, in the report's order; paragraphs share the room."""
    chosen: list[Statement] = []
    open_ = [statement for statement in statements if statement.weight > 0]
    crowd: Counter[int] = Counter()
    left = budget
    while open_:
        best = max(open_, key=lambda s: (_worth(s, crowd[s.line]), -s.sentence.start))
        open_.remove(best)
        if len(best.text) <= left:
            chosen.append(best)
            crowd[best.line] += 1
            left -= len(best.text)
    return sorted(chosen, key=lambda s: s.sentence.start)


def _worth(statement: Statement, crowd: int) -> float:
    """By the character: what a statement says against the room it takes."""
    first = FIRST if statement.is_first else 1.0
    return statement.weight * first * CROWDED**crowd / (len(statement.text) + SMALLEST) ** 0.9
