"""Where a report dates itself in two ways, or tells what happened after it was signed."""

from collections.abc import Iterator, Sequence

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
_OPENING = concept("announcement")


def dated_otherwise(question: Question, report: Report) -> Iterator[Contradiction]:
    """Asked for the year a report is about: the title, the headings and the opening say different ones."""
    if not _ASKS_YEAR.search(question.text) or not _DOCUMENT.search(question.text):
        return
    topic = "plan" if _PLAN.search(question.text) else "result"
    by_year: dict[int, tuple[Sentence, str]] = {}
    for sentence, place, years in _stated(report):
        for year in (year for year, about in years if about == topic):
            by_year.setdefault(year, (sentence, place))
    if len(by_year) > 1:
        said = "，".join(_dated(report, s, place, year) for year, (s, place) in by_year.items())
        yield Contradiction(claim("dated_otherwise", dated=said), tuple((report, s) for s, _ in by_year.values()))


def not_dated_as_titled(question: Question, report: Report) -> Iterator[Contradiction]:
    """Asked under a year that only a contradicting heading gives: said with the year of the title."""
    own = {report.metadata.year, report.metadata.plan_year}
    for asked in sorted(years_in(question.text)):
        found = [(s, place) for s, place, years in _stated(report) if asked in {year for year, _ in years}]
        if asked not in own and found:
            sentence, place = found[-1]
            dated = _dated(report, sentence, place, asked)
            said = claim("not_dated_as_titled", dated=dated, year=report.metadata.year)
            yield Contradiction(said, ((report, sentence), *_title(report)))
            return


def _stated(report: Report) -> Iterator[tuple[Sentence, str, Sequence[tuple[int, str]]]]:
    """Lines that date the report, what people call such a line, and the years with what they are about."""
    for sentence in report.sentences:
        text = words_of(report, sentence)
        is_opening = sentence.role == "body" and _OPENING.search(text)
        if sentence.role == "body" and not is_opening:
            continue
        years = [(year, topic) for year, topic in year_topics(fold(text)) if topic]
        if years:
            place = "opening" if is_opening else "heading" if sentence.role == "heading" else "title"
            is_title = (
                report.metadata.title is not None and text.strip() == fold_characters(report.metadata.title).strip()
            )
            yield sentence, "title" if is_title else place, years


def _dated(report: Report, sentence: Sentence, place: str, year: int) -> str:
    return claim("dated", place=claim(place), year=year, words=words_of(report, sentence))


def _title(report: Report) -> tuple[tuple[Report, Sentence], ...]:
    found = next((s for s, place, _ in _stated(report) if place == "title"), None)
    return ((report, found),) if found else ()


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
