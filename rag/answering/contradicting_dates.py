"""Where a report dates itself in two ways, or tells what happened after it was signed."""

from collections.abc import Iterator
from dataclasses import dataclass

from rag.answering.messages import claim
from rag.answering.questions import Question
from rag.answering.stored_conflicts import Contradiction, clause_at, stored_conflicts, words_of
from rag.parsing.report import Report, ReportSource, Sentence
from rag.parsing.years import year_topics
from rag.text.figures import read_figures, years_in
from rag.text.lexicon import concept
from rag.text.normalization import fold, fold_characters

_ASKS_YEAR = concept("asks_year")
_ASKS_DATE = concept("asks_date")
_PLAN = concept("plan")
_DOCUMENT = concept("report_words", "plan", "kind_of_document")
_SIGNED = concept("signing")


@dataclass(frozen=True, slots=True)
class _Dated:
    """A line that dates the results or the plans of a report."""

    year: int
    topic: str  # result or plan
    sentence: Sentence


def dated_otherwise(question: Question, report: Report, source: ReportSource) -> Iterator[Contradiction]:
    """Asked for the year a report is about: the title, the headings and the opening say different ones."""
    if not _ASKS_YEAR.search(question.text) or not _DOCUMENT.search(question.text):
        return
    topic = "plan" if _PLAN.search(question.text) else "result"
    by_year: dict[int, _Dated] = {}
    for each in _conflicting(report, source):
        if each.topic == topic:
            by_year.setdefault(each.year, each)
    if len(by_year) > 1:
        said = "，".join(_said(report, each) for each in by_year.values())
        places = tuple((report, each.sentence) for each in by_year.values())
        yield Contradiction(claim("dated_otherwise", dated=said), places)


def not_dated_as_titled(question: Question, report: Report, source: ReportSource) -> Iterator[Contradiction]:
    """Asked under a year that only a contradicting heading gives: said with the year of the title."""
    own = {report.metadata.year, report.metadata.plan_year}
    lines = _conflicting(report, source)
    for asked in sorted(years_in(question.text) - own):
        found = [each for each in lines if each.year == asked]
        if found:
            said = claim("not_dated_as_titled", dated=_said(report, found[-1]), year=report.metadata.year)
            titles = [each.sentence for each in lines if _place(report, each.sentence) == "title"]
            yield Contradiction(said, tuple((report, sentence) for sentence in (found[-1].sentence, *titles[:1])))
            return


def _conflicting(report: Report, source: ReportSource) -> list[_Dated]:
    """The title's date and those that contradict it, in the order of the text."""
    places = {place for conflict in stored_conflicts("year_conflict", report, source) for place in conflict}
    return [
        _Dated(year, topic, place.sentence)
        for place in sorted(places, key=lambda place: place.span.start)
        for year, topic in year_topics(fold(report.text[place.span.start : place.span.end]))
    ]


def _said(report: Report, dated: _Dated) -> str:
    place = claim(_place(report, dated.sentence))
    return claim("dated", place=place, year=dated.year, words=words_of(report, dated.sentence))


def _place(report: Report, sentence: Sentence) -> str:
    """What people call a line that dates the report."""
    if words_of(report, sentence) == fold_characters(report.metadata.title or "").strip():
        return "title"
    return "opening" if sentence.role == "body" else "heading" if sentence.role == "heading" else "title"


def dated_after_signing(question: Question, report: Report, source: ReportSource) -> Iterator[Contradiction]:
    """Asked for the signing date, or for a date the report gives: dates after the signing cannot be known by then."""
    signed = report.metadata.signing_date
    asked = {int(f.value) % 10000 for f in read_figures(question.text) if f.kind == "date"}
    if signed is None or not (_SIGNED.search(question.text) and (asked or _ASKS_DATE.search(question.text))):
        return
    for late, *_ in stored_conflicts("late_date", report, source):
        clause = clause_at(late.span, late.sentence, report)
        dates = {int(f.value) % 10000 for f in read_figures(clause) if f.kind == "date"}
        days = {date for date in dates if date % 100}  # a month alone may be another year's
        if late.sentence.role == "body" and days and (not asked or asked & days):
            day = {"year": int(signed[:4]), "month": int(signed[5:7]), "day": int(signed[8:10])}
            said = claim("dated_after_signing", words=clause, **day)
            yield Contradiction(said, (*_signing_line(report, signed), (report, late.sentence)))
            return


def _signing_line(report: Report, signed: str) -> tuple[tuple[Report, Sentence], ...]:
    value = int(signed.replace("-", ""))
    for sentence in reversed(report.sentences):
        if any(f.kind == "date" and int(f.value) == value for f in read_figures(words_of(report, sentence))):
            return ((report, sentence),)
    return ()
