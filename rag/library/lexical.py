"""The lexical index: BM25 over characters, pairs of characters, numbers and words, derived from the library."""

import json
import logging
import re
import sqlite3
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rag.errors import IndexDamaged
from rag.library.passages import passage_text
from rag.parsing.report import Report
from rag.text.normalization import fold
from rag.types import SectionKind

_log = logging.getLogger(__name__)
_SCHEMA = (
    """CREATE TABLE IF NOT EXISTS passages (
        id INTEGER PRIMARY KEY, report_id TEXT NOT NULL, chunk_index INTEGER NOT NULL, kind TEXT NOT NULL)""",
    "CREATE INDEX IF NOT EXISTS passages_by_report ON passages(report_id)",
    # the point and the percent sign belong to numbers; everything else is cut by `tokens`
    """CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(
        tokens, tokenize = "unicode61 remove_diacritics 0 tokenchars '.%'")""",
)
_PIECE = re.compile(r"(?P<number>\d+(?:\.\d+)*)(?P<unit>[^\W\d_a-z]|%|[a-z]+)?|(?P<word>[a-z]+)|(?P<run>[^\W\d_a-z]+)")
_BUSY_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class LexicalMatch:
    """A passage with its BM25 score, higher is better."""

    report_id: str
    chunk_index: int
    score: float


def document_tokens(text: str) -> list[str]:
    """Tokens of a passage: single characters and pairs, numbers with and without what follows, words.

    Example: "发展产业12.5亩" -> 发 展 产 业 发展 展产 产业 12.5 12.5亩 亩
    """
    return list(_tokens(text, single_characters=True))


def query_tokens(text: str) -> list[str]:
    """Tokens of a query, each once: pairs instead of single characters, which stand alone only by themselves.

    Example: "产业 12.5亩" -> 产业 12.5 12.5亩
    """
    return list(dict.fromkeys(_tokens(text, single_characters=False)))


def _tokens(text: str, *, single_characters: bool) -> Iterator[str]:
    folded = fold(text)
    position = 0
    while match := _PIECE.search(folded, position):
        position = match.end()
        if number := match["number"]:
            yield number
            if unit := match["unit"]:
                yield number + unit
                position = match.start("unit") + (unit == "%")  # 亩 of 12亩 also begins the run 亩产
        elif word := match["word"]:
            yield word
        else:
            is_unit = folded[match.start() - 1 : match.start()].isdigit()
            yield from _run_tokens(match["run"], single_characters or (len(match["run"]) == 1 and not is_unit))


def _run_tokens(run: str, single_characters: bool) -> Iterator[str]:
    if single_characters:
        yield from run
    yield from (run[index : index + 2] for index in range(len(run) - 1))


class LexicalIndex:
    """Passages by their words, in a file of its own that can be made again at any time.

    Raises IndexDamaged from every method where the file cannot be used.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.RLock()
        self._opened: sqlite3.Connection | None = None

    def upsert(self, report: Report) -> None:
        """Takes in all passages of a report, in place of what stood for it before."""
        rows = [(index, chunk.kind, passage_text(report, chunk)) for index, chunk in enumerate(report.chunks)]
        texts = [" ".join(document_tokens(text)) for _, _, text in rows]
        with self._transaction() as connection:
            _delete(connection, report.id)
            for (index, kind, _), tokens in zip(rows, texts, strict=True):
                sql = "INSERT INTO passages (report_id, chunk_index, kind) VALUES (?, ?, ?)"
                row = connection.execute(sql, (report.id, index, kind)).lastrowid
                connection.execute("INSERT INTO words (rowid, tokens) VALUES (?, ?)", (row, tokens))

    def remove(self, report_id: str) -> None:
        """Forgets a report."""
        with self._transaction() as connection:
            _delete(connection, report_id)

    def query(
        self, text: str, *, report_ids: Collection[str] | None, kinds: Collection[SectionKind] | None, k: int
    ) -> list[LexicalMatch]:
        """The k best passages among the given reports and kinds (None: all), best first."""
        tokens = query_tokens(text)
        if not tokens:
            return []
        conditions, values = ["words MATCH ?"], [" OR ".join(f'"{token}"' for token in tokens)]
        for column, allowed in (("report_id", report_ids), ("kind", kinds)):
            if allowed is not None:
                conditions.append(f"{column} IN (SELECT value FROM json_each(?))")
                values.append(json.dumps(sorted(allowed)))
        sql = f"""SELECT report_id, chunk_index, -bm25(words) AS score FROM words JOIN passages ON id = words.rowid
            WHERE {" AND ".join(conditions)} ORDER BY score DESC, report_id, chunk_index LIMIT ?"""
        with self._use() as connection:
            return [LexicalMatch(*row) for row in connection.execute(sql, (*values, k))]

    def count(self) -> int:
        """How many passages there are."""
        with self._use() as connection:
            return int(connection.execute("SELECT count(*) FROM passages").fetchone()[0])

    def passages(self) -> set[tuple[str, int]]:
        """Report id and chunk index of every passage. Raises IndexDamaged too where their words do not fit them."""
        with self._transaction() as connection:  # the check is spelled as a write
            connection.execute("INSERT INTO words(words) VALUES('integrity-check')")
            sql = "SELECT report_id, chunk_index FROM passages WHERE id IN (SELECT id FROM words_docsize)"
            return {(report_id, index) for report_id, index in connection.execute(sql)}

    def reset(self) -> None:
        """Begins with an empty file."""
        with self._lock:
            self.close()
            for ending in ("", "-wal", "-shm"):
                Path(f"{self._path}{ending}").unlink(missing_ok=True)
            self.count()

    def close(self) -> None:
        """Lets go of the file."""
        with self._lock:
            if self._opened is not None:
                self._opened.close()
            self._opened = None

    @contextmanager
    def _use(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                if self._opened is None:
                    self._opened = self._open()
                yield self._opened
            except sqlite3.DatabaseError as error:
                _log.warning("the lexical index fails: %s", type(error).__name__)
                raise IndexDamaged("lexical_index_damaged", reason=str(error)) from error

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._use() as connection, connection:
            yield connection

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=_BUSY_SECONDS, check_same_thread=False)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            for statement in _SCHEMA:
                connection.execute(statement)
        except sqlite3.DatabaseError:
            connection.close()
            raise
        return connection


def _delete(connection: sqlite3.Connection, report_id: str) -> None:
    connection.execute("DELETE FROM words WHERE rowid IN (SELECT id FROM passages WHERE report_id = ?)", (report_id,))
    connection.execute("DELETE FROM passages WHERE report_id = ?", (report_id,))
