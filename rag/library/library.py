"""The library: the truth about reports, in one SQLite file.

Everything else in the data folder is derived from it. Each change is one transaction, raises the
generation by one, and notes in the outbox which report the derived indexes have to follow.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rag.library.parser_version import pipeline_version
from rag.library.reader import Lookup, Pending
from rag.library.rows import REPORT_COLUMNS, SOURCE_COLUMNS, dump, report_row, source_row
from rag.library.schema import connect, faults
from rag.parsing.report import Metadata, Report, ReportSource


@dataclass(frozen=True, slots=True)
class Renewed:
    """A source that was cleaned again, and the report that it now belongs to."""

    report: Report
    source: ReportSource


class Library(Lookup):
    """Reports and their sources. One object may be shared by threads; other processes may read along."""

    @classmethod
    def open(cls, path: Path, *, create: bool = True) -> "Library":
        """Opens the file, making it where it is missing.

        Raises LibraryNewer for a file of a newer version, LibraryError where it is missing (with create=False),
        damaged or not writable.
        """
        return cls(connect(path, create=create))

    def add(self, report: Report, source: ReportSource, *, replaces: ReportSource | None = None) -> None:
        """Adds a report with a source, or one more source to a report that is there, in one transaction.

        `replaces` is the source that the new one takes the place of; its report goes with its last source.
        Corrections by hand move along to the new report.
        """
        if source.report_id != report.id:
            raise ValueError(f"source of {source.report_id} for report {report.id}")
        with self._transaction() as generation:
            self._insert_report(report, generation, self.corrections(replaces.report_id) if replaces else Metadata())
            place = self._drop_source(replaces, report.id) if replaces else None
            self._insert_source(source, place)
            if replaces is not None and not self.has_sources(replaces.report_id):
                self._delete(replaces.report_id, generation)

    def renew(self, old_id: str, successors: Sequence[Renewed]) -> None:
        """Puts what came of a report's sources in its place, in one transaction.

        The old id leads to the first successor, and the corrections by hand are for all of them. A successor may
        be a report that is in the library already: then the sources join it.
        """
        successor = successors[0].report
        with self._transaction() as generation:
            corrections = self.corrections(old_id)
            self._connection.execute("DELETE FROM sources WHERE report_id = ?", (old_id,))
            for each in successors:
                if each.report.id == old_id:
                    self._rewrite(each.report, generation, corrections)
                else:
                    self._insert_report(each.report, generation, corrections)
                self._insert_source(each.source)
            if all(each.report.id != old_id for each in successors):
                self._connection.execute("UPDATE aliases SET report_id = ? WHERE report_id = ?", (successor.id, old_id))
                self._delete(old_id, generation)
                self._connection.execute("INSERT OR REPLACE INTO aliases VALUES (?, ?)", (old_id, successor.id))

    def remove(self, report_id: str) -> None:
        """Removes a report with its sources and aliases."""
        with self._transaction() as generation:
            self._delete(self._resolve(report_id), generation)

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
        with self._transaction():
            self._connection.executemany("DELETE FROM pending WHERE report_id = ? AND generation = ?", entries)

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

    def _insert_report(self, report: Report, generation: int, corrections: Metadata) -> None:
        if self._rows("SELECT 1 FROM reports WHERE id = ?", report.id):
            if not report.is_sample:  # a sample that also came as a real file is a real report
                self._connection.execute(
                    "UPDATE reports SET is_sample = 0, changed = ? WHERE id = ? AND is_sample", (generation, report.id)
                )
            return
        self._connection.execute(
            f"INSERT INTO reports ({REPORT_COLUMNS}) VALUES ({_marks(REPORT_COLUMNS)})",
            report_row(report, generation, corrections),
        )
        self._note(report.id, "upsert", generation)

    def _rewrite(self, report: Report, generation: int, corrections: Metadata) -> None:
        self._connection.execute(
            f"UPDATE reports SET ({REPORT_COLUMNS}) = ({_marks(REPORT_COLUMNS)}) WHERE id = ?",
            (*report_row(report, generation, corrections), report.id),
        )
        self._note(report.id, "upsert", generation)

    def _insert_source(self, source: ReportSource, place: int | None = None) -> None:
        """Stores a source, at the end or in a place that became free."""
        self._connection.execute(
            f"INSERT INTO sources ({SOURCE_COLUMNS}, pipeline, position) VALUES ({_marks(SOURCE_COLUMNS)}, ?, ?)",
            (*source_row(source), pipeline_version(), place),
        )

    def _drop_source(self, source: ReportSource, report_id: str) -> int | None:
        """Forgets a source; gives its place where it is to be filled by one of the same report.

        What remains of another report is to be cleaned again: its text may have been that of this source.
        """
        where = (source.file.sha256,)
        place = self._rows("SELECT position FROM sources WHERE sha256 = ?", *where)[0][0]
        self._connection.execute("DELETE FROM sources WHERE sha256 = ?", where)
        self._connection.execute("UPDATE sources SET pipeline = '' WHERE report_id = ?", (source.report_id,))
        return place if source.report_id == report_id else None

    def _note(self, report_id: str, action: str, generation: int) -> None:
        self._connection.execute("INSERT OR REPLACE INTO pending VALUES (?, ?, ?)", (report_id, action, generation))

    def _delete(self, report_id: str, generation: int) -> None:
        self._connection.execute("DELETE FROM reports WHERE id = ?", (report_id,))
        self._note(report_id, "remove", generation)


def _marks(columns: str) -> str:
    return ", ".join("?" * len(columns.split(",")))
