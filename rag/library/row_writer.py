"""Writing rows of the library: what a report, its sentences, figures, sources and places are stored as."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from rag.library.columns import METADATA_COLUMNS, metadata_values
from rag.library.figure_rows import FIGURE_COLUMNS, figure_values
from rag.library.parser_version import pipeline_version
from rag.library.place_rows import forget_places, note_places
from rag.library.reader import Lookup
from rag.library.rows import (
    CONTENT_COLUMNS,
    DEFECT_COLUMNS,
    REPORT_COLUMNS,
    SENTENCE_COLUMNS,
    SOURCE_COLUMNS,
    content_row,
    corrected,
    defect_rows,
    dump,
    report_row,
    sentence_rows,
    source_row,
)
from rag.library.schema import faults
from rag.parsing.figures.indicators import Indicator
from rag.parsing.heads.lending import ClauseHead, HeadsBySentence
from rag.parsing.report import TIDIED, Metadata, Report, ReportSource
from rag.parsing.same_text import LetterForms, letter_forms


@dataclass(frozen=True, slots=True)
class Stored:
    """A report with one of its sources and its figures, as it is to be stored."""

    report: Report
    source: ReportSource
    figures: Sequence[Indicator] | None = None  # of the report; None where nobody has read them
    forms: LetterForms | None = None  # of the report, where they are known already
    heads: HeadsBySentence = field(default_factory=dict)  # what clauses of the report are lent


class RowWriter(Lookup):
    """Rows in and out, inside transactions that `Library` begins."""

    @contextmanager
    def together(self) -> Iterator[None]:
        """All writes of a `with` in one transaction, or none of them.

        Inside another such `with`, what fails is undone alone; whoever catches the error there keeps the rest.
        """
        with self._transaction():
            yield

    @property
    def is_writing(self) -> bool:
        """Whether a transaction is under way."""
        return self._connection.in_transaction

    @contextmanager
    def _transaction(self) -> Iterator[int]:
        with self._lock, faults():
            is_part = self._connection.in_transaction
            self._connection.execute("SAVEPOINT part" if is_part else "BEGIN IMMEDIATE")
            try:
                self._connection.execute("UPDATE state SET generation = generation + 1")
                yield self.generation()
                self._connection.execute("RELEASE part" if is_part else "COMMIT")
            except BaseException:
                self._undo(is_part)
                raise

    def _undo(self, is_part: bool) -> None:
        self._kept.clear()  # what was read of the undone state
        if self._connection.in_transaction:  # SQLite itself ends it where the disk is full
            self._connection.execute("ROLLBACK TO part" if is_part else "ROLLBACK")
            if is_part:
                self._connection.execute("RELEASE part")

    def _insert_report(self, added: Stored, generation: int, corrections: Metadata) -> bool:
        """Stores a report; False where it is there already."""
        report = added.report
        if self.rows("SELECT 1 FROM reports WHERE id = ?", report.id):
            if not report.is_sample:  # a sample that also came as a real file is a real report
                self._connection.execute(
                    "UPDATE reports SET is_sample = 0, changed = ? WHERE id = ? AND is_sample", (generation, report.id)
                )
            return False
        self._insert("reports", REPORT_COLUMNS, [report_row(report, generation, corrections)])
        self._insert_contents(added, corrections)
        self._note(report.id, "upsert", generation)
        return True

    def _rewrite(self, added: Stored, generation: int, corrections: Metadata) -> None:
        """Stores what a report of the same id has become."""
        report, held = added.report, self.report(added.report.id)
        self._connection.execute(
            f"UPDATE reports SET ({REPORT_COLUMNS}, read_by) = ({_marks(REPORT_COLUMNS)}, '') WHERE id = ?",
            (*report_row(report, generation, corrections), report.id),
        )
        position = self._position(report.id)
        for table in ("figures", "sentences", "letter_forms", "contents"):
            self._connection.execute(f"DELETE FROM {table} WHERE report = ?", (position,))
        self._insert_contents(added, corrections)
        is_same = held.chunks == report.chunks and held.metadata == corrected(report.metadata, corrections)
        self._note(report.id, "reread" if is_same else "upsert", generation)

    def _insert_contents(self, added: Stored, corrections: Metadata) -> None:
        report = added.report
        position = self._position(report.id)
        forms = added.forms or letter_forms(report)
        rows = ((position, form, form == forms.whole) for form in forms.inner)
        self._insert("letter_forms", "report, form, is_whole", rows)
        self._insert("contents", f"report, {CONTENT_COLUMNS}", [(position, *content_row(report))])
        self._insert("sentences", f"report, {SENTENCE_COLUMNS}", ((position, *row) for row in sentence_rows(report)))
        self._describe(report.id, corrected(report.metadata, corrections))

    def _describe(self, report_id: str, metadata: Metadata) -> None:
        """Sets the columns that a report is found by."""
        position = self._position(report_id)
        settings = ", ".join(f"{name} = ?" for name in METADATA_COLUMNS)
        self._connection.execute(
            f"UPDATE reports SET {settings} WHERE position = ?", (*metadata_values(metadata), position)
        )
        note_places(self._connection, position, metadata)

    def _insert_figures(self, added: Stored) -> None:
        """Stores the figures of a report in place of those that it had; quotations are counted in its first source."""
        if added.figures is None:
            return
        position = self._position(added.report.id)
        self._connection.execute("DELETE FROM figures WHERE report = ?", (position,))
        subjects = [(each.own,) for each in added.figures]
        self._connection.executemany("INSERT OR IGNORE INTO subjects (text) VALUES (?)", subjects)
        known = "(SELECT id FROM subjects WHERE text = ?)"
        sql = f"""INSERT INTO figures (report, subject, {", ".join(FIGURE_COLUMNS)})
            VALUES (?, {known}, {", ".join("?" * len(FIGURE_COLUMNS))})"""
        values = figure_values(added.report, added.source, added.figures)
        rows = ((position, *subject, *row) for subject, row in zip(subjects, values, strict=True))
        self._connection.executemany(sql, rows)
        self._insert_heads(added, position)
        self._connection.execute("UPDATE reports SET read_by = ? WHERE position = ?", (pipeline_version(), position))

    def _insert_heads(self, added: Stored, position: int) -> None:
        """Stores with each sentence what its clauses are lent."""
        lent = (
            (dump(added.heads[sentence.start], tuple[ClauseHead, ...]), position, number)
            for number, sentence in enumerate(added.report.sentences)
            if sentence.start in added.heads
        )
        self._connection.executemany("UPDATE sentences SET heads = ? WHERE report = ? AND number = ?", lent)

    def _insert_source(self, source: ReportSource, place: int | None = None) -> None:
        """Stores a source, at the end or in a place that became free."""
        row = (*source_row(source), pipeline_version(), place)
        self._insert("sources", f"{SOURCE_COLUMNS}, pipeline, position", [row])
        position = self.rows("SELECT position FROM sources WHERE sha256 = ?", source.file.sha256)[0][0]
        self._insert("defects", f"source, {DEFECT_COLUMNS}", ((position, *row) for row in defect_rows(source.defects)))

    def _count_warnings(self, report_id: str) -> None:
        """Counts what someone should look at: not what cleaning tidied, nor a missing name that is known by now."""
        tidied = ", ".join(f"'{kind}'" for kind in sorted(TIDIED))
        self._connection.execute(
            f"""UPDATE reports SET warnings = (
                SELECT count(*) FROM defects JOIN sources ON sources.position = defects.source
                WHERE report_id = reports.id AND kind NOT IN ({tidied})
                    AND NOT (kind = 'unnamed' AND reports.town IS NOT NULL AND reports.year IS NOT NULL))
                WHERE id = ?""",
            (report_id,),
        )

    def _insert(self, table: str, columns: str, rows: Iterable[tuple[object, ...]]) -> None:
        self._connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({_marks(columns)})", rows)

    def _position(self, report_id: str) -> int:
        return int(self.rows("SELECT position FROM reports WHERE id = ?", report_id)[0][0])

    def _drop_source(self, source: ReportSource, report_id: str) -> int | None:
        """Forgets a source; gives its place where it is to be filled by one of the same report.

        What remains of another report is to be cleaned again: its text may have been that of this source.
        """
        where = (source.file.sha256,)
        place = self.rows("SELECT position FROM sources WHERE sha256 = ?", *where)[0][0]
        self._connection.execute("DELETE FROM sources WHERE sha256 = ?", where)
        self._connection.execute("UPDATE sources SET pipeline = '' WHERE report_id = ?", (source.report_id,))
        return place if source.report_id == report_id else None

    def _note(self, report_id: str, action: str, generation: int) -> None:
        """Notes a change for the indexes; what is read again after a change that they have not followed stays that."""
        sql = """INSERT INTO pending VALUES (?, ?, ?) ON CONFLICT (report_id) DO UPDATE SET
            generation = excluded.generation,
            action = CASE WHEN excluded.action = 'reread' THEN action ELSE excluded.action END"""
        self._connection.execute(sql, (report_id, action, generation))

    def _delete(self, report_id: str, generation: int) -> None:
        found = self.rows("SELECT position FROM reports WHERE id = ?", report_id)
        for (position,) in found:
            forget_places(self._connection, position)
        self._connection.execute("DELETE FROM reports WHERE id = ?", (report_id,))
        self._note(report_id, "remove", generation)


def _marks(columns: str) -> str:
    return ", ".join("?" * len(columns.split(",")))
