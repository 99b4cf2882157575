"""Comparing: one subject across towns and years, found among the subjects of stored figures."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rag.errors import IndexDamaged, ModelError
from rag.library.figure_store import Brief, FigureChoice, briefs, figures_at, real_reports, unread_notices
from rag.library.library import Library
from rag.library.listing import Choice
from rag.library.results import Scope
from rag.library.subject_index import SubjectIndex
from rag.library.subject_words import last_subject, subject_texts
from rag.models.embedding import Embedder, Vectors
from rag.tables.comparison import Compared as Row
from rag.tables.comparison import Comparison, Wanted
from rag.tables.lining_up import KEPT, Lined, LinedUp, Scored, line_up
from rag.tables.meaning import STANDS_OUT, Meaning, yardstick
from rag.tables.silent_reports import counties_of, silent_reports
from rag.tables.subject_query import (
    LEAST,
    LEAST_IN_WORDS,
    FoundBy,
    Matter,
    fuse,
    matter_of,
    word_score,
)
from rag.types import Notice

_log = logging.getLogger(__name__)
_MOST_FOUND = 2000  # subjects with the first of the words that are looked at
_MOST_WEIGHED = 200  # of those, whose meaning is compared
_NEAREST = 50  # subjects by meaning alone


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison, and what the person should know about how it was made."""

    comparison: Comparison
    notices: tuple[Notice, ...] = ()


EVERYTHING = Wanted()


@dataclass(frozen=True, slots=True)
class _Found:
    """Subjects that may be meant, by their numbers."""

    subjects: Mapping[int, Scored]
    by: FoundBy
    notices: tuple[Notice, ...] = ()


