"""Reading the library: reports by id, sources by name and hash, and what the indexes still have to follow.

Nothing here reads more reports than it gives, but `every_report`, which is for whoever writes or exports them all.
"""

import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal, cast

from rag.errors import UnknownReport
from rag.library.rows import (
    CONTENT_COLUMNS,
    DEFECT_COLUMNS,
    REPORT_COLUMNS,
    SENTENCE_COLUMNS,
    SOURCE_COLUMNS,
    dump,
    load,
    read_report,
    read_source,
    set_by_hand,
)
from rag.library.schema import faults
from rag.parsing.report import Metadata, Report, ReportSource

_SHORTEST_PREFIX = 4
_MOST_KEPT = 32  # reports in memory: what a question about several towns needs at once

IN_ORDER = "ORDER BY county, town, year, position"
"""By county, town and year, what is not known first; issues of one town and year in the order they came."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A change of the library that the derived indexes have not followed yet."""

    report_id: str
    action: Literal["upsert", "reread", "remove"]  # reread: its passages are the same, but not what is told of them
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


@dataclass(frozen=True, slots=True)
class Totals:
    """How much a library holds."""

    reports: int
    passages: int
    sentences: int


class Lookup:
    """The reading side of a library. One object may be shared by threads."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._lock = threading.RLock()
        self._kept: OrderedDict[str, tuple[int, Report]] = OrderedDict()  # id → generation of its last change, report

    def close(self) -> None:
        """Lets go of the file."""
        self._connection.close()

    def generation(self) -> int:
        """How many writes there have been; a higher number than before means other contents."""
        return int(self.rows("SELECT generation FROM state")[0][0])

    def identity(self) -> str:
        """What tells this library from every other, 12 hexadecimal digits; a restored one is another."""
        return str(self.rows("SELECT library FROM state")[0][0])

    def totals(self) -> Totals:
        """How much there is, without counting."""
        return Totals(*self.rows("SELECT reports, passages, sentences FROM state")[0])

    def require_reports(self) -> None:
        """Raises UnknownReport where there is no report, with what to do about it."""
        if not self.totals().reports:
            raise UnknownReport("library_empty")

    def has_real_reports(self) -> bool:
        """Whether there are others than samples."""
        return bool(self.rows("SELECT 1 FROM reports WHERE NOT is_sample LIMIT 1"))

    def ids(self) -> list[str]:
        """The ids of all reports, by county, town and year."""
        return [row[0] for row in self.rows(f"SELECT id FROM reports {IN_ORDER}")]

    def every_report(self) -> Iterator[Report]:
        """All reports, by county, town and year, one after the other; not for questions."""
        for report_id in self.ids():
            yield self._load(report_id, keep=False)

    def reports(self, ids: Iterable[str]) -> list[Report]:
        """The reports of these ids, in their order, without those that are gone."""
        return [report for report_id in ids if (report := self.find(report_id)) is not None]

    def find(self, report_id: str) -> Report | None:
        """The report of exactly this id, None where there is none."""
        return self._load(report_id) if self.rows("SELECT 1 FROM reports WHERE id = ?", report_id) else None

    def report(self, report_id: str) -> Report:
        """The report of an id, an alias, or a beginning of an id (4 digits or more) that only one report has."""
        with self._lock, faults():
            return self._load(self._resolve(report_id.strip().lower()))

    def corrections(self, report_id: str) -> Metadata:
        """What was set by hand; None where nothing was."""
        return self.corrected_of(report_id).by_hand

    def corrected_of(self, report_id: str) -> Corrected:
        """Of one report, what it states of itself and what was set by hand."""
        known = self._resolve(report_id.strip().lower())
        found, by_hand = self.rows("SELECT metadata, corrections FROM reports WHERE id = ?", known)[0]
        return Corrected(cast(Metadata, load(found, Metadata)), cast(Metadata, load(by_hand, Metadata)))

    def corrected(self) -> dict[str, Corrected]:
        """By id, the reports whose metadata a person corrected."""
        sql = "SELECT id, metadata, corrections FROM reports WHERE corrections != ?"
        rows = self.rows(sql, dump(Metadata(), Metadata))
        read = {row[0]: Corrected(load(row[1], Metadata), load(row[2], Metadata)) for row in rows}
        return {report_id: each for report_id, each in read.items() if each.former}

    def sources(self, report_id: str) -> list[ReportSource]:
        """The files of a report, oldest first; the report's text is that of the first."""
        return self._sources("report_id = ? ORDER BY position", self._resolve(report_id.strip().lower()))

    def source(self, report_id: str) -> ReportSource:
        """The first file of the report of exactly this id, in which its quotations are counted."""
        return self._sources("report_id = ? ORDER BY position LIMIT 1", report_id)[0]

    def has_sources(self, report_id: str) -> bool:
        """Whether there is a report of exactly this id with a file."""
        return bool(self.rows("SELECT 1 FROM sources WHERE report_id = ?", report_id))

    def source_by_sha256(self, sha256: str) -> ReportSource | None:
        """The source with exactly these bytes."""
        return next(iter(self._sources("sha256 = ?", sha256)), None)

    def sources_by_name(self, name: str) -> list[ReportSource]:
        """All sources with this file name, newest first; folders of several towns may each hold a 总结.txt."""
        return self._sources("name = ? ORDER BY position DESC", name)

    def source_by_name(self, name: str) -> ReportSource | None:
        """The newest source with this file name."""
        return next(iter(self._sources("name = ? ORDER BY position DESC LIMIT 1", name)), None)

    def pending(self, most: int | None = None) -> list[Pending]:
        """What the derived indexes have not followed yet, oldest first."""
        rows = self.rows("SELECT * FROM pending ORDER BY generation LIMIT ?", -1 if most is None else most)
        return [Pending(*row) for row in rows]

    def unread(self, most: int | None = None) -> list[str]:
        """The ids of reports whose figures no program has read yet: an earlier release stored them."""
        sql = "SELECT id FROM reports WHERE read_by = '' ORDER BY position LIMIT ?"
        return [str(row[0]) for row in self.rows(sql, -1 if most is None else most)]

    def outdated(self, pipeline: str) -> list[str]:
        """The ids of reports that another state of the program read, or a source of which another cleaned."""
        sql = """SELECT id FROM reports WHERE read_by != ?1
            OR id IN (SELECT report_id FROM sources WHERE pipeline != ?1) ORDER BY position"""
        return [str(row[0]) for row in self.rows(sql, pipeline)]

    def is_outdated(self, report_id: str, pipeline: str) -> bool:
        """Whether another state of the program read the report, or cleaned a file of it."""
        sql = """SELECT 1 FROM reports WHERE id = ?1 AND (read_by != ?2
            OR EXISTS (SELECT 1 FROM sources WHERE report_id = ?1 AND pipeline != ?2))"""
        return bool(self.rows(sql, report_id, pipeline))

    def rows(self, sql: str, *values: object) -> list[Any]:
        """What a query gives."""
        with self._lock, faults():
            return self._connection.execute(sql, values).fetchall()

    def _sources(self, condition: str, *values: object) -> list[ReportSource]:
        with self._lock:
            found = self.rows(f"SELECT position, {SOURCE_COLUMNS} FROM sources WHERE {condition}", *values)
            sql = f"SELECT {DEFECT_COLUMNS} FROM defects WHERE source = ? ORDER BY number"
            return [read_source(row, self.rows(sql, position)) for position, *row in found]

    def _load(self, report_id: str, *, keep: bool = True) -> Report:
        """A report from memory, where nobody has changed it since, else from the file."""
        with self._lock, faults():
            sql = f"SELECT position, read_by, {REPORT_COLUMNS} FROM reports WHERE id = ?"
            position, read_by, *row = self.rows(sql, report_id)[0]
            changed = row[1]
            if report_id in self._kept and self._kept[report_id][0] == changed:
                self._kept.move_to_end(report_id)
                return self._kept[report_id][1]
            content = self.rows(f"SELECT {CONTENT_COLUMNS} FROM contents WHERE report = ?", position)[0]
            sql = f"SELECT {SENTENCE_COLUMNS} FROM sentences WHERE report = ? ORDER BY number"
            report = read_report(row, content, self.rows(sql, position))
            if not read_by:
                from rag.parsing.parse import marked  # slow to import, and seldom needed

                report = replace(report, sentences=marked(report))
            if keep:
                self._kept[report_id] = (changed, report)
                while len(self._kept) > _MOST_KEPT:
                    self._kept.popitem(last=False)
            return report

    def _resolve(self, name: str) -> str:
        rows = self.rows("SELECT id FROM reports WHERE id = ?", name)
        rows = rows or self.rows("SELECT report_id FROM aliases WHERE alias = ?", name)
        if not rows and len(name) >= _SHORTEST_PREFIX and name.isalnum():
            rows = self.rows("SELECT id FROM reports WHERE id >= ? AND id < ?", name, f"{name}~")
        if len(rows) == 1:
            return str(rows[0][0])
        if rows:
            raise UnknownReport("several_reports", name=name, count=len(rows))
        raise UnknownReport("no_such_report", name=name)
