"""The summaries of a run: made by the system or read from a file, scored, and averaged over the reports."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from eval.golden import EvalSet
from eval.items import GoldenSummary
from eval.running.runner import System
from eval.scoring.summary_scores import GivenSummary, score_summary
from rag.errors import InputError, ZhenbaoError
from rag.types import Notice


@dataclass(frozen=True, slots=True)
class Made:
    """The summary of one report, or why there is none."""

    golden: GoldenSummary
    summary: GivenSummary | None
    error: Notice | None = None


def own_summary(golden: GoldenSummary, system: System) -> Made:
    """What the system writes; its errors are part of the result."""
    try:
        return Made(golden, GivenSummary.model_validate(system.summarize(golden.doc)))
    except ZhenbaoError as error:
        return Made(golden, None, error.notice)


def given_summary(golden: GoldenSummary, path: Path) -> Made:
    """A summary from a file that maps file names to summaries. Raises InputError where it is another file."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return Made(golden, GivenSummary.model_validate(rows.get(golden.doc, {})))
    except (OSError, json.JSONDecodeError, ValidationError, AttributeError) as error:
        raise InputError("no_summaries_file", path=path, reason=str(error).splitlines()[0]) from error


def average(made: Sequence[Made], eval_set: EvalSet) -> dict[str, float]:
    """How many summaries failed, and the means of the others; empty where none was asked for."""
    scored = [score_summary(one.golden, one.summary, eval_set.texts) for one in made if one.summary is not None]
    names = scored[0] if scored else {}
    means = {name: round(sum(scores[name] for scores in scored) / len(scored), 4) for name in names}
    return {"failed": len(made) - len(scored), **means} if made else {}
