"""How likely a candidate is to answer, by its score and the model's judgement: fits the weights and tells the curve.

    python -m benchmarks.calibration SET... [--record] [--write]

The first candidates of each question, of different sentences, are put into an answer each and scored by the
evaluation's strict rule; recorded replies tell how likely the model holds them for an answer, with --record it is asked
what is not recorded. The likeliest is weighed once more beside the second, where it is not likely by itself. Of a set
that is divided only the half to tune on is used. Counts are of questions kept out of both fits in turn (five parts).
Writes benchmarks/results/calibration.json; with --write the weights go to rag/answering/answer_likelihood.toml.
"""

import argparse
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from itertools import groupby, islice
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict

from benchmarks.candidate_weights import FOLDS, Numbers, first_candidates, is_right
from eval.golden import load_set
from eval.items import Half
from eval.reporting.results import write_json
from eval.running.recordings import RecordedModel, Recordings
from eval.running.runner import answering, open_system
from rag.answering.answer_likelihood import SHOWN, WEIGHTS, beside, seen
from rag.answering.judging import Judge
from rag.answering.pointing import MOST_ASKED, may_answer, of_other_sentences
from rag.models.conversation import ChatModel, Turn
from rag.models.factory import make_chat_model
from rag.settings import Settings, read_settings

ROOT = Path(__file__).parent.parent
RESULTS = Path(__file__).parent / "results" / "calibration.json"
PENALTY = 0.01  # of squared weights of features with variance 1
ROUNDS = 50
ALONE = ("score", "figure", "unsaid", "nearest", "mean")  # what is weighed where the model does not tell
THRESHOLDS = tuple(percent / 100 for percent in (5, 10, 20, 30, 40, 50, 60, 70, 80, 90))


class Point(BaseModel):
    """What becomes of the questions of one set where the likeliest candidate is shown from a threshold on."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    set: str
    threshold: float
    answerable: int
    shown_right: int
    shown_wrong: int
    unanswerable: int
    shown: int
    """Of those that the reports do not answer."""


class Curve(BaseModel):
    """The results file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    points: tuple[Point, ...]


@dataclass(frozen=True)
class Judged:
    """A candidate of a question: what is weighed of it, and whether it answers."""

    id: str
    set: str
    is_answerable: bool
    weighed: dict[str, float]
    right: bool


