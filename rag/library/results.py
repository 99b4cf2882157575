"""What the library is asked for and gives back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rag.parsing.report import Chunk, Defect
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

    @property
    def is_open(self) -> bool:
        return not (self.towns or self.county or self.years)


@dataclass(frozen=True, slots=True)
class IngestResult:
    """What happened to one file."""

    path: str
    status: Literal["added", "unchanged", "updated", "duplicate", "failed"]
    report_id: str | None = None
    details: tuple[Notice, ...] = ()  # why it failed, what it duplicates or replaces, what of it was not read
    defects: Sequence[Defect] = ()
