"""Where a report contradicts itself on what is asked: its own dating, a figure given twice, figures that cannot be.

Found by code in the report itself, so that both places can be quoted side by side.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rag.answering.messages import claim
from rag.answering.questions import Question
from rag.parsing.defects.sums import parts_beyond_whole
from rag.parsing.defects.units import LOOSE_FIGURE
from rag.parsing.report import DefectKind, Report, ReportSource, Sentence
from rag.parsing.years import year_topics
from rag.text.bigrams import character_coverage, content_bigrams
from rag.text.clauses import CLAUSE_END, bare
from rag.text.figures import Figure, read_figures, same_figure, years_in
from rag.text.lexicon import concept
from rag.text.normalization import fold, fold_characters
from rag.text.units import same_measure
from rag.types import Span
from rag.verification.claims import Evidence

SPEAKS_OF_IT = 0.4  # of the question's characters that a figure's own words must carry
SHARED_CORE = 0.3  # of those that a second figure for the same subject must have as well
FEW_WORDS = 2  # bigrams by which alone no subject is known: they must stand right before the figure
NEAR = 3  # characters
_ASKS_YEAR, _ASKS_DATE = concept("asks_year"), concept("asks_date")
_PLAN = concept("plan")
_DOCUMENT = concept("report_words", "plan", "kind_of_document")
_DOUBTS = concept("doubt")
_SIGNED = concept("signing")
_OPENING = concept("announcement")


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What does not fit together, in one sentence, and the sentences that say it."""

    statement: str
    places: tuple[tuple[Report, Sentence], ...]


def contradictions(question: Question, report: Report, source: ReportSource) -> list[Contradiction]:
    """Where the report a question is about contradicts itself on just what is asked: both places are the answer."""
    return [*_dating(question, report), *_signing(question, report, source), *_given_twice(question, report)]


def doubts(
    question: Question, said: str, cited: Sequence[Evidence], report: Report, source: ReportSource
) -> list[Contradiction]:
    """What does not fit in an answer and its own sentences, to be said beside the answer `said`."""
    return [
        *_heading_year(question, report),
        *_impossible(question, cited, report),
        *_told_otherwise(said, cited, report, source),
    ]


@dataclass(frozen=True, slots=True)
class _Place:
    """One of the places of a stored defect: its clean span, and the sentence it stands in."""

    span: Span
    sentence: Sentence


def _stored(kind: DefectKind, report: Report, source: ReportSource) -> Iterator[tuple[_Place, ...]]:
    """The places of each defect of a kind that was found when the file was read, in the order of the text."""
    for defect in source.defects:
        if defect.kind == kind and defect.others:
            spans = [source.offsets.to_clean(place) for place in (Span(defect.start, defect.end), *defect.others)]
            places = [_Place(span, s) for span in spans if span is not None for s in _around(span, report)]
            if len(places) == len(spans):
                yield tuple(sorted(places, key=lambda place: place.span.start))


def _told_otherwise(
    said: str, cited: Sequence[Evidence], report: Report, source: ReportSource
) -> Iterator[Contradiction]:
    """A figure of the answer, of which the report gives another value elsewhere."""
    answered = {figure.value for figure in read_figures(said)}
    own = [item.sentence for item in cited if item.report_id == report.id]
    for places in dict.fromkeys(_stored("figure_conflict", report, source)):
        stand = [place for place in places if place.sentence in own]
        if any(answered & _values_at(place, report) for place in stand):
            first, second = (_clause(place.span, place.sentence, report) for place in places)
            statement = claim("given_twice", first=first, second=second)
            yield Contradiction(statement, tuple((report, place.sentence) for place in places))


def _values_at(place: _Place, report: Report) -> set[Decimal]:
    """The values of the figures that a place names."""
    text = report.text[place.sentence.start : place.sentence.end]
    start, end = place.span.start - place.sentence.start, place.span.end - place.sentence.start
    return {figure.value for figure in read_figures(text) if figure.start < end and start < figure.end}


def _around(span: Span, report: Report) -> list[Sentence]:
    return [s for s in report.sentences if s.start <= span.start and span.end <= s.end][:1]


def _clause(span: Span, sentence: Sentence, report: Report) -> str:
    """The clause of a sentence that a span ends in."""
    text = report.text[sentence.start : sentence.end]
    ends = [0, *(match.end() for match in CLAUSE_END.finditer(text)), len(text)]
    start = max(end for end in ends if end < span.end - sentence.start)
    end = min(end for end in ends if end >= span.end - sentence.start)
    return bare(fold_characters(text[start:end]))


def _dating(question: Question, report: Report) -> Iterator[Contradiction]:
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


