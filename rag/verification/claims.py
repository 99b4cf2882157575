"""Claims, the sentences they rest on, and the quotations that show it."""

from dataclasses import dataclass
from typing import Literal

from rag.parsing.report import Sentence


@dataclass(frozen=True, slots=True)
class Evidence:
    """A numbered sentence shown to the model and the person."""

    number: int  # from 1
    report_id: str
    sentence: Sentence
    text: str  # clean
    town: str | None
    county: str | None
    report_year: int | None
    year: int | None  # of the statement: the plan year in plan sections


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quotation: file text [start, end) == quote."""

    report: str
    file: str
    page: int | None
    town: str | None
    year: int | None
    report_year: int | None
    section: str
    role: Literal["evidence", "context"]
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of an answer with what it rests on; `reason` says why it is not supported."""

    text: str
    kind: Literal["stated", "computed"]
    expression: str | None
    supported: bool
    reason: str | None
    citations: tuple[Citation, ...]
