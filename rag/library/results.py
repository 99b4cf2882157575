"""What the library is asked for and gives back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rag.parsing.report import Chunk, Defect, Report
from rag.text.normalization import fold
from rag.types import Notice


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found by search."""

    report_id: str
    chunk: Chunk
    text: str  # clean
    score: float  # 0 to 1, comparable within one search only
    dense: float = 0.0  # cosine similarity, 0 where the dense side did not see the passage
    lexical: float = 0.0  # BM25, 0 where the lexical side did not


@dataclass(frozen=True, slots=True)
class Scope:
    """Which reports a question is about; empty tuples and None do not restrict."""

    towns: tuple[str, ...] = ()
    county: str | None = None
    years: tuple[int, ...] = ()
    report_ids: frozenset[str] | None = None

    @property
    def is_open(self) -> bool:
        return not (self.towns or self.county or self.years) and self.report_ids is None

    @property
    def of_any_year(self) -> "Scope":
        """The same place, whatever the year."""
        return replace(self, years=())

    def admits(self, report: Report) -> bool:
        """Whether a report is of the towns, of or in the county, and of one of the years.

        Names may be in either script; a year is also that of a report's plans.
        """
        mine = report.metadata
        return (
            (not self.towns or any(_is_same_name(town, mine.town) for town in self.towns))
            and (not self.county or any(_is_same_name(self.county, name) for name in (mine.county, mine.town)))
            and (not self.years or mine.year in self.years or mine.plan_year in self.years)
            and (self.report_ids is None or report.id in self.report_ids)
        )


def _is_same_name(asked: str, own: str | None) -> bool:
    return asked == own or fold(asked).strip() == fold(own or "")


@dataclass(frozen=True, slots=True)
class IngestResult:
    """What happened to one file."""

    path: str
    status: Literal["added", "unchanged", "updated", "duplicate", "failed"]
    report_id: str | None = None
    details: tuple[Notice, ...] = ()  # why it failed, what it duplicates or replaces, what of it was not read
    defects: Sequence[Defect] = ()
