"""Statements as rows for other programs and for tables: a contract with whoever reads `zhenbao figures --json`."""

from dataclasses import dataclass

from rag.indicators import Indicator, read_indicators
from rag.timing import Status
from rag.types import Report, ReportSource


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure of one file: the file's text[start:end] == quote."""

    report: str
    file: str
    page: int | None
    town: str | None
    county: str | None
    year: int | None
    report_year: int | None
    topic: str
    section: str
    subject: str
    value: str
    approx: str | None
    unit: str
    value_base: int | float | None
    unit_base: str
    period_or_asof: str | None
    status: Status
    quote: str
    start: int
    end: int


def figure_rows(report: Report, source: ReportSource) -> tuple[FigureRow, ...]:
    """The quantitative statements of a report, with offsets into one of its files."""
    return tuple(_row(indicator, report, source) for indicator in read_indicators(report))


def _row(indicator: Indicator, report: Report, source: ReportSource) -> FigureRow:
    span = source.offsets.to_source(indicator.quote)
    base = indicator.value_base
    return FigureRow(
        report=report.id,
        file=source.file.name,
        page=source.file.page(span.start),
        town=indicator.town,
        county=report.metadata.county,
        year=indicator.year,
        report_year=report.metadata.year,
        topic=indicator.topic,
        section=indicator.section,
        subject=indicator.subject,
        value=indicator.value,
        approx=indicator.approx,
        unit=indicator.unit,
        value_base=None if base is None else int(base) if base == int(base) else float(base),
        unit_base=indicator.unit_base,
        period_or_asof=indicator.period,
        status=indicator.status,
        quote=source.file.text[span.start : span.end],
        start=span.start,
        end=span.end,
    )
