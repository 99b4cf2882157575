"""Chroma at 10,000, 100,000 and a million passages: build time, memory, latency, and recall against brute force.

    nice python -m benchmarks.vectors_at_size [--sizes 10000,100000] [--settings '{"max_neighbors": 32}'] [--save]
    python -m benchmarks.vectors_at_size --distances SET...   # how near the made vectors are, beside embedded passages

Rows drawn at random show nothing, since in 384 dimensions all are equally far. Made ones lie in 48 dimensions around
their report and one of 30 themes, with a little of all dimensions; `--distances` shows that passages and questions are
as near to one another as embedded ones. A million takes hours on two cores and 10 GB of disk: run it by hand, once.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import numpy as np

from benchmarks.made_vectors import DIMENSION, NEAREST, PASSAGES_OF_A_REPORT, Mixture, Rows, nearest, print_distances
from benchmarks.resources import disk_mb, peak_mb, resident_mb
from rag.library import chroma
from rag.library.chroma import ChromaCollection

BATCH, QUESTIONS = 5000, 200
RESULTS = Path(__file__).parent / "results" / "vectors_at_size.json"


def main() -> None:
    """Prints a line for each size and writes them down with `--save`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="10000,100000")
    parser.add_argument("--settings", type=json.loads, default={}, help="of the graph, in place of those in force")
    parser.add_argument("--ef", default="100,200,400", help="how many nodes a search looks at, one after the other")
    parser.add_argument("--folder", type=Path, help="where to build; a temporary folder by default")
    parser.add_argument("--save", action="store_true", help=f"write {RESULTS.name}")
    parser.add_argument("--distances", type=Path, nargs="+", help="sets whose passages and questions are embedded")
    parser.add_argument("--step", choices=("build", "search"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.distances:
        print_distances(options.distances)
        return
    if options.step:
        step = build if options.step == "build" else search
        print(json.dumps(step(options.folder, int(options.sizes), options)))
        return
    rows = [measure(int(size), options) for size in options.sizes.split(",")]
    if options.save:
        old = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else []
        kept = [row for row in old if row["passages"] not in {new["passages"] for new in rows}]
        text = json.dumps(sorted([*kept, *rows], key=lambda row: row["passages"]), indent=1)
        RESULTS.write_text(f"{text}\n", encoding="utf-8")


def measure(size: int, options: argparse.Namespace) -> dict[str, Any]:
    """Builds and searches, each in a process of its own, whose memory is then that of the work."""
    row: dict[str, Any] = {"passages": size, "settings": {**chroma.GRAPH, **options.settings}}
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        for step in ("build", "search"):
            command = [sys.executable, "-m", "benchmarks.vectors_at_size", "--sizes", str(size), "--step", step]
            command += ["--folder", folder, "--settings", json.dumps(options.settings), "--ef", options.ef]
            done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
            row |= json.loads(done.stdout.splitlines()[-1])
    print(json.dumps(row, indent=1), flush=True)
    return row


def build(folder: Path, size: int, options: argparse.Namespace) -> dict[str, Any]:
    """Makes the vectors and brings them into Chroma."""
    mixture = Mixture()
    kept = np.memmap(folder / "vectors", np.float32, "w+", shape=(size, DIMENSION))
    seconds = 0.0
    chroma.GRAPH = {**chroma.GRAPH, **options.settings}
    collection = ChromaCollection(folder / "chroma", "passages", is_trusted=True)
    for first in range(0, size, BATCH):
        some = mixture.passages(min(BATCH, size - first)).astype(np.float32)
        kept[first : first + len(some)] = some
        ids = [passage_id(number) for number in range(first, first + len(some))]
        metadatas: list[Any] = [metadata(number) for number in range(first, first + len(some))]
        began = perf_counter()
        with collection.writing() as opened:
            opened.upsert(ids=ids, embeddings=some, metadatas=metadatas)
        seconds += perf_counter() - began
        print(f"{first + len(some)} after {seconds:.0f} s", file=sys.stderr, flush=True)
    answers = np.random.default_rng(5).integers(size, size=QUESTIONS)
    np.save(folder / "questions.npy", mixture.questions(np.asarray(kept[answers])).astype(np.float32))
    collection.close()
    return {
        "build_seconds": round(seconds),
        "build_processor_seconds": round(process_time()),
        "build_peak_mb": peak_mb(),
        "disk_mb": disk_mb(folder / "chroma"),
    }


def search(folder: Path, size: int, options: argparse.Namespace) -> dict[str, Any]:
    """Asks, of all passages and of a few reports'."""
    vectors = np.memmap(folder / "vectors", np.float32, "r", shape=(size, DIMENSION))
    questions = np.load(folder / "questions.npy")
    exact = [{passage_id(number) for number in row} for row in nearest(vectors, questions).tolist()]
    del vectors
    collection = ChromaCollection(folder / "chroma", "passages", is_trusted=True)
    with collection.reading() as opened:
        opened.get(limit=1)
    before, began = resident_mb(), perf_counter()
    with collection.reading() as opened:
        opened.query(query_embeddings=questions[:1], n_results=NEAREST, include=["distances"])
    row: dict[str, Any] = {"first_ms": _ms(perf_counter() - began), "memory_mb": resident_mb() - before, "open": []}
    for ef in [int(each) for each in options.ef.split(",")]:
        with collection.reading() as opened:
            opened.modify(configuration={"hnsw": {"ef_search": ef}})
        collection.close()  # it counts from the next opening
        row["open"].append({"ef_search": ef, **_asked(collection, questions, exact)})
    row["resident_mb"] = resident_mb()
    row["restricted"] = [_restricted(collection, questions, size, n) for n in (3, 30, 100, 300, 1000) if n * 15 <= size]
    return row


def _asked(collection: ChromaCollection, questions: Rows, exact: Sequence[set[str]]) -> dict[str, float]:
    found: list[set[str]] = []
    times, busy = list[float](), list[float]()
    for k in (NEAREST, 50):
        times, busy, found = [], [], []
        for question in questions:
            began, at = perf_counter(), process_time()
            with collection.reading() as opened:
                ids = opened.query(query_embeddings=question[None], n_results=k, include=["distances"])["ids"][0]
            times.append(perf_counter() - began)
            busy.append(process_time() - at)
            found.append(set(ids[:NEAREST]))
    recall = sum(len(one & other) for one, other in zip(found, exact, strict=True)) / NEAREST / len(exact)
    return {
        "recall_at_10": round(recall, 4),
        **{f"p{share}_ms": _ms(_quantile(times, share)) for share in (50, 95)},
        **{f"processor_p{share}_ms": _ms(_quantile(busy, share)) for share in (50, 95)},
    }


def _restricted(collection: ChromaCollection, questions: Rows, size: int, reports: int) -> dict[str, float]:
    """Three ways to ask of some reports only: a filter, vectors fetched by id, all asked for and then chosen."""
    step = size // PASSAGES_OF_A_REPORT // reports
    wanted = [number * step for number in range(reports)]
    numbers = [report * PASSAGES_OF_A_REPORT + index for report in wanted for index in range(PASSAGES_OF_A_REPORT)]
    ids = [passage_id(number) for number in numbers]
    names = [report_id(number) for number in numbers[::PASSAGES_OF_A_REPORT]]

    def filtered(question: Rows) -> None:
        with collection.reading() as opened:
            where: Any = {"report_id": {"$in": names}}
            opened.query(query_embeddings=question[None], n_results=50, where=where, include=["distances"])

    def fetched(question: Rows) -> None:
        with collection.reading() as opened:
            rows = [
                opened.get(ids=ids[i : i + 5000], include=["embeddings"])["embeddings"]
                for i in range(0, len(ids), 5000)
            ]
            np.sort(np.concatenate([np.asarray(row) for row in rows]) @ question)[-50:]

    ways: dict[str, Callable[[Rows], None]] = {"filtered": filtered, "fetched": fetched}
    row: dict[str, float] = {"reports": reports, "passages": len(ids)}
    for name, way in ways.items():
        times, busy = [], []
        for question in questions[:20]:
            began, at = perf_counter(), process_time()
            way(question)
            times.append(perf_counter() - began)
            busy.append(process_time() - at)
        row |= {f"{name}_p50_ms": _ms(_quantile(times, 50)), f"{name}_processor_p50_ms": _ms(_quantile(busy, 50))}
    return row


def passage_id(number: int) -> str:
    """As `rag.library.vectors` names them."""
    return f"{report_id(number)}:{number % PASSAGES_OF_A_REPORT}"


def report_id(number: int) -> str:
    """Twelve hexadecimal digits, in no order."""
    return f"{(number // PASSAGES_OF_A_REPORT) * 0x9E3779B97F4B % (1 << 48):012x}"


def metadata(number: int) -> dict[str, str | int]:
    """As `rag.library.vectors` writes it."""
    report = number // PASSAGES_OF_A_REPORT
    kind = ("result", "result", "plan", "problem")[number % 4]
    return {"report_id": report_id(number), "kind": kind, "town": f"镇{report}", "year": 2010 + report % 15}


def _quantile(times: Sequence[float], share: int) -> float:
    return float(np.percentile(times, share))


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)


if __name__ == "__main__":
    main()
