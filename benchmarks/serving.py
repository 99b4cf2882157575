"""Ten people ask the page's API at once while a report arrives: lost or crossed answers, and how long evidence takes.

    python -m benchmarks.serving

The reports, the search and the embedder are real; the chat model is scripted and takes PAUSE seconds an answer, one
answer after the other, as the embedded model does.
"""

import statistics
import tempfile
import threading
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from rag.errors import BadReply
from rag.models.conversation import ChatRequest, Choice, ChoiceRequest, Reply, Tokens
from rag.service import Service
from rag.settings import Settings
from rag.workspace import Workspace
from ui.server import launch_page

T = TypeVar("T", bound=BaseModel)
PEOPLE, PAUSE, PORT = 10, 0.3, 7893
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
        time.sleep(PAUSE)
        raise BadReply("scripted")

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

    with tempfile.TemporaryDirectory() as home, ScriptedWorkspace(Settings(home=Path(home))) as workspace:
        *most, last = sorted(SAMPLES.glob("*.txt"))
        workspace.ingest(most, on_result=lambda result: None)
        page = launch_page(Service(workspace), host="127.0.0.1", port=PORT)
        clients = [Client(f"http://127.0.0.1:{PORT}", verbose=False) for _ in range(PEOPLE)]
        _ask(clients[0], "大塘镇2022年粮食总产量是多少？")  # loads what is loaded once

        def person(number: int) -> list[Asked]:
            towns = ("大塘镇2022年", "石矶镇2020年", "鹤鸣乡2022年")
            return [_ask(clients[number], f"{town}{SUBJECTS[number]}是多少？") for town in towns]

        arriving = threading.Thread(target=lambda: workspace.ingest([last], on_result=lambda result: None))
        with ThreadPoolExecutor(PEOPLE) as pool:
            waiting = [pool.submit(person, number) for number in range(PEOPLE)]
            arriving.start()
            asked = [each for person_asked in waiting for each in person_asked.result()]
        arriving.join()
        held = workspace.library.totals().reports
        page.close(verbose=False)
    lost = [each for each in asked if each.answer["outcome"] == "error"]
    crossed = [each for each in asked if each.answer["question"] != each.question]
    firsts = sorted(each.first for each in asked)
    print(f"{len(asked)} questions of {PEOPLE} people: {len(lost)} lost, {len(crossed)} crossed; {held} reports held")
    print(f"first evidence: median {statistics.median(firsts):.2f} s, slowest {firsts[-1]:.2f} s")
    print(f"finished: median {statistics.median(each.total for each in asked):.2f} s")


if __name__ == "__main__":
    main()
