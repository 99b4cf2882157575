"""Two checkouts answer the same questions in turn, each with its own server of the embedded model.

    python -m benchmarks.answers_against CHECKOUT --set DIR [--questions 60]

Questions are a fixed sample, all kinds in turn; who is asked first alternates, so that what else the machine does falls
on both alike. Writes benchmarks/results/answers_against.json without a word of the questions.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median, quantiles

from pydantic import BaseModel, ConfigDict

from benchmarks.scale_processes import ROOT
from eval.golden import EvalSet, load_set
from eval.items import GoldenItem
from eval.reporting.results import write_json
from eval.sampling import choose_items
from eval.scoring.cases import score_case
from eval.scoring.replies import GivenAnswer

RESULTS = Path(__file__).parent / "results"
_DRIVER = Path(__file__).with_name("answers_driver.py")
_AT_ONCE = 0.5  # seconds


class Row(BaseModel):
    """One checkout, over all questions; seconds by the clock."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: str
    questions: int
    right: int
    median: float
    p95: float
    first: float
    """Until words of an answer are shown, median."""
    at_once: int
    """Questions with words of an answer after at most half a second."""
    prompt_tokens: float
    """Median, all requests of a question together."""
    early: int
    """Answers that showed a claim before the end."""
    withdrawn: int
    """Of these, answers that ended without a claim they had shown."""


class Table(BaseModel):
    """The results file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    set: str
    rows: tuple[Row, ...]


class Checkout:
    """A process that answers with the code of a checkout."""

    def __init__(self, root: Path, home: Path, reports: Path, stack: ExitStack) -> None:
        self.root = root
        self.replies: list[dict[str, object]] = []
        env = {**os.environ, "PYTHONPATH": str(root), "ZHENBAO_HOME": str(home)}
        command = [sys.executable, str(_DRIVER), str(reports)]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, cwd=root, env=env, stdin=pipe, stdout=pipe, text=True)
        stack.callback(self._end)
        self._read()

    def ask(self, item: GoldenItem) -> None:
        """Adds the reply to a question."""
        assert self._process.stdin is not None
        history = [message.model_dump() for message in item.history]
        print(json.dumps({"question": item.question, "history": history}), file=self._process.stdin, flush=True)
        self.replies.append(self._read())

    def _read(self) -> dict[str, object]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(f"{self.root} gave no reply")
        found: dict[str, object] = json.loads(line)
        return found

    def _end(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


def main() -> None:
    """Asks, writes and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkout", type=Path, help="the other one")
    parser.add_argument("--set", type=Path, required=True, metavar="DIR", help="the eval set")
    parser.add_argument("--questions", type=int, default=60, metavar="N")
    options = parser.parse_args()
    eval_set = load_set(options.set)
    items = choose_items(eval_set.items, sample=options.questions)
    with tempfile.TemporaryDirectory() as place, ExitStack() as stack:
        reports = options.set.resolve() / "reports"
        roots = {"before": options.checkout.resolve(), "now": ROOT}
        pair = [Checkout(root, Path(place) / name, reports, stack) for name, root in roots.items()]
        for number, item in enumerate(items):
            for checkout in pair if number % 2 == 0 else pair[::-1]:
                checkout.ask(item)
    rows = tuple(row_of(_version(one.root), items, one.replies, eval_set) for one in pair)
    write_json(RESULTS / "answers_against.json", Table(set=eval_set.name, rows=rows))
    print("\n".join(table(rows)))


def row_of(version: str, items: Sequence[GoldenItem], replies: Sequence[dict[str, object]], eval_set: EvalSet) -> Row:
    """What the replies of one checkout come to."""
    given = [
        GivenAnswer.model_validate({**dict(reply["answer"]), "id": item.id})  # type: ignore[call-overload]
        for item, reply in zip(items, replies, strict=True)
    ]
    cases = [
        score_case(item, answer, eval_set.texts, eval_set.towns) for item, answer in zip(items, given, strict=True)
    ]
    total, first = ([float(str(reply[name])) for reply in replies] for name in ("total", "first"))
    shown = [reply for reply in replies if reply["early"]]
    return Row(
        version=version,
        questions=len(items),
        right=sum(case.status in ("right", "refused_rightly") for case in cases),
        median=round(median(total), 2),
        p95=round(quantiles(total, n=20)[-1], 2),
        first=round(median(first), 2),
        at_once=sum(seconds <= _AT_ONCE for seconds in first),
        prompt_tokens=median(answer.tokens.prompt for answer in given),
        early=len(shown),
        withdrawn=sum(bool(reply["withdrawn"]) for reply in shown),
    )


def table(rows: Sequence[Row]) -> list[str]:
    """The figures as Markdown."""
    head = (
        "version",
        "right",
        "median, s",
        "95 %, s",
        "first words, s",
        "at once",
        "prompt tokens",
        "shown early",
        "withdrawn",
    )
    lines = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    for row in rows:
        seconds = f"{row.median:.1f} | {row.p95:.1f} | {row.first:.1f}"
        lines.append(
            f"| {row.version} | {row.right} of {row.questions} | {seconds} | {row.at_once} | "
            f"{row.prompt_tokens:.0f} | {row.early} | {row.withdrawn} |"
        )
    return lines


def _version(root: Path) -> str:
    code = "import rag; print(rag.__version__)"
    env = {**os.environ, "PYTHONPATH": str(root)}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=root, env=env, capture_output=True, text=True, check=True
    ).stdout.strip()


if __name__ == "__main__":
    main()
