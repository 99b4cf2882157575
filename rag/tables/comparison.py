"""What a comparison shows: one subject across towns and years, results and plans apart, gaps as gaps."""

from dataclasses import dataclass
from typing import cast, get_args

from rag.errors import InputError
from rag.parsing.figures.indicators import FigureRow
from rag.parsing.figures.periods import Status
from rag.tables.subject_query import FoundBy


def status_named(name: str | None) -> Status | None:
    """A status as programs and people give it; None and empty restrict nothing.

    Raises InputError for one that there is not.
    """
    if name and name not in get_args(Status):
        raise InputError("no_such_status", status=name, known=get_args(Status))
    return cast(Status, name) if name else None


SHOWN_GAPS = 20
"""Of the reports that say nothing, how many people are told by name."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which statements are compared, and which of the rows and gaps are given; None restricts nothing."""

    county: str | None = None
    year: int | None = None  # of the statement
    status: Status | None = None
    limit: int | None = None  # of rows
    offset: int = 0  # in the rows, and in the gaps
    gaps: int | None = None  # how many


@dataclass(frozen=True, slots=True)
class Change:
    """How a value stands to the same town's value of an earlier year.

    Example: from 69.5 % to 70.1 % are 0.6 points, and no percentage: +0.9 % would be taken for points.
    """

    since: int
    difference: float
    percent: float | None  # None where the earlier value is 0, and for shares
    points: float | None = None  # of a share: the change in percentage points


@dataclass(frozen=True, slots=True)
class Compared:
    """What one report says of the subject, in the unit of the whole comparison."""

    town: str | None
    county: str | None
    year: int | None
    status: Status
    value: float
    approx: str | None
    figure: FigureRow
    others: tuple[FigureRow, ...]  # rows of the same report that speak of the subject too
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """A report that gives no result on the subject."""

    report: str
    town: str | None
    county: str | None
    year: int | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The subject's rows by town and year, results before plans; all of them, or a part."""

    subject: str
    by: FoundBy
    unit: str
    rows: tuple[Compared, ...]
    gaps: tuple[Gap, ...]
    rows_in_all: int
    gaps_in_all: int
    namesakes: tuple[str, ...] = ()  # towns of several counties among them

    def name(self, of: Compared | Gap, unknown: str = "未知乡镇") -> str:
        """Town and year, with the county where towns of several counties share the name; `unknown` without a town."""
        county = of.county or "" if of.town in self.namesakes else ""
        return f"{county}{of.town or unknown} {of.year or ''}".rstrip()
