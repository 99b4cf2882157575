"""Claims, the sentences they rest on, and the quotations that show it."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from rag.parsing.heads.clause_spans import clause_spans
from rag.parsing.report import Sentence
from rag.text.bigrams import content_bigrams
from rag.text.figures import Figure, same_amount
from rag.text.parsed_text import ParsedText
from rag.text.place_names import Level
from rag.text.time_spans import TimeSpan
from rag.types import Span


@dataclass(frozen=True)
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
    level: Level | None = None  # of the town
    period: TimeSpan | None = None  # that goes on to it from its heading or from earlier sentences: 五年来
    reading: ParsedText | None = field(default=None, repr=False, compare=False)  # where its report has read it already
    listed: tuple[int, ...] = field(default=(), compare=False)  # its clauses in the announced list that is asked for

    @cached_property
    def parsed(self) -> ParsedText:
        """The sentence, read once."""
        return self.reading or ParsedText(self.text)

    @cached_property
    def clauses(self) -> tuple[Span, ...]:
        """Where its clauses stand, without the marks between them."""
        return tuple(clause_spans(self.parsed.folded, self.parsed.figures)) or (Span(0, len(self.text)),)

    def clause(self, number: int) -> ParsedText:
        """One of its clauses, by its number from 0."""
        span = self.clauses[number]
        return self.parsed.part(span.start, span.end)

    @cached_property
    def place_words(self) -> frozenset[str]:
        """The words of its county and town."""
        return content_bigrams(f"{self.county or ''}{self.town or ''}")

    @cached_property
    def section(self) -> ParsedText:
        """The headings it stands under."""
        return ParsedText(self.sentence.section)

    @cached_property
    def context_words(self) -> frozenset[str]:
        """The words of its place and its headings."""
        return self.place_words | self.section.bigrams

    def places_of(self, figure: Figure) -> list[Figure]:
        """Where the sentence has a figure, whatever its approximation."""
        return [found for found in self.parsed.figures if same_amount(figure, found)]


Role = Literal["evidence", "context", "lent"]
"""It carries the statement, only gives its town or year, or lends it words that an earlier clause says for it, too."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quotation, of an answer or of a summary: file text [start, end) == quote."""

    report: str  # its id
    file: str  # in whose decoded text the offsets count
    page: int | None  # from 1; None for files without pages
    town: str | None
    year: int | None  # of the statement
    report_year: int | None
    section: str  # heading path
    role: Role
    quote: str
    start: int
    end: int
    level: Level | None = None  # of the town


Support = Literal["quoted", "checked", "paraphrase", "unsupported"]
"""The report's own words, a sentence or a computation that code has proved by them, another wording of a model of which
only figures, names and times were compared, or nothing that carries it."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of an answer with what it rests on; `reason` says why it is not supported."""

    text: str
    kind: Literal["stated", "computed"]
    expression: str | None
    support: Support
    reason: str | None
    citations: tuple[Citation, ...]

    @property
    def supported(self) -> bool:
        """Whether it says what its quotations say, proved by code."""
        return self.support in ("quoted", "checked")

    @property
    def is_shown(self) -> bool:
        """Whether it is a part of the answer, if only as a wording of the model with its quotations beside it."""
        return self.support != "unsupported"
