"""Ordering candidates: one score of all their features, with weights fitted on many questions.

The score is that of a conditional logit with the choice of answering nothing at 0 (McFadden 1974, "Conditional Logit
Analysis of Qualitative Choice Behavior"). The weights are made by `benchmarks/candidate_weights.py`, which tells how
they did on questions kept out of the fit.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rag.answering.candidate_features import Features, clause_texts
from rag.answering.candidates import Candidate, candidates
from rag.answering.nearness import NearnessTo
from rag.answering.questions import Question
from rag.verification.claims import Evidence

NEARLY_HALF = 0.45
A_NAME = 3  # bigrams: one, such as 农民, may be said in other words
WEIGHTS = Path(__file__).with_name("candidate_weights.toml")


@dataclass(frozen=True)
class Ranked:
    """A candidate, what is seen of it, and its score: above 0 it is likelier to answer than nothing is."""

    candidate: Candidate
    features: Mapping[str, float]
    score: float
    elsewhere: float = 0.0  # of the question's words: those that other sentences found have, and its own have not
    unsaid: float = 0.0  # of the question's words: those that reports use, and its own sentences have not

    @property
    def is_of_another_thing(self) -> bool:
        """Whether it has all figures asked for, and what was found speaks elsewhere of the thing asked about."""
        return self.elsewhere >= NEARLY_HALF and not self.features["figures_missing"]


class Scorer:
    """Scores what could answer one question, from the evidence shown for it."""

    def __init__(self, question: Question, evidence: Sequence[Evidence], nearness: NearnessTo) -> None:
        self._question = question
        self._evidence = evidence
        self._seen = Features(question, nearness)
        self._found = question.about.bigrams & _words(evidence)
        self._count = max(1, len(question.about.bigrams))
        nearness.read(clause_texts(evidence))

    def ranked(self) -> list[Ranked]:
        """All candidates of the evidence, the best first."""
        found = [self.of(candidate) for candidate in candidates(self._question, self._evidence)]
        return sorted(found, key=lambda each: (-each.score, len(each.candidate.text), each.candidate.items[0].number))

    def of(self, candidate: Candidate) -> Ranked:
        """One candidate with its score."""
        features = self._seen.of(candidate)
        said = _words(candidate.items)
        missing = len(self._found - said)
        return Ranked(
            candidate,
            features,
            score(features),
            elsewhere=missing / self._count if missing >= A_NAME else 0.0,
            unsaid=len(self._question.words_of_reports - said - candidate.items[0].place_words) / self._count,
        )


def _words(evidence: Sequence[Evidence]) -> frozenset[str]:
    """The words of sentences and of the headings over them."""
    return frozenset[str]().union(*(item.parsed.bigrams | item.section.bigrams for item in evidence))


def score(features: Mapping[str, float]) -> float:
    """The score of a candidate with these features."""
    bias, weights = _weights()
    return round(bias + sum(weights[name] * value for name, value in features.items()), 6)


@cache
def _weights() -> tuple[float, Mapping[str, float]]:
    read = tomllib.loads(WEIGHTS.read_text(encoding="utf-8"))
    return read["bias"], read["weights"]
