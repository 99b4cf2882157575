"""A SQLite file of what is derived from the library: opened when used, its failures as IndexDamaged."""

import logging
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from rag.errors import IndexDamaged

_log = logging.getLogger(__name__)
_BUSY_SECONDS = 10.0


class DerivedFile:
    """One connection, which threads use one after the other."""

    def __init__(self, path: Path, schema: Sequence[str], form: int) -> None:
        """`form`: the number of the schema and of what is written in it; a file of another is of no use."""
        self._path = path
        self._schema = schema
        self._form = form
        self._lock = threading.RLock()
        self._opened: sqlite3.Connection | None = None

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The connection, opened; all that is read in it is of one state of the file."""
        with self._use() as connection, connection:
            connection.execute("BEGIN")
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The connection in a transaction: all that is done in it, or nothing."""
        with self._use() as connection, connection:
            connection.execute("BEGIN IMMEDIATE")
            yield connection

    def reset(self) -> None:
        """Begins with an empty file."""
        with self._lock:
            self.close()
            try:
                for ending in ("", "-wal", "-shm"):
                    self._path.with_name(self._path.name + ending).unlink(missing_ok=True)
            except PermissionError:  # Windows deletes no file that another process, such as the page, has open
                self._empty()
            with self.reading():
                pass

    def _empty(self) -> None:
        """Puts an empty database in the place of what is there, as one transaction of it."""
        try:
            with closing(sqlite3.connect(":memory:")) as nothing, closing(self._connect()) as held:
                nothing.backup(held)
        except sqlite3.DatabaseError as error:
            raise IndexDamaged("lexical_index_damaged", reason=str(error)) from error

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
                _log.warning("%s fails: %s", self._path.name, type(error).__name__)
                raise IndexDamaged("lexical_index_damaged", reason=str(error)) from error

    def _open(self) -> sqlite3.Connection:
        connection = self._connect()
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            self._make(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path, timeout=_BUSY_SECONDS, check_same_thread=False)

    def _make(self, connection: sqlite3.Connection) -> None:
        """The tables of a new file. Raises IndexDamaged where the file is of another form."""
        with connection:
            connection.execute("BEGIN IMMEDIATE" if _is_new(connection) else "BEGIN")
            form = int(connection.execute("PRAGMA user_version").fetchone()[0])
            if form == self._form:
                return
            if not _is_new(connection):
                raise IndexDamaged("lexical_index_damaged", reason=f"form {form} instead of {self._form}")
            for statement in self._schema:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {self._form:d}")


def _is_new(connection: sqlite3.Connection) -> bool:
    return not int(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
