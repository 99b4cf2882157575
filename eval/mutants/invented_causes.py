"""A link put between two clauses that the report only tells one after the other: 因此, 从而, 带动, 使."""

from collections.abc import Iterator
from itertools import pairwise

from eval.mutants.clause_links import ACT, INDICATOR, are_unrelated
from eval.mutants.resemblance import stands_in
from eval.mutants.statements import Mutant, Statement, choice, clause_spans, told

PAIRS_LINKED = 2  # of one claim
_BEFORE_DEEDS = ("因此", "从而", "因而", "由此")
_BEFORE_THINGS = ("带动", "使", "推动", "促使")


def causes_invented(statement: Statement) -> Iterator[Mutant]:
    """Unrelated neighbours linked, each a deed or an indicator, the first as the cause of the second.

    Example: "硬化公路3公里，发放补贴40万元" gives "硬化公路3公里，因此发放补贴40万元" and
    "由于硬化公路3公里，发放补贴40万元"
    """
    text = told(statement)
    spans = clause_spans(text)
    pairs = [(a, b) for a, b in pairwise(spans) if _may_be_linked(text[slice(*a)], text[slice(*b)])]
    pairs.sort(key=lambda pair: choice(f"{text}{pair[0]}", 97))
    for one, other in pairs[:PAIRS_LINKED]:
        second = text[slice(*other)]
        words = _BEFORE_DEEDS if ACT.match(second) else _BEFORE_THINGS
        word = words[choice(text + second, len(words))]
        linked = f"{text[slice(*one)]}，{word}{second}"
        if not stands_in(word + second, statement.shown):
            yield Mutant("cause", text[: one[0]] + linked + text[other[1] :], text, word)
            because = f"由于{text[slice(*one)]}，{second}"
            yield Mutant("cause", text[: one[0]] + because + text[other[1] :], text, "由于")


def _may_be_linked(first: str, second: str) -> bool:
    """Deeds and indicators: what else stands behind a deed is often its size or its effect."""
    are_known = all(ACT.match(clause) or INDICATOR.match(clause) for clause in (first, second))
    return are_known and are_unrelated(first, second)
