"""The library: the truth about reports, in one SQLite file.

Everything else in the data folder is derived from it. Each change is one transaction, raises the
generation by one, and notes in the outbox which report the derived indexes have to follow.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from rag.library.reader import Pending
from rag.library.row_writer import RowWriter, Stored
from rag.library.rows import corrected, dump
from rag.library.schema import connect
from rag.parsing.figures.indicators import Indicator
from rag.parsing.report import Metadata, Report, ReportSource


class Library(RowWriter):
    """Reports and their sources. One object may be shared by threads; other processes may read along."""

    @classmethod
    def open(cls, path: Path, *, create: bool = True) -> "Library":
        """Opens the file, making it where it is missing.

        Raises LibraryNewer for a file of a newer version, LibraryError where it is missing (with create=False),
        damaged or not writable.
        """
        return cls(connect(path, create=create))

    def add(
        self,
        report: Report,
        source: ReportSource,
        *,
        figures: Sequence[Indicator] | None = None,
        replaces: ReportSource | None = None,
    ) -> None:
        """Adds a report with a source, or one more source to a report that is there, in one transaction.

        `figures` are those of the report, None where nobody has read them; `replaces` is the source that the new one
        takes the place of; its report goes with its last source. Corrections by hand move along to the new report.
        """
        self.put(Stored(report, source, figures), replaces=replaces)

    def put(self, added: Stored, *, replaces: ReportSource | None = None) -> None:
        """The same with all of it at hand."""
        if added.source.report_id != added.report.id:
            raise ValueError(f"source of {added.source.report_id} for report {added.report.id}")
        with self._transaction() as generation:
            self._add(added, generation, replaces)

    def add_many(self, added: Iterable[Stored]) -> None:
        """Adds several reports that are not there yet, in one transaction: all of them or none."""
        with self._transaction() as generation:
            for each in added:
                self._add(each, generation, None)

    def _add(self, added: Stored, generation: int, replaces: ReportSource | None) -> None:
        report, source = added.report, added.source
        corrections = self.corrections(replaces.report_id) if replaces else Metadata()
        is_new = self._insert_report(added, generation, corrections)
        place = self._drop_source(replaces, report.id) if replaces else None
        self._insert_source(source, place)
        if is_new or place is not None:  # quotations are counted in the source
            self._insert_figures(added)
        self._count_warnings(report.id)
        if replaces is not None and not self.has_sources(replaces.report_id):
            self._delete(replaces.report_id, generation)

    def renew(self, old_id: str, successors: Sequence[Stored]) -> None:
        """Puts what came of a report's sources in its place, in one transaction.

        The old id leads to the first successor, and the corrections by hand are for all of them. A successor may
        be a report that is in the library already: then the sources join it.
        """
        successor = successors[0].report
        with self._transaction() as generation:
            corrections = self.corrections(old_id)
            self._connection.execute("DELETE FROM sources WHERE report_id = ?", (old_id,))
            rewritten = False
            for each in successors:
                is_new = each.report.id == old_id and not rewritten
                if is_new:
                    self._rewrite(each, generation, corrections)
                    rewritten = True
                else:
                    is_new = self._insert_report(each, generation, corrections)
                self._insert_source(each.source)
                if is_new:
                    self._insert_figures(each)
                self._count_warnings(each.report.id)
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
            self._describe(known, corrected(self.corrected_of(known).found, corrections))
            self._count_warnings(known)
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
