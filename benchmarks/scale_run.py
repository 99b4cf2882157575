"""What is measured inside a process of its own; `benchmarks.scale` starts it and reads the JSON that it prints.

    python -m benchmarks.scale_run ingest|running|memory|steps HOME PLAN.json

The plan holds files, questions and subjects, so that nothing that knows the truth takes memory here.
"""

import json
import resource
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from benchmarks.free_embedder import FreeWorkspace
from rag.answering.answers import Answer
from rag.errors import ZhenbaoError
from rag.service import MOST_ROWS, Offers, Service
from rag.settings import Settings
from rag.tables.comparison import SHOWN_GAPS, Wanted
from rag.workspace import Workspace

Plan = dict[str, Any]
_EVERY = 10  # steps of SQLite's machine between two counts


def main() -> None:
    """Does one of the tasks."""
    task, home, plan = sys.argv[1:]
    with FreeWorkspace(Settings(home=Path(home))) as workspace:
        print(json.dumps(_TASKS[task](workspace, json.loads(Path(plan).read_text(encoding="utf-8")))))


def ingest(workspace: Workspace, plan: Plan) -> Plan:
    """Takes in a folder: seconds on the wall and of the processor, peak memory."""
    statuses: list[str] = []
    began, busy = perf_counter(), _processor()
    workspace.ingest([Path(plan["folder"])], on_result=lambda result: statuses.append(result.status))
    wall, processor = perf_counter() - began, _processor() - busy
    return {"wall": wall, "processor": processor, "peak_mb": peak_mb(), "added": statuses.count("added")}


def running(workspace: Workspace, plan: Plan) -> Plan:
    """Questions of every kind to one process: seconds of each, and what was said, to be checked outside."""
    service = Service(workspace)
    ask_first(service, plan["questions"][0]["text"])  # starts what a process starts once
    return {
        "questions": [(ask["kind"], _seconds(ask_first, service, ask["text"])[0]) for ask in plan["questions"]],
        "surveys": [_seconds(_survey, service, text) for text in plan["surveys"]],
        "comparisons": [_comparison(service, subject) for subject in plan["comparisons"]],
        "figures": [_seconds(_figures, service, town, county) for town, county in plan["figures"]],
        "tab": _tab_seconds(service, plan["tab_times"]),
        "peak_mb": peak_mb(),
    }


def memory(workspace: Workspace, plan: Plan) -> Plan:
    """The most memory that a process holds that is asked mixed questions."""
    service = Service(workspace)
    for ask in plan["questions"]:
        ask_first(service, ask["text"])
    return {"peak_mb": peak_mb()}


def steps(workspace: Workspace, plan: Plan) -> Plan:
    """Steps of SQLite's machine for each question, once the process is warm."""
    with counted_steps() as count:
        service = Service(workspace)
        ask_first(service, plan["questions"][0]["text"])
        found = []
        for ask in plan["questions"]:
            before = count()
            ask_first(service, ask["text"])
            found.append((ask["kind"], count() - before))
    return {"steps": found}


_TASKS: dict[str, Callable[[Workspace, Plan], Plan]] = {
    "ingest": ingest, "running": running, "memory": memory, "steps": steps,
}  # fmt: skip


def ask_first(service: Service, question: str) -> Answer:
    """What a person sees first: the evidence, or at once the finished answer."""
    return next(iter(service.stream(question)))


def _survey(service: Service, question: str) -> str:
    *_, answer = service.stream(question)
    return " ".join([answer.answer, *(claim.expression or "" for claim in answer.claims)])


def _comparison(service: Service, subject: str) -> tuple[float, list[Plan]]:
    """The seconds of what the page shows, and all rows, asked for page by page, to be checked."""
    seconds, first = _seconds(service.compare, subject, Wanted(limit=MOST_ROWS, gaps=SHOWN_GAPS))
    rows = list(first.comparison.rows)
    while part := service.compare(subject, Wanted(limit=MOST_ROWS, offset=len(rows), gaps=0)).comparison.rows:
        rows += part
    return seconds, [asdict(row) for row in rows]


def _figures(service: Service, town: str, county: str) -> list[Plan]:
    try:
        return list(Offers(service).figures(town=town, county=county))
    except ZhenbaoError:
        return []


def _tab_seconds(service: Service, times: int) -> list[float]:
    from benchmarks.scale_tab import first_page  # the page's parts count for no other measure

    fill = first_page(service)
    return [_seconds(fill)[0] for _ in range(times)]


def _seconds(work: Callable[..., Any], *arguments: Any) -> tuple[float, Any]:
    began = perf_counter()
    result = work(*arguments)
    return perf_counter() - began, result


def _processor() -> float:
    """Seconds of the processor of this process and the children it has waited for."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return process_time() + children.ru_utime + children.ru_stime


def peak_mb() -> float:
    """The most memory that this process held at once; `getrusage` would count the process that started it too."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


@contextmanager
def counted_steps() -> Iterator[Callable[[], int]]:
    """Counts the steps of every connection to SQLite that is opened meanwhile, to the ten."""
    counted, connect = 0, sqlite3.connect

    def tick() -> int:
        nonlocal counted
        counted += _EVERY
        return 0

    def counting(*arguments: Any, **options: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*arguments, **options)
        connection.set_progress_handler(tick, _EVERY)
        return connection

    sqlite3.connect = counting  # type: ignore[assignment]
    try:
        yield lambda: counted
    finally:
        sqlite3.connect = connect


if __name__ == "__main__":
    main()