def _heading_year(question: Question, report: Report) -> Iterator[Contradiction]:
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
        text = _text(report, sentence)
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
    return claim("dated", place=claim(place), year=year, words=_text(report, sentence))


def _title(report: Report) -> tuple[tuple[Report, Sentence], ...]:
    found = next((s for s, place, _ in _stated(report) if place == "title"), None)
    return ((report, found),) if found else ()


def _signing(question: Question, report: Report, source: ReportSource) -> Iterator[Contradiction]:
    """Asked for the signing date, or for a date the report gives: dates after the signing cannot be known by then."""
    signed = report.metadata.signing_date
    asked = {int(f.value) % 10000 for f in read_figures(question.text) if f.kind == "date"}
    if signed is None or not (_SIGNED.search(question.text) and (asked or _ASKS_DATE.search(question.text))):
        return
    for late, *_ in _stored("late_date", report, source):
        clause = _clause(late.span, late.sentence, report)
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
        if any(f.kind == "date" and int(f.value) == value for f in read_figures(_text(report, sentence))):
            return ((report, sentence),)
    return ()


@dataclass(frozen=True, slots=True)
class _Given:
    """A figure with the words it owns and how much of the question they carry."""

    sentence: Sentence
    clause: str
    figure: Figure
    words: frozenset[str]
    beside: frozenset[str]  # of the words right before it
    carried: float


def _given_twice(question: Question, report: Report) -> Iterator[Contradiction]:
    """Asked in doubt for a figure: the report gives two values for what the question names."""
    if not _DOUBTS.search(question.text):
        return
    place = content_bigrams(f"{report.metadata.county or ''}{report.metadata.town or ''}")
    about = _DOUBTS.remove(re.split("[？?]", question.text)[0], " ")
    given = list(_figures_for(about, place, report))
    best = max(given, key=lambda each: (each.carried, -each.sentence.start), default=None)
    if best is None or best.carried < SPEAKS_OF_IT:
        return
    core = best.words & content_bigrams(about)
    rivals = [
        each
        for each in given
        if each.sentence != best.sentence and _differ(best.figure, each.figure)
        if len(core) > FEW_WORDS or core & each.beside
    ]
    other = max(rivals, key=lambda each: (len(each.words & core), each.carried, -each.sentence.start), default=None)
    if other is not None and len(other.words & core) >= max(1, SHARED_CORE * len(core)):
        first, second = sorted((best, other), key=lambda each: each.sentence.start)
        said = claim("given_twice", first=first.clause, second=second.clause)
        yield Contradiction(said, ((report, first.sentence), (report, second.sentence)))


def _figures_for(about: str, place: frozenset[str], report: Report) -> Iterator[_Given]:
    for sentence in report.sentences:
        if sentence.kind == "plan" or sentence.role != "body":
            continue
        for clause in CLAUSE_END.split(_text(report, sentence)):
            for figure in read_figures(clause):
                words = content_bigrams(clause)
                carried = round(character_coverage(about, place, words), 6)
                if figure.kind == "quantity" and figure.measure and carried:
                    beside = content_bigrams(clause[max(0, figure.start - NEAR) : figure.start])
                    yield _Given(sentence, bare(clause), figure, words, beside, carried)


def _differ(one: Figure, other: Figure) -> bool:
    return same_measure(one.measure, other.measure) and not same_figure(one, other) and one.value != other.value


def _impossible(question: Question, cited: Sequence[Evidence], report: Report) -> Iterator[Contradiction]:
    """Figures of the answer's own sentences that cannot be right as they stand."""
    for item in cited:
        if item.report_id != report.id:
            continue
        place = content_bigrams(f"{item.county or ''}{item.town or ''}")
        for clause in CLAUSE_END.split(item.text):
            match = LOOSE_FIGURE.search(fold_characters(clause))
            if match is None:
                continue
            words = bare(clause)
            if character_coverage(question.text, place, content_bigrams(words)) < SPEAKS_OF_IT:
                continue
            yield Contradiction(claim("impossible", words=words, figure=match[0]), ((report, item.sentence),))
        yield from _part_beyond_whole(question, item, report)


def _part_beyond_whole(question: Question, item: Evidence, report: Report) -> Iterator[Contradiction]:
    """收集102条，解决119例: said where just these are asked for."""
    place = content_bigrams(f"{item.county or ''}{item.town or ''}")
    for each in parts_beyond_whole(item.text):
        if character_coverage(question.matter, place, content_bigrams(each.words)) >= SPEAKS_OF_IT:
            said = claim("part_beyond_whole", part=each.part.text, whole=each.whole.text)
            yield Contradiction(said, ((report, item.sentence),))


def _text(report: Report, sentence: Sentence) -> str:
    return fold_characters(report.text[sentence.start : sentence.end]).strip()
