"""Chroma at 10,000, 100,000 and a million passages: build time, memory, latency, and recall against brute force.

    nice python -m benchmarks.vectors_at_size [--sizes 10000,100000] [--settings '{"max_neighbors": 32}'] [--save]
    python -m benchmarks.vectors_at_size --distances SET...   # how near the made vectors are, beside embedded passages

Vectors drawn at random show nothing, since in 384 dimensions all are equally far. Made ones lie in 48 dimensions around
their report and one of 30 themes, with a little of all dimensions; `--distances` shows that passages and questions are
as near to one another as embedded ones. A million takes hours on two cores and 10 GB of disk: run it by hand, once.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import numpy as np

from rag.library import chroma
from rag.library.chroma import ChromaCollection
from rag.models.embedding import Vectors

DIMENSION, LATENT, THEMES, PASSAGES_OF_A_REPORT = 384, 48, 30, 15
DECAY = 0.23  # of the latent dimensions' shares
OF_REPORT, OF_THEME, OF_ITSELF, NOISE = 0.68, 0.28, 0.30, 0.50  # what a passage differs from the mean by
TOWARDS_MEAN = 0.937  # all texts are near their mean
ANSWERED, ASIDE, ASIDE_LATENT = 0.2, 0.43, 0.41  # what a question has of its passage, what of something else
BATCH, QUESTIONS, NEAREST = 5000, 200, 10
RESULTS = Path(__file__).parent / "results" / "vectors_at_size.json"


class Mixture:
    """Passages and questions as unit vectors."""

    def __init__(self, seed: int = 1) -> None:
        self._random = np.random.default_rng(seed)
        shares = (1 + np.arange(LATENT)) ** -DECAY
        self._shares = shares / np.linalg.norm(shares)
        self._themes = self._latent(THEMES)
        self._report = self._latent(1)[0]
        self._made = 0

    def passages(self, count: int) -> Vectors:
        """The next ones, shape (count, 384); 15 in a row are of one report."""
        rows = np.empty((count, LATENT))
        for index in range(count):
            if self._made % PASSAGES_OF_A_REPORT == 0:
                self._report = self._latent(1)[0]
            rows[index] = self._report
            self._made += 1
        themes = self._themes[self._random.integers(THEMES, size=count)]
        whole = self._random.standard_normal((count, DIMENSION)) * (NOISE / np.sqrt(DIMENSION))
        whole[:, 1 : LATENT + 1] += OF_REPORT * rows + OF_THEME * themes + OF_ITSELF * self._latent(count)
        length = np.sqrt(OF_REPORT**2 + OF_THEME**2 + OF_ITSELF**2 + NOISE**2)
        whole *= np.sqrt(1 - TOWARDS_MEAN**2) / length
        whole[:, 0] += TOWARDS_MEAN
        return _unit(whole)

    def questions(self, answers: Vectors) -> Vectors:
        """A question to each of these passages."""
        own = answers.astype(np.float64)
        own[:, 0] = 0
        latent, other = np.zeros(own.shape), self._random.standard_normal(own.shape) / np.sqrt(DIMENSION)
        latent[:, 1 : LATENT + 1] = self._latent(len(own))
        aside = ASIDE_LATENT * _unit(latent) + np.sqrt(1 - ASIDE_LATENT**2) * other
        asked = ANSWERED * _unit(own) + ASIDE * aside
        asked[:, 0] += np.sqrt(1 - ANSWERED**2 - ASIDE**2)
        return _unit(asked)

    def _latent(self, count: int) -> Vectors:
        rows: Vectors = self._random.standard_normal((count, LATENT)) * self._shares
        return rows


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
    exact = _exact(vectors, questions)
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


def _asked(collection: ChromaCollection, questions: Vectors, exact: Sequence[set[str]]) -> dict[str, float]:
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


def _restricted(collection: ChromaCollection, questions: Vectors, size: int, reports: int) -> dict[str, float]:
    """Three ways to ask of some reports only: a filter, vectors fetched by id, all asked for and then chosen."""
    step = size // PASSAGES_OF_A_REPORT // reports
    wanted = [number * step for number in range(reports)]
    numbers = [report * PASSAGES_OF_A_REPORT + index for report in wanted for index in range(PASSAGES_OF_A_REPORT)]
    ids = [passage_id(number) for number in numbers]
    names = [report_id(number) for number in numbers[::PASSAGES_OF_A_REPORT]]

    def filtered(question: Vectors) -> None:
        with collection.reading() as opened:
            where: Any = {"report_id": {"$in": names}}
            opened.query(query_embeddings=question[None], n_results=50, where=where, include=["distances"])

    def fetched(question: Vectors) -> None:
        with collection.reading() as opened:
            rows = [
                opened.get(ids=ids[i : i + 5000], include=["embeddings"])["embeddings"]
                for i in range(0, len(ids), 5000)
            ]
            np.sort(np.concatenate([np.asarray(row) for row in rows]) @ question)[-50:]

    ways: dict[str, Callable[[Vectors], None]] = {"filtered": filtered, "fetched": fetched}
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


def _exact(vectors: Vectors, questions: Vectors) -> list[set[str]]:
    """The ten nearest by brute force."""
    best = np.empty((len(questions), 0))
    places = np.empty((len(questions), 0), np.int64)
    for first in range(0, len(vectors), 50_000):
        near = questions @ np.asarray(vectors[first : first + 50_000]).T
        best = np.concatenate([best, near], axis=1)
        places = np.concatenate([places, np.tile(np.arange(first, first + near.shape[1]), (len(questions), 1))], axis=1)
        order = np.argsort(-best, axis=1)[:, :NEAREST]
        best, places = np.take_along_axis(best, order, 1), np.take_along_axis(places, order, 1)
    return [{passage_id(number) for number in row} for row in places.tolist()]


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


def print_distances(sets: Sequence[Path]) -> None:
    """Mean similarity to the nearest, 10th nearest …, of embedded passages and of as many made ones."""
    from rag.formats.read import read_file
    from rag.library.passages import passage_text
    from rag.models.embedding import LocalEmbedder
    from rag.parsing.parse import parse

    files = [file for each in sets for file in sorted((each / "reports").iterdir()) if file.is_file()]
    reports = [parse(read_file(file)).report for file in files]
    embedder = LocalEmbedder()
    texts = [passage_text(report, chunk) for report in reports for chunk in report.chunks]
    lines = [line for each in sets for line in (each / "golden.jsonl").read_text(encoding="utf-8").splitlines()]
    asked = np.array([embedder.query(json.loads(line)["question"]) for line in lines[:QUESTIONS]])
    mixture = Mixture()
    made = mixture.passages(len(texts))
    some = made[np.random.default_rng(3).integers(len(made), size=len(asked))]
    real = np.concatenate([embedder.passages(texts[first : first + 16]) for first in range(0, len(texts), 16)])
    for name, passages, questions in (("embedded", real, asked), ("made", made, mixture.questions(some))):
        print(name, len(passages), "question to passage", _nearness(questions @ passages.T))
        print(name, len(passages), "passage to passage", _nearness(passages @ passages.T - 2 * np.eye(len(passages))))


def _nearness(similarities: Vectors) -> dict[str, float]:
    ordered = -np.sort(-similarities, axis=1)
    ranks = [rank for rank in (1, 2, 5, 10, 20, 50, 100) if rank < ordered.shape[1]]
    means = {f"{rank}": round(float(ordered[:, rank - 1].mean()), 3) for rank in ranks}
    return {**means, "median": round(float(np.median(similarities)), 3)}


def _unit(rows: Vectors) -> Vectors:
    unit: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


def _quantile(times: Sequence[float], share: int) -> float:
    return float(np.percentile(times, share))


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)


def disk_mb(folder: Path) -> int:
    """Megabytes of the files below a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) // 1_000_000


def resident_mb() -> int:
    """Megabytes of this process (Linux)."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 1_000_000


def peak_mb() -> int:
    """Megabytes of this process at most."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000


if __name__ == "__main__":
    main()
