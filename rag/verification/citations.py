"""From a claim's sentences to verbatim quotations with offsets into a source file."""

from collections.abc import Mapping, Sequence

from rag.parsing.figures.timeline import period_of
from rag.parsing.report import Report, ReportSource, Sentence
from rag.text.figures import read_figures
from rag.text.normalization import fold
from rag.types import Span
from rag.verification.claims import Citation, Evidence, Role


def cite(item: Evidence, source: ReportSource, role: Role = "evidence") -> Citation:
    """The quotation of an evidence sentence, copied from the source file its offsets count in."""
    span = source.offsets.to_source(Span(item.sentence.start, item.sentence.end))
    return Citation(
        report=item.report_id,
        file=source.file.name,
        page=source.file.page(span.start),
        town=item.town,
        year=item.year,
        report_year=item.report_year,
        section=item.sentence.section,
        role=role,
        quote=source.file.text[span.start : span.end],
        start=span.start,
        end=span.end,
        level=item.level,
    )


def context_for(text: str, cited: Sequence[Evidence], reports: Mapping[str, Report]) -> list[tuple[Report, Sentence]]:
    """Titles and headings that give the towns and years which the claim names and its quotations do not."""
    context: list[tuple[Report, Sentence]] = []
    for report_id in dict.fromkeys(item.report_id for item in cited):
        report = reports[report_id]
        mine = [item for item in cited if item.report_id == report_id]
        said = fold(" ".join(item.text for item in mine))
        for wanted in _unsaid(text, said, report):
            line = _line_with(wanted, report, mine)
            if line is not None and (report, line) not in context:
                context.append((report, line))
    return context


def _unsaid(text: str, said: str, report: Report) -> list[str]:
    town = report.metadata.town
    wanted = [fold(town)] if town and fold(town) in fold(text) and fold(town) not in said else []
    years = {str(int(f.value)) for f in read_figures(text) if f.kind == "year"}
    return wanted + sorted(year for year in years if year not in said)


def _line_with(wanted: str, report: Report, cited: Sequence[Evidence]) -> Sentence | None:
    """The heading nearest before the quotation that says it, else the first metadata line or heading that does."""
    lines = [s for s in report.sentences if s.role != "body" and wanted in fold(report.text[s.start : s.end])]
    before = [s for s in lines if s.role == "heading" and s.start < cited[0].sentence.start]
    if before:
        return before[-1]
    return lines[0] if lines else _first_body_with(wanted, report)


def _first_body_with(wanted: str, report: Report) -> Sentence | None:
    return next((s for s in report.sentences if wanted in fold(report.text[s.start : s.end])), None)


def as_evidence(number: int, report: Report, sentence: Sentence) -> Evidence:
    """A sentence of a report as a numbered line of evidence."""
    metadata = report.metadata
    return Evidence(
        number=number,
        report_id=report.id,
        sentence=sentence,
        text=report.text[sentence.start : sentence.end],
        town=metadata.town,
        county=metadata.county,
        report_year=metadata.year,
        year=metadata.plan_year if sentence.kind == "plan" and metadata.plan_year else metadata.year,
        level=metadata.level,
        period=period_of(report, sentence),
        reading=report.said(sentence),
    )
