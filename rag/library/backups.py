"""The library as one file, and back."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from rag.errors import InputError, LibraryError, LibraryNewer
from rag.library.migrations import APPLICATION, MIGRATIONS
from rag.library.schema import connect, faults, migrate, read_only, schema_version


def back_up(library_path: Path, file: Path) -> None:
    """Writes the library as it is at this moment into one file, whole or not at all; others may go on writing.

    Raises InputError where the place cannot be written or holds something that is no backup.
    """
    if file.exists():
        _require_backup(file, InputError("exists_and_no_backup", file=file))
        if library_path.exists() and file.samefile(library_path):
            raise InputError("library_itself", file=file)
    half = file.with_name(file.name + ".part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        half.unlink(missing_ok=True)
        with faults(), closing(connect(library_path, create=False)) as connection:
            connection.execute("VACUUM INTO ?", (str(half),))
        half.replace(file)
    except OSError as error:
        raise InputError("cannot_write", path=file, reason=error.strerror or str(error)) from error
    finally:
        with suppress(OSError):
            half.unlink(missing_ok=True)


def put_back(file: Path, library_path: Path) -> None:
    """Puts a backup in the place of the library, as one transaction of it: a kill on the way leaves the present one.

    Every report is noted for the derived indexes to follow. A present library that is damaged is moved aside.
    For the holder of the write lock. Raises InputError for a file that is no backup, LibraryNewer for one of a
    newer version.
    """
    _require_backup(file, InputError("no_backup", file=file))
    half = library_path.with_name(library_path.name + ".restoring")
    with closing(_open_or_move_aside(library_path)) as present:
        try:
            _copy(file, half)
            with faults(), closing(sqlite3.connect(half, isolation_level=None)) as incoming:
                _prepare(incoming, present)
                incoming.backup(present)
        finally:
            half.unlink(missing_ok=True)


def _require_backup(file: Path, complaint: InputError) -> None:
    """Raises the complaint, InputError where it is damaged, and LibraryNewer for a newer schema."""
    if not file.is_file():
        raise InputError("backup_not_found", file=file)
    try:
        with closing(_open_for_reading(file)) as connection:
            is_ours = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION
            version = schema_version(connection)
            if is_ours and version <= len(MIGRATIONS):
                state = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise complaint from error
    if not is_ours:
        raise complaint
    if version > len(MIGRATIONS):
        raise LibraryNewer("backup_newer", file=file, version=version, known=len(MIGRATIONS))
    if state != "ok":
        raise InputError("backup_damaged", file=file, reason=str(state))


def _open_for_reading(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(read_only(file.absolute()), uri=True)


def _open_or_move_aside(library_path: Path) -> sqlite3.Connection:
    try:
        return connect(library_path, create=True)
    except LibraryNewer:
        raise
    except LibraryError:
        for ending in ("", "-wal", "-shm"):
            with suppress(FileNotFoundError):
                Path(f"{library_path}{ending}").replace(f"{library_path}{ending}.damaged")
        return connect(library_path, create=True)


def _copy(file: Path, half: Path) -> None:
    half.unlink(missing_ok=True)
    with faults(), closing(_open_for_reading(file)) as backup, closing(sqlite3.connect(half)) as copy:
        backup.backup(copy)


def _prepare(incoming: sqlite3.Connection, present: sqlite3.Connection) -> None:
    """Makes a copy of the backup the successor of the present library: newer than what any reader has seen of it."""
    migrate(incoming)
    seen = present.execute("SELECT generation FROM state").fetchone()[0]
    former = present.execute("SELECT id FROM reports").fetchall()
    incoming.execute("BEGIN")
    incoming.execute(
        "UPDATE state SET generation = max(generation, ?) + 1, library = lower(hex(randomblob(6)))", (seen,)
    )
    incoming.execute("UPDATE reports SET changed = (SELECT generation FROM state)")
    note = "INSERT OR REPLACE INTO pending SELECT {}, ?, generation FROM state"
    incoming.executemany(note.format("?"), [(report_id, "remove") for (report_id,) in former])
    incoming.execute("INSERT OR REPLACE INTO pending SELECT id, 'upsert', generation FROM reports, state")
    incoming.execute("COMMIT")
