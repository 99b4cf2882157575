"""The quantitative statements of a report: every figure with what it counts, in which unit, for when, and as what.

Pure code reads them off the text; no model has a part in it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from rag.parsing.figures.amounts import read_amounts
from rag.parsing.figures.periods import Status, Timing, time_of
from rag.parsing.figures.subjects import Named, name_amounts
from rag.parsing.figures.timeline import ToldSentence, told_sentences
from rag.parsing.figures.topics import Topic, topic_of
from rag.parsing.report import Report, ReportSource
from rag.parsing.rows import captions_of, entries_in, entry_at
from rag.text.lexicon import concept
from rag.text.place_names import Level
from rag.types import Span

_DOUBLINGS = "番"
_THIS_YEAR, _INTENDED = concept("the_year"), concept("plan_as_verb", "striving", "intention")


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure of one report. Offsets count in the report's clean text.

    Example: 创收300余万元 has value "300", approx "余", unit "万元", value_base 3000000, unit_base "元".
    """

    report_id: str
    town: str | None
    year: int | None  # of the statement: the plan year in plan sections
    topic: Topic
    section: str
    subject: str  # in the report's words, simplified
    value: str  # in Arabic digits, before 万 and 亿; "2-3" where the report gives a range
    approx: str | None  # the word that says it: 余, 多, 近, 以上, 约 …
    unit: str
    value_base: Decimal | None  # with 万 and 亿 multiplied out; None for a range
    unit_base: str
    period: str | None  # 2020年全年, 目前, 截至12月底 … as the report says it, else the year of the statement
    status: Status
    quote: Span  # the clauses that hold subject and figure
    figure: Span  # the figure itself, inside the quotation


def read_indicators(report: Report) -> tuple[Indicator, ...]:
    """Every quantitative statement of a report, in its order."""
    captions = captions_of(report)
    return tuple(
        row for told in told_sentences(report) for row in _of(told, captions.get(told.sentence.start, ""), report)
    )


def _of(told: ToldSentence, caption: str, report: Report) -> Iterator[Indicator]:
    for named in name_amounts(told.parsed.folded, read_amounts(told.parsed)):
        yield _indicator(named, _timing(named, told, caption), told, report)


def _timing(named: Named, told: ToldSentence, caption: str) -> Timing:
    flat, start = told.parsed.folded, named.amount.start
    if named.amount.unit == _DOUBLINGS:
        start = named.amount.end  # 比2017年翻一番: the year before it is compared with
    words = flat[named.start : named.end]
    when = replace(told.told, says_this_year=told.told.kind != "plan" and _says_this_year(flat))
    entry = entry_at(entries_in(flat), start)
    if entry is None:
        return time_of(told.lead + flat[:start], words, when)
    own = entry.kind(told.sentence.kind, when.year)
    is_later = own == "result" and caption > f"{when.year}年"  # heads a section of plans
    before = ("" if is_later else caption) + flat[entry.told_from : start]
    timing = time_of(before, words, replace(when, kind=own))
    year = entry.year(when.year) or timing.year
    status = entry.status if own == "result" and entry.status else timing.status
    return Timing(year, entry.period(year) or timing.period, status)


def _says_this_year(flat: str) -> bool:
    return bool(_THIS_YEAR.search(flat) and not _INTENDED.search(flat))


def _indicator(named: Named, timing: Timing, told: ToldSentence, report: Report) -> Indicator:
    amount, metadata, sentence, flat = named.amount, report.metadata, told.sentence, told.parsed.folded
    words = flat[named.start : named.end]
    return Indicator(
        report_id=report.id,
        town=metadata.town,
        year=timing.year,
        topic=topic_of(words, sentence.section),
        section=sentence.section,
        subject=named.subject,
        value=amount.value,
        approx=amount.approx,
        unit=amount.unit,
        value_base=amount.value_base,
        unit_base=amount.unit_base,
        period=timing.period,
        status=timing.status,
        quote=Span(sentence.start + named.start, sentence.start + named.end),
        figure=Span(sentence.start + amount.start, sentence.start + amount.end),
    )


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure of one file: the file's text[start:end] == quote."""

    report: str
    file: str
    page: int | None
    town: str | None
    level: Level | None
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
        level=report.metadata.level,
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
