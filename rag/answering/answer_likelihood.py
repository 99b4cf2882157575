"""How likely clauses are to answer a question: their score and the model's judgement, as one calibrated number.

Logistic regression over both, which makes a likelihood of what is only an order (Platt 1999, "Probabilistic Outputs for
Support Vector Machines"). The weights are made by `benchmarks/calibration.py`, which tells the curve.
"""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rag.answering.candidate_scores import Ranked
from rag.answering.judging import Judge

WEIGHTS = Path(__file__).with_name("answer_likelihood.toml")
SHOWN = 0.7  # from which clauses are the answer, and nothing is drafted
ANSWERS = 0.3  # from which they are where no draft holds, or where a draft rests on them
ANSWERS_IN_PART = 0.5  # where they lack something that is asked for
POSSIBLE = 0.1  # of the likeliest, below which nothing answers and nothing is drafted
LIKELIEST_TOLD = 0.997  # by the model; what is beyond weighs no more


@dataclass(frozen=True)
class AnswerLikelihood:
    """Asks the model about candidates of one question."""

    judge: Judge

    def of(self, found: Ranked) -> float:
        """Between 0 and 1; by the score alone where the model says neither yes nor no. Raises what the model raises."""
        return likelihood(seen(found, self.judge.likelihood(found.candidate.text)))


def seen(found: Ranked, judged: float | None) -> dict[str, float]:
    """What is weighed of a candidate that the model holds for an answer with likelihood `judged`."""
    wants_figure = found.features["needs_figure"]
    if judged is None:
        return {"score": found.score, "figure": wants_figure}
    told = min(max(judged, 1 - LIKELIEST_TOLD), LIKELIEST_TOLD)
    log_odds = math.log(told / (1 - told))
    return {
        "score": found.score,
        "figure": wants_figure,
        "judged": log_odds,
        "judged_figure": log_odds * wants_figure,
    }


def likelihood(weighed: Mapping[str, float]) -> float:
    """The likelihood of a candidate of which this was seen."""
    fit = _weights()["judged" if "judged" in weighed else "alone"]
    return 1 / (1 + math.exp(-(fit["bias"] + sum(fit[name] * value for name, value in weighed.items()))))


@cache
def _weights() -> Mapping[str, Mapping[str, float]]:
    return tomllib.loads(WEIGHTS.read_text(encoding="utf-8"))
