"""Whether a claim of the model that verification let through answers what is asked: a true one may be beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from rag.answering.answer_likelihood import ANSWERS, AnswerLikelihood
from rag.answering.answerability import asks_result, is_of_time
from rag.answering.candidate_scores import Ranked, Scorer
from rag.answering.candidates import Candidate
from rag.answering.near_misses import is_near_miss
from rag.answering.nearness import NearnessTo
from rag.answering.pointing import AS_LIKELY_AS_NOT
from rag.answering.questions import Question
from rag.answering.quoted_answers import quotation
from rag.models.embedding import Embedder
from rag.text.english import is_english
from rag.verification.claims import Evidence
from rag.verification.excerpts import Excerpt, merged
from rag.verification.verdicts import UnsupportedReason, Verdict

_OF_WORDS = ("words_not_in_evidence", "figure_of_other_subject", "beside_the_question")
_REASON_BESIDE: dict[UnsupportedReason | None, UnsupportedReason] = {
    None: "beside_the_question",
    "planned_not_done": "beside_the_question",
}
ON_TOPIC = 0.3  # of the question's characters that the clauses of a claim have, with their headings


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

    def all_settled(self, verdicts: Sequence[Verdict], likely: AnswerLikelihood | None) -> list[Verdict]:
        """The verdicts on the claims of one draft: what is supported stays where all of it is likely to answer.

        A question for several things has a claim for each, none of which answers by itself. Claims on one sentence are
        quoted as one, so that what they depend on is said once.
        """
        supported = [verdict for verdict in verdicts if verdict.supported and verdict.excerpts]
        if likely is not None and len(supported) > 1 and not is_near_miss(self.asked, _excerpts(supported)):
            together = Candidate(tuple(merged(_excerpts(supported))))
            if likely.of(self.scorer.of(together)) >= ANSWERS:
                if len(together.excerpts) < len(_excerpts(supported)):
                    failed = [verdict for verdict in verdicts if verdict not in supported]
                    return [quotation(self.asked, together), *failed]
                return [verdict if verdict in supported else self.settled(verdict, likely) for verdict in verdicts]
        return [self.settled(verdict, likely) for verdict in verdicts]

    def settled(self, verdict: Verdict, likely: AnswerLikelihood | None = None) -> Verdict:
        """The verdict, unsupported where it is beside the question.

        Where only its wording is unproved, its clauses have to be likely to answer: by the score alone where no model
        is to be asked. Where it is, the clauses of a claim whose words fail, or that tells a plan plainly, are quoted
        in its place. Raises what the model raises.
        """
        if is_english(verdict.text):
            return verdict  # it has words that no report has
        is_quotable = likely is not None and self._is_quotable(verdict)
        if not (verdict.supported or verdict.is_only_worded or is_quotable or verdict.reason == "planned_not_done"):
            return verdict
        if is_near_miss(self.asked, verdict.excerpts):
            return replace(verdict, reason="beside_the_question")
        if not self._answers(verdict, likely):
            return replace(verdict, reason=_REASON_BESIDE.get(verdict.reason, verdict.reason))
        if is_quotable:
            return quotation(self.asked, Candidate(verdict.excerpts))
        return verdict if verdict.reason == "planned_not_done" else replace(verdict, reason=None)

    def _is_quotable(self, verdict: Verdict) -> bool:
        """Whether only its words are unproved, or that it is a plan where no result is asked for."""
        if verdict.reason == "planned_not_done":
            return bool(verdict.excerpts) and not asks_result(self.asked)
        return self._is_of_words(verdict) and not verdict.is_only_worded

    def _is_of_words(self, verdict: Verdict) -> bool:
        """Whether only its words are unproved, and its clauses are of the time asked for."""
        is_of_time_asked = all(is_of_time(self.asked, each.item) for each in verdict.excerpts)
        return verdict.reason in _OF_WORDS and is_of_time_asked

    def _answers(self, verdict: Verdict, likely: AnswerLikelihood | None) -> bool:
        if self.asked.is_yes_no or self.asked.asks_done:
            # clauses near to what is asked may say the opposite
            return verdict.supported or verdict.reason == "planned_not_done"
        if not verdict.excerpts:
            return False
        found = self.scorer.of(Candidate(verdict.excerpts))
        if found.is_of_another_thing:
            return False
        if likely is not None:
            return likely.of(found) >= ANSWERS
        return found.score >= AS_LIKELY_AS_NOT or (verdict.supported and found.features["cover"] >= ON_TOPIC)

    @cached_property
    def ranked(self) -> list[Ranked]:
        """All that could answer, the best first."""
        return self.scorer.ranked()


def _excerpts(verdicts: Sequence[Verdict]) -> list[Excerpt]:
    return [each for verdict in verdicts for each in verdict.excerpts]
