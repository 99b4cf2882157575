"""What stands where on a printed page: plain values, whichever reader they come from.

Places count from the left and from the top, in whatever unit the page has.
"""

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, such as the room of a field or of a table."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom


class Glyph(NamedTuple):
    """A character, or the whole value of a form's field, and its place; a tuple, for there are many."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        """How far down its middle is."""
        return (self.top + self.bottom) / 2

    @property
    def size(self) -> float:
        """Its height."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of a line of print without wide gaps in it; a whole line where the page has one column."""

    text: str
    left: float
    right: float
    top: float
    size: float  # of its characters
    column: tuple[int, int] = (0, 1)  # which one of how many; what stands in one column has its margins


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its cells row by row, merged ones repeated in each of their places."""

    rows: tuple[tuple[str, ...], ...]
    place: Box


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its lines in any order, and the tables that ruling lines show."""

    lines: tuple[Line, ...] = ()
    grids: tuple[Grid, ...] = ()
