"""The engines of the embedded model side by side: the same requests to each in turn.

    python -m benchmarks.engines --set DIR [--questions 60] [--engines openvino,native,wheel]

The requests are those that recorded answers to the questions sent, all kinds of questions in turn. Each goes to every
engine before the next one, and another engine begins each time, so that ratios hold on a busy machine too. Writes
benchmarks/results/engines.json. Memory and processor time are read from /proc (Linux).
"""

import argparse
import os
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import cast, get_args

from pydantic import BaseModel, ConfigDict

from benchmarks.requests_of import Request
from benchmarks.server_trials import Sent, send
from benchmarks.speed import replay
from eval.golden import load_set
from eval.reporting.results import write_json
from eval.sampling import choose_items
from rag.models.conversation import Tokens, Turn
from rag.models.engine import engine_of
from rag.models.local_server import LocalServer
from rag.models.model_file import require_model
from rag.settings import EngineName, read_settings

RESULTS = Path(__file__).parent / "results"
WARMING = Request((Turn("user", "你好，请介绍一下你自己。"),), 8, {}, Tokens())
_TICKS = os.sysconf("SC_CLK_TCK")


class Row(BaseModel):
    """One engine, over all requests; seconds by the clock where nothing else is said."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    engine: str
    start: float
    """Until it answers, the model's file in the system's cache."""
    first: float
    """The first request, which some engines prepare themselves for."""
    questions: int
    requests: int
    prompt: float
    """Until the first token, all requests together."""
    writing: float
    answer: float
    """Median over the questions, all requests of one together."""
    processor: float
    memory: int
    """Megabytes at the most, the model's file among them as far as it was read."""
    like_first: int
    """Replies that are those of the first engine."""


class Table(BaseModel):
    """The results file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    set: str
    rows: tuple[Row, ...]


@dataclass(slots=True)
class Running:
    """An engine's server, and what it was seen to do."""

    name: str
    server: LocalServer
    start: float
    first: float = 0.0
    sent: list[Sent] = field(default_factory=list)
    answers: list[float] = field(default_factory=list)

    @property
    def processor(self) -> float:
        """Seconds of the processor so far."""
        fields = self._proc("stat").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    @property
    def memory(self) -> int:
        peak = next(line for line in self._proc("status").splitlines() if line.startswith("VmHWM"))
        return int(peak.split()[1]) // 1024

    def _proc(self, file: str) -> str:
        return Path(f"/proc/{self.server.pid}/{file}").read_text(encoding="utf-8")


def main() -> None:
    """Measures, writes and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", type=Path, required=True, metavar="DIR", help="the eval set")
    parser.add_argument("--questions", type=int, default=60, metavar="N")
    parser.add_argument("--engines", default=",".join(get_args(EngineName)), metavar="NAME,...")
    options = parser.parse_args()
    eval_set = load_set(options.set)
    timed = replay(eval_set)
    chosen = choose_items([item for item in eval_set.items if timed[item.id].requests], sample=options.questions)
    with ExitStack() as stack:
        engines = [_started(cast(EngineName, name), stack) for name in options.engines.split(",")]
        before = {engine.name: engine.processor for engine in engines}
        for number, item in enumerate(chosen):
            turn = number % len(engines)
            for engine in [*engines[turn:], *engines[:turn]]:
                sent = [send(engine.server, request) for request in timed[item.id].requests]
                engine.sent += sent
                engine.answers.append(sum(one.seconds for one in sent))
        rows = [_row(engine, before[engine.name], engines[0]) for engine in engines]
    write_json(RESULTS / "engines.json", Table(set=eval_set.name, rows=tuple(rows)))
    print("\n".join(table(rows)))


def _started(name: EngineName, stack: ExitStack) -> Running:
    settings = replace(read_settings(os.environ), engine=name)
    began = perf_counter()
    server = stack.enter_context(LocalServer(require_model(settings), engine=engine_of(settings)))
    engine = Running(name, server, perf_counter() - began)
    engine.first = send(server, WARMING).seconds
    return engine


def _row(engine: Running, before: float, first: Running) -> Row:
    return Row(
        engine=engine.name,
        start=round(engine.start, 1),
        first=round(engine.first, 1),
        questions=len(engine.answers),
        requests=len(engine.sent),
        prompt=round(sum(one.prompt_seconds for one in engine.sent), 1),
        writing=round(sum(one.writing_seconds for one in engine.sent), 1),
        answer=round(median(engine.answers), 2),
        processor=round(engine.processor - before, 1),
        memory=engine.memory,
        like_first=sum(one.text == other.text for one, other in zip(engine.sent, first.sent, strict=True)),
    )


def table(rows: Sequence[Row]) -> list[str]:
    """The rows as Markdown."""
    return [
        "| engine | start, s | first request, s | prompts, s | writing, s | an answer, median, s | processor, s "
        "| memory, MB | replies of the first |",
        "|---|---|---|---|---|---|---|---|---|",
        *(
            f"| {row.engine} | {row.start} | {row.first} | {row.prompt} | {row.writing} | {row.answer} "
            f"| {row.processor} | {row.memory} | {row.like_first} of {row.requests} |"
            for row in rows
        ),
    ]


if __name__ == "__main__":
    main()
