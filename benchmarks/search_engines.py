"""Engines for words at 10,000, 100,000 and a million passages: SQLite's FTS5, tantivy, bm25s, and what is in force.

    nice python -m benchmarks.search_engines [--sizes 10000,100000] [--engines fts5,zhenbao] [--save]
    python -m benchmarks.search_engines --kills 20   # kills a writer at random moments

The passages are made (see `benchmarks.many_passages`), tokens and questions as the program's own. FTS5 is asked as
earlier releases did: the tokens OR-ed, ranked by its bm25; `fts5_rare` leaves out of a question what stands in more
than 5 % of the passages. `tantivy` is that library by itself; `zhenbao` the index in force, which has tantivy nominate
and scores again from the text. `kept` is the share of FTS5's first ten that another engine has among its first ten.
bm25s is not needed by Zhenbao and left out where it is not installed. A million takes an hour and 10 GB of disk.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from time import perf_counter, process_time, sleep
from typing import Any

import numpy as np

from benchmarks.many_passages import PASSAGES_OF_A_REPORT, questions
from benchmarks.resources import disk_mb, peak_mb, resident_mb
from benchmarks.word_engines import ENGINES, Bm25s, Engine, Found, Zhenbao, made_id, made_reports
from rag.library.lexical import LexicalIndex
from rag.parsing.report import Report

RESULTS = Path(__file__).parent / "results" / "search_engines.json"
REPORTS_OF_A_BATCH = 100
QUESTIONS, SLOW_QUESTIONS, NEAREST = 200, 40, 10
_SECONDS_ENOUGH = 120.0  # for the questions of one kind


def main() -> None:
    """Prints a row for each engine and size; times in milliseconds by the clock, and of the processor."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="10000,100000")
    parser.add_argument("--engines", default=",".join(ENGINES))
    parser.add_argument("--folder", type=Path, help="where to build; a temporary folder by default")
    parser.add_argument("--save", action="store_true", help=f"write {RESULTS.name}")
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--step", choices=("measure", "write"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step == "measure":
        print(json.dumps(measure(options.engines, int(options.sizes), options.folder)))
    elif options.step == "write":
        write_on(options.folder)
    elif options.kills:
        kill(options.kills)
    else:
        compare(options)


def compare(options: argparse.Namespace) -> None:
    """Each engine at each size in a process of its own."""
    for size in options.sizes.split(","):
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            for engine in options.engines.split(","):
                arguments = ["--engines", engine, "--sizes", size, "--folder", folder, "--step", "measure"]
                command = [sys.executable, "-m", "benchmarks.search_engines", *arguments]
                done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
                row = json.loads(done.stdout.splitlines()[-1])
                print(json.dumps(row, indent=1), flush=True)
                if options.save:
                    save(row)


def save(row: dict[str, Any]) -> None:
    """Writes a row in place of the one of the same engine and size."""
    old = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else []
    rows = [each for each in old if (each["engine"], each["passages"]) != (row["engine"], row["passages"])] + [row]
    rows.sort(key=lambda each: (each["passages"], each["engine"]))
    RESULTS.write_text(f"{json.dumps(rows, indent=1)}\n", encoding="utf-8")


