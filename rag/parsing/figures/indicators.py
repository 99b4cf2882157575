"""The quantitative statements of a report: every figure with what it counts, in which unit, for when, and as what.

Pure code reads them off the text; no model has a part in it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from rag.parsing.figures.amounts import read_amounts
from rag.parsing.figures.headed import Headed, headed, names_time
from rag.parsing.figures.periods import Status, Timing, time_of
from rag.parsing.figures.quantities import Quantity
from rag.parsing.figures.subjects import Named, name_amounts
from rag.parsing.figures.timeline import ToldSentence, told_sentences
from rag.parsing.figures.topics import Topic, topic_of
from rag.parsing.heads.clause import Lent
from rag.parsing.heads.lending import ClauseHead, HeadsBySentence, heads_by_sentence
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
    subject: str  # in the report's words, simplified, with what is lent before its own
    own: str  # the subject as the clauses of the quotation say it
    head: str  # what the subject begins with that other clauses lend it; empty where it needs nothing
    lent: tuple[Lent, ...]  # where the words stand that are before its own
    quantity: Quantity
    whose: str | None  # of one of several groups or places, such as 农民; None where it is the report's own
    is_part: bool  # of what another row gives the whole of
    is_base: bool  # what another row has changed from, such as 52% in 由52%提高到76%
    value: str  # in Arabic digits, before 万 and 亿; "2-3" where the report gives a range
    approx: str | None  # the word that says it: 余, 多, 近, 以上, 约 …
    unit: str
    value_base: Decimal | None  # with 万 and 亿 multiplied out; None for a range
    unit_base: str
    period: str | None  # 2020年全年, 目前, 截至12月底 … as the report says it, else the year of the statement
    status: Status
    quote: Span  # the clauses that hold subject and figure
    figure: Span  # the figure itself, inside the quotation


def read_indicators(report: Report, heads: HeadsBySentence | None = None) -> tuple[Indicator, ...]:
    """Every quantitative statement of a report, in its order; `heads` where its clauses have been read already."""
    captions = captions_of(report)
    heads = heads_by_sentence(report) if heads is None else heads
    return tuple(
        row
        for told in told_sentences(report)
        for row in _of(told, captions.get(told.sentence.start, ""), heads.get(told.sentence.start, ()), report)
    )


def _of(told: ToldSentence, caption: str, heads: Sequence[ClauseHead], report: Report) -> Iterator[Indicator]:
    every = name_amounts(told.parsed.folded, read_amounts(told.parsed))
    for named in every:
        name = headed(named, every, told, heads, report.text)
        timing = _timing(named, told, caption)
        if name.is_base and not names_time(told.parsed.folded[: named.amount.start]):
            timing = Timing(None, None, timing.status)  # 由52%提高到76% does not say when it was 52%
        yield _indicator(named, timing, name, told, report)


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


def _indicator(named: Named, timing: Timing, name: Headed, told: ToldSentence, report: Report) -> Indicator:
    amount, metadata, sentence, flat = named.amount, report.metadata, told.sentence, told.parsed.folded
    words = flat[named.start : named.end]
    return Indicator(
        report_id=report.id,
        town=metadata.town,
        year=timing.year,
        topic=topic_of(words, sentence.section),
        section=sentence.section,
        subject=name.subject,
        own=name.own,
        head=name.head,
        lent=name.lent,
        quantity=name.quantity,
        whose=name.whose,
        is_part=name.is_part,
        is_base=name.is_base,
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
    own: str
    head: str
    quantity: Quantity
    whose: str | None
    is_part: bool
    is_base: bool
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
        own=indicator.own,
        head=indicator.head,
        quantity=indicator.quantity,
        whose=indicator.whose,
        is_part=indicator.is_part,
        is_base=indicator.is_base,
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
