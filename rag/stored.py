"""How the library's file looks: its schema with the way up from older ones, and rows as JSON, read strictly."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path
from typing import Any

from rag.errors import LibraryBusy, LibraryError, LibraryNewer
from rag.types import Chunk, Defect, Heading, Metadata, OffsetMap, Report, ReportSource, Run, Sentence, SourceFile

_BUSY_SECONDS = 10.0
REPORT_COLUMNS = "id, changed, metadata, corrections, text, headings, sentences, chunks, is_sample"
SOURCE_COLUMNS = "report_id, name, sha256, encoding, text, page_starts, offsets, defects"

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
)
"""Statements that lead from each schema version to the next; the version is the file's `user_version`."""


def connect(path: Path, *, create: bool) -> sqlite3.Connection:
    """A connection to the library's file, brought to the newest schema, each statement its own transaction."""
    if not create and not path.exists():
        raise LibraryError(f"还没有资料库：{path}。请先运行 zhenbao ingest。(no library yet)")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LibraryError(f"无法建立数据文件夹 {path.parent}：{error.strerror}。(cannot make the folder)") from error
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
            raise LibraryBusy("资料库正被另一个程序写入，请稍后再试。(another process is writing)") from error
        raise LibraryError(f"资料库无法读写：{error}。(the library cannot be read or written)") from error
    except sqlite3.DatabaseError as error:
        raise LibraryError(f"资料库文件已损坏：{error}。请从备份恢复。(the library file is damaged)") from error


def migrate(connection: sqlite3.Connection) -> None:
    """Brings a file to the newest schema in one transaction; raises LibraryNewer for one from the future."""
    if _version(connection) == len(MIGRATIONS):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = _version(connection)  # again: another process may have been faster
        if version > len(MIGRATIONS):
            raise LibraryNewer(
                f"资料库由更新版本的镇报写成（格式 {version}，本版只认到 {len(MIGRATIONS)}），请升级程序。"
                "(the library was written by a newer Zhenbao; please upgrade)"
            )
        for statements in MIGRATIONS[version:]:
            for statement in statements:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def report_row(report: Report, generation: int, corrections: Metadata) -> tuple[object, ...]:
    """A report as REPORT_COLUMNS."""
    return (
        report.id,
        generation,
        dump(report.metadata, Metadata),
        dump(corrections, Metadata),
        report.text,
        dump(report.headings, tuple[Heading, ...]),
        dump(report.sentences, tuple[Sentence, ...]),
        dump(report.chunks, tuple[Chunk, ...]),
        report.is_sample,
    )


def read_report(row: Any) -> Report:
    """A report from REPORT_COLUMNS, its metadata with the corrections made by hand."""
    report_id, _, metadata, corrections, text, headings, sentences, chunks, is_sample = row
    corrected = {name: value for name, value in asdict(load(corrections, Metadata)).items() if value is not None}
    return Report(
        id=report_id,
        metadata=replace(load(metadata, Metadata), **corrected),
        text=text,
        headings=load(headings, tuple[Heading, ...]),
        sentences=load(sentences, tuple[Sentence, ...]),
        chunks=load(chunks, tuple[Chunk, ...]),
        is_sample=bool(is_sample),
    )


def source_row(source: ReportSource) -> tuple[object, ...]:
    """A source as SOURCE_COLUMNS."""
    file = source.file
    return (
        source.report_id,
        file.name,
        file.sha256,
        file.encoding,
        file.text,
        dump(file.page_starts, tuple[int, ...]),
        dump(source.offsets.runs, tuple[Run, ...]),
        dump(source.defects, tuple[Defect, ...]),
    )


def read_source(row: Any) -> ReportSource:
    """A source from SOURCE_COLUMNS."""
    report_id, name, sha256, encoding, text, page_starts, runs, defects = row
    file = SourceFile(name, sha256, encoding, text, load(page_starts, tuple[int, ...]))
    return ReportSource(report_id, file, OffsetMap(load(runs, tuple[Run, ...])), load(defects, tuple[Defect, ...]))


def dump(value: object, shape: Any) -> str:
    """A value of the given shape as JSON, such as dump((Run(0, 0, 1),), tuple[Run, ...])."""
    return str(_adapter(shape).dump_json((value,)).decode())


def load(row: str, shape: Any) -> Any:
    """A value from its JSON; raises LibraryError where fields are missing, unknown or of another type."""
    from pydantic import ValidationError

    try:
        return _adapter(shape).validate_json(row)[0]
    except ValidationError as error:
        raise LibraryError(
            f"资料库中有一行读不出来：{error.errors()[0]['msg']}。请从备份恢复。"
            "(a row of the library cannot be read; please restore a backup)"
        ) from error


@cache
def _adapter(shape: Any) -> Any:
    from pydantic import ConfigDict, TypeAdapter  # 0.2 s, and `--help` needs none of it

    # in a tuple of one: the configuration is passed on to dataclasses inside, but not accepted for one itself
    return TypeAdapter(tuple[shape], config=ConfigDict(extra="forbid", strict=True))
