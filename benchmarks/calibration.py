"""How likely a quotation must be before it answers, and how much its closeness counts, on two halves of a set.

    python -m benchmarks.calibration --set DIR [--live]

Replays recorded replies; with --live the model is asked what is not recorded, which other weights of closeness need.
The thresholds are those of `rag.answering.reranking`, the weight is `rag.answering.similarity.GAIN`. For a threshold
it counts only the questions on which the judge decides: those answered in another way where every quotation answers
than where none does. A hash of the id puts a question into the half to tune on or the half to check on. Writes
benchmarks/results/calibration-SET.json.
"""

import argparse
import hashlib
import os
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from benchmarks.requests_of import NotingModel
from eval.golden import EvalSet, load_set
from eval.items import GoldenItem
from eval.reporting.results import write_json
from eval.running.recordings import RecordedModel, Recordings
from eval.running.runner import System, open_system
from eval.scoring.cases import Case, score_case
from rag.answering import reranking as judging
from rag.answering import similarity as closeness
from rag.models.factory import make_chat_model
from rag.settings import read_settings

ROOT = Path(__file__).parent.parent
RESULTS = Path(__file__).parent / "results"
ALWAYS, NEVER = 0.001, 1.1  # of a likelihood; nothing to quote has 0
GAINS = (0.0, 1.0, 2.0, 2.5, 3.0, 4.0, 6.0)
THRESHOLDS = tuple(percent / 100 for percent in range(48, 100, 4))

Wants = Literal["words", "figure"]
Half = Literal["tune", "check"]
HALVES: tuple[Half, Half] = ("tune", "check")
HEAD = "tune: right | wrong | refused rightly | wrongly | check: right | wrong | refused rightly | wrongly"
NAMES: Mapping[Wants, str] = {"words": "ANSWERS", "figure": "ANSWERS_FIGURE"}


class Counts(BaseModel):
    """What became of the questions of one half."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    half: Half
    questions: int
    answered_right: int
    answered_wrong: int
    refused_rightly: int
    refused_wrongly: int
    supported_but_wrong: int
    """Claims; 0 is the promise."""


class Point(Counts):
    """One group's questions at one threshold."""

    wants: Wants
    threshold: float


class Gained(Counts):
    """All questions that the judge is asked about, with one weight of closeness."""

    gain: float


class Curve(BaseModel):
    """The results file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    set: str
    in_force: dict[Wants, float]
    points: tuple[Point, ...]
    gain_in_force: float
    gains: tuple[Gained, ...]
    """Empty unless the model could be asked."""


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
    parser.add_argument("--live", action="store_true", help="ask the model what is not recorded")
    options = parser.parse_args()
    eval_set = load_set(options.set)
    settings = read_settings(os.environ)
    recordings = Recordings(options.recordings or ROOT / "eval" / "recorded" / f"{eval_set.name}.jsonl")
    in_force: dict[Wants, float] = {wants: getattr(judging, name) for wants, name in NAMES.items()}
    gain = closeness.GAIN
    with ExitStack() as stack:
        behind = stack.enter_context(closing(make_chat_model(settings, None))) if options.live else None
        model = NotingModel(RecordedModel(recordings, behind))
        run = Run(eval_set, stack.enter_context(open_system(eval_set, settings, model)), model)
        judged = run.judged()
        points = measure(run, judged, in_force)
        gains = measure_gains(run, judged, in_force) if options.live else ()
    if recordings.missed and not options.live:
        raise SystemExit(f"{len(recordings.missed)} replies are not recorded: {recordings.path} is out of date")
    curve = Curve(set=eval_set.name, in_force=in_force, points=points, gain_in_force=gain, gains=gains)
    write_json(RESULTS / f"calibration-{eval_set.name}.json", curve)
    print("\n".join([*table(points), "", *gains_table(gains)]))


def measure(run: Run, judged: Sequence[GoldenItem], in_force: Mapping[Wants, float]) -> tuple[Point, ...]:
    """A point for each group, half and threshold."""
    points = []
    for wants in NAMES:
        items = run.decided(judged, wants)
        for threshold in THRESHOLDS:
            cases = run.ask(items, {**in_force, wants: threshold})
            points += [Point(wants=wants, threshold=threshold, **counts(half, cases)) for half in HALVES]
    return tuple(points)


def measure_gains(run: Run, judged: Sequence[GoldenItem], in_force: Mapping[Wants, float]) -> tuple[Gained, ...]:
    """What each weight of closeness makes of the questions that the judge is asked about."""
    gained = []
    for gain in GAINS:
        setattr(closeness, "GAIN", gain)  # noqa: B010 - mypy takes it for a constant
        cases = run.ask(judged, in_force)
        gained += [Gained(gain=gain, **counts(half, cases)) for half in HALVES]
    return tuple(gained)


def counts(half: Half, cases: Sequence[Case]) -> dict[str, Any]:
    """The counts of one half."""
    mine = [case for case in cases if half_of(case.id) == half]
    statuses = [case.status for case in mine]
    return {
        "half": half,
        "questions": len(mine),
        "answered_right": statuses.count("right"),
        "answered_wrong": statuses.count("wrong"),
        "refused_rightly": statuses.count("refused_rightly"),
        "refused_wrongly": statuses.count("refused_wrongly"),
        "supported_but_wrong": sum(len(case.supported_but_wrong) for case in mine),
    }


def table(points: Sequence[Point]) -> list[str]:
    """A line for each threshold, both halves beside each other, as Markdown."""
    by_place = {(p.wants, p.threshold, p.half): p for p in points}
    lines = [f"| wants | threshold | {HEAD} |", "|---" * 10 + "|"]
    for wants, threshold in dict.fromkeys((p.wants, p.threshold) for p in points):
        lines.append(f"| {wants} | {threshold:.2f} | {_cells([by_place[wants, threshold, h] for h in HALVES])} |")
    return lines


def gains_table(gains: Sequence[Gained]) -> list[str]:
    """A line for each weight of closeness, as Markdown."""
    pairs = zip(gains[::2], gains[1::2], strict=True)
    rows = [f"| {tune.gain:.1f} | {_cells([tune, check])} |" for tune, check in pairs]
    return [f"| closeness | {HEAD} |", "|---" * 9 + "|", *rows] if rows else []


def _cells(halves: Sequence[Counts]) -> str:
    each = [(c.answered_right, c.answered_wrong, c.refused_rightly, c.refused_wrongly) for c in halves]
    return " | ".join(str(count) for counted in each for count in counted)


if __name__ == "__main__":
    main()
