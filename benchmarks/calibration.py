"""How likely a quotation must be before it answers: each threshold of `rag.judging`, on two halves of a set.

    python -m benchmarks.calibration --set DIR

Replays recorded replies, so no model runs. Counts only the questions on which the judge decides: those answered in
another way where every quotation answers than where none does. A hash of the id puts a question into the half to tune
on or the half to check on. Writes benchmarks/results/calibration-SET.json.
"""

import argparse
import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from benchmarks.requests_of import NotingModel
from eval.cases import Case, score_case
from eval.golden import EvalSet, load_set
from eval.items import GoldenItem
from eval.recordings import RecordedModel, Recordings
from eval.results import write_json
from eval.runner import System, open_system
from rag import judging
from rag.settings import read_settings

ROOT = Path(__file__).parent.parent
RESULTS = Path(__file__).parent / "results"
ALWAYS, NEVER = 0.001, 1.1  # of a likelihood; nothing to quote has 0
THRESHOLDS = tuple(percent / 100 for percent in range(48, 100, 4))

Wants = Literal["words", "figure"]
Half = Literal["tune", "check"]
NAMES: Mapping[Wants, str] = {"words": "ANSWERS", "figure": "ANSWERS_FIGURE"}


class Point(BaseModel):
    """What became of one group's questions at one threshold."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    wants: Wants
    half: Half
    threshold: float
    questions: int
    answered_right: int
    answered_wrong: int
    refused_rightly: int
    refused_wrongly: int
    supported_but_wrong: int
    """Claims; 0 is the promise."""


class Curve(BaseModel):
    """The results file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    set: str
    in_force: dict[Wants, float]
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """A system over recorded replies, asked again and again with other thresholds."""

    eval_set: EvalSet
    system: System
    model: NotingModel

    def ask(self, items: Sequence[GoldenItem], thresholds: Mapping[Wants, float]) -> list[Case]:
        """The cases of some questions with these thresholds in force."""
        for wants, threshold in thresholds.items():
            setattr(judging, NAMES[wants], threshold)
        texts, towns = self.eval_set.texts, self.eval_set.towns
        return [score_case(item, self.system.ask(item), texts, towns) for item in items]

    def decided(self, items: Sequence[GoldenItem], wants: Wants) -> list[GoldenItem]:
        """The questions on which the judge decides by this threshold."""
        never: dict[Wants, float] = {"words": NEVER, "figure": NEVER}
        without = self.ask(items, never)
        always = self.ask(items, {**never, wants: ALWAYS})
        pairs = zip(items, without, always, strict=True)
        return [item for item, one, other in pairs if (one.outcome, one.answer) != (other.outcome, other.answer)]

    def judged(self) -> list[GoldenItem]:
        """The questions that the judge is asked about."""
        asked = []
        for item in self.eval_set.items:
            self.ask([item], {"words": NEVER, "figure": NEVER})
            if any(not request.is_draft for request in self.model.take()):
                asked.append(item)
        return asked


def half_of(identity: str) -> Half:
    """The half a question belongs to, the same on every machine and every day."""
    return "tune" if hashlib.sha256(identity.encode()).digest()[0] % 2 else "check"


def main() -> None:
    """Measures, writes and prints the curves."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", type=Path, required=True, metavar="DIR", help="the eval set")
    parser.add_argument("--recordings", type=Path, metavar="FILE", help="default eval/recorded/SET.jsonl")
    options = parser.parse_args()
    eval_set = load_set(options.set)
    recordings = Recordings(options.recordings or ROOT / "eval" / "recorded" / f"{eval_set.name}.jsonl")
    in_force: dict[Wants, float] = {wants: getattr(judging, name) for wants, name in NAMES.items()}
    model = NotingModel(RecordedModel(recordings, None))
    with open_system(eval_set, read_settings(os.environ), model) as system:
        points = measure(Run(eval_set, system, model), in_force)
    if recordings.missed:
        raise SystemExit(f"{len(recordings.missed)} replies are not recorded: {recordings.path} is out of date")
    write_json(
        RESULTS / f"calibration-{eval_set.name}.json", Curve(set=eval_set.name, in_force=in_force, points=points)
    )
    print("\n".join(table(points)))


def measure(run: Run, in_force: Mapping[Wants, float]) -> tuple[Point, ...]:
    """A point for each group, half and threshold."""
    points = []
    judged = run.judged()
    for wants in NAMES:
        items = run.decided(judged, wants)
        for threshold in THRESHOLDS:
            cases = run.ask(items, {**in_force, wants: threshold})
            points += [point(wants, half, threshold, cases) for half in ("tune", "check")]
    return tuple(points)


def point(wants: Wants, half: Half, threshold: float, cases: Sequence[Case]) -> Point:
    """The counts of one half."""
    mine = [case for case in cases if half_of(case.id) == half]
    statuses = [case.status for case in mine]
    return Point(
        wants=wants,
        half=half,
        threshold=threshold,
        questions=len(mine),
        answered_right=statuses.count("right"),
        answered_wrong=statuses.count("wrong"),
        refused_rightly=statuses.count("refused_rightly"),
        refused_wrongly=statuses.count("refused_wrongly"),
        supported_but_wrong=sum(len(case.supported_but_wrong) for case in mine),
    )


def table(points: Sequence[Point]) -> list[str]:
    """A line for each threshold, both halves beside each other, as Markdown."""
    by_place = {(p.wants, p.threshold, p.half): p for p in points}
    lines = [
        "| wants | threshold | tune: right | wrong | refused rightly | wrongly "
        "| check: right | wrong | refused rightly | wrongly |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for wants, threshold in dict.fromkeys((p.wants, p.threshold) for p in points):
        halves = [by_place[wants, threshold, half] for half in ("tune", "check")]
        cells = [str(count) for half in halves for count in _counts(half)]
        lines.append(f"| {wants} | {threshold:.2f} | {' | '.join(cells)} |")
    return lines


def _counts(p: Point) -> list[int]:
    return [p.answered_right, p.answered_wrong, p.refused_rightly, p.refused_wrongly]


if __name__ == "__main__":
    main()
