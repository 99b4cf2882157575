"""When sentences are told for: the years of their headings, and times that go on from sentence to sentence."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.parsing.figures.periods import Told
from rag.parsing.report import Report, Sentence
from rag.text.clauses import SENTENCE_MARKS
from rag.text.dates import dates_in
from rag.text.figures import level
from rag.text.lexicon import concept, table
from rag.text.parsed_text import ParsedText
from rag.text.time_spans import TimeSpan, opening, time_spans
from rag.types import SectionKind

_FULL_STOPS = tuple(SENTENCE_MARKS.replace("；", "").replace(";", ""))
_HELD = concept("government_report")
_UNTOLD = table("time_spans")["untold"]
_MAY_OPEN = re.compile("[年期届]")


@dataclass(frozen=True, slots=True)
class ToldSentence:
    """A sentence with what stands before it since the last full stop of its line, folded, and when it is told for."""

    sentence: Sentence
    parsed: ParsedText
    lead: str
    told: Told


def told_sentences(report: Report) -> Iterator[ToldSentence]:
    """The sentences of the body, in order.

    Example: of "2021年的目标是：增长8%；增收6%。" the second has the lead "2021年的目标是:增长8%;"
    """
    return _told_in(report, report.sentences)


def period_of(report: Report, sentence: Sentence) -> TimeSpan | None:
    """The time that goes on to a sentence from its heading or from earlier ones of its line; None where none does.

    Example: of "五年来，道路通到每个村。新增就业1200人。" the second is told for 五年来
    """
    if sentence.role != "body":
        return None
    first = last = bisect_left(report.sentences, sentence.start, key=lambda each: each.start)
    while first and "\n" not in report.text[report.sentences[first - 1].end : report.sentences[first].start]:
        first -= 1
    before = report.text[report.sentences[first].start : sentence.start]
    if not _MAY_OPEN.search(before):  # most lines, which need not be read
        over_section = span_of_section(sentence.section)
        return over_section if over_section and not over_section.year else None
    return [*_told_in(report, report.sentences[first : last + 1])][-1].told.opened


def _told_in(report: Report, sentences: Sequence[Sentence]) -> Iterator[ToldSentence]:
    lead, end = "", 0
    opened: TimeSpan | None = None
    for sentence in sentences:
        if sentence.role != "body":
            continue
        parsed = report.said(sentence)
        if "\n" in report.text[end : sentence.start]:
            lead, opened = "", None
        over_section = span_of_section(sentence.section)
        if not lead:
            opened = _opened(parsed.folded, over_section) or opened
        yield ToldSentence(sentence, parsed, lead, _told(report, sentence.kind, over_section, opened))
        lead = "" if parsed.folded.endswith(_FULL_STOPS) else lead + parsed.folded
        end = sentence.end


def year_of(report: Report, sentence: Sentence) -> int | None:
    """The year that a sentence is of where it names none: that of its section, else its report's."""
    return _told(report, sentence.kind, span_of_section(sentence.section), None).own_year


def _told(report: Report, kind: SectionKind, over_section: TimeSpan | None, opened: TimeSpan | None) -> Told:
    year, plan_year = report.metadata.year, report.metadata.plan_year
    if over_section and over_section.year:
        year, plan_year = (year, over_section.year) if kind == "plan" else (over_section.year, plan_year)
    return Told(kind, year, plan_year, opened or (over_section if over_section and not over_section.year else None))


@lru_cache(maxsize=4096)
def span_of_section(path: str) -> TimeSpan | None:
    """The one year, or the several, that the lowest heading with a time names: 2021年工作回顾, “十三五”时期成就."""
    for heading in reversed(level(path).split(" / ")):
        years = {date.year for date in dates_in(heading) if date.year}
        spans = [span for span in time_spans(heading) if span.reach in ("year", "years")]
        if years and not _HELD.search(heading):
            return (
                next((span for span in spans if span.year in years and span.reach == "year"), None)
                if len(years) == 1
                else None
            )
        if spans and spans[0].reach == "years":
            return spans[0]
    return None


def _opened(sentence: str, over_section: TimeSpan | None) -> TimeSpan | None:
    """The time that a sentence opens for the rest of its line: several years, or among these a single one."""
    span = opening(sentence)
    if span is None or span.text in _UNTOLD:
        return None
    if span.reach == "year":
        is_among_several = over_section is not None and over_section.reach == "years"
        return span if is_among_several and span.year else None
    goes_on = not span.text.endswith("年") or span.text.startswith("这") or sentence.startswith((",", "，"), span.end)
    return span if span.reach == "years" and span.year is None and goes_on else None
