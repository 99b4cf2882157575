"""The weights by which candidates are ordered, fitted on questions whose right answers are known.

    python -m benchmarks.candidate_weights SET... [--write]

Every candidate of a question is put into an answer and scored by the evaluation's own strict rule. The likelihood that
is made largest is that of choosing a right one, or nothing where none is right or the reports do not say. Of a set that
is divided only the half to tune on is used. Prints how often the first candidate is right, on questions kept out of the
fit in turn (five parts), and writes it to benchmarks/results/candidate_weights.json. With --write the weights go to
rag/answering/candidate_weights.toml.
"""

import argparse
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict

from eval.golden import EvalSet, load_set
from eval.items import GoldenItem, Half
from eval.reporting.results import write_json
from eval.running.runner import System, open_system
from eval.scoring.cases import score_case
from eval.scoring.replies import GivenAnswer
from rag.answering.answers import Answer
from rag.answering.ask_context import AskContext
from rag.answering.assembly import finish
from rag.answering.candidate_scores import WEIGHTS, Ranked, Scorer
from rag.answering.checked import Checked
from rag.answering.nearness import NearnessTo
from rag.answering.quoted_answers import quotation
from rag.answering.rendering import answer_json
from rag.models.conversation import Turn
from rag.settings import Settings, read_settings

RESULTS = Path(__file__).parent / "results" / "candidate_weights.json"
FOLDS = 5
PENALTY = 0.02  # of squared weights of features with variance 1
STEPS = 500
RATE = 0.05
LOOKED_AT = 30  # candidates of a question, by the weights in force
Numbers = npt.NDArray[np.float64]


class Row(BaseModel):
    """How often a right candidate comes first, or among the first, of the questions that have one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    set: str
    questions: int
    first: int
    among_three: int
    among_five: int


class Tried(BaseModel):
    """The results file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Group:
    """The candidates of one question: their features, and which of them answer it."""

    id: str
    set: str
    features: Numbers
    right: npt.NDArray[np.bool_]


