"""Two checkouts ingest the same generated reports in turn, a few files at a time, beside the bare embedder."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.generated_reports import write_reports
from benchmarks.scale_processes import ROOT

_TURNS = 5  # each takes a share of the reports, so that what else the machine does falls on all alike
_DRIVER = Path(__file__).with_name("against_driver.py")


def compare_checkouts(other: Path, count: int, embedder: str) -> list[str]:
    """Seconds of the processor of both checkouts and of the bare embedder over the passages of this one."""
    sums: dict[str, dict[str, float]] = {"this": {}, "other": {}, "bare": {}}
    with tempfile.TemporaryDirectory() as place:
        files = sorted(write_reports(Path(place) / "files", count).iterdir())
        for turn in range(_TURNS):
            share = [str(file) for file in files[turn::_TURNS]]
            roots = (("this", ROOT), ("other", other))
            for name, root in roots if turn % 2 == 0 else roots[::-1]:
                _add(sums[name], _drive(root, embedder, "ingest", Path(place) / name, share))
            _add(sums["bare"], _drive(ROOT, embedder, "embed", Path(place) / "this", share))
    return report(sums, count, embedder)


def _drive(root: Path, embedder: str, what: str, home: Path, files: Sequence[str]) -> dict[str, float]:
    """Runs the driver with the code of a checkout."""
    command = [sys.executable, str(_DRIVER), what, embedder, str(home), *files]
    env = {**os.environ, "PYTHONPATH": str(root)}
    done = subprocess.run(command, cwd=root, env=env, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _add(total: dict[str, float], more: dict[str, float]) -> None:
    for name, value in more.items():
        total[name] = total.get(name, 0.0) + value


def report(sums: dict[str, dict[str, float]], count: int, embedder: str) -> list[str]:
    """The figures as Markdown."""
    bare = sums["bare"]["processor"]
    lines = [
        f"{count} reports, {sums['bare']['passages']:.0f} passages, embedder: {embedder}",
        "",
        "| | processor s | wall s | of the bare embedder's processor time |",
        "|---|---|---|---|",
    ]
    names = {"this": "this checkout", "other": "the other checkout", "bare": "bare embedder"}
    for name, shown in names.items():
        each = sums[name]
        lines.append(f"| {shown} | {each['processor']:.1f} | {each['wall']:.1f} | {each['processor'] / bare:.2f} |")
    return lines
