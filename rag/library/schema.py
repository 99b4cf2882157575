"""The library's file: how it is opened and brought to the newest schema, and SQLite's errors as ours."""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath

from rag.errors import LibraryBusy, LibraryError, LibraryNewer
from rag.library.migrations import MIGRATIONS

_log = logging.getLogger(__name__)
_BUSY_SECONDS = 10.0


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
            migrate(connection)
            connection.execute("PRAGMA foreign_keys = ON")  # behind the migration, which drops tables that others name
        except BaseException:
            connection.close()
            raise
    return connection


def read_only(path: PurePath) -> str:
    """The URI by which SQLite opens a file for reading alone; a share of another machine is part of the path to it.

    Example: read_only(PureWindowsPath("//server/share/a.db")) == "file:////server/share/a.db?mode=ro"
    """
    uri = path.as_uri()
    return f"{uri if uri.startswith('file:///') else uri.replace('file:', 'file://', 1)}?mode=ro"


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
        for step in (step for steps in MIGRATIONS[version:] for step in steps):
            if callable(step):
                step(connection)
            else:
                connection.execute(step)
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def schema_version(connection: sqlite3.Connection) -> int:
    """How many migrations the file has behind it; 0 for an empty one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
