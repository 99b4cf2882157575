"""Whether a claim of the model that verification let through answers what is asked: a true one may be beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from rag.answering.answerability import is_of_time
from rag.answering.candidate_scores import Ranked, Scorer
from rag.answering.candidates import Candidate
from rag.answering.near_misses import is_near_miss
from rag.answering.nearness import NearnessTo
from rag.answering.pointing import is_whole
from rag.answering.questions import Question
from rag.answering.relevance import is_on_topic
from rag.models.embedding import Embedder
from rag.text.english import is_english
from rag.verification.claims import Evidence
from rag.verification.verdicts import Verdict

_OF_WORDS = ("words_not_in_evidence", "figure_of_other_subject", "beside_the_question")
ANSWERS = 0.0  # score from which clauses are likelier to answer than nothing is


@dataclass(frozen=True)
class Settling:
    """Settles the verdicts on one question."""

    asked: Question
    evidence: Sequence[Evidence]
    embedder: Embedder

    @cached_property
    def scorer(self) -> Scorer:
        """Scores what could answer."""
        return Scorer(self.asked, self.evidence, NearnessTo(self.embedder, self.asked.matter or self.asked.text))

    def settled(self, verdict: Verdict) -> Verdict:
        """The verdict, unsupported where it is beside the question.

        Where only the wording is unproved, its clauses have to be likely to answer.
        """
        if is_english(verdict.text) or not (verdict.supported or verdict.is_only_worded):
            return verdict  # an English claim has words that no report has
        if is_near_miss(self.asked, verdict.excerpts):
            return replace(verdict, reason="beside_the_question")
        if verdict.is_only_worded:
            return replace(verdict, reason=None) if self._answers(verdict) else verdict
        cited = [item for item in self.evidence if item.number in verdict.sentences]
        if is_on_topic(self.asked, cited, verdict.excerpts) or self._answers(verdict):
            return verdict
        return replace(verdict, reason="beside_the_question")

    def candidate_of(self, verdict: Verdict) -> Ranked | None:
        """The clauses that are nearest to a claim, where they could answer as a whole.

        Not where the claim is of another time or state than they are, nor for yes or no: what is asked is denied then.
        """
        is_of_time_asked = all(is_of_time(self.asked, each.item) for each in verdict.excerpts)
        if self._asks_state or not verdict.excerpts or verdict.reason not in _OF_WORDS or not is_of_time_asked:
            return None
        found = self.scorer.of(Candidate(verdict.excerpts))
        return found if is_whole(found) else None

    @property
    def _asks_state(self) -> bool:
        return self.asked.is_yes_no or self.asked.asks_done

    def _answers(self, verdict: Verdict) -> bool:
        if self._asks_state or not verdict.excerpts:
            return False  # clauses near to what is asked may say the opposite
        return self.scorer.of(Candidate(verdict.excerpts)).score >= ANSWERS
