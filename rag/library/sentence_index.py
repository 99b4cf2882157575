"""The sentence index: which sentences of all reports hold given words, told without reading the reports.

For questions about sets (which towns speak of a thing), not for ranking. It is a file of its own beside the lexical
index, derived from the library, and can be made again at any time. Sentences that give orders to a model are left out.
"""

import json
import math
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np

from rag.library.derived_file import DerivedFile
from rag.library.sentence_coverage import carrying, fetched, frequency
from rag.library.sentence_places import (
    Places,
    Role,
    by_position,
    chosen,
    number_of,
    position_of,
    positions_of,
    span_of,
    span_of_number,
)
from rag.library.sentence_rows import FORM, SCHEMA, delete, indexed, insert
from rag.library.sentence_words import holds, pairs_of, wanted
from rag.parsing.report import Report
from rag.text.normalization import fold
from rag.types import SectionKind

_FEW = 32  # so many reports are looked into one by one; each more costs what a walk through all matches saves
_COMMON = 0.02  # of all sentences, and 1,000 at least; a pair in more weighs no less
_IN_ONE_OF = 2000  # sentences, so that what is known of a word does not grow with the library
_SMALL = 10  # sentences more, so that chance does not weigh in a small index
_STEP = 500  # texts that are read at once


@dataclass(frozen=True, slots=True)
class SentencePlace:
    """A sentence by its number in its report (`report.sentences[number]`), and its folded text."""

    report_id: str
    number: int
    text: str


class SentenceIndex:
    """Sentences by the characters they hold. May be shared by threads; raises IndexDamaged from every method.

    Words are folded (`rag.text.normalization.fold`) before they are looked for, and so is what they are looked for in.
    """

    def __init__(self, path: Path) -> None:
        self._file = DerivedFile(path, SCHEMA, FORM)

    def upsert(self, report: Report) -> None:
        """Takes in the sentences of a report, in place of what stood for it before."""
        self.upsert_many([report])

    def upsert_many(self, reports: Sequence[Report]) -> None:
        """The same for several reports in one transaction."""
        rows = [(report.id, indexed(report)) for report in reports]
        with self._file.writing() as connection:
            for report_id, sentences in rows:
                insert(connection, report_id, sentences)

    def remove(self, report_id: str) -> None:
        """Forgets a report."""
        with self._file.writing() as connection:
            delete(connection, report_id)

    def reset(self) -> None:
        """Begins with an empty file."""
        self._file.reset()

    def close(self) -> None:
        """Lets go of the file."""
        self._file.close()

    def count(self) -> int:
        """How many sentences there are."""
        with self._file.reading() as connection:
            return int(connection.execute("SELECT total(sentences) FROM reports").fetchone()[0])

    def report_count(self) -> int:
        """How many reports there are."""
        with self._file.reading() as connection:
            return int(connection.execute("SELECT count(*) FROM reports").fetchone()[0])

    def held(self) -> dict[str, int]:
        """How many sentences each report has. Raises IndexDamaged too where the words do not fit them."""
        with self._file.writing() as connection:  # the check is spelled as a write
            connection.execute("INSERT INTO words(words) VALUES('integrity-check')")
            return dict(connection.execute("SELECT id, sentences FROM reports ORDER BY position"))

    def sentences(
        self,
        words: str,
        *,
        limit: int | None = None,
        reports: Collection[str] | None = None,
        without: Collection[str] = (),
    ) -> list[SentencePlace]:
        """The sentences whose text holds the words as they stand, in stored order; none hold empty words.

        Sought in the given reports (None: all) and not in those of `without`.
        """
        folded = fold(words)
        with self._file.reading() as connection:
            places = _candidates(connection, folded, reports, without)
            holding = ((place, text) for place, text in _texts(connection, places) if folded in text)
            found = list(islice(holding, limit))
            ids = _ids(connection, {position_of(place) for place, _ in found})
        return [SentencePlace(ids[position_of(place)], number_of(place), text) for place, text in found]

    def numbers(
        self, words: str, *, reports: Collection[str] | None = None, without: Collection[str] = ()
    ) -> dict[str, tuple[int, ...]]:
        """The same as report ids with the numbers of their sentences; reads no text for one or two characters."""
        with self._file.reading() as connection:
            return _by_report(connection, _holding(connection, fold(words), reports, without))

    def report_ids(self, words: str, *, without: Collection[str] = ()) -> list[str]:
        """The reports that hold the words in one of their sentences, in stored order."""
        with self._file.reading() as connection:
            positions = positions_of(_holding(connection, fold(words), None, without))
            ids = _ids(connection, positions.tolist())
        return [ids[position] for position in positions.tolist()]

    def read(self, numbers: Mapping[str, Sequence[int]]) -> list[SentencePlace]:
        """The sentences of these numbers, as `numbers` and `carrying` tell them, as words of coverage are read."""
        with self._file.reading() as connection:
            positions = dict(connection.execute("SELECT id, position FROM reports"))
            spans = [
                [span.first, span.last]
                for report_id in numbers.keys() & positions.keys()
                for span in (span_of_number(positions[report_id], number) for number in numbers[report_id])
            ]
            ids = {positions[report_id]: report_id for report_id in numbers.keys() & positions.keys()}
            sql = """SELECT place, coalesce(other, text) FROM json_each(?)
                JOIN sentences ON place BETWEEN value ->> 0 AND value ->> 1"""
            rows = connection.execute(sql, (json.dumps(spans),)).fetchall()
        return [SentencePlace(ids[position_of(place)], number_of(place), text) for place, text in sorted(rows)]

    def speak_of(self, words: str, *, without: Collection[str] = ()) -> bool:
        """Whether any sentence holds the words, those of the reports in `without` apart."""
        folded = fold(words)
        query, is_exact = holds(folded)
        if not is_exact:
            return bool(self.sentences(words, limit=1, without=without))
        with self._file.reading() as connection:
            unwanted = _positions(connection, without)
            rows = connection.execute("SELECT rowid FROM words WHERE words MATCH ?", (query,))
            return any(position_of(place) not in unwanted for (place,) in rows)

    def used(self, pairs: Collection[str]) -> frozenset[str]:
        """Those of the pairs of characters that reports use: that stand in one of 2,000 sentences, in one at least."""
        least = max(1, round(self.count() / _IN_ONE_OF))
        with self._file.reading() as connection:
            return frozenset(pair for pair in pairs if frequency(connection, pair, least) >= least)

    def rarity(self, words: str) -> dict[str, int]:
        """What each pair of characters in the words weighs: the fewer sentences hold it, the more, by the logarithm of
        their share, so that in a small index all weigh about the same."""
        most = max(1000, int((count := self.count()) * _COMMON))
        pairs = {pair for run in wanted(words).runs for pair in pairs_of(run)}
        with self._file.reading() as connection:
            shares = {pair: (count + 10 * _SMALL) / (frequency(connection, pair, most) + _SMALL) for pair in pairs}
        return {pair: max(1, round(10 * math.log(share))) for pair, share in shares.items()}

    def carrying(
        self,
        words: Sequence[str],
        *,
        least: float,
        all_of: Sequence[str] = (),
        weights: Mapping[str, int] | None = None,
        kinds: Collection[SectionKind] | None = None,
        roles: Collection[Role] | None = None,
        reports: Collection[str] | None = None,
    ) -> dict[str, tuple[int, ...]]:
        """Report ids, in stored order, with the numbers of sentences that cover one of the words far enough.

        For each sentence `round(weighed_coverage(each, sentence.bigrams, weights), 6) >= least` for one of
        `words`, and `all_of` stand in it as they are once quotation marks are gone. That is exactly what reading
        every sentence (`Report.said`) finds, marks apart: their width is not told from another.
        """
        with self._file.reading() as connection:
            only = None if reports is None else _positions(connection, reports)
            found = (carrying(connection, each, least, all_of, weights or {}) for each in words)
            places = np.unique(np.concatenate([np.empty(0, np.int64), *found]))
            return _by_report(connection, chosen(places, only=only, kinds=kinds, roles=roles))


