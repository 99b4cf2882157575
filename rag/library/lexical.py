"""The lexical index: passages ranked by BM25, derived from the library.

A SQLite file holds the passages' folded text and how many of them have each token; beside it, in a folder of the same
name, tantivy holds the inverted index. Where few passages are asked for all of them are scored; else tantivy nominates
the best, and these are scored from their text, so that scores and order are the same either way.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rag.library.bm25 import Statistics, score, weight
from rag.library.derived_file import DerivedFile
from rag.library.nominations import Entry, Nominations
from rag.library.passages import passage_text
from rag.library.sentence_places import POSITION_SHIFT, kind_of, number_of, place_of, span_of
from rag.library.tokens import query_tokens, tokens_in
from rag.parsing.report import Report
from rag.text.normalization import fold
from rag.types import SectionKind

_FORM = 2
_SCHEMA = (
    "CREATE TABLE reports (position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, passages INTEGER NOT NULL)",
    "CREATE TABLE passages (place INTEGER PRIMARY KEY, length INTEGER NOT NULL, text TEXT NOT NULL)",
    "CREATE TABLE frequencies (token TEXT PRIMARY KEY, passages INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE totals (passages INTEGER NOT NULL, tokens INTEGER NOT NULL)",
    "INSERT INTO totals VALUES (0, 0)",
)
_ALL_SCORED = 250  # passages that are scored one and all, which is as quick as asking for nominations
_NOMINATED = 4  # times as many as asked for
_MORE_NOMINATED = 16  # where those do not settle which are the best
_ROUNDING = 1.001


@dataclass(frozen=True, slots=True)
class LexicalMatch:
    """A passage with its BM25 score, higher is better."""

    report_id: str
    chunk_index: int
    score: float


class LexicalIndex:
    """Passages by their words, in files of its own that can be made again at any time.

    Raises IndexDamaged from every method where the files cannot be used.
    """

    def __init__(self, path: Path) -> None:
        self._file = DerivedFile(path, _SCHEMA, _FORM)
        self._nominations = Nominations(path.with_suffix(""))

    def upsert(self, report: Report) -> None:
        """Takes in all passages of a report, in place of what stood for it before."""
        self.upsert_many([report])

    def upsert_many(self, reports: Sequence[Report]) -> None:
        """The same for several reports in one step, which is quicker."""
        self._write([report.id for report in reports], reports)

    def remove(self, report_id: str) -> None:
        """Forgets a report."""
        self._write([report_id], [])

    def query(
        self, text: str, *, report_ids: Collection[str] | None, kinds: Collection[SectionKind] | None, k: int
    ) -> list[LexicalMatch]:
        """The k best passages among the given reports and kinds (None: all), best first.

        Exactly those where at most 250 passages are asked for; else one near the k-th place may be missed whose
        score differs from that place's by less than the rounding of lengths.
        """
        tokens = query_tokens(text)
        if not tokens or k < 1:
            return []
        with self._file.reading() as connection:
            positions = None if report_ids is None else _positions(connection, report_ids)
            scoring = _Scoring.of(connection, tokens)
            if not scoring.weights or _size(connection, positions) <= _ALL_SCORED:
                return scoring.best(_passages(connection, positions, kinds), k)
            return self._nominated(connection, scoring, positions, kinds, k)

    def count(self) -> int:
        """How many passages there are; -1 where the two files do not hold the same number."""
        with self._file.reading() as connection:
            passages = int(connection.execute("SELECT passages FROM totals").fetchone()[0])
            return passages if self._nominations.count() == passages else -1

    def passages(self) -> set[tuple[str, int]]:
        """Report id and chunk index of every passage that both files hold."""
        with self._file.reading() as connection:
            places = self._nominations.places()
            sql = f"SELECT id, place FROM passages JOIN reports ON position = place >> {POSITION_SHIFT}"
            return {(report_id, number_of(place)) for report_id, place in connection.execute(sql) if place in places}

    def reset(self) -> None:
        """Begins with empty files."""
        self._nominations.reset()
        self._file.reset()

    def close(self) -> None:
        """Lets go of the files."""
        self._file.close()
        self._nominations.close()

    def _write(self, out: Sequence[str], reports: Sequence[Report]) -> None:
        """Takes reports out and others in. The nominations follow last, before the transaction ends."""
        with self._file.writing() as connection:
            changed, entries = Counter[str](), list[Entry]()
            positions = {report_id: _take_out(connection, report_id, changed) for report_id in dict.fromkeys(out)}
            for report in reports:
                position, rows = _take_in(connection, report, positions[report.id], changed)
                positions[report.id] = position
                entries += rows
            sql = """INSERT INTO frequencies VALUES (?, ?)
                ON CONFLICT (token) DO UPDATE SET passages = passages + excluded.passages"""
            connection.executemany(sql, [(token, number) for token, number in changed.items() if number])
            self._nominations.replace([each for each in positions.values() if each is not None], entries)

    def _nominated(
        self,
        connection: sqlite3.Connection,
        scoring: "_Scoring",
        positions: Sequence[int] | None,
        kinds: Collection[SectionKind] | None,
        k: int,
    ) -> list[LexicalMatch]:
        best: list[LexicalMatch] = []
        for times in (_NOMINATED, _MORE_NOMINATED):
            found = self._nominations.nominate(scoring.weights, positions=positions, kinds=kinds, k=k * times)
            best = scoring.best(_named(connection, [each.place for each in found]), k)
            if len(found) < k * times or len(best) < k or best[-1].score * _ROUNDING >= found[-1].score:
                break
        return best


@dataclass(frozen=True, slots=True)
class _Scoring:
    """What a query's tokens weigh in this library."""

    weights: Mapping[str, float]
    mean_length: float

    @classmethod
    def of(cls, connection: sqlite3.Connection, tokens: Sequence[str]) -> "_Scoring":
        statistics = Statistics(*connection.execute("SELECT passages, tokens FROM totals").fetchone())
        sql = "SELECT value, passages FROM json_each(?) JOIN frequencies ON token = value WHERE passages > 0 ORDER BY key"
        having = dict(connection.execute(sql, (json.dumps(tokens),)))
        return cls(
            {token: weight(statistics.passages, number) for token, number in having.items()}, statistics.mean_length
        )

    def best(self, passages: Iterable["_Passage"], k: int) -> list[LexicalMatch]:
        """The k best of passages, best first."""
        found = [
            LexicalMatch(each.report_id, number_of(each.place), points)
            for each in passages
            if (points := score(each.text, each.length, self.weights, self.mean_length)) > 0
        ]
        return sorted(found, key=lambda match: (-match.score, match.report_id, match.chunk_index))[:k]


