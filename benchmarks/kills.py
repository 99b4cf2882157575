"""Kills at random moments, during ingestion and while a library of an earlier release is brought up to date.

    python -m benchmarks.kills --times 100 --reports 500
    python -m benchmarks.kills --times 20 --earlier 4cd04f4 --only migration

After every kill a fresh process looks at a copy: each report whole, nothing lost or doubled, and once the next writer
has brought the indexes in step, healthy as `doctor` sees it. Then the next process takes up what the killed one left.
Processes are forked from one that has imported everything, so that a trial takes seconds; needs a POSIX system and, for
the migration, the repository with the earlier commit. The exit code is 1 where anything is wrong.
"""

import argparse
import importlib
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks.free_embedder import FreeWorkspace
from benchmarks.generated_reports import make_report, write_reports
from benchmarks.kill_checks import look
from benchmarks.kill_trials import Tally, Trial, in_process, undisturbed
from benchmarks.scale_processes import ROOT
from rag.library.reparsing import parse_file
from rag.settings import Settings
from rag.types import SourceFile

_EARLIER_REPORTS = 200


def ingest(home: Path, folder: Path, said: Connection) -> None:
    """Takes in a folder, telling each file as it is known."""
    with FreeWorkspace(Settings(home=home)) as workspace:
        workspace.ingest([folder], on_result=lambda result: said.send((result.status, Path(result.path).name)))


def bring_up_to_date(home: Path, folder: Path, said: Connection) -> None:
    """Opens a library of an earlier release, brings its indexes in step and reads again what has to be."""
    with FreeWorkspace(Settings(home=home)) as workspace:
        said.send(("opened", str(workspace.library.identity())))
        workspace.ingest([], on_result=lambda result: None)
        workspace.rebuild(on_progress=lambda done, total: None)


def main() -> None:
    """Kills, and prints what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=100, metavar="N", help="kills of each kind")
    parser.add_argument("--reports", type=int, default=500, metavar="N", help="that are ingested")
    parser.add_argument("--earlier", default="4cd04f4", metavar="COMMIT", help="the release whose library is migrated")
    parser.add_argument("--earlier-reports", type=int, default=_EARLIER_REPORTS, metavar="N")
    parser.add_argument("--only", choices=("ingestion", "migration"))
    parser.add_argument("--seed", type=int, default=15)
    options = parser.parse_args()
    _prepare()
    tallies = {}
    with tempfile.TemporaryDirectory() as place:
        if options.only != "migration":
            tallies["ingestion"] = ingestion_kills(Path(place), options.reports, options.times, options.seed)
        if options.only != "ingestion":
            count, commit = options.earlier_reports, options.earlier
            tallies["migration"] = migration_kills(Path(place), count, options.times, options.seed, commit)
    for name, tally in tallies.items():
        print(f"{name}: {tally.kills} kills, {tally.rounds} libraries finished, {tally.states} different states left,")
        print(f"  {tally.orphans} processes left over, {len(tally.faults)} faults")
        print("".join(f"  {fault}\n" for fault in tally.faults), end="")
    sys.exit(1 if any(tally.faults for tally in tallies.values()) else 0)


def _prepare() -> None:
    """Imports and reads once what every process needs, so that the forked ones begin at once; opens nothing."""
    for module in ("chromadb.api.rust", "rag.library.ingest", "rag.library.vectors", "rag.library.lexical"):
        importlib.import_module(module)
    text = make_report(0)[0]
    parse_file(SourceFile("0.txt", "0" * 64, "utf-8", text))


def ingestion_kills(place: Path, reports: int, times: int, seed: int) -> Tally:
    """Kills while reports are taken in."""
    folder = write_reports(place / "files", reports)
    whole = place / "whole"
    in_process(undisturbed, ingest, whole, folder)
    start = place / "empty"
    start.mkdir()
    trial = Trial(
        place / "ingesting", start, folder, ingest, in_process(look, whole), lambda chance: chance.uniform(0.2, 8.0)
    )
    return trial.run(times, random.Random(seed))


def migration_kills(place: Path, reports: int, times: int, seed: int, commit: str) -> Tally:
    """Kills while a library of an earlier release is opened, its indexes follow, and its reports are read again."""
    folder = write_reports(place / "earlier-files", reports)
    start, whole = place / "earlier", place / "earlier-whole"
    with checkout(commit) as root:
        driver = ROOT / "benchmarks" / "against_driver.py"
        command = [sys.executable, str(driver), "ingest", "free", str(start), *map(str, sorted(folder.iterdir()))]
        subprocess.run(command, cwd=root, env={**os.environ, "PYTHONPATH": str(root)}, check=True, stdout=sys.stderr)
    shutil.copytree(start, whole)
    opened = in_process(look, whole)
    in_process(undisturbed, bring_up_to_date, whole, folder)
    trial = Trial(place / "migrating", start, folder, bring_up_to_date, in_process(look, whole), _moment, opened)
    return trial.run(times, random.Random(seed))


def _moment(chance: random.Random) -> float:
    """0.01 to 3 seconds, as often short as long: changing the schema takes milliseconds, reading again seconds."""
    return float(0.01 * 300 ** chance.random())


@contextmanager
def checkout(commit: str) -> Iterator[Path]:
    """A work tree of a commit, gone afterwards."""
    with tempfile.TemporaryDirectory() as place:
        root = Path(place) / "checkout"
        subprocess.run(
            ["git", "worktree", "add", "--quiet", "--detach", str(root), commit],
            cwd=ROOT,
            check=True,
            stdout=sys.stderr,
        )
        try:
            yield root
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", str(root)], cwd=ROOT, check=True, stdout=sys.stderr)


if __name__ == "__main__":
    main()
