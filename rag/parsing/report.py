"""A report, as parsing makes it and the library holds it. Offsets are half-open and count characters."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from rag.text.bigrams import content_bigrams
from rag.text.parsed_text import ParsedText
from rag.text.place_names import Level, full_place
from rag.types import OffsetMap, SectionKind, SourceFile, Span

DefectKind = Literal[
    "boilerplate", "duplicated_body", "duplicated_title", "hard_wraps",  # what cleaning takes out
    "placeholder", "truncated_item", "encoding_damage", "wrong_conversion", "wrong_character",
    "year_conflict", "late_date", "numbering_gap", "numbering_conflict",
    "figure_conflict", "sum_mismatch", "unit_misfit", "loose_figure",
    "unnamed", "other_place",
]  # fmt: skip
"""What can be wrong with a file."""


TIDIED: frozenset[DefectKind] = frozenset({"boilerplate", "hard_wraps"})
"""What cleaning puts right without loss, so that nobody need look at it."""


MetadataField = Literal[
    "title", "town", "county", "year", "plan_year", "issuer", "publish_date", "signing_date",
    "city", "province", "addressee", "document_kind",
]  # fmt: skip


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
    others: tuple[Span, ...] = ()  # where the file says what this does not fit with, such as the other of two figures


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
    level: Level | None = None  # of the town
    document_kind: str | None = None  # 工作总结和计划, 工作总结, 工作计划 or 政府工作报告

    @property
    def label(self) -> str:
        """How people call the report, such as 衡州县石矶镇 2020."""
        return f"{full_place(self.county, self.town or '未知乡镇')} {self.year or '年份不明'}"


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
    year: int | None = None  # that its section is about
    is_order: bool = False  # to a model, or said in one breath with one


@dataclass(frozen=True, slots=True)
class Chunk:
    """A passage of at most 350 clean characters inside one section, embedded and searched as one."""

    start: int
    end: int
    section: str
    kind: SectionKind


@dataclass(frozen=True)
class Report:
    """One report as the library holds it. Its id is 12 hexadecimal digits of its clean text's SHA-256."""

    id: str
    metadata: Metadata
    text: str  # clean
    headings: tuple[Heading, ...]
    sentences: tuple[Sentence, ...]
    chunks: tuple[Chunk, ...]
    is_sample: bool = False

    def said(self, sentence: Sentence) -> ParsedText:
        """One of its sentences, read once."""
        if sentence not in self._said:
            self._said[sentence] = ParsedText(self.text[sentence.start : sentence.end])
        return self._said[sentence]

    @cached_property
    def _said(self) -> dict[Sentence, ParsedText]:
        return {}

    @cached_property
    def place_words(self) -> frozenset[str]:
        """The words of its county and town."""
        return content_bigrams(f"{self.metadata.county or ''}{self.metadata.town or ''}")

    @property
    def label(self) -> str:
        """How people call it, such as 衡州县石矶镇 2020."""
        return self.metadata.label


def open_defects(report: Report, source: "ReportSource") -> list[Defect]:
    """What is wrong with a report's file as far as nobody has put it right: its place and year by hand."""
    is_named = report.metadata.town is not None and report.metadata.year is not None
    return [defect for defect in source.defects if not (is_named and defect.kind == "unnamed")]


@dataclass(frozen=True, slots=True)
class ReportSource:
    """One source file of a report, with the way back from the report's clean text into it."""

    report_id: str
    file: SourceFile
    offsets: OffsetMap
    defects: tuple[Defect, ...]
    statements: tuple[Statement, ...] = ()
