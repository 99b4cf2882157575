"""From drafts to verdicts: what the model wrote is verified, repaired once, and where nothing holds the report speaks.

The order, each step only where the one before it left nothing: the report's own words that code finds and the model
holds for an answer; the model's claims; its repaired claims; the report's own words that are likely enough.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace

from rag.answering.answer_likelihood import ANSWERS_IN_PART, POSSIBLE, AnswerLikelihood
from rag.answering.arithmetic import asks_computing, compute, operands_only
from rag.answering.checked import Checked, holds, lacks_figures
from rag.answering.decomposition import Part
from rag.answering.drafting import DraftClaim, Drafted, claims_so_far, draft, repair
from rag.answering.joint_operands import combinations, computed_with, possible
from rag.answering.judging import Judge
from rag.answering.near_misses import is_beside
from rag.answering.nearest import nearby
from rag.answering.pointing import MOST_ASKED, Pointed, clauses_near, is_in_other_words, is_sure, point
from rag.answering.questions import Question
from rag.answering.quoted_answers import denying_clause, quotation
from rag.answering.rewording import in_chinese, in_formal_words
from rag.answering.settling import Settling
from rag.errors import BadReply
from rag.models.conversation import NOTHING_SPENT, ChatModel, Hear
from rag.models.embedding import Embedder
from rag.settings import Wording
from rag.text.lexicon import concept
from rag.verification.claims import Evidence
from rag.verification.verdicts import Verdict
from rag.verification.verify import verify

Tell = Callable[[Verdict], None]
Find = Callable[[Question], Sequence[Evidence]]
"""More sentences, for a question in other words: those that are not known yet, numbered behind those that are."""

_ASKS_TOWNS = concept("all_reports", "how_many_towns")  # one report cannot speak for all towns

_log = logging.getLogger(__name__)


class Checker:
    """Drafts of one model, verified; `tell` is given each claim that holds while the model still writes."""

    def __init__(
        self,
        model: ChatModel,
        embedder: Embedder,
        wording: Wording,
        tell: Tell | None = None,
        find: Find = lambda _: (),
    ) -> None:
        self._model = model
        self._embedder = embedder
        self._wording = wording
        self._tell = tell
        self._find = find

    def check(self, asked: Question, evidence: Sequence[Evidence], parts: Sequence[Part] = ()) -> Checked:
        """Drafts verified; a question in parts is asked part by part and put together by code.

        What was told and is not in the result was replaced by something better. Raises what the model raises.
        """
        asked_for = [part for part in parts if any(part.has(item) for item in evidence)]
        if len(asked_for) < 2:
            return self._check(asked, evidence)
        is_whole = len(asked_for) == len(parts)
        is_quoted = self._wording == "report" and asked.language != "en"
        together = Checked(())
        if is_whole and is_quoted and asks_computing(asked.text):
            together = self._together(asked, asked_for, evidence)
            if together.computed:
                return together
        by_name = {part.name: self._check_part(part, evidence) for part in asked_for}
        supported = {name: [v for v in checked.verdicts if v.supported] for name, checked in by_name.items()}
        computed = compute(asked.text, supported) if is_whole else None
        verdicts = [verdict for checked in by_name.values() for verdict in checked.verdicts]
        return Checked(
            verdicts=tuple(operands_only(verdicts, computed.measure) if computed else verdicts),
            computed=computed,
            cost=sum((checked.cost for checked in by_name.values()), together.cost),
            problem=next((checked.problem for checked in by_name.values() if checked.problem), None),
        )

    def _together(self, asked: Question, parts: Sequence[Part], evidence: Sequence[Evidence]) -> Checked:
        """What is computed with the report's own figures, chosen together, each of which is likely to answer its part;
        nothing where none of the best combinations is."""
        judges = {part.name: Judge(self._model, part.question) for part in parts}
        found = {}
        for part in parts:
            mine = [item for item in evidence if part.has(item)]
            ranked = Settling(part.question, mine, self._embedder).ranked
            found[part.name] = possible(part.name, part.question.text, ranked)
        checked = Checked(())
        for chosen in combinations(found, self._embedder, MOST_ASKED):
            if all(AnswerLikelihood(judges[each.operand.name]).of(each.found) >= ANSWERS_IN_PART for each in chosen):
                checked = Checked(*computed_with(asked, parts, chosen))
                break
        return replace(checked, cost=sum((judge.cost for judge in judges.values()), NOTHING_SPENT))

    def _check_part(self, part: Part, evidence: Sequence[Evidence]) -> Checked:
        mine = [item for item in evidence if part.has(item)]
        checked = self._check(part.question, mine, is_part=True)
        return replace(checked, verdicts=tuple(part.said(verdict) for verdict in checked.verdicts))

    def _check(self, asked: Question, evidence: Sequence[Evidence], *, is_part: bool = False) -> Checked:
        if asked.language == "en":
            return self._check_english(asked, evidence, is_part=is_part)
        on = Settling(asked, evidence, self._embedder)
        checked = self._check_chinese(on, is_part=is_part)
        return checked if checked.holds else replace(checked, nearby=nearby(on))

    def _check_chinese(self, on: Settling, *, is_part: bool) -> Checked:
        asked, evidence = on.asked, on.evidence
        judge = Judge(self._model, asked)
        likely = AnswerLikelihood(judge)
        pointed, spent = Pointed(), NOTHING_SPENT
        of_all = _asks_of_all(asked, evidence)
        if self._wording == "report" and not of_all:
            pointed = self._pointed(asked, on, likely, tells=not is_part)
            if pointed.is_answer and not asked.previous and (not is_part or _is_of_one_figure(pointed)):
                return Checked(_quoted(asked, pointed), cost=judge.cost)
            if not (is_part or pointed.is_likely or asked.previous) and is_in_other_words(on.ranked):
                worded = self._in_formal_words(on, likely)
                if worded.holds:
                    return replace(worded, cost=worded.cost + judge.cost)
                spent = worded.cost
            if pointed.likelihood < POSSIBLE and not (is_part or _speaks_of_more(asked)):
                return Checked((), cost=judge.cost + spent)
        by_likelihood = self._wording == "report" and not (is_part or asked.previous)
        checked = self._drafted(on, likely if by_likelihood else None, insist=is_part)
        denied = denying_clause(asked, checked.verdicts, evidence)
        if denied is not None and not holds(asked, checked.verdicts):
            checked = replace(checked, verdicts=(*checked.verdicts, quotation(asked, denied)))
        if not holds(asked, checked.verdicts) and not of_all:
            pointed = pointed if pointed.found else point(on.ranked, likely)
            if pointed.is_likely and (not is_part or _is_of_one_figure(pointed)):
                checked = replace(checked, verdicts=(*checked.verdicts, *_quoted(asked, pointed)))
        return replace(checked, cost=checked.cost + judge.cost + spent)

    def _in_formal_words(self, on: Settling, likely: AnswerLikelihood) -> Checked:
        """The clauses found with the question in the words of reports, where they are likely to answer it as asked."""
        worded = in_formal_words(self._model, on.asked)
        if worded.question.about.bigrams == on.asked.about.bigrams:
            return Checked((), cost=worded.cost)
        evidence = (*on.evidence, *self._find(worded.question))
        pointed = point(Settling(worded.question, evidence, self._embedder).ranked, likely)
        answers = _quoted(on.asked, pointed) if pointed.is_likely else ()
        return Checked(() if any(is_beside(on.asked, each.excerpts) for each in answers) else answers, cost=worded.cost)

    def _pointed(self, asked: Question, on: Settling, likely: AnswerLikelihood, *, tells: bool) -> Pointed:
        """The report's own words that code finds; told at once where the score is high."""
        ranked = on.ranked
        if tells and ranked and is_sure(ranked[0]) and self._tell is not None:
            self._tell(quotation(asked, ranked[0].candidate))
        return point(ranked, likely)

    def _check_english(self, asked: Question, evidence: Sequence[Evidence], *, is_part: bool) -> Checked:
        """An English answer on the sentences that answer the question put in Chinese, whose own words stand in where
        none holds: a small model mixes up what it is shown beside them."""
        translated = in_chinese(self._model, asked)
        if not is_part:  # what is found is of all places that are asked about
            evidence = (*evidence, *self._find(translated.question))
        chinese = Settling(translated.question, evidence, self._embedder)
        judge = Judge(self._model, translated.question)
        likely = AnswerLikelihood(judge)
        pointed = point(chinese.ranked, likely)
        cost = translated.cost + judge.cost
        near = nearby(chinese)
        if pointed.likelihood < POSSIBLE and not _speaks_of_more(translated.question):
            return Checked((), cost=cost, nearby=near)
        on = Settling(asked, clauses_near(pointed, chinese.ranked, likely), self._embedder)
        checked = self._drafted(on, None, insist=pointed.is_likely)
        if pointed.is_likely and lacks_figures(translated.question, checked.verdicts):
            checked = replace(checked, verdicts=(*checked.verdicts, *_quoted(translated.question, pointed)))
        return replace(checked, cost=checked.cost + cost, nearby=near)

    def _drafted(self, on: Settling, likely: AnswerLikelihood | None, *, insist: bool) -> Checked:
        """The model's claims verified; no claims where it could not keep to the form.

        Claims that do not hold are asked for again where no likelihood tells which clauses answer.
        """
        verdicts: tuple[Verdict, ...] = ()
        drafted = Drafted()
        asked, evidence = on.asked, on.evidence
        hear = None if likely is not None else self._telling(on)  # what is likely is known when it is finished
        try:
            drafted = draft(self._model, asked, evidence, insist=insist, hear=hear)
            verdicts = _verdicts(drafted.claims, on, likely)
            if drafted.claims and likely is None and not holds(asked, verdicts):
                _log.info("%d claims asked for again: they do not hold", len(drafted.claims))
                drafted = repair(self._model, drafted, asked, verdicts, evidence, hear=hear)
                verdicts = _verdicts(drafted.claims, on, likely) or verdicts
        except BadReply as error:
            _log.info("the model did not keep to the form")
            if not holds(asked, verdicts):
                return Checked((), problem=error.notice)
        return Checked(verdicts, None, drafted.cost)

    def _telling(self, on: Settling) -> Hear | None:
        """Listens to the model and tells each claim that holds, once its sentence is finished."""
        tell, told = self._tell, set[str]()
        if tell is None:
            return None

        def hear(text: str) -> None:
            fresh = [claim for claim in claims_so_far(text) if claim.text not in told]
            told.update(claim.text for claim in fresh)
            for verdict in _verdicts(fresh, on, None):
                if verdict.supported:
                    tell(verdict)

        return hear


