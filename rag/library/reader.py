"""Reading the library: reports by id, sources by name and hash, and what the indexes still have to follow."""

import sqlite3
import threading
from dataclasses import dataclass
from typing import Any, Literal, cast

from rag.errors import UnknownReport
from rag.library.rows import REPORT_COLUMNS, SOURCE_COLUMNS, dump, load, read_report, read_source, set_by_hand
from rag.library.schema import faults
from rag.parsing.report import Metadata, Report, ReportSource

_SHORTEST_PREFIX = 4


@dataclass(frozen=True, slots=True)
class Pending:
    """A change of the library that the derived indexes have not followed yet."""

    report_id: str
    action: Literal["upsert", "remove"]
    generation: int


@dataclass(frozen=True, slots=True)
class Corrected:
    """Metadata as a report states it itself, and what a person set instead."""

    found: Metadata
    by_hand: Metadata

    @property
    def former(self) -> dict[str, str | int | None]:
        """By name, the fields that were corrected, each with what the report itself states."""
        return {name: getattr(self.found, name) for name in set_by_hand(self.by_hand)}


class Lookup:
    """The reading side of a library. One object may be shared by threads."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._lock = threading.RLock()
        self._loaded: dict[str, tuple[int, Report]] = {}  # id → generation of its last change, report

    def close(self) -> None:
        """Lets go of the file."""
        self._connection.close()

    def generation(self) -> int:
        """How many writes there have been; a higher number than before means other contents."""
        return int(self._rows("SELECT generation FROM state")[0][0])

    def identity(self) -> str:
        """What tells this library from every other, 12 hexadecimal digits; a restored one is another."""
        return str(self._rows("SELECT library FROM state")[0][0])

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

    def corrections(self, report_id: str) -> Metadata:
        """What was set by hand; None where nothing was."""
        rows = self._rows("SELECT corrections FROM reports WHERE id = ?", self.report(report_id).id)
        return cast(Metadata, load(rows[0][0], Metadata))

    def corrected(self) -> dict[str, Corrected]:
        """By id, the reports whose metadata a person corrected."""
        sql = "SELECT id, metadata, corrections FROM reports WHERE corrections != ?"
        rows = self._rows(sql, dump(Metadata(), Metadata))
        read = {row[0]: Corrected(load(row[1], Metadata), load(row[2], Metadata)) for row in rows}
        return {report_id: each for report_id, each in read.items() if each.former}

    def passages(self) -> int:
        """How many passages all reports have together."""
        return int(self._rows("SELECT coalesce(sum(json_array_length(chunks, '$[0]')), 0) FROM reports")[0][0])

    def sources(self, report_id: str) -> list[ReportSource]:
        """The files of a report, oldest first; the report's text is that of the first."""
        rows = self._rows(
            f"SELECT {SOURCE_COLUMNS} FROM sources WHERE report_id = ? ORDER BY position", self.report(report_id).id
        )
        return [read_source(row) for row in rows]

    def has_sources(self, report_id: str) -> bool:
        """Whether there is a report of exactly this id with a file."""
        return bool(self._rows("SELECT 1 FROM sources WHERE report_id = ?", report_id))

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

    def outdated(self, pipeline: str) -> list[str]:
        """The ids of reports with a source that another state of the program cleaned."""
        sql = "SELECT DISTINCT report_id FROM sources WHERE pipeline != ? ORDER BY position"
        return [str(row[0]) for row in self._rows(sql, pipeline)]

    def is_outdated(self, report_id: str, pipeline: str) -> bool:
        """Whether another state of the program cleaned a file of the report."""
        return bool(self._rows("SELECT 1 FROM sources WHERE report_id = ? AND pipeline != ?", report_id, pipeline))

    def _rows(self, sql: str, *values: object) -> list[Any]:
        with self._lock, faults():
            return self._connection.execute(sql, values).fetchall()

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
        if rows:
            raise UnknownReport("several_reports", name=name, count=len(rows))
        raise UnknownReport("no_such_report", name=name)


def _order(metadata: Metadata) -> tuple[str, str, int]:
    return (metadata.county or "", metadata.town or "", metadata.year or 0)
