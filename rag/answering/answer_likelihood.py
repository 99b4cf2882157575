"""How likely clauses are to answer a question: their score and the model's judgement, as one calibrated number.

Logistic regression over both, which makes a likelihood of what is only an order (Platt 1999, "Probabilistic Outputs for
Support Vector Machines"). A second one weighs what is not likely by itself beside the likeliest of other sentences:
what answers stands out among them, what only has a part of the words does not. The weights are made by
`benchmarks/calibration.py`, which tells the curve.
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
SHOWN = 0.6  # from which clauses are the answer, and nothing is drafted
ANSWERS = 0.35  # from which they are where a draft rests on them
STANDS_OUT = 0.5  # beside others, from which they are where no draft holds
STANDS_ALONE = 0.75  # beside others, from which nothing is drafted
ANSWERS_IN_PART = 0.5  # where they lack something that is asked for, or are computed with
POSSIBLE = 0.1  # of the likeliest, below which nothing answers and nothing is drafted
LIKELIEST_TOLD = 0.997  # by the model; what is beyond weighs no more
LEAST_LIKELY = 0.004  # of another sentence; what is below weighs no less
NO_OTHER = 0.05  # where no other sentence could answer


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
    by_code = {
        "score": found.score,
        "figure": wants_figure,
        "unsaid": found.unsaid,
        "nearest": found.features["nearest_clause"],
        "mean": found.features["mean_clause"],
    }
    if judged is None:
        return by_code
    told = _log_odds(min(max(judged, 1 - LIKELIEST_TOLD), LIKELIEST_TOLD))
    return {**by_code, "judged": told, "judged_figure": told * wants_figure}


def likelihood(weighed: Mapping[str, float]) -> float:
    """The likelihood of a candidate of which this was seen."""
    return _fitted("judged" if "judged" in weighed else "alone", weighed)


def beside(best: float, other: float | None) -> dict[str, float]:
    """What is weighed of the likeliest candidate beside the likeliest of other sentences, None where there is none."""
    return {"best": _log_odds(best), "other": _log_odds(NO_OTHER if other is None else max(other, LEAST_LIKELY))}


def likelihood_beside(best: float, other: float | None) -> float:
    """The likelihood of the likeliest candidate, where it is below SHOWN by itself."""
    return _fitted("beside", beside(best, other))


def _log_odds(share: float) -> float:
    return math.log(share / (1 - share))


def _fitted(name: str, weighed: Mapping[str, float]) -> float:
    fit = _weights()[name]
    return 1 / (1 + math.exp(-(fit["bias"] + sum(fit[key] * value for key, value in weighed.items()))))


@cache
def _weights() -> Mapping[str, Mapping[str, float]]:
    return tomllib.loads(WEIGHTS.read_text(encoding="utf-8"))
