"""Where a sentence stands, as one number: its report's position, its own number, its kind and role. Pure.

The sentence index can so choose by report, kind and role without reading any row. Places rise in stored order.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from rag.types import SectionKind

Places = NDArray[np.int64]
"""Places of sentences, rising."""

Role = Literal["body", "heading", "metadata"]

_KINDS: tuple[SectionKind, ...] = ("result", "plan", "problem", "other")
_ROLES: tuple[Role, ...] = ("body", "heading", "metadata")
_ROLE_BITS, _KIND_BITS, _NUMBER_BITS = 2, 2, 24
POSITION_SHIFT = _ROLE_BITS + _KIND_BITS + _NUMBER_BITS
"""A place shifted by so many bits is the position of its report."""


@dataclass(frozen=True, slots=True)
class Span:
    """The places that a report's sentences can have, both ends included."""

    first: int
    last: int


def place_of(position: int, number: int, kind: SectionKind, role: Role) -> int:
    """The place of a sentence, of whose report the position is given."""
    if number >> _NUMBER_BITS:
        raise ValueError(f"sentence {number} of one report")
    inner = (number << _KIND_BITS | _KINDS.index(kind)) << _ROLE_BITS | _ROLES.index(role)
    return position << POSITION_SHIFT | inner


def span_of(position: int) -> Span:
    """All places of a report."""
    return Span(position << POSITION_SHIFT, ((position + 1) << POSITION_SHIFT) - 1)


def position_of(place: int) -> int:
    """The position of the report that a place lies in."""
    return place >> POSITION_SHIFT


def number_of(place: int) -> int:
    """The number of the sentence in its report."""
    return place >> _ROLE_BITS + _KIND_BITS & (1 << _NUMBER_BITS) - 1


def kind_of(place: int) -> SectionKind:
    """The kind of the section that the sentence stands in."""
    return _KINDS[place >> _ROLE_BITS & (1 << _KIND_BITS) - 1]


def positions_of(places: Places) -> Places:
    """The reports' positions, each once."""
    return np.unique(places >> POSITION_SHIFT)


def by_position(places: Places) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Each report's position with the numbers of its sentences."""
    numbers = (places >> _ROLE_BITS + _KIND_BITS & (1 << _NUMBER_BITS) - 1).tolist()
    pairs = zip((places >> POSITION_SHIFT).tolist(), numbers, strict=True)
    for position, group in groupby(pairs, key=lambda pair: pair[0]):
        yield position, tuple(number for _, number in group)


def chosen(
    places: Places,
    *,
    only: Collection[int] | None = None,
    without: Collection[int] = (),
    kinds: Collection[SectionKind] | None = None,
    roles: Collection[Role] | None = None,
) -> Places:
    """The places of these positions, and not of those, of these kinds and roles; None: all."""
    for shift, mask, allowed in (
        (POSITION_SHIFT, -1, only),
        (_ROLE_BITS, 3, None if kinds is None else [_KINDS.index(kind) for kind in kinds]),
        (0, 3, None if roles is None else [_ROLES.index(role) for role in roles]),
    ):
        if allowed is not None:
            places = places[np.isin(places >> shift & mask, np.fromiter(allowed, np.int64))]
    if without:
        places = places[~np.isin(places >> POSITION_SHIFT, np.fromiter(without, np.int64))]
    return places
