"""Units of township reports: which words mean the same measure, and how they convert."""

import re
from dataclasses import dataclass
from decimal import Decimal

from rag.text.lexicon import Concept, concept, table


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit's measure and its size in that measure's base unit: 公里 is ("米", 1000)."""

    measure: str
    size: Decimal


_COUNTED = "计数"  # whose words are measures of their own
_LOOSE = {"个", ""}
_EXACT = frozenset(concept("measured_units", "people_units"))
MEASURED = frozenset(concept("measured_units"))
"""The measures of what is measured and not counted."""


def _units() -> dict[str, Unit]:
    found: dict[str, Unit] = {}
    for key, words in table("units").items():
        measure, size = key.split()
        found |= {word: Unit(word if measure == _COUNTED else measure, Decimal(size)) for word in words}
    return found


def _spelled(word: str) -> str:
    """A unit as a pattern: a Latin one ends where its letters end, and none is part of an exception."""
    exceptions = concept("units").exceptions
    if word.isascii():
        longer = [exception.removeprefix(word) for exception in exceptions if exception.startswith(word)]
        return re.escape(word) + (rf"(?!{'|'.join(['[a-z]', *longer])})" if word[-1].isalpha() else "")
    return Concept((word,), exceptions).any


UNITS = _units()
"""Word (lower case) to Unit."""

UNIT = "|".join(map(_spelled, sorted(UNITS, key=len, reverse=True)))
"""The words as alternatives of a pattern, the longest first."""


def same_measure(one: str, other: str) -> bool:
    """Whether two measures may describe the same figure: 15个 and 15家 may, 15户 and 15人 may not.

    A bare number (measure "") fits any measure: the words around it decide.
    """
    if one == other or "" in (one, other):
        return True
    return (one in _LOOSE or other in _LOOSE) and not ({one, other} & _EXACT)


def are_interchangeable(one: str, other: str) -> bool:
    """Whether a mistake may put one measure's figure in the other's place: equal ones, and any two that only count."""
    return same_measure(one, other) or not {one, other} & _EXACT
