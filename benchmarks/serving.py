"""Ten people ask the page's API at once while a report arrives: lost or crossed answers, and how long evidence takes.

    python -m benchmarks.serving [--live]

The reports, the search and the embedder are real; the chat model is scripted and takes PAUSE seconds a reply, one reply
after the other, as the embedded model does. With `--live` it is the embedded model.
"""

import argparse
import os
import statistics
import tempfile
import threading
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from rag.errors import BadReply
from rag.models.conversation import ChatRequest, Choice, ChoiceRequest, Reply, Tokens
from rag.service import Service
from rag.settings import read_settings
from rag.workspace import Workspace
from ui.server import launch_page

T = TypeVar("T", bound=BaseModel)
PEOPLE, PAUSE, PORT = 10, 0.3, 7893
_ONE_AT_A_TIME = threading.Lock()
SAMPLES = Path(__file__).parent.parent / "eval" / "sets" / "sample" / "reports"
SUBJECTS = (
    "粮食总产量",
    "新增就业",
    "油茶面积",
    "工业总产值",
    "财政收入",
    "低保户",
    "水渠",
    "茶园面积",
    "路灯",
    "危房",
)


class SlowModel:
    """Says nothing that fits the schema, after a pause: the answer is then quoted from the reports or left open."""

    name = "scripted"

    def complete(self, request: ChatRequest[T]) -> Reply[T]:
        with _ONE_AT_A_TIME:
            time.sleep(PAUSE)
        raise BadReply("no_json_object")

    def choose(self, request: ChoiceRequest) -> Choice:
        return Choice(tuple(1 / len(request.words) for _ in request.words), Tokens(), 0.0)


class ScriptedWorkspace(Workspace):
    """Real but for its chat model."""

    @property
    def model(self) -> Any:
        return SlowModel()


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, when its first state came and what its last one was."""

    question: str
    first: float
    total: float
    answer: Mapping[str, Any]


def _ask(client: Any, question: str) -> Asked:
    began = time.perf_counter()
    job = client.submit(question, api_name="/ask")
    states = [(time.perf_counter() - began, state) for state in job]
    return Asked(question, states[0][0], states[-1][0], states[-1][1])


def main() -> None:
    """Prints the figures."""
    from gradio_client import Client

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--live", action="store_true", help="ask the embedded model")
    options = parser.parse_args()
    make = Workspace if options.live else ScriptedWorkspace
    settings = read_settings(os.environ)
    with (
        tempfile.TemporaryDirectory() as home,
        make(replace(settings, home=Path(home), models=settings.models_path)) as workspace,
    ):
        *most, last = sorted(SAMPLES.glob("*.txt"))
        workspace.ingest(most, on_result=lambda result: None)
        page = launch_page(Service(workspace), host="127.0.0.1", port=PORT)
        clients = [Client(f"http://127.0.0.1:{PORT}", verbose=False) for _ in range(PEOPLE)]
        _ask(clients[0], "大塘镇2022年粮食总产量是多少？")  # loads what is loaded once

        def person(number: int) -> list[Asked]:
            towns = ("大塘镇2022年", "石矶镇2020年", "鹤鸣乡2022年")
            return [_ask(clients[number], f"{town}{SUBJECTS[number]}是多少？") for town in towns]

        began = time.perf_counter()
        arriving = threading.Thread(target=lambda: workspace.ingest([last], on_result=lambda result: None))
        with ThreadPoolExecutor(PEOPLE) as pool:
            waiting = [pool.submit(person, number) for number in range(PEOPLE)]
            arriving.start()
            asked = [each for person_asked in waiting for each in person_asked.result()]
        seconds = time.perf_counter() - began
        arriving.join()
        held = workspace.library.totals().reports
        page.close(verbose=False)
    lost = [each for each in asked if each.answer["outcome"] == "error"]
    crossed = [each for each in asked if each.answer["question"] != each.question]
    firsts = sorted(each.first for each in asked)
    print(f"{len(asked)} questions of {PEOPLE} people: {len(lost)} lost, {len(crossed)} crossed; {held} reports held")
    print(f"first evidence: median {statistics.median(firsts):.2f} s, slowest {firsts[-1]:.2f} s")
    print(f"finished: median {statistics.median(each.total for each in asked):.2f} s; all in {seconds:.1f} s")


if __name__ == "__main__":
    main()
