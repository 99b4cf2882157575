"""How much evidence to show: prompt tokens against the share of evidence that is among the shown sentences.

    python -m benchmarks.budgets --set DIR

Replays recorded replies, so no model runs. Tokens of prompts that were never sent are read off a line through those
that were. Writes benchmarks/results/budgets-SET.json.
"""

import argparse
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import linear_regression, mean, median

from pydantic import BaseModel, ConfigDict

from benchmarks.requests_of import NotingModel
from eval.golden import EvalSet, load_set
from eval.items import GoldenItem
from eval.reporting.results import write_json
from eval.running.recordings import RecordedModel, Recordings
from eval.running.runner import System, open_system
from eval.scoring.citations import citation_overlap
from eval.scoring.replies import GivenAnswer, GivenCitation, GivenClaim
from rag.answering import answer as answering
from rag.answering.answers import Answer
from rag.answering.evidence import Budget, evidence_lines
from rag.settings import read_settings

ROOT = Path(__file__).parent.parent
RESULTS = Path(__file__).parent / "results"
BUDGETS = tuple(Budget(sentences, 75 * sentences) for sentences in (2, 3, 4, 6, 8, 10, 12, 16, 24))
_WHOLE = 0.995  # of a quotation's characters


class Shown(BaseModel):
    """What one budget shows."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sentences: int
    characters: int
    in_force: bool
    questions: int
    complete: float
    """Share of the questions whose golden evidence is all among the shown sentences."""
    recall: float
    """Share of the golden evidence, by characters, that is shown."""
    prompt: int
    """Tokens of the first request, median; estimated."""


class Budgets(BaseModel):
    """The results file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    set: str
    tokens_per_character: float
    """Of evidence; the line through the recorded requests."""
    fixed_tokens: float
    shown: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """Tokens of a first request from the characters of its evidence."""

    slope: float
    intercept: float

    def at(self, characters: int) -> int:
        return round(self.slope * characters + self.intercept)


def main() -> None:
    """Measures, writes and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", type=Path, required=True, metavar="DIR", help="the eval set")
    parser.add_argument("--recordings", type=Path, metavar="FILE", help="default eval/recorded/SET.jsonl")
    options = parser.parse_args()
    eval_set = load_set(options.set)
    recordings = Recordings(options.recordings or ROOT / "eval" / "recorded" / f"{eval_set.name}.jsonl")
    model = NotingModel(RecordedModel(recordings, None))
    items = [item for item in eval_set.items if item.evidence and item.doc != "multi" and not item.history]
    with open_system(eval_set, read_settings(os.environ), model) as system:
        line = fitted(system, [item for item in items if item.kind != "english"], model)
        shown = tuple(show(eval_set, system, items, budget, line) for budget in BUDGETS)
    result = Budgets(set=eval_set.name, tokens_per_character=line.slope, fixed_tokens=line.intercept, shown=shown)
    write_json(RESULTS / f"budgets-{eval_set.name}.json", result)
    print("\n".join(table(shown)))


def fitted(system: System, items: Sequence[GoldenItem], model: NotingModel) -> Line:
    """The line through the first requests of the questions that the model is asked."""
    points: list[tuple[int, int]] = []
    for item in items:
        answer = system.answerer.ask(item.question)
        first = next((request for request in model.take() if request.is_draft), None)
        if first is not None:
            points.append((len(evidence_lines(answer.evidence)), first.tokens.prompt))
    slope, intercept = linear_regression(*zip(*points, strict=True))
    return Line(round(slope, 4), round(intercept, 1))


def show(eval_set: EvalSet, system: System, items: Sequence[GoldenItem], budget: Budget, line: Line) -> Shown:
    """What a budget shows of the evidence of each question, and at which price."""
    in_force = Budget()
    workspace = system.workspace
    without_model = workspace.answerer_with(None)
    setattr(answering, "Budget", lambda: budget)  # noqa: B010 - a type's name, which mypy lets nobody assign
    try:
        answers = [without_model.ask(item.question) for item in items]
    finally:
        setattr(answering, "Budget", Budget)  # noqa: B010
    recalls = [recall(eval_set, item, answer) for item, answer in zip(items, answers, strict=True)]
    return Shown(
        sentences=budget.sentences,
        characters=budget.characters,
        in_force=budget == in_force,
        questions=len(items),
        complete=round(mean(recall >= _WHOLE for recall in recalls), 4),
        recall=round(mean(recalls), 4),
        prompt=round(median(line.at(len(evidence_lines(answer.evidence))) for answer in answers)),
    )


def recall(eval_set: EvalSet, item: GoldenItem, answer: Answer) -> float:
    """Share of the golden evidence that stands in the shown sentences."""
    cited = tuple(
        GivenCitation(file=c.file, quote=c.quote, start=c.start, end=c.end) for c in answer.evidence_citations
    )
    claim = GivenClaim(text="", supported=True, citations=cited)
    overlap = citation_overlap(item.evidence, GivenAnswer(outcome="answered", claims=(claim,)), eval_set.texts)
    return overlap.recall if overlap else 0.0


def table(shown: Sequence[Shown]) -> list[str]:
    """A line for each budget, as Markdown."""
    return [
        "| sentences | characters | prompt tokens, median | all evidence shown | evidence shown, by characters |",
        "|---|---|---|---|---|",
        *(
            f"| {s.sentences}{' (in force)' if s.in_force else ''} | {s.characters} | {s.prompt} | {s.complete:.3f} "
            f"| {s.recall:.3f} |"
            for s in shown
        ),
    ]


if __name__ == "__main__":
    main()
