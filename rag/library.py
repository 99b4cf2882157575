"""The library: the truth about reports, in one SQLite file.

Everything else in the data folder is derived from it. Each change is one transaction, raises the
generation by one, and notes in the outbox which report the derived indexes have to follow.
"""

import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

from rag.errors import UnknownReport
from rag.stored import (
    REPORT_COLUMNS,
    SOURCE_COLUMNS,
    connect,
    dump,
    faults,
    load,
    read_report,
    read_source,
    report_row,
    source_row,
)
from rag.types import Metadata, Report, ReportSource

_SHORTEST_PREFIX = 4


@dataclass(frozen=True, slots=True)
class Pending:
    """A change of the library that the derived indexes have not followed yet."""

    report_id: str
    action: Literal["upsert", "remove"]
    generation: int


class Library:
    """Reports and their sources. One object may be shared by threads; other processes may read along."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._lock = threading.RLock()
        self._loaded: dict[str, tuple[int, Report]] = {}  # id → generation of its last change, report

    @classmethod
    def open(cls, path: Path, *, create: bool = True) -> "Library":
        """Opens the file, making it where it is missing.

        Raises LibraryNewer for a file of a newer version, LibraryError where it is missing (with create=False),
        damaged or not writable.
        """
        return cls(connect(path, create=create))

    def close(self) -> None:
        """Lets go of the file."""
        self._connection.close()

    # reading

    def generation(self) -> int:
        """How many writes there have been; a higher number than before means other contents."""
        return int(self._rows("SELECT generation FROM state")[0][0])

    def reports(self) -> list[Report]:
        """All reports, by county, town and year; issues of one town and year in the order they came."""
        with self._lock, faults():
            ids = self._refresh()
            reports = [self._loaded[report_id][1] for report_id in ids]
        return sorted(reports, key=lambda report: _order(report.metadata))

    def report(self, report_id: str) -> Report:
        """The report of an id, an alias, or a beginning of an id (4 digits or more) that only one report has."""
        with self._lock, faults():
            known = self._resolve(report_id.strip().lower())
            return self._load(known, self._rows("SELECT changed FROM reports WHERE id = ?", known)[0][0])

    def sources(self, report_id: str) -> list[ReportSource]:
        """The files of a report, oldest first."""
        rows = self._rows(
            f"SELECT {SOURCE_COLUMNS} FROM sources WHERE report_id = ? ORDER BY position", self.report(report_id).id
        )
        return [read_source(row) for row in rows]

    def source_by_sha256(self, sha256: str) -> ReportSource | None:
        """The source with exactly these bytes."""
        rows = self._rows(f"SELECT {SOURCE_COLUMNS} FROM sources WHERE sha256 = ?", sha256)
        return read_source(rows[0]) if rows else None

    def sources_by_name(self, name: str) -> list[ReportSource]:
        """All sources with this file name, newest first; folders of several towns may each hold a 总结.txt."""
        rows = self._rows(f"SELECT {SOURCE_COLUMNS} FROM sources WHERE name = ? ORDER BY position DESC", name)
        return [read_source(row) for row in rows]

    def source_by_name(self, name: str) -> ReportSource | None:
        """The newest source with this file name."""
        return next(iter(self.sources_by_name(name)), None)

    def pending(self) -> list[Pending]:
        """What the derived indexes have not followed yet, oldest first."""
        return [Pending(*row) for row in self._rows("SELECT * FROM pending ORDER BY generation")]

    # writing

    def add(self, report: Report, source: ReportSource, *, replaces: ReportSource | None = None) -> None:
        """Adds a report with a source, or one more source to a report that is there, in one transaction.

        `replaces` is the source that the new one takes the place of; its report goes with its last source.
        Corrections by hand move along to the new report.
        """
        if source.report_id != report.id:
            raise ValueError(f"source of {source.report_id} for report {report.id}")
        with self._transaction() as generation:
            self._insert_report(report, generation, replaces)
            if replaces is not None:
                self._connection.execute("DELETE FROM sources WHERE sha256 = ?", (replaces.file.sha256,))
            self._insert_source(source)
            if replaces is not None:
                self._remove_without_source(replaces.report_id, generation)

    def remove(self, report_id: str) -> None:
        """Removes a report with its sources and aliases."""
        with self._transaction() as generation:
            self._delete(self._resolve(report_id), generation)

    def corrections(self, report_id: str) -> Metadata:
        """What was set by hand; None where nothing was."""
        rows = self._rows("SELECT corrections FROM reports WHERE id = ?", self.report(report_id).id)
        return cast(Metadata, load(rows[0][0], Metadata))

    def correct(self, report_id: str, corrections: Metadata) -> None:
        """Sets metadata by hand; takes the place of all earlier corrections of the report.

        Example: library.correct(report_id, replace(library.corrections(report_id), town="石矶镇"))
        """
        with self._transaction() as generation:
            known = self._resolve(report_id)
            self._connection.execute(
                "UPDATE reports SET corrections = ?, changed = ? WHERE id = ?",
                (dump(corrections, Metadata), generation, known),
            )
            self._note(known, "upsert", generation)

    def add_alias(self, alias: str, report_id: str) -> None:
        """Lets a former id lead to a report."""
        with self._transaction():
            self._connection.execute("INSERT OR REPLACE INTO aliases VALUES (?, ?)", (alias, self._resolve(report_id)))

    def settle(self, done: Iterable[Pending]) -> None:
        """Clears what the derived indexes have followed; newer changes of the same report stay pending."""
        entries = [(entry.report_id, entry.generation) for entry in done]
        if not entries:
            return
        with self._transaction():
            self._connection.executemany("DELETE FROM pending WHERE report_id = ? AND generation = ?", entries)

    # inside

    def _rows(self, sql: str, *values: object) -> list[Any]:
        with self._lock, faults():
            return self._connection.execute(sql, values).fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[int]:
        with self._lock, faults():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                self._connection.execute("UPDATE state SET generation = generation + 1")
                yield self.generation()
                self._connection.execute("COMMIT")
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise

    def _refresh(self) -> list[str]:
        """Loads what changed since the last look; returns all ids in the order they came."""
        changes = dict(self._rows("SELECT id, changed FROM reports ORDER BY position"))
        for report_id in self._loaded.keys() - changes.keys():
            del self._loaded[report_id]
        for report_id, changed in changes.items():
            self._load(report_id, changed)
        return list(changes)

    def _load(self, report_id: str, changed: int) -> Report:
        if report_id not in self._loaded or self._loaded[report_id][0] != changed:
            row = self._rows(f"SELECT {REPORT_COLUMNS} FROM reports WHERE id = ?", report_id)[0]
            self._loaded[report_id] = (changed, read_report(row))
        return self._loaded[report_id][1]

    def _resolve(self, name: str) -> str:
        rows = self._rows("SELECT id FROM reports WHERE id = ?", name)
        rows = rows or self._rows("SELECT report_id FROM aliases WHERE alias = ?", name)
        if not rows and len(name) >= _SHORTEST_PREFIX:
            rows = self._rows("SELECT id FROM reports WHERE substr(id, 1, ?) = ?", len(name), name)
        if len(rows) == 1:
            return str(rows[0][0])
        why = f"有 {len(rows)} 份报告以此开头 (matches several reports)" if rows else "没有这份报告 (no such report)"
        raise UnknownReport(f"“{name}”：{why}。可用 zhenbao reports 查看编号。")

    def _insert_report(self, report: Report, generation: int, replaces: ReportSource | None) -> None:
        if self._rows("SELECT 1 FROM reports WHERE id = ?", report.id):
            if not report.is_sample:  # a sample that also came as a real file is a real report
                self._connection.execute(
                    "UPDATE reports SET is_sample = 0, changed = ? WHERE id = ? AND is_sample", (generation, report.id)
                )
            return
        corrections = self.corrections(replaces.report_id) if replaces else Metadata()
        marks = ", ".join("?" * len(REPORT_COLUMNS.split(",")))
        self._connection.execute(
            f"INSERT INTO reports ({REPORT_COLUMNS}) VALUES ({marks})", report_row(report, generation, corrections)
        )
        self._note(report.id, "upsert", generation)

    def _insert_source(self, source: ReportSource) -> None:
        marks = ", ".join("?" * len(SOURCE_COLUMNS.split(",")))
        self._connection.execute(f"INSERT INTO sources ({SOURCE_COLUMNS}) VALUES ({marks})", source_row(source))

    def _note(self, report_id: str, action: str, generation: int) -> None:
        self._connection.execute("INSERT OR REPLACE INTO pending VALUES (?, ?, ?)", (report_id, action, generation))

    def _remove_without_source(self, report_id: str, generation: int) -> None:
        if not self._rows("SELECT 1 FROM sources WHERE report_id = ?", report_id):
            self._delete(report_id, generation)

    def _delete(self, report_id: str, generation: int) -> None:
        self._connection.execute("DELETE FROM reports WHERE id = ?", (report_id,))
        self._note(report_id, "remove", generation)


def _order(metadata: Metadata) -> tuple[str, str, int]:
    return (metadata.county or "", metadata.town or "", metadata.year or 0)
