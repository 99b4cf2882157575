"""Answers questions with the code of whichever checkout stands first on the path; one JSON line in, one out.

    PYTHONPATH=CHECKOUT python answers_driver.py REPORTS

Uses only what every release since 0.6.0 has. The data folder is that of the environment; replies kept in it are not
used, since every question comes once.
"""

import json
import os
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

HERE = str(Path(__file__).parent)
sys.path[:] = [path for path in sys.path if path != HERE]  # modules beside this file are no top-level ones


def main() -> None:
    """Takes in the reports, warms up, and answers until the input ends."""
    from rag.settings import read_settings
    from rag.workspace import Workspace

    with Workspace(read_settings(os.environ)) as workspace:
        workspace.ingest([Path(sys.argv[1])], on_result=lambda _: None)
        workspace.answerer.ask("有多少人口？")
        print(json.dumps({"ready": True}), flush=True)
        for line in sys.stdin:
            print(json.dumps(_answered(workspace, json.loads(line)), ensure_ascii=False), flush=True)


def _answered(workspace: Any, asked: dict[str, Any]) -> dict[str, Any]:
    from rag.answering.rendering import answer_json
    from rag.models.conversation import Turn

    turns = tuple(Turn(**turn) for turn in asked["history"])
    began = perf_counter()
    shown: list[tuple[float, Any]] = []
    for answer in workspace.answerer.stream(asked["question"], history=turns):
        if not shown or answer.claims or answer.outcome != shown[-1][1].outcome:
            shown.append((perf_counter() - began, answer))
    total = perf_counter() - began
    first = next((seconds for seconds, answer in shown if answer.claims), total)
    early = {claim.text for _, state in shown if state is not answer for claim in state.claims}
    withdrawn = len(early - {claim.text for claim in answer.claims})
    told = {"first": first, "total": total, "early": len(early), "withdrawn": withdrawn}
    return {**told, "answer": answer_json(answer)}


if __name__ == "__main__":
    main()
