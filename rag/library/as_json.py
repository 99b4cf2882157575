"""Reports and hits in the JSON shapes of the command line. Pure."""

from collections.abc import Iterable
from dataclasses import asdict

from rag.library.listing import FiledDefect, Listed
from rag.library.results import Hit
from rag.parsing.report import Report, ReportSource
from rag.types import JsonObject, Span


def hit_json(rank: int, hit: Hit, report: Report, source: ReportSource) -> JsonObject:
    """One row of `zhenbao search --json`: the passage as the source has it, with its offsets there."""
    metadata = report.metadata
    span = source.offsets.to_source(Span(hit.chunk.start, hit.chunk.end))
    return {
        "rank": rank,
        "report": report.id,
        "file": source.file.name,
        "page": source.file.page(span.start),
        "town": metadata.town,
        "level": metadata.level,
        "county": metadata.county,
        "year": metadata.plan_year if hit.chunk.kind == "plan" else metadata.year,
        "report_year": metadata.year,
        "section": hit.chunk.section,
        "kind": hit.chunk.kind,
        "text": source.file.text[span.start : span.end],
        "start": span.start,
        "end": span.end,
        "score": round(hit.score, 6),
    }


def report_json(report: Listed, defects: Iterable[FiledDefect]) -> JsonObject:
    """One row of `zhenbao reports --json`; `corrected` has what the report itself states of fields set by hand."""
    metadata = report.metadata
    return {
        "id": report.id,
        "title": metadata.title,
        "town": metadata.town,
        "level": metadata.level,
        "county": metadata.county,
        "year": metadata.year,
        "plan_year": metadata.plan_year,
        "issuer": metadata.issuer,
        "date": metadata.publish_date or metadata.signing_date,
        "publish_date": metadata.publish_date,
        "signing_date": metadata.signing_date,
        "city": metadata.city,
        "province": metadata.province,
        "addressee": metadata.addressee,
        "document_kind": metadata.document_kind,
        "corrected": report.former,
        "characters": report.characters,
        "chunks": report.passages,
        "warnings": [{**asdict(each.defect), "file": each.file} for each in defects],
        "files": list(report.files),
        "sample": report.is_sample,
    }