def _ids(connection: sqlite3.Connection, positions: Collection[int]) -> dict[int, str]:
    """The reports' ids by position."""
    sql = "SELECT position, reports.id FROM json_each(?) JOIN reports ON position = value"
    return dict(connection.execute(sql, (json.dumps(list(positions)),)))


def _positions(connection: sqlite3.Connection, reports: Collection[str]) -> set[int]:
    sql = "SELECT position FROM reports WHERE id IN (SELECT value FROM json_each(?))"
    return {position for (position,) in connection.execute(sql, (json.dumps(list(reports)),))} if reports else set()


def _by_report(connection: sqlite3.Connection, places: Places) -> dict[str, tuple[int, ...]]:
    ids = _ids(connection, positions_of(places).tolist())
    return {ids[position]: numbers for position, numbers in by_position(places)}


def _holding(
    connection: sqlite3.Connection, folded: str, reports: Collection[str] | None, without: Collection[str]
) -> Places:
    """The places of sentences that hold folded words."""
    places = _candidates(connection, folded, reports, without)
    if holds(folded)[1]:
        return places
    return np.array([place for place, text in _texts(connection, places) if folded in text], np.int64)


def _candidates(
    connection: sqlite3.Connection, folded: str, reports: Collection[str] | None, without: Collection[str]
) -> Places:
    """The places that hold all pairs of folded words, or all places where these are marks alone."""
    if not folded:
        return np.empty(0, np.int64)
    query, _ = holds(folded)
    source, values = ("words WHERE words MATCH ?", [query]) if query else ("sentences WHERE true", [])
    only = None if reports is None else _positions(connection, reports)
    if only is None or len(only) > _FEW:
        places = fetched(connection, f"SELECT rowid FROM {source}", values)
        return chosen(places, only=only, without=_positions(connection, without))
    spans = [span_of(position) for position in sorted(only - _positions(connection, without))]
    sql = f"SELECT rowid FROM {source} AND rowid BETWEEN ? AND ?"
    parts = [fetched(connection, sql, [*values, span.first, span.last]) for span in spans]
    return np.concatenate([np.empty(0, np.int64), *parts])


def _texts(connection: sqlite3.Connection, places: Places) -> Iterator[tuple[int, str]]:
    """Folded texts, read as far as they are asked for."""
    for first in range(0, len(places), _STEP):
        some = json.dumps(places[first : first + _STEP].tolist())
        sql = "SELECT place, text FROM json_each(?) JOIN sentences ON place = value ORDER BY place"
        yield from connection.execute(sql, (some,)).fetchall()
