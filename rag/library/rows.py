"""Rows of the library's file: values as JSON, read strictly."""

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from functools import cache
from typing import Any, get_args

from rag.errors import LibraryError
from rag.parsing.report import Chunk, Defect, Heading, Metadata, Report, ReportSource, Sentence, Statement
from rag.text.place_chain import level_of_place
from rag.types import OffsetMap, Run, SectionKind, SourceFile, Span

REPORT_COLUMNS = "id, changed, metadata, corrections, is_sample, characters, passages, sentences"
CONTENT_COLUMNS = "text, headings, chunks"
SENTENCE_COLUMNS = "number, start, end, section, kind, role, year, is_order"
SOURCE_COLUMNS = "report_id, name, sha256, encoding, text, page_starts, offsets, statements"
_KINDS, _ROLES = frozenset(get_args(SectionKind)), frozenset({"body", "heading", "metadata"})
DEFECT_COLUMNS = "number, kind, detail, quote, start, end, others"


def report_row(report: Report, generation: int, corrections: Metadata) -> tuple[object, ...]:
    """A report as REPORT_COLUMNS."""
    return (
        report.id,
        generation,
        dump(report.metadata, Metadata),
        dump(corrections, Metadata),
        report.is_sample,
        len(report.text),
        len(report.chunks),
        len(report.sentences),
    )


def content_row(report: Report) -> tuple[object, ...]:
    """What a report says as CONTENT_COLUMNS."""
    return report.text, dump(report.headings, tuple[Heading, ...]), dump(report.chunks, tuple[Chunk, ...])


def sentence_rows(report: Report) -> Iterable[tuple[object, ...]]:
    """The sentences of a report as SENTENCE_COLUMNS."""
    return (
        (number, each.start, each.end, each.section, each.kind, each.role, each.year, each.is_order)
        for number, each in enumerate(report.sentences)
    )


def read_report(row: Any, content: Any, sentences: Iterable[Any]) -> Report:
    """A report from REPORT_COLUMNS, CONTENT_COLUMNS and SENTENCE_COLUMNS, its metadata with the corrections by hand."""
    report_id, _, metadata, corrections, is_sample, *_ = row
    text, headings, chunks = content
    return Report(
        id=report_id,
        metadata=corrected(load(metadata, Metadata), load(corrections, Metadata)),
        text=text,
        headings=load(headings, tuple[Heading, ...]),
        sentences=tuple(_sentence(row) for row in sentences),
        chunks=load(chunks, tuple[Chunk, ...]),
        is_sample=bool(is_sample),
    )


def _sentence(row: Any) -> Sentence:
    _, start, end, section, kind, role, year, is_order = row
    if kind not in _KINDS or role not in _ROLES:
        raise LibraryError("row_unreadable", reason=f"{kind}, {role}")
    return Sentence(start, end, section, kind, role, year, bool(is_order))


def corrected(found: Metadata, corrections: Metadata) -> Metadata:
    """Metadata with the corrections made by hand; an empty text says that the report does not state it.

    The level of a corrected town is that of its name unless it is corrected too.

    Example: corrected(Metadata(town="石矶镇", county="甲县"), Metadata(county="")) == Metadata(town="石矶镇")
    """
    values: dict[str, Any] = {name: value or None for name, value in set_by_hand(corrections).items()}
    if "town" in values and "level" not in values:
        values["level"] = level_of_place(values["town"])
    return replace(found, **values)


def set_by_hand(corrections: Metadata) -> dict[str, str | int]:
    """The fields that corrections set, by name."""
    values = {field.name: getattr(corrections, field.name) for field in fields(corrections)}
    return {name: value for name, value in values.items() if isinstance(value, str | int)}


def source_row(source: ReportSource) -> tuple[object, ...]:
    """A source as SOURCE_COLUMNS."""
    file = source.file
    return (
        source.report_id,
        file.name,
        file.sha256,
        file.encoding,
        file.text,
        dump(file.page_starts, tuple[int, ...]),
        dump(source.offsets.runs, tuple[Run, ...]),
        dump(source.statements, tuple[Statement, ...]),
    )


def defect_rows(defects: Sequence[Defect]) -> Iterable[tuple[object, ...]]:
    """The defects of a source as DEFECT_COLUMNS."""
    return (
        (number, each.kind, each.detail, each.quote, each.start, each.end, dump(each.others, tuple[Span, ...]))
        for number, each in enumerate(defects)
    )


def read_source(row: Any, defects: Iterable[Any]) -> ReportSource:
    """A source from SOURCE_COLUMNS and DEFECT_COLUMNS."""
    report_id, name, sha256, encoding, text, page_starts, runs, statements = row
    return ReportSource(
        report_id,
        SourceFile(name, sha256, encoding, text, load(page_starts, tuple[int, ...])),
        OffsetMap(load(runs, tuple[Run, ...])),
        tuple(read_defect(row) for row in defects),
        load(statements, tuple[Statement, ...]),
    )


def read_defect(row: Any) -> Defect:
    """A defect from DEFECT_COLUMNS."""
    _, kind, detail, quote, start, end, others = row
    return Defect(kind, detail, quote, start, end, load(others, tuple[Span, ...]))


def dump(value: object, shape: Any) -> str:
    """A value of the given shape as JSON, such as dump((Run(0, 0, 1),), tuple[Run, ...])."""
    return str(_adapter(shape).dump_json((value,)).decode())


def load(row: str, shape: Any) -> Any:
    """A value from its JSON; raises LibraryError where fields are missing, unknown or of another type."""
    from pydantic import ValidationError

    try:
        return _adapter(shape).validate_json(row)[0]
    except ValidationError as error:
        raise LibraryError("row_unreadable", reason=error.errors()[0]["msg"]) from error


@cache
def _adapter(shape: Any) -> Any:
    from pydantic import ConfigDict, TypeAdapter  # 0.2 s, and `--help` needs none of it

    # in a tuple of one: the configuration is passed on to dataclasses inside, but not accepted for one itself
    return TypeAdapter(tuple[shape], config=ConfigDict(extra="forbid", strict=True))