def _asks_of_all(asked: Question, evidence: Sequence[Evidence]) -> bool:
    """Whether several towns would have to speak; which of its towns a county means, its one report may say."""
    is_of_one = asked.asks_within and len({item.report_id for item in evidence}) == 1
    return bool(_ASKS_TOWNS.search(asked.text)) and not is_of_one


def _speaks_of_more(asked: Question) -> bool:
    """Whether what answers may be unlike the question: what denies it, or is of what was asked before."""
    return asked.is_yes_no or asked.asks_done or asked.previous is not None


def _is_of_one_figure(pointed: Pointed) -> bool:
    """Whether there is no doubt which figure is compared."""
    return pointed.found is not None and len([f for f in pointed.found.candidate.figures if f.kind != "year"]) == 1


def _quoted(asked: Question, pointed: Pointed) -> tuple[Verdict, ...]:
    """The candidate in the report's own words."""
    return (quotation(asked, pointed.found.candidate),) if pointed.found else ()


def _verdicts(claims: Sequence[DraftClaim], on: Settling, likely: AnswerLikelihood | None) -> tuple[Verdict, ...]:
    verdicts = [verify(claim.text, claim.evidence, on.evidence, on.asked.for_verification) for claim in claims]
    return tuple({verdict.text: verdict for verdict in on.all_settled(verdicts, likely)}.values())
