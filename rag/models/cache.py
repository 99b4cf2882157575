"""The cache: embeddings and model replies that can be made again.

The file may be deleted at any time and needs no lock; a damaged one is moved aside and begun anew.
"""

import logging
import sqlite3
import threading
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TypeVar

_log = logging.getLogger(__name__)
_T = TypeVar("_T")
_SCHEMA = "CREATE TABLE IF NOT EXISTS items (kind TEXT, key TEXT, value BLOB NOT NULL, PRIMARY KEY (kind, key))"
_KEYS_PER_QUERY = 500  # below SQLite's limit of variables
_BUSY_SECONDS = 5.0


class Cache:
    """Bytes by kind and key. Never raises for a fault of its own: what is not there is made again by the caller."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.RLock()
        self._connection = self._open()

    def get(self, kind: str, key: str) -> bytes | None:
        """The value, or None where it is not cached."""
        return self.get_many(kind, [key]).get(key)

    def get_many(self, kind: str, keys: Collection[str]) -> dict[str, bytes]:
        """Those of the keys that are cached, with their values."""
        found: dict[str, bytes] = {}
        nothing: dict[str, bytes] = {}
        ordered = sorted(set(keys))
        for first in range(0, len(ordered), _KEYS_PER_QUERY):
            some = ordered[first : first + _KEYS_PER_QUERY]
            sql = f"SELECT key, value FROM items WHERE kind = ? AND key IN ({','.join('?' * len(some))})"
            found.update(self._attempt(partial(self._rows, sql, [kind, *some]), nothing))
        return found

    def put_many(self, kind: str, items: Mapping[str, bytes]) -> None:
        """Stores the items, replacing older values."""
        rows = [(kind, key, value) for key, value in items.items()]
        self._attempt(partial(self._write, rows), None)

    def close(self) -> None:
        """Lets go of the file."""
        self._connection.close()

    def _rows(self, sql: str, values: list[str]) -> dict[str, bytes]:
        return dict(self._connection.execute(sql, values))

    def _write(self, rows: list[tuple[str, str, bytes]]) -> None:
        with self._connection:
            self._connection.executemany("INSERT OR REPLACE INTO items VALUES (?, ?, ?)", rows)

    def _attempt(self, act: Callable[[], _T], otherwise: _T) -> _T:
        """Acts once, and once more on a fresh file where the old one turned out damaged."""
        with self._lock:
            try:
                return act()
            except sqlite3.OperationalError as error:  # locked for long, disk full: go without
                _log.info("the cache is passed over: %s", error)
                return otherwise
            except sqlite3.DatabaseError:
                self._connection.close()
                self._move_aside()
                self._connection = self._open()
            with suppress(sqlite3.DatabaseError):
                return act()
            return otherwise

    def _open(self) -> sqlite3.Connection:
        try:
            return self._connect(str(self._path))
        except sqlite3.OperationalError as error:  # no such place, or not writable: remember for this process only
            _log.warning("the cache is kept in memory: %s", error)
            return self._connect(":memory:")
        except sqlite3.DatabaseError:
            self._move_aside()
        try:
            return self._connect(str(self._path))
        except sqlite3.DatabaseError:
            return self._connect(":memory:")

    def _connect(self, target: str) -> sqlite3.Connection:
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(target, timeout=_BUSY_SECONDS, check_same_thread=False)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")  # a lost tail is made again
            connection.execute(_SCHEMA)
        except sqlite3.DatabaseError:
            connection.close()
            raise
        return connection

    def _move_aside(self) -> None:
        _log.warning("the cache is damaged: moved aside and begun anew")
        for ending in ("", "-wal", "-shm"):
            with suppress(OSError):
                Path(f"{self._path}{ending}").replace(f"{self._path}{ending}.damaged")