def measure(name: str, size: int, place: Path) -> dict[str, Any]:
    """Builds, asks of everything and of some reports, changes a report."""
    folder = place / name
    folder.mkdir()
    before = resident_mb()
    engine = ENGINES[name](folder)
    count = size // PASSAGES_OF_A_REPORT
    began = perf_counter()
    for done, batch in enumerate(_batches(size)):
        engine.write(batch)
        if done % 50 == 0:
            print(
                f"{name} {done * REPORTS_OF_A_BATCH} of {count} after {perf_counter() - began:.0f} s", file=sys.stderr
            )
    engine.ask("发展", None)
    row: dict[str, Any] = {"engine": name, "passages": size, "build_processor_seconds": round(process_time())}
    row |= {"build_peak_mb": peak_mb(), "disk_mb": disk_mb(folder)}
    asked = list(questions(QUESTIONS, count))
    open_times, found = _times(engine, [(text, None) for _, text in asked])
    row["open_ms"] = open_times
    row["kept"] = _kept(place / "fts5.json", name, found)
    for label, step in (("one_report", count), ("30_reports", count // 30), ("fifteenth", PASSAGES_OF_A_REPORT)):
        chosen = [(text, [made_id(each) for each in range(report % step, count, step)]) for report, text in asked]
        row[f"{label}_ms"] = _times(engine, chosen)[0]
    row["resident_mb"] = resident_mb() - before
    return row | _changes(engine, size)


def _changes(engine: Engine, size: int) -> dict[str, float]:
    times = []
    for report in islice(made_reports(300, seed=7), 20):
        began = process_time()
        engine.write([report])
        if isinstance(engine, Bm25s):
            engine.ask("发展", None)
        times.append(process_time() - began)
        if isinstance(engine, Bm25s):
            break
    began = process_time()
    engine.remove(made_id(3))
    return {
        "replace_processor_ms": round(float(np.median(times)) * 1000, 1),
        "longest_replace_processor_ms": round(max(times) * 1000, 1),
        "remove_processor_ms": round((process_time() - began) * 1000, 1),
    }


def _times(engine: Engine, asked: Sequence[tuple[str, list[str] | None]]) -> tuple[dict[str, float], list[Found]]:
    """Times of questions, each asked once before; fewer of them where they take long."""
    began = perf_counter()
    for text, ids in asked[:SLOW_QUESTIONS]:
        engine.ask(text, ids)
    if perf_counter() - began > _SECONDS_ENOUGH * SLOW_QUESTIONS / len(asked):
        asked = asked[:SLOW_QUESTIONS]
    by_the_clock, of_processor, found = [], [], []
    for text, ids in asked:
        began, busy = perf_counter(), process_time()
        found.append(engine.ask(text, ids))
        by_the_clock.append((perf_counter() - began) * 1000)
        of_processor.append((process_time() - busy) * 1000)
    row = {f"p{share}": round(float(np.percentile(by_the_clock, share)), 1) for share in (50, 95)}
    return row | {
        f"processor_p{share}": round(float(np.percentile(of_processor, share)), 1) for share in (50, 95)
    }, found


def _kept(file: Path, name: str, found: list[Found]) -> float | None:
    """The share of FTS5's first ten among the first ten; None where FTS5 was not asked before."""
    if name == "fts5":
        file.write_text(json.dumps([each[:NEAREST] for each in found]), encoding="utf-8")
    if not file.exists():
        return None
    right = [{(each[0], each[1]) for each in row} for row in json.loads(file.read_text(encoding="utf-8"))]
    shares = [len(one & set(other[:NEAREST])) / len(one) for one, other in zip(right, found, strict=False) if one]
    return round(float(np.mean(shares)), 4)


def kill(times: int) -> None:
    """Kills a process that replaces reports, and looks whether the index in force is whole or can be made so."""
    moments = random.Random(1)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        Zhenbao(folder).write(list(made_reports(300)))
        astray = 0
        for _ in range(times):
            command = [sys.executable, "-m", "benchmarks.search_engines", "--step", "write", "--folder", place]
            with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
                assert process.stdout is not None
                process.stdout.readline()
                sleep(moments.uniform(0.0, 0.5))
                process.kill()
            index = LexicalIndex(folder / "lexical.sqlite3")
            astray += index.count() != 300
            for report in made_reports(300):  # what the outbox has the next writer do
                index.upsert(report)
            assert index.count() == len(index.passages()) == 300
            index.close()
        print(f"{times} kills: usable after each, {astray} times a report was to be written again")


def write_on(folder: Path) -> None:
    """Replaces and removes reports until killed."""
    index = LexicalIndex(folder / "lexical.sqlite3")
    print("begun", flush=True)
    while True:
        for report in made_reports(300):
            index.upsert(report)
            index.remove(report.id)
            index.upsert(report)


def _batches(size: int) -> Iterator[list[Report]]:
    reports = made_reports(size)
    while batch := list(islice(reports, REPORTS_OF_A_BATCH)):
        yield batch


if __name__ == "__main__":
    main()
