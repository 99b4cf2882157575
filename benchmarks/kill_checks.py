"""What a killed process left behind: whole reports or none, nothing lost, nothing doubled, indexes that can follow.

Looks at a copy of the data folder, so that the next process meets what the killed one left.
"""

import sqlite3
from collections.abc import Collection, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from benchmarks.free_embedder import FreeWorkspace
from rag.errors import ZhenbaoError
from rag.library.health import check
from rag.settings import Settings

Rows = dict[str, dict[str, int]]
"""For each table that refers to reports: how many rows each report's id has in it."""


@dataclass(frozen=True, slots=True)
class Left:
    """What a data folder holds."""

    reports: tuple[tuple[str, str], ...]
    """File name and id."""
    rows: Rows
    faults: tuple[str, ...]


def look(home: Path) -> Left:
    """The reports, read as a person's next command reads them, and the rows behind them."""
    faults: list[str] = []
    held: list[tuple[str, str]] = []
    with FreeWorkspace(Settings(home=home)) as workspace:
        workspace.library.generation()  # opens the file, and makes it where a kill came before
        for (report_id,) in _asked(home, "SELECT id FROM reports"):
            report = workspace.library.report(str(report_id))
            files = workspace.library.sources(report.id)
            held += [(source.file.name, report.id) for source in files]
            if len(files) != 1:
                faults.append(f"{report.id} has {len(files)} files")
            if not report.chunks or report.chunks[-1].end > len(report.text):
                faults.append(f"{report.id} is not whole")
    return Left(tuple(sorted(held)), rows_of(home), tuple(faults))


def _asked(home: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(Settings(home=home).library_path)) as connection:
        return connection.execute(sql).fetchall()


def rows_of(home: Path) -> Rows:
    """Counted by foreign keys, whatever tables the schema has; also what SQLite itself finds wrong."""
    found: Rows = {}
    with closing(sqlite3.connect(Settings(home=home).library_path)) as connection:
        if connection.execute("PRAGMA quick_check").fetchall() != [("ok",)]:
            raise SystemExit(f"{home}: SQLite finds the file damaged")
        if connection.execute("PRAGMA foreign_key_check").fetchall():
            raise SystemExit(f"{home}: rows of reports that are gone")
        tables = [str(row[0]) for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            for key in connection.execute(f"PRAGMA foreign_key_list({table})").fetchall():
                _, _, target, mine, theirs, *_ = key
                if target == "reports" and table != "aliases":
                    sql = (
                        f"SELECT reports.id, count(*) FROM {table} JOIN reports"
                        f" ON {table}.{mine} = reports.{theirs or 'rowid'} GROUP BY reports.id"
                    )
                    found[table] = dict(connection.execute(sql).fetchall())
    return found


def unlike(rows: Rows, wanted: Rows, ids: Collection[str], *, may_lack: bool) -> list[str]:
    """Reports that have another number of rows than the same report of an undisturbed library.

    While an older library is being read again (`may_lack`), a report may have none yet, or its former id.
    """
    return [
        f"{report} has {mine} of {theirs} rows in {table}"
        for table, counts in wanted.items()
        for report in sorted(ids)
        if report in counts  # another id: not read again yet
        and (mine := rows.get(table, {}).get(report, 0)) != (theirs := counts[report])
        and not (may_lack and mine == 0)
    ]


def follow(home: Path) -> list[str]:
    """Has the next writer bring the indexes in step; what `doctor` finds wrong after that."""
    with FreeWorkspace(Settings(home=home)) as workspace:
        try:
            workspace.ingest([], on_result=lambda result: None)
            health = check(workspace.stores)
        except ZhenbaoError as error:
            return [f"the next writer fails: {error}"]
    return [] if health.is_healthy else [f"not healthy: {health}"]


def lost_or_doubled(
    left: Left, earlier: Collection[str], told: Collection[str], files: Mapping[str, Collection[str]]
) -> list[str]:
    """Files that were there, or were told as added, and are not; files twice; ids that an undisturbed run has not."""
    names = [name for name, _ in left.reports]
    faults = [f"{name} is lost" for name in sorted({*earlier, *told} - set(names))]
    faults += [f"{name} is there {names.count(name)} times" for name in sorted(set(names)) if names.count(name) > 1]
    return faults + [f"{name} is {report}" for name, report in left.reports if report not in files.get(name, ())]