def main() -> None:
    """Collects, cross-validates, fits and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", type=Path, nargs="+")
    parser.add_argument("--record", action="store_true", help="ask the model what is not recorded, and keep it")
    parser.add_argument("--write", action="store_true", help="put the weights in force")
    options = parser.parse_args()
    settings = read_settings(os.environ)
    with ExitStack() as stack:
        behind = stack.enter_context(closing(make_chat_model(settings, None))) if options.record else None
        judged = [each for folder in options.sets for each in collected(folder, settings, behind)]
    points = curve(judged)
    write_json(RESULTS, Curve(points=points))
    print("\n".join(table(points)))
    told = [replace(each, weighed={name: each.weighed[name] for name in ALONE}) for each in judged]
    fits = {"judged": judged, "alone": told, "beside": besides(questions_of(judged), fitted(judged))}
    sections = [section(name, rows) for name, rows in fits.items()]
    text = "\n\n".join(["# Made by benchmarks/calibration.py.", *sections])
    print(text)
    if options.write:
        WEIGHTS.write_text(f"{text}\n", encoding="utf-8")


def section(name: str, judged: Sequence[Judged]) -> str:
    """The weights of a fit as TOML."""
    bias, weights = fitted(judged)
    pairs = zip(judged[0].weighed, weights, strict=True)
    return "\n".join([f"[{name}]", f"bias = {bias:.4f}", *(f"{each} = {weight:.4f}" for each, weight in pairs)])


def collected(folder: Path, settings: Settings, behind: ChatModel | None) -> Iterator[Judged]:
    """The first candidates of the questions of a set."""
    eval_set = load_set(folder)
    half: Half | None = "tune" if eval_set.split else None
    live = answering(settings) if behind else None
    recordings = Recordings(ROOT / "eval" / "recorded" / f"{eval_set.name}.jsonl", live, writes=behind is not None)
    model = RecordedModel(recordings, behind)
    with open_system(eval_set, settings, None) as system:
        for item in eval_set.items_of(half):
            history = [Turn(message.role, message.content) for message in item.history]
            context, shown = system.answerer.looked_up(item.question, history=history)
            if shown.outcome != "evidence_only" or context.parts or context.asked.language == "en":
                continue
            judge = Judge(model, context.asked)
            able = filter(may_answer, first_candidates(system, context, shown))
            for found in islice(of_other_sentences(able), MOST_ASKED):
                right = not item.refuse and is_right(eval_set, item, context, shown, found)
                weighed = seen(found, judge.likelihood(found.candidate.text))
                yield Judged(item.id, eval_set.name, not item.refuse, weighed, right)
    if behind is not None:
        recordings.save(only_used=False)


def fitted(judged: Sequence[Judged]) -> tuple[float, Numbers]:
    """Bias and weights of a logistic regression (Newton's method)."""
    features = np.array([[*each.weighed.values()] for each in judged])
    right = np.array([each.right for each in judged], dtype=float)
    mean, deviation = features.mean(axis=0), features.std(axis=0)
    scaled = np.column_stack([(features - mean) / np.where(deviation > 0, deviation, 1.0), np.ones(len(right))])
    penalty = np.diag([*[PENALTY] * features.shape[1], 1e-9])
    weights = np.zeros(scaled.shape[1])
    for _ in range(ROUNDS):
        likely = 1 / (1 + np.exp(-scaled @ weights))
        gradient = scaled.T @ (likely - right) / len(right) + penalty @ weights
        curvature = (scaled * (likely * (1 - likely))[:, None]).T @ scaled / len(right) + penalty
        weights -= np.linalg.solve(curvature, gradient)
    plain: Numbers = weights[:-1] / np.where(deviation > 0, deviation, 1.0)
    return float(weights[-1] - plain @ mean), plain


def questions_of(judged: Sequence[Judged]) -> list[list[Judged]]:
    """The candidates of each question."""
    return [[*group] for _, group in groupby(judged, key=lambda each: (each.set, each.id))]


def besides(questions: Sequence[Sequence[Judged]], fit: tuple[float, Numbers]) -> list[Judged]:
    """The likeliest of each question that is not likely by itself, with what is weighed of it beside the second."""
    found = (ordered(group, fit) for group in questions)
    return [replace(group[0][1], weighed=_beside(group)) for group in found if group[0][0] < SHOWN]


def ordered(group: Sequence[Judged], fit: tuple[float, Numbers]) -> list[tuple[float, Judged]]:
    """The candidates of a question with their likelihoods by themselves, the likeliest first."""
    return sorted(((by_fit(each.weighed, fit), each) for each in group), key=lambda pair: -pair[0])


def by_fit(weighed: Mapping[str, float], fit: tuple[float, Numbers]) -> float:
    """A likelihood by the weights of a fit."""
    bias, weights = fit
    return float(1 / (1 + np.exp(-(bias + np.dot([*weighed.values()], weights)))))


def _beside(group: Sequence[tuple[float, Judged]]) -> dict[str, float]:
    return beside(group[0][0], group[1][0] if len(group) > 1 else None)


def curve(judged: Sequence[Judged]) -> tuple[Point, ...]:
    """A point for each set and threshold, by weights that did not see the question."""
    questions = questions_of(judged)
    best: list[tuple[Judged, float]] = []
    for part in range(FOLDS):
        others = [group for n, group in enumerate(questions) if n % FOLDS != part]
        fit = fitted([each for group in others for each in group])
        again = fitted(besides(others, fit))
        for group in (ordered(each, fit) for each in questions[part::FOLDS]):
            alone, first = group[0]
            best.append((first, alone if alone >= SHOWN else by_fit(_beside(group), again)))
    names = dict.fromkeys(each.set for each, _ in best)
    return tuple(point_of(name, least, best) for name in names for least in THRESHOLDS)


def point_of(name: str, least: float, best: Sequence[tuple[Judged, float]]) -> Point:
    """What becomes of the questions of a set at a threshold."""
    mine = [(each, likely >= least) for each, likely in best if each.set == name]
    answerable = [(each, is_shown) for each, is_shown in mine if each.is_answerable]
    return Point(
        set=name,
        threshold=least,
        answerable=len(answerable),
        shown_right=sum(is_shown and each.right for each, is_shown in answerable),
        shown_wrong=sum(is_shown and not each.right for each, is_shown in answerable),
        unanswerable=len(mine) - len(answerable),
        shown=sum(is_shown and not each.is_answerable for each, is_shown in mine),
    )


def table(points: Sequence[Point]) -> list[str]:
    """A line for each set and threshold, as Markdown."""
    head = "| set | threshold | answerable | shown right | shown wrong | unanswerable | shown |"
    lines = [
        f"| {p.set} | {p.threshold:.2f} | {p.answerable} | {p.shown_right} | {p.shown_wrong} "
        f"| {p.unanswerable} | {p.shown} |"
        for p in points
    ]
    return [head, "|---" * 7 + "|", *lines]


if __name__ == "__main__":
    main()
