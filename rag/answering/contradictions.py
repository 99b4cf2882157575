"""Where a report contradicts itself on what is asked: its own dating, a figure given twice, figures that cannot be.

Found by code in the report itself, so that both places can be quoted side by side.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rag.answering.contradicting_dates import dated_after_signing, dated_otherwise, not_dated_as_titled
from rag.answering.messages import claim
from rag.answering.questions import Question
from rag.answering.stored_conflicts import Contradiction, Place, clause_at, stored_conflicts, words_of
from rag.parsing.defects.sums import parts_beyond_whole
from rag.parsing.defects.units import LOOSE_FIGURE
from rag.parsing.report import Report, ReportSource, Sentence
from rag.text.bigrams import character_coverage, content_bigrams
from rag.text.clauses import CLAUSE_END, bare
from rag.text.figures import Figure, read_figures, same_figure
from rag.text.lexicon import concept
from rag.text.normalization import fold_characters
from rag.text.units import same_measure
from rag.verification.claims import Evidence

SPEAKS_OF_IT = 0.4  # of the question's characters that a figure's own words must carry
SHARED_CORE = 0.3  # of those that a second figure for the same subject must have as well
FEW_WORDS = 2  # bigrams by which alone no subject is known: they must stand right before the figure
NEAR = 3  # characters
_DOUBTS = concept("doubt")


def contradictions(question: Question, report: Report, source: ReportSource) -> list[Contradiction]:
    """Where the report a question is about contradicts itself on just what is asked: both places are the answer."""
    return [
        *dated_otherwise(question, report, source),
        *dated_after_signing(question, report, source),
        *_given_twice(question, report),
    ]


def doubts(
    question: Question, said: str, cited: Sequence[Evidence], report: Report, source: ReportSource
) -> list[Contradiction]:
    """What does not fit in an answer and its own sentences, to be said beside the answer `said`."""
    return [
        *not_dated_as_titled(question, report, source),
        *_impossible(question, cited, report),
        *_told_otherwise(said, cited, report, source),
    ]


def _told_otherwise(
    said: str, cited: Sequence[Evidence], report: Report, source: ReportSource
) -> Iterator[Contradiction]:
    """A figure of the answer, of which the report gives another value elsewhere."""
    answered = {figure.value for figure in read_figures(said)}
    own = [item.sentence for item in cited if item.report_id == report.id]
    for places in dict.fromkeys(stored_conflicts("figure_conflict", report, source)):
        stand = [place for place in places if place.sentence in own]
        if any(answered & _values_at(place, report) for place in stand):
            first, second = (clause_at(place.span, place.sentence, report) for place in places)
            statement = claim("given_twice", first=first, second=second)
            yield Contradiction(statement, tuple((report, place.sentence) for place in places))


def _values_at(place: Place, report: Report) -> set[Decimal]:
    """The values of the figures that a place names."""
    text = report.text[place.sentence.start : place.sentence.end]
    start, end = place.span.start - place.sentence.start, place.span.end - place.sentence.start
    return {figure.value for figure in read_figures(text) if figure.start < end and start < figure.end}


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
        for clause in CLAUSE_END.split(words_of(report, sentence)):
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
    for each in parts_beyond_whole(item.parsed):
        if character_coverage(question.matter, place, content_bigrams(each.words)) >= SPEAKS_OF_IT:
            said = claim("part_beyond_whole", part=each.part.text, whole=each.whole.text)
            yield Contradiction(said, ((report, item.sentence),))
