"""The words of Zhenbao: plain values that every room passes on. Imports nothing of ours.

Offsets are half-open and count characters. *Clean* offsets count in a report's clean text,
*source* offsets in the decoded text of one source file; `OffsetMap` leads from the first to the second.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

SectionKind = Literal["result", "plan", "problem", "other"]
"""What a section reports: done (工作总结), intended (工作计划), admitted (存在问题), or neither."""

Outcome = Literal["answered", "refused", "evidence_only", "error"]
Reason = Literal[
    "premise_corrected", "planned_only", "conflict",  # answered
    "not_in_reports", "no_such_town", "no_such_year",  # refused
    "model_unavailable", "nothing_verified",  # evidence_only
]  # fmt: skip
Language = Literal["zh-Hans", "zh-Hant", "en"]
Length = Literal["paragraph", "page", "full"]
"""How much a summary says of a report: its overview, about a page, or up to a quarter of it."""
SummaryLanguage = Literal["zh", "en"]
DefectKind = Literal[
    "boilerplate", "duplicated_body", "duplicated_title", "hard_wraps",  # what cleaning takes out
    "placeholder", "truncated_item", "encoding_damage", "wrong_conversion", "wrong_character",
    "year_conflict", "late_date", "numbering_gap", "numbering_conflict",
    "figure_conflict", "sum_mismatch", "unit_misfit", "loose_figure",
]  # fmt: skip
"""What can be wrong with a file."""
TIDIED: frozenset[DefectKind] = frozenset({"boilerplate", "hard_wraps"})
"""What cleaning puts right without loss, so that nobody need look at it."""
MetadataField = Literal[
    "title", "town", "county", "year", "plan_year", "issuer", "publish_date", "signing_date",
    "city", "province", "addressee", "document_kind",
]  # fmt: skip
JsonObject = dict[str, object]


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open stretch of text."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Run:
    """Clean characters [clean, clean + length) stand at source [source, source + length)."""

    clean: int
    source: int
    length: int


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Leads from clean offsets back to source offsets, as runs in rising clean order without gaps.

    Example: source "甲\\n乙", clean "甲乙", runs (Run(0, 0, 1), Run(1, 2, 1)): to_source(Span(0, 2)) == Span(0, 3)
    """

    runs: tuple[Run, ...]

    def position(self, clean: int) -> int:
        """Source offset of the clean character at `clean`."""
        run = self.runs[bisect_right(self.runs, clean, key=lambda r: r.clean) - 1]
        return run.source + (clean - run.clean)

    def to_source(self, span: Span) -> Span:
        """The smallest source span that holds all characters of a non-empty clean span."""
        return Span(self.position(span.start), self.position(span.end - 1) + 1)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file as it was read: decoded, byte-order mark removed, line ends kept."""

    name: str
    sha256: str  # of the file's bytes, hexadecimal
    encoding: str
    text: str
    page_starts: tuple[int, ...] = ()  # source offset at which each page begins; empty where there are no pages
    notes: tuple[str, ...] = ()  # what of the file was not read; told when it is taken in, not stored

    def page(self, start: int) -> int | None:
        """Page number (from 1) of a source offset, None for files without pages."""
        return bisect_right(self.page_starts, start) or None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading line of the clean text; level 1 is the highest."""

    start: int
    end: int
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Defect:
    """Something wrong with the file itself, at a source span."""

    kind: DefectKind
    detail: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a report says about itself; None where it does not say. Dates are ISO 8601."""

    title: str | None = None
    town: str | None = None
    county: str | None = None
    year: int | None = None  # the year reported on
    plan_year: int | None = None
    issuer: str | None = None
    publish_date: str | None = None
    signing_date: str | None = None
    city: str | None = None
    province: str | None = None
    addressee: str | None = None
    document_kind: str | None = None  # 工作总结和计划, 工作总结, 工作计划 or 政府工作报告


@dataclass(frozen=True, slots=True)
class Statement:
    """One place of a source file that says something about one field of its metadata, at a source span.

    A file's statements stand in one flat tuple, for each field the one that decided first: where later ones
    say another `value` the file contradicts itself. A field of several parts (two issuers) has a statement for each.
    Values are written as in `Metadata`, years as digits. Corrections by hand change the metadata, never these.

    Example: Statement("year", "2021", "2021年工作总结", 3, 12), Statement("year", "2020", "2020年工作总结", 80, 89)
    """

    field: MetadataField
    value: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """The smallest citable stretch of clean text: up to 。！？； or a line end."""

    start: int
    end: int
    section: str  # heading path, joined with " / "; empty before the first heading
    kind: SectionKind
    role: Literal["body", "heading", "metadata"]


@dataclass(frozen=True, slots=True)
class Chunk:
    """A passage of at most 350 clean characters inside one section, embedded and searched as one."""

    start: int
    end: int
    section: str
    kind: SectionKind


@dataclass(frozen=True, slots=True)
class Report:
    """One report as the library holds it. Its id is 12 hexadecimal digits of its clean text's SHA-256."""

    id: str
    metadata: Metadata
    text: str  # clean
    headings: tuple[Heading, ...]
    sentences: tuple[Sentence, ...]
    chunks: tuple[Chunk, ...]
    is_sample: bool = False

    @property
    def label(self) -> str:
        """How people call it, such as 衡州县石矶镇 2020."""
        place = f"{self.metadata.county or ''}{self.metadata.town or '未知乡镇'}"
        return f"{place} {self.metadata.year or '年份不明'}"


@dataclass(frozen=True, slots=True)
class ReportSource:
    """One source file of a report, with the way back from the report's clean text into it."""

    report_id: str
    file: SourceFile
    offsets: OffsetMap
    defects: tuple[Defect, ...]
    statements: tuple[Statement, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a model call cost."""

    prompt: int = 0
    completion: int = 0

    def __add__(self, other: "Tokens") -> "Tokens":
        return Tokens(self.prompt + other.prompt, self.completion + other.completion)


@dataclass(frozen=True, slots=True)
class Seconds:
    """Where the time of an answer went."""

    retrieve: float = 0.0
    model: float = 0.0
    verify: float = 0.0
    total: float = 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole result of a question."""

    question: str
    outcome: Outcome
    reason: Reason | None
    language: Language
    answer: str
    claims: tuple[Claim, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    evidence_citations: tuple[Citation, ...] = ()  # one for each evidence sentence, in its order
    model: str | None = None
    tokens: Tokens = field(default_factory=Tokens)
    seconds: Seconds = field(default_factory=Seconds)
    notices: tuple[str, ...] = ()  # what the person should know, such as a search without its dense side


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a conversation."""

    role: Literal["system", "user", "assistant"]
    content: str


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
    detail: str = ""  # why it failed, what it duplicates or replaces
    defects: Sequence[Defect] = ()
