"""The library's file: its schema with the way up from older ones, how it is opened, and SQLite's errors as ours."""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rag.errors import LibraryBusy, LibraryError, LibraryNewer

APPLICATION = 0x5A424C31
"""SQLite's `application_id` of our files, "ZBL1": tells a library from any other database."""

_log = logging.getLogger(__name__)
_BUSY_SECONDS = 10.0

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE reports (
            position INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            changed INTEGER NOT NULL,
            metadata TEXT NOT NULL,
            corrections TEXT NOT NULL DEFAULT '{}',
            text TEXT NOT NULL,
            headings TEXT NOT NULL,
            sentences TEXT NOT NULL,
            chunks TEXT NOT NULL,
            is_sample INTEGER NOT NULL DEFAULT 0)""",
        """CREATE TABLE sources (
            position INTEGER PRIMARY KEY,
            report_id TEXT NOT NULL REFERENCES reports(id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            sha256 TEXT NOT NULL UNIQUE,
            encoding TEXT NOT NULL,
            text TEXT NOT NULL,
            page_starts TEXT NOT NULL,
            offsets TEXT NOT NULL,
            defects TEXT NOT NULL)""",
        "CREATE INDEX sources_by_report ON sources(report_id)",
        "CREATE INDEX sources_by_name ON sources(name)",
        """CREATE TABLE aliases (
            alias TEXT PRIMARY KEY,
            report_id TEXT NOT NULL REFERENCES reports(id) ON DELETE CASCADE)""",
        "CREATE TABLE pending (report_id TEXT PRIMARY KEY, action TEXT NOT NULL, generation INTEGER NOT NULL)",
        "CREATE TABLE state (generation INTEGER NOT NULL)",
        "INSERT INTO state VALUES (0)",
    ),
    (
        # by which state of the program a source was cleaned; unknown for what the first release stored
        "ALTER TABLE sources ADD COLUMN pipeline TEXT NOT NULL DEFAULT ''",
        # the places of the file that state its metadata
        "ALTER TABLE sources ADD COLUMN statements TEXT NOT NULL DEFAULT '[[]]'",
        # tells this library's vectors from another's on one Chroma server
        "ALTER TABLE state ADD COLUMN library TEXT NOT NULL DEFAULT ''",
        "UPDATE state SET library = lower(hex(randomblob(6)))",
        f"PRAGMA application_id = {APPLICATION}",
    ),
    (
        # what the town is; until then a report was a township's
        """UPDATE reports SET metadata = json_set(metadata, '$[0].level', 'township')
            WHERE json_extract(metadata, '$[0].town') IS NOT NULL""",
    ),
)
"""Statements that lead from each schema version to the next; the version is the file's `user_version`."""


def connect(path: Path, *, create: bool) -> sqlite3.Connection:
    """A connection to the library's file, brought to the newest schema, each statement its own transaction."""
    if not create and not path.exists():
        raise LibraryError("no_library", path=path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LibraryError("cannot_make_folder", path=path.parent, reason=error.strerror or str(error)) from error
    with faults():
        connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA foreign_keys = ON")
            migrate(connection)
        except BaseException:
            connection.close()
            raise
    return connection


@contextmanager
def faults() -> Iterator[None]:
    """Turns SQLite's errors into ours."""
    try:
        yield
    except sqlite3.IntegrityError:  # a mistake of the caller's, not of the file
        raise
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise LibraryBusy("written_by_another") from error
        raise LibraryError("library_unusable", reason=str(error)) from error
    except sqlite3.DatabaseError as error:
        raise LibraryError("library_damaged", reason=str(error)) from error


def migrate(connection: sqlite3.Connection) -> None:
    """Brings a file to the newest schema in one transaction; raises LibraryNewer for one from the future."""
    if schema_version(connection) == len(MIGRATIONS):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = schema_version(connection)  # again: another process may have been faster
        if version > len(MIGRATIONS):
            raise LibraryNewer("library_newer", version=version, known=len(MIGRATIONS))
        _log.info("the library goes from schema %d to %d", version, len(MIGRATIONS))
        for statements in MIGRATIONS[version:]:
            for statement in statements:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def schema_version(connection: sqlite3.Connection) -> int:
    """How many migrations the file has behind it; 0 for an empty one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