class Comparer:
    """Compares the reports of one library; sample reports stay out of it unless there are no others."""

    def __init__(self, library: Library, embedder: Embedder, subjects: SubjectIndex) -> None:
        self._library = library
        self._embedder = embedder
        self._subjects = subjects
        self._measured_by: tuple[int, Vectors] | None = None  # by the number of the last subject

    def compare(self, subject: str, wanted: Wanted = EVERYTHING) -> Compared:
        """Lines up what the reports say of a subject; a comparison without rows where none speaks of it.

        Raises UnknownReport for an empty library.
        """
        reports = real_reports(self._library, Choice(Scope(county=wanted.county)))
        choice = FigureChoice(reports, () if wanted.year is None else (wanted.year,), status=wanted.status)
        matter = matter_of(subject)
        found, figures = self._figures(matter, choice)
        without_county = {each.town for each in figures if each.town and not each.county}
        lined = line_up(matter, figures, found.subjects, counties_of(self._library, reports, without_county))
        comparison = self._shown(subject, found.by, lined, reports, wanted)
        notices = found.notices
        if comparison.rows_in_all and found.by == "meaning":
            notices = (*notices, Notice("nearest_in_meaning", words=matter.words))
        return Compared(comparison, (*notices, *unread_notices(self._library)))

    def _figures(self, matter: Matter, choice: FigureChoice) -> tuple[_Found, list[Brief]]:
        """Those of subjects that have the words; where there are none, of what is nearest in meaning."""
        notices: tuple[Notice, ...] = ()
        meaning = None
        try:
            meaning = Meaning.of(matter, self._embedder, self._yardstick())
            found = self._by_words(matter, meaning)
        except ModelError as error:
            _log.warning("compared by words alone (%s)", type(error).__name__)
            notices = (Notice("compared_by_words_only"),)
            found = self._by_words(matter, None)
        figures = self._briefs(found, choice)
        if figures or meaning is None:
            return _Found(found, "words", notices), figures
        nearest = self._by_meaning(meaning)
        return nearest, self._briefs(nearest.subjects, choice)

    def _briefs(self, subjects: Mapping[int, Scored], choice: FigureChoice) -> list[Brief]:
        """The figures of the subjects that fit nearly as well as the best of those that have one."""
        figures: list[Brief] = []
        asked: set[int] = set()
        best = max((subject.score for subject in subjects.values()), default=0.0)
        while some := {number for number, each in subjects.items() if each.score >= KEPT * best} - asked:
            figures += briefs(self._library, some, choice)
            asked |= some
            best = max((subjects[each.subject].score for each in figures if each.value_base is not None), default=0.0)
        return figures

    def _yardstick(self) -> Vectors:
        """What meanings are measured by; drawn anew where subjects have come."""
        last = last_subject(self._library)
        if self._measured_by is None or self._measured_by[0] != last:
            self._measured_by = last, yardstick(self._library, self._embedder)
        return self._measured_by[1]

    def _by_words(self, matter: Matter, meaning: Meaning | None) -> dict[int, Scored]:
        """The subjects that carry enough of the words, those that many reports have before others."""
        self._subjects.words.follow(self._library)
        numbers = self._subjects.words.find(matter.words, most=_MOST_FOUND)
        texts = subject_texts(self._library, numbers)
        words = {number: word_score(matter, text) for number, text in texts.items()}
        words = {number: word for number, word in words.items() if word >= LEAST_IN_WORDS}
        if meaning is None:
            return _fitting((number, Scored(texts[number], word)) for number, word in words.items())
        weighed = sorted(words, key=lambda number: -words[number])[:_MOST_WEIGHED]
        vectors = self._embedder.passages([texts[number] for number in weighed])
        shares = [meaning.share(each) for each in (vectors @ meaning.vector).tolist()]
        known = dict(zip(weighed, shares, strict=True))
        usual = sum(shares) / len(shares) if shares else 0.0
        return _fitting(
            (number, Scored(texts[number], fuse(word, known.get(number, usual)))) for number, word in words.items()
        )

    def _by_meaning(self, meaning: Meaning) -> _Found:
        index, library = self._subjects, self._library
        try:
            index.refresh(library.generation())
            near = index.vectors.query(meaning.vector, _NEAREST)
            notices = () if index.has_all_vectors(library) else (Notice("subjects_without_vectors"),)
        except IndexDamaged as error:
            _log.warning("compared by words alone (%s)", error.code)
            return _Found({}, "words", (Notice("compared_by_words_only"),))
        standing_out = {number: meaning.share(each) for number, each in near if meaning.distance(each) >= STANDS_OUT}
        texts = subject_texts(library, list(standing_out))
        highest = max((standing_out[number] for number in texts), default=1.0)
        scored = {number: Scored(text, standing_out[number] / highest) for number, text in texts.items()}
        return _Found(scored, "meaning", notices)

    def _shown(self, subject: str, by: FoundBy, lined: LinedUp, reports: Choice, wanted: Wanted) -> Comparison:
        """The part of a comparison that is wanted, with its quotations."""
        end = None if wanted.limit is None else wanted.offset + wanted.limit
        told = {best.position for best in lined.best if best.status == "result"}
        silent = silent_reports(self._library, reports, told, wanted)
        rows = tuple(self._rows(lined.rows(slice(wanted.offset, end))))
        towns = {town for town in (*(row.town for row in rows), *(gap.town for gap in silent.gaps)) if town}
        counties = counties_of(self._library, reports, towns)
        return Comparison(
            subject=subject,
            by=by,
            unit=lined.unit,
            rows=rows,
            gaps=silent.gaps,
            rows_in_all=len(lined.figures),
            gaps_in_all=silent.count,
            namesakes=tuple(sorted(town for town, names in counties.items() if len(names) > 1)),
        )

    def _rows(self, rows: Sequence[Lined]) -> Iterable[Row]:
        places = ((each.position, each.number) for row in rows for each in (row.best, *row.others))
        figures = figures_at(self._library, places)
        for row in rows:
            best = figures[row.best.position, row.best.number]
            others = tuple(figures[each.position, each.number] for each in row.others)
            yield Row(
                town=best.town,
                county=best.county,
                year=best.year,
                status=best.status,
                value=float(row.value),
                approx=best.approx,
                figure=best,
                others=others,
                change=row.change,
            )


def _fitting(scored: Iterable[tuple[int, Scored]]) -> dict[int, Scored]:
    return {number: subject for number, subject in scored if subject.score >= LEAST}
