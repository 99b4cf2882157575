"""Precision and recall of the quantitative statements that the system lists for a report."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from eval.items import GoldenIndicator
from eval.scoring.replies import Lenient
from eval.scoring.units import UNITS
from eval.scoring.wording import bigrams, clauses, tight, unwrapped

LEAST_OVERLAP = 4  # characters that two quotations share


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


@dataclass(frozen=True, slots=True)
class Match:
    """A golden statement and the given one that makes it; `same_unit` where their units agree too."""

    golden: GoldenIndicator
    given: GivenIndicator
    same_unit: bool

    @property
    def same_approximation(self) -> bool:
        return self.golden.approx == (self.given.approx is not None)

    @property
    def same_status(self) -> bool:
        return self.golden.status == self.given.status


def score_indicators(golden: Sequence[GoldenIndicator], given: Sequence[GivenIndicator]) -> dict[str, float]:
    """Precision, recall and F1 on value and unit; then the share of the matched ones right in unit, approximation and
    status."""
    matches = match_indicators(golden, given)
    found = [match for match in matches if match.same_unit]
    precision = _share(found, given)
    recall = _share(found, golden)
    strict = [match for match in found if match.same_approximation and match.same_status]
    scores = {
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / (precision + recall) if found else 0.0,
        "unit": _share(found, matches),
        "approximation": _share([match for match in matches if match.same_approximation], matches),
        "status": _share([match for match in matches if match.same_status], matches),
        "recall_with_all": _share(strict, golden),
    }
    return {name: round(value, 4) for name, value in scores.items()}


def _share(some: Sequence[object], of: Sequence[object]) -> float:
    return len(some) / len(of) if of else 0.0


def match_indicators(golden: Sequence[GoldenIndicator], given: Sequence[GivenIndicator]) -> list[Match]:
    """Each golden indicator with at most one given one of the same file and value whose quotation overlaps.

    The same unit goes first, then the likest subject.
    """
    pairs = [
        (_same_unit(g, i), len(bigrams(g.subject) & bigrams(i.subject)), -a, -b)
        for a, g in enumerate(golden)
        for b, i in enumerate(given)
        if g.doc == i.file and _same_value(g, i) and _overlap(g.quote, i.quote)
    ]
    taken_golden: set[int] = set()
    taken_given: set[int] = set()
    matches = []
    for same_unit, _, minus_a, minus_b in sorted(pairs, reverse=True):
        a, b = -minus_a, -minus_b
        if a not in taken_golden and b not in taken_given:
            taken_golden.add(a)
            taken_given.add(b)
            matches.append(Match(golden[a], given[b], same_unit))
    return matches


def _overlap(one: str, other: str) -> bool:
    """Whether two quotations share their words: one holds the other, or begins as the other ends."""
    mine, theirs = tight(unwrapped(one)), tight(unwrapped(other))
    if mine in theirs or theirs in mine:
        return True
    longest = min(len(mine), len(theirs))
    return any(
        mine.endswith(theirs[:length]) or theirs.endswith(mine[:length]) for length in range(LEAST_OVERLAP, longest)
    )


def _same_value(golden: GoldenIndicator, given: GivenIndicator) -> bool:
    """Equal as written with its scale, or in the base unit of its class, so that 6 公里 equals 6000 米."""
    if golden.value_base is None or given.value_base is None:
        return golden.value_base is given.value_base and tight(golden.value) == tight(given.value)
    if golden.value_base == given.value_base:
        return True
    return _base(golden.value_base, golden.unit_base) == _base(given.value_base, given.unit_base or given.unit)


def _same_unit(golden: GoldenIndicator, given: GivenIndicator) -> bool:
    if golden.value_base is None or given.value_base is None:
        return _base(0, golden.unit_base or golden.unit) == _base(0, given.unit_base or given.unit)
    return _base(golden.value_base, golden.unit_base) == _base(given.value_base, given.unit_base or given.unit)


def _base(value: float, unit: str) -> tuple[Fraction, str]:
    """Value and class in the class's base unit, so that 6 公里 equals 6000 米."""
    known = UNITS.get(clauses(unit).split("/")[0])
    exact = Fraction(str(value))
    return (exact * known.scale, known.name) if known else (exact, clauses(unit))