def main() -> None:
    """Collects, cross-validates, fits and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", type=Path, nargs="+")
    parser.add_argument("--write", action="store_true", help="put the weights in force")
    options = parser.parse_args()
    settings = read_settings(os.environ)
    names: list[str] = []
    groups = [group for folder in options.sets for group in collected(load_set(folder), settings, names)]
    rows = tried(groups)
    write_json(RESULTS, Tried(rows=rows))
    print("\n".join(table(rows)))
    bias, weights = unscaled(groups, fitted(groups))
    print("\n".join(f"{name:20} {weight:8.3f}" for name, weight in zip(names, weights, strict=True)))
    if options.write:
        lines = [f"{name} = {weight:.4f}" for name, weight in zip(names, weights, strict=True)]
        head = "# Made by benchmarks/candidate_weights.py; see benchmarks/README.md for how they do."
        text = "\n".join([head, f"bias = {bias:.4f}", "", "[weights]", *lines])
        WEIGHTS.write_text(f"{text}\n", encoding="utf-8")


def collected(eval_set: EvalSet, settings: Settings, names: list[str]) -> Iterator[Group]:
    """The questions of a set that are answered from candidates; `names` becomes those of the features."""
    half: Half | None = "tune" if eval_set.split else None
    with open_system(eval_set, settings, None) as system:
        for item in eval_set.items_of(half):
            history = [Turn(message.role, message.content) for message in item.history]
            context, shown = system.answerer.looked_up(item.question, history=history)
            if shown.outcome != "evidence_only" or context.parts or context.asked.language == "en":
                continue
            found = first_candidates(system, context, shown)
            if not found:
                continue
            names[:] = found[0].features
            right = [not item.refuse and is_right(eval_set, item, context, shown, each) for each in found]
            yield Group(
                item.id,
                eval_set.name,
                np.array([[each.features[name] for name in names] for each in found]),
                np.array(right),
            )


def first_candidates(system: System, context: AskContext, shown: Answer) -> list[Ranked]:
    """The likeliest candidates of a question by the weights in force."""
    nearness = NearnessTo(system.workspace.embedder, context.asked.matter or context.asked.text)
    return Scorer(context.asked, shown.evidence, nearness).ranked()[:LOOKED_AT]


def is_right(eval_set: EvalSet, item: GoldenItem, context: AskContext, shown: Answer, each: Ranked) -> bool:
    """Whether an answer with one candidate alone is right."""
    answer = finish(context, Checked((quotation(context.asked, each.candidate),)), shown)
    given = GivenAnswer.model_validate({**answer_json(answer), "id": item.id, "hits": []})
    return score_case(item, given, eval_set.texts, eval_set.towns).status == "right"


def fitted(groups: Sequence[Group]) -> Numbers:
    """Weights of the scaled features, and the bias behind them (Adam, Kingma and Ba 2015)."""
    mean, deviation = scale(groups)
    scaled = [((group.features - mean) / deviation, group.right) for group in groups]
    weights = np.zeros(len(mean) + 1)
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        gradient = np.zeros_like(weights)
        for features, right in scaled:
            push = pushed(features @ weights[:-1] + weights[-1], right)
            gradient += np.append(features.T @ push, push.sum())
        gradient /= len(scaled)
        gradient[:-1] += PENALTY * weights[:-1]
        first = 0.9 * first + 0.1 * gradient
        second = 0.99 * second + 0.01 * gradient**2
        weights -= RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return weights


def pushed(scores: Numbers, right: npt.NDArray[np.bool_]) -> Numbers:
    """The gradient by each score: its share among all, less its share among the good ones; nothing has score 0."""
    shares = softmax(np.append(scores, 0.0))
    good = np.append(right, not right.any())
    wanted = np.where(good, shares, 0.0)
    wanted = wanted / wanted.sum() if wanted.sum() > 0 else good / good.sum()
    difference: Numbers = (shares - wanted)[:-1]
    return difference


def softmax(scores: Numbers) -> Numbers:
    """Shares that add up to 1."""
    powers = np.exp(scores - scores.max())
    shares: Numbers = powers / powers.sum()
    return shares


def scale(groups: Sequence[Group]) -> tuple[Numbers, Numbers]:
    """Mean and deviation of each feature."""
    every = np.vstack([group.features for group in groups])
    deviation = every.std(axis=0)
    return every.mean(axis=0), np.where(deviation > 0, deviation, 1.0)


def unscaled(groups: Sequence[Group], weights: Numbers) -> tuple[float, Numbers]:
    """Bias and weights for features as they are."""
    mean, deviation = scale(groups)
    plain = weights[:-1] / deviation
    return float(weights[-1] - plain @ mean), plain


def tried(groups: Sequence[Group]) -> tuple[Row, ...]:
    """How often the first candidate is right where one is, for each set, by weights of the other parts."""
    firsts: dict[str, list[int]] = {}
    for part in range(FOLDS):
        bias, weights = unscaled(others := groups_without(groups, part), fitted(others))
        for group in groups[part::FOLDS]:
            order = np.argsort(-(group.features @ weights + bias), kind="stable")
            if group.right.any():
                firsts.setdefault(group.set, []).append(int(np.flatnonzero(group.right[order])[0]))
    return tuple(
        Row(
            set=name,
            questions=len(places),
            first=sum(place < 1 for place in places),
            among_three=sum(place < 3 for place in places),
            among_five=sum(place < 5 for place in places),
        )
        for name, places in firsts.items()
    )


def table(rows: Sequence[Row]) -> list[str]:
    """A line for each set, as Markdown."""
    lines = [f"| {row.set} | {row.questions} | {row.first} | {row.among_three} | {row.among_five} |" for row in rows]
    return ["| set | questions with a right one | first | among three | among five |", "|---" * 5 + "|", *lines]


def groups_without(groups: Sequence[Group], part: int) -> list[Group]:
    """All but every fifth."""
    return [group for number, group in enumerate(groups) if number % FOLDS != part]


if __name__ == "__main__":
    main()
