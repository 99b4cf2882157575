"""Where the time of an answer goes, what the prompt cache saves, and what other settings of the server would change.

    python -m benchmarks.speed --set DIR [--questions 6] [--lock FILE]

The first part replays recorded replies and times the code around the model, for every question. The second sends the
requests of a few questions to servers with one setting changed, each beside an unchanged one, request by request in
turn: ratios hold on a busy machine too. Writes benchmarks/results/speed.json.
"""

import argparse
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from time import thread_time

from pydantic import BaseModel, ConfigDict

from benchmarks.requests_of import NotingModel, Request
from benchmarks.server_trials import Sent, Trial, send, try_tuning
from benchmarks.servers import TunedServer, Tuning
from benchmarks.turns import alone
from eval.golden import EvalSet, load_set
from eval.items import GoldenItem
from eval.reporting.results import write_json
from eval.running.recordings import RecordedModel, Recordings
from eval.running.runner import open_system
from eval.sampling import choose_items
from rag.answering import generation as checking
from rag.answering.answer import Answerer
from rag.answering.answers import Answer
from rag.models.conversation import Turn
from rag.models.model_file import require_model
from rag.settings import read_settings
from rag.verification.claims import Evidence
from rag.verification.verdicts import Asked, Verdict
from rag.verification.verify import verify

ROOT = Path(__file__).parent.parent
RESULTS = Path(__file__).parent / "results"
TUNINGS = (Tuning(threads=1), Tuning(batch=128), Tuning(flash_attention=False), Tuning(guessing=3))
JUDGEMENTS = 3  # of a question that go into a trial; there are up to twenty, each like the other


class Milliseconds(BaseModel):
    """How long a step took, over the questions that the model was asked."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    median: float
    p95: float
    longest: float


class Code(BaseModel):
    """The code around the model, over every question of the set."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    questions: int
    without_model: int
    """Answered, or refused, without asking the model."""
    prompt_tokens: float
    """Median over the others, all requests of a question together."""
    drafts_only: int
    """Questions whose answer took drafts alone, no judging."""
    retrieve: Milliseconds
    verify: Milliseconds
    """The verifier alone, all claims of an answer together; processor time, the others are by the clock."""
    after_model: Milliseconds
    """Everything that is neither retrieval nor model: verifying, aligning, quoting, reading sources for offsets."""


class Cache(BaseModel):
    """What the server's prompt cache keeps."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    requests: int
    prompt: int
    evaluated: int
    """Prompt tokens that were computed, the rest was kept from before."""


class Speed(BaseModel):
    """The results file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    set: str
    code: Code
    drafts: Cache
    judgements: Cache
    trials: tuple[Trial, ...]


@dataclass(frozen=True, slots=True)
class Timed:
    """One replayed question."""

    answer: Answer
    requests: tuple[Request, ...]
    verifying: float


def main() -> None:
    """Measures, writes and prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", type=Path, required=True, metavar="DIR", help="the eval set")
    parser.add_argument("--questions", type=int, default=6, metavar="N", help="whose requests the servers get")
    parser.add_argument("--lock", type=Path, metavar="FILE", help="hold this file's lock while measuring")
    options = parser.parse_args()
    eval_set = load_set(options.set)
    with alone(options.lock):
        timed = replay(eval_set)
    chosen = choose_items([item for item in eval_set.items if timed[item.id].requests], sample=options.questions)
    requests = [request for item in chosen for request in timed[item.id].requests]
    path = require_model(read_settings(os.environ))
    with alone(options.lock), TunedServer(path, Tuning()) as server:
        sent = [(request, send(server, request)) for request in requests]
    result = Speed(
        set=eval_set.name,
        code=code(list(timed.values())),
        drafts=cache([one for request, one in sent if request.is_draft]),
        judgements=cache([one for request, one in sent if not request.is_draft]),
        trials=(),
    )
    write_json(RESULTS / "speed.json", result)
    print(result.model_dump_json(), flush=True)
    for tuning in TUNINGS:
        with alone(options.lock):
            trial = try_tuning(path, tuning, [one for item in chosen for one in some(timed[item.id].requests)])
        result = result.model_copy(update={"trials": (*result.trials, trial)})
        write_json(RESULTS / "speed.json", result)
        print(trial, flush=True)
    print("\n".join(table(result)))


def some(requests: Sequence[Request]) -> list[Request]:
    """The drafts of a question and a few of its judgements."""
    return [
        *(request for request in requests if request.is_draft),
        *[request for request in requests if not request.is_draft][:JUDGEMENTS],
    ]


def replay(eval_set: EvalSet) -> dict[str, Timed]:
    """Every question answered from recorded replies, which take no time."""
    recordings = Recordings(ROOT / "eval" / "recorded" / f"{eval_set.name}.jsonl")
    model = NotingModel(RecordedModel(recordings, None))
    with open_system(eval_set, read_settings(os.environ), model) as system:
        system.answerer.ask(eval_set.items[0].question)  # loads what is loaded once
        model.take()
        return {item.id: _timed(system.answerer, item, model) for item in eval_set.items}


def _timed(answerer: Answerer, item: GoldenItem, model: NotingModel) -> Timed:
    spent: list[float] = []

    def timing(text: str, numbers: Sequence[int], evidence: Sequence[Evidence], asked: Asked) -> Verdict:
        began = thread_time()
        verdict = verify(text, numbers, evidence, asked)
        spent.append(thread_time() - began)
        return verdict

    setattr(checking, "verify", timing)  # noqa: B010 - mypy lets nobody assign another function
    try:
        turns = [Turn(message.role, message.content) for message in item.history]
        answer = answerer.ask(item.question, history=turns)
    finally:
        setattr(checking, "verify", verify)  # noqa: B010
    return Timed(answer, model.take(), sum(spent))


def code(timed: Sequence[Timed]) -> Code:
    """The figures of the code around the model."""
    asked = [one for one in timed if one.requests]
    return Code(
        questions=len(timed),
        without_model=len(timed) - len(asked),
        drafts_only=sum(all(request.is_draft for request in one.requests) for one in asked),
        prompt_tokens=median(one.answer.tokens.prompt for one in asked),
        retrieve=milliseconds([one.answer.seconds.retrieve for one in asked]),
        verify=milliseconds([one.verifying for one in asked]),
        after_model=milliseconds([one.answer.seconds.verify for one in asked]),
    )


def milliseconds(seconds: Sequence[float]) -> Milliseconds:
    """Median, 95th percentile and maximum."""
    return Milliseconds(
        median=round(1000 * median(seconds), 2),
        p95=round(1000 * quantiles(seconds, n=20, method="inclusive")[-1], 2),
        longest=round(1000 * max(seconds), 2),
    )


def cache(sent: Sequence[Sent]) -> Cache:
    """What some requests needed computed."""
    return Cache(
        requests=len(sent), prompt=sum(one.prompt for one in sent), evaluated=sum(one.evaluated for one in sent)
    )


def table(result: Speed) -> list[str]:
    """The trials as Markdown."""
    return [
        "| setting | prompt | writing | all | same replies |",
        "|---|---|---|---|---|",
        *(
            f"| {' '.join(f'{name} {value}' for name, value in trial.tuning.items())} | {trial.prompt_ratio:.2f} "
            f"| {trial.writing_ratio:.2f} | {trial.total_ratio:.2f} | {trial.same_replies} of {trial.requests} |"
            for trial in result.trials
        ),
    ]


if __name__ == "__main__":
    main()