@dataclass(frozen=True, slots=True)
class _Passage:
    report_id: str
    place: int
    length: int  # tokens
    text: str  # folded


def _take_in(
    connection: sqlite3.Connection, report: Report, position: int | None, changed: Counter[str]
) -> tuple[int, list[Entry]]:
    """Writes a report's passages, and counts its tokens in; its position and what is to be indexed."""
    sql = "INSERT INTO reports (position, id, passages) VALUES (?, ?, ?)"
    at = connection.execute(sql, (position, report.id, len(report.chunks))).lastrowid or 0
    entries: list[Entry] = []
    for number, chunk in enumerate(report.chunks):
        text = fold(passage_text(report, chunk))
        entry = Entry(place_of(at, number, chunk.kind, "body"), at, chunk.kind, tuple(tokens_in(text)))
        row = (entry.place, len(entry.tokens), text)
        connection.execute("INSERT INTO passages VALUES (?, ?, ?)", row)
        changed.update(set(entry.tokens))
        entries.append(entry)
    _count(connection, len(entries), sum(len(entry.tokens) for entry in entries))
    return at, entries


def _take_out(connection: sqlite3.Connection, report_id: str, changed: Counter[str]) -> int | None:
    """Deletes a report's passages, and counts its tokens out; its position, None where it had none."""
    row = connection.execute("SELECT position FROM reports WHERE id = ?", (report_id,)).fetchone()
    if row is None:
        return None
    span = span_of(row[0])
    sql = "SELECT length, text FROM passages WHERE place BETWEEN ? AND ?"
    stored = connection.execute(sql, (span.first, span.last)).fetchall()
    for _, text in stored:
        changed.subtract(set(tokens_in(text)))
    _count(connection, -len(stored), -sum(length for length, _ in stored))
    connection.execute("DELETE FROM passages WHERE place BETWEEN ? AND ?", (span.first, span.last))
    connection.execute("DELETE FROM reports WHERE position = ?", row)
    return int(row[0])


def _count(connection: sqlite3.Connection, passages: int, tokens: int) -> None:
    connection.execute("UPDATE totals SET passages = passages + ?, tokens = tokens + ?", (passages, tokens))


def _positions(connection: sqlite3.Connection, report_ids: Collection[str]) -> list[int]:
    sql = "SELECT position FROM reports WHERE id IN (SELECT value FROM json_each(?)) ORDER BY position"
    return [position for (position,) in connection.execute(sql, (json.dumps(list(report_ids)),))]


def _size(connection: sqlite3.Connection, positions: Sequence[int] | None) -> int:
    """How many passages the reports have; None: all reports."""
    if positions is None:
        return int(connection.execute("SELECT passages FROM totals").fetchone()[0])
    sql = "SELECT total(passages) FROM reports WHERE position IN (SELECT value FROM json_each(?))"
    return int(connection.execute(sql, (json.dumps(positions),)).fetchone()[0])


def _passages(
    connection: sqlite3.Connection, positions: Sequence[int] | None, kinds: Collection[SectionKind] | None
) -> Iterator[_Passage]:
    """All passages of the reports and kinds."""
    sql = f"""SELECT reports.id, place, length, text FROM {"reports" if positions is None else "json_each(?) JOIN reports"}
        JOIN passages ON place BETWEEN position << {POSITION_SHIFT} AND ((position + 1) << {POSITION_SHIFT}) - 1
        WHERE {"true" if positions is None else "position = value"}"""
    for row in connection.execute(sql, () if positions is None else (json.dumps(positions),)):
        passage = _Passage(*row)
        if kinds is None or kind_of(passage.place) in kinds:
            yield passage


def _named(connection: sqlite3.Connection, places: Sequence[int]) -> Iterator[_Passage]:
    sql = f"""SELECT reports.id, place, length, text FROM json_each(?) JOIN passages ON place = value
        JOIN reports ON position = place >> {POSITION_SHIFT}"""
    return (_Passage(*row) for row in connection.execute(sql, (json.dumps(places),)))
