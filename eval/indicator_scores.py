"""Precision and recall of the quantitative statements that the system lists for a report."""

from collections.abc import Sequence
from fractions import Fraction

from eval.items import GoldenIndicator
from eval.replies import Lenient
from eval.units import UNITS
from eval.wording import bigrams, clauses, tight, unwrapped


class GivenIndicator(Lenient):
    """A statement of the list that is to be scored."""

    file: str
    subject: str = ""
    value: str = ""
    approx: str | None = None
    unit: str = ""
    value_base: float | None = None
    unit_base: str | None = None
    status: str = "result"
    quote: str


def score_indicators(golden: Sequence[GoldenIndicator], given: Sequence[GivenIndicator]) -> dict[str, float]:
    """Precision, recall and F1 on value and unit; then the share of the found ones right in approximation and status.

    Each golden indicator is matched with at most one given one of the same file, value and unit whose quotation
    overlaps; the likest subject goes first.
    """
    matches = _matched(golden, given)
    found = len(matches)
    precision = found / len(given) if given else 0.0
    recall = found / len(golden) if golden else 0.0
    approximate = sum(g.approx == (i.approx is not None) for g, i in matches)
    status = sum(g.status == i.status for g, i in matches)
    strict = sum(g.approx == (i.approx is not None) and g.status == i.status for g, i in matches)
    scores = {
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / (precision + recall) if found else 0.0,
        "approximation": approximate / found if found else 0.0,
        "status": status / found if found else 0.0,
        "recall_with_all": strict / len(golden) if golden else 0.0,
    }
    return {name: round(value, 4) for name, value in scores.items()}


def _matched(
    golden: Sequence[GoldenIndicator], given: Sequence[GivenIndicator]
) -> list[tuple[GoldenIndicator, GivenIndicator]]:
    pairs = [
        (len(bigrams(g.subject) & bigrams(i.subject)), -a, -b)
        for a, g in enumerate(golden)
        for b, i in enumerate(given)
        if _same(g, i)
    ]
    taken_golden: set[int] = set()
    taken_given: set[int] = set()
    matches = []
    for _, minus_a, minus_b in sorted(pairs, reverse=True):
        a, b = -minus_a, -minus_b
        if a not in taken_golden and b not in taken_given:
            taken_golden.add(a)
            taken_given.add(b)
            matches.append((golden[a], given[b]))
    return matches


def _same(golden: GoldenIndicator, given: GivenIndicator) -> bool:
    if golden.doc != given.file:
        return False
    mine, theirs = tight(unwrapped(golden.quote)), tight(unwrapped(given.quote))
    if mine not in theirs and theirs not in mine:
        return False
    if golden.value_base is None or given.value_base is None:
        return tight(golden.value) == tight(given.value)
    return _base(golden.value_base, golden.unit_base) == _base(given.value_base, given.unit_base or given.unit)


def _base(value: float, unit: str) -> tuple[Fraction, str]:
    """Value and class in the class's base unit, so that 6 公里 equals 6000 米."""
    known = UNITS.get(clauses(unit).split("/")[0])
    exact = Fraction(str(value))
    return (exact * known.scale, known.name) if known else (exact, clauses(unit))
