"""The processes that the benchmark of size starts: one that ingests, one that is asked, and fresh ones with a clock."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from benchmarks.generated_reports import write_reports

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "eval" / "sets" / "sample" / "reports"
_FIRST = "找到"  # begins the line that the command line says as soon as there is evidence
_READ = ("text", "parsing", "library")  # packages that decide what stands in a library


def code_version() -> str:
    """8 digits, the same as long as a library would be made the same way."""
    whole = hashlib.sha256()
    for file in sorted(file for part in _READ for file in (ROOT / "rag" / part).rglob("*")):
        if file.suffix in (".py", ".txt"):
            whole.update(file.relative_to(ROOT).as_posix().encode() + file.read_bytes())
    return whole.hexdigest()[:8]


def run_task(task: str, home: Path, plan: dict[str, Any]) -> dict[str, Any]:
    """What `benchmarks.scale_run` finds in a process of its own."""
    file = home.with_name(f"{task}.json")
    file.write_text(json.dumps(plan, ensure_ascii=False), encoding="utf-8")
    command = [sys.executable, "-m", "benchmarks.scale_run", task, str(home), str(file)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def made_library(place: Path, name: str, folder: Path) -> tuple[Path, dict[str, float]]:
    """A data folder with the files of a folder, made unless this version of the code made it before.

    Gives it with what its making took.
    """
    made = place / f"{name}-{code_version()}"
    told = made / "made.json"
    if not told.exists():
        for other in place.glob(f"{name}-*"):
            shutil.rmtree(other)
        made.mkdir(parents=True)
        told.write_text(json.dumps(run_task("ingest", made / "home", {"folder": str(folder)})), encoding="utf-8")
    figures: dict[str, float] = json.loads(told.read_text(encoding="utf-8"))
    return made / "home", figures


def generated_library(place: Path, count: int) -> tuple[Path, Path, dict[str, float]]:
    """The folder of so many generated reports, a library of them, and what its making took."""
    files = place / f"files-{count}"
    reports = write_reports(files, count)
    home, figures = made_library(place, f"library-{count}", reports)
    return files, home, figures


def first_line_seconds(home: Path, question: str) -> float:
    """Seconds from the start of `ask` in a fresh process until it says that it found evidence, or ends."""
    command = [sys.executable, "-m", "benchmarks.scale_process", "ask", question]
    began = perf_counter()
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "ZHENBAO_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if line.startswith(_FIRST):
                break
        seconds = perf_counter() - began
        process.stderr.read()
    return seconds


def fresh_seconds(home: Path, samples: Path, pairs: Sequence[tuple[str, str]], times: int) -> tuple[float, float]:
    """First evidence in a fresh process, and how much more that is than with the sample reports: the worst question.

    `pairs` has each question with that for the samples; the two libraries are asked in turn.
    """
    worst = (0.0, 0.0)
    for question, of_samples in pairs:
        seconds = [(first_line_seconds(home, question), first_line_seconds(samples, of_samples)) for _ in range(times)]
        mine, theirs = (median(each) for each in zip(*seconds, strict=True))
        worst = max(worst, (mine - theirs, mine))
    return worst[1], worst[0]


def megabytes(folder: Path) -> float:
    """What the files below a folder take."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 2**20
