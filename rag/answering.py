"""Answering a question: understand, retrieve, choose evidence, draft, verify."""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rag.answerability import CARRIED, speaks_of
from rag.citations import cite, context_for
from rag.drafts import Draft, draft_schema
from rag.errors import BadReply, ModelError
from rag.evidence import Budget, as_evidence, choose_evidence, evidence_lines
from rag.folding import to_traditional
from rag.library import Library
from rag.llm import ChatModel
from rag.outcomes import Decision, decide, saying
from rag.premises import FalsePremise, false_premises
from rag.prompts import load_prompt
from rag.questions import Question, understand
from rag.retrieval import Searcher
from rag.types import Answer, Citation, Claim, Evidence, Hit, Report, Scope, Seconds, Tokens, Turn
from rag.verification import Asked, Verdict, verify

EVERYWHERE = Scope()
PASSAGES = 6  # found for one question
PASSAGES_PER_TOWN = 3  # when it names several
ANSWER_TOKENS = 500


@dataclass(frozen=True, slots=True)
class _Found:
    """What retrieval brought for a question."""

    evidence: tuple[Evidence, ...]
    citations: tuple[Citation, ...]
    notices: tuple[str, ...]
    seconds: float


class Answerer:
    """Answers questions about the reports of a library; without a model it shows the evidence alone."""

    def __init__(self, *, library: Library, searcher: Searcher, model: ChatModel | None) -> None:
        self._library = library
        self._searcher = searcher
        self._model = model

    def ask(self, question: str, *, history: Sequence[Turn] = (), scope: Scope = EVERYWHERE) -> Answer:
        """One finished answer."""
        *_, answer = self.stream(question, history=history, scope=scope)
        return answer

    def stream(self, question: str, *, history: Sequence[Turn] = (), scope: Scope = EVERYWHERE) -> Iterator[Answer]:
        """First the evidence alone, then the finished answer; a refusal that needs no search comes at once."""
        began = time.perf_counter()
        reports = self._library.reports()
        asked = understand(question, reports, history)
        scope = _narrow(asked, scope)
        refusal = _refuse_unknown(asked, scope, reports)
        scope = _without_absent_years(scope, reports)
        if refusal is not None:
            yield replace(refusal, seconds=Seconds(total=time.perf_counter() - began))
            return
        found = self._retrieve(asked, scope, reports)
        shown = Answer(
            question=question,
            outcome="evidence_only",
            reason="model_unavailable",
            language=asked.language,
            answer=saying("model_unavailable", asked.language),
            evidence=found.evidence,
            evidence_citations=found.citations,
            notices=found.notices,
            seconds=Seconds(retrieve=found.seconds, total=time.perf_counter() - began),
        )
        yield shown
        if self._model is None:
            return
        yield self._answered(asked, shown, self._model, {r.id: r for r in reports}, began)

    def _answered(
        self, asked: Question, shown: Answer, model: ChatModel, reports: Mapping[str, Report], began: float
    ) -> Answer:
        try:
            draft, tokens, seconds = self._draft(asked, shown.evidence, model)
        except BadReply as error:
            return replace(
                shown,
                reason="nothing_verified",
                answer=saying("nothing_verified", asked.language),
                notices=(*shown.notices, str(error)),
            )
        except ModelError as error:
            return replace(shown, notices=(*shown.notices, str(error)))
        checking = time.perf_counter()
        towns = tuple(dict.fromkeys(r.metadata.town for r in reports.values() if r.metadata.town))
        about = Asked(text=asked.query, towns=asked.towns, known_towns=towns)
        premises = false_premises(asked.text, shown.evidence)
        corrections = [_correction(premise) for premise in premises]
        verdicts = [verify(claim.text, claim.evidence, shown.evidence, about) for claim in draft.claims]
        decision = decide(asked, verdicts, shown.evidence, premises)
        verdicts = [*corrections, *verdicts]
        claims = self._claims(asked, decision, verdicts, shown.evidence, reports)
        now = time.perf_counter()
        return replace(
            shown,
            outcome=decision.outcome,
            reason=decision.reason,
            claims=claims,
            answer=_plain(asked, decision, claims),
            model=model.name,
            tokens=tokens,
            seconds=Seconds(shown.seconds.retrieve, seconds, now - checking, now - began),
        )

    def _retrieve(self, asked: Question, scope: Scope, reports: Sequence[Report]) -> _Found:
        began = time.perf_counter()
        hits, notices = self._hits(asked, scope)
        by_id = {report.id: report for report in reports}
        several = len(scope.towns) > 1
        budget = Budget(sentences=18, characters=1300) if several else Budget()
        evidence = tuple(choose_evidence(asked.query, hits, by_id, budget))
        citations = tuple(self._cite(item) for item in evidence)
        return _Found(evidence, citations, notices, time.perf_counter() - began)

    def _hits(self, asked: Question, scope: Scope) -> tuple[list[Hit], tuple[str, ...]]:
        """Passages for a question; town by town where it names several, so that none is crowded out."""
        if len(scope.towns) < 2:
            result = self._searcher.search(asked.query, scope=scope, k=PASSAGES)
            return result.hits, result.notices
        hits: list[Hit] = []
        notices: tuple[str, ...] = ()
        for town in scope.towns:
            result = self._searcher.search(asked.query, scope=replace(scope, towns=(town,)), k=PASSAGES_PER_TOWN)
            hits += result.hits
            notices = result.notices
        return hits, notices

    def _draft(self, asked: Question, evidence: Sequence[Evidence], model: ChatModel) -> tuple[Draft, Tokens, float]:
        """The model's claims. A small model declines too readily: where the evidence speaks of what is asked,
        it is asked again for at least one claim, which verification then lets through or not."""
        if not evidence:
            return Draft(claims=[]), Tokens(), 0.0
        language = "en" if asked.language == "en" else "zh"
        turns = [
            Turn("system", load_prompt("answer", language).render()),
            Turn(
                "user",
                load_prompt("question", language).render(
                    evidence=evidence_lines(evidence), conversation=_conversation(asked), question=asked.text
                ),
            ),
        ]
        numbers = [item.number for item in evidence]
        reply = model.complete(turns, Draft, schema=draft_schema(numbers), max_tokens=ANSWER_TOKENS)
        tokens, seconds = reply.tokens, reply.seconds
        if not reply.value.claims and speaks_of(asked, evidence) >= CARRIED:
            reply = model.complete(turns, Draft, schema=draft_schema(numbers, least=1), max_tokens=ANSWER_TOKENS)
            tokens, seconds = tokens + reply.tokens, seconds + reply.seconds
        return reply.value, tokens, seconds

    def _claims(
        self,
        asked: Question,
        decision: Decision,
        verdicts: Sequence[Verdict],
        evidence: Sequence[Evidence],
        reports: Mapping[str, Report],
    ) -> tuple[Claim, ...]:
        by_number = {item.number: item for item in evidence}
        claims = []
        for verdict in verdicts:
            cited = [by_number[number] for number in verdict.sentences]
            text, supported, reason = verdict.text, verdict.supported, verdict.reason
            if decision.reason == "planned_only" and reason == "planned_not_done":
                text = "；".join(f"报告写的是：“{item.text.rstrip('。；;')}”" for item in cited)
                supported, reason = True, None
            if decision.outcome == "refused":
                supported, reason = False, reason or "words_not_in_evidence"
            claims.append(
                Claim(
                    text=to_traditional(text) if asked.language == "zh-Hant" else text,
                    kind="stated",
                    expression=None,
                    supported=supported,
                    reason=reason,
                    citations=self._citations(text, cited, reports),
                )
            )
        return tuple(claims)

    def _citations(self, text: str, cited: Sequence[Evidence], reports: Mapping[str, Report]) -> tuple[Citation, ...]:
        context = [
            self._cite(as_evidence(0, report, sentence), context=True)
            for report, sentence in context_for(text, cited, reports)
        ]
        return (*(self._cite(item) for item in cited), *context)

    def _cite(self, item: Evidence, context: bool = False) -> Citation:
        return cite(item, self._library.sources(item.report_id)[0], "context" if context else "evidence")


def _correction(premise: FalsePremise) -> Verdict:
    """The report's own words for a figure that the question has wrong."""
    return Verdict(f"报告写的是：“{premise.item.text.strip().rstrip('。；;,，')}”", (premise.item.number,), None)


def _narrow(asked: Question, scope: Scope) -> Scope:
    """The question's own scope inside the one the person set."""
    return Scope(
        towns=scope.towns or asked.towns,
        county=scope.county or asked.scope.county,
        years=scope.years or asked.years,
    )


def _without_absent_years(scope: Scope, reports: Sequence[Report]) -> Scope:
    """Drops a year that no report is about but some report mentions, such as 去年's figures under their own year."""
    known = {year for r in reports for year in (r.metadata.year, r.metadata.plan_year)}
    return scope if known & set(scope.years) else replace(scope, years=())


def _refuse_unknown(asked: Question, scope: Scope, reports: Sequence[Report]) -> Answer | None:
    """A refusal for towns and years the library does not have; None where there is something to search."""

    def refused(reason: str, **values: str) -> Answer:
        text = saying(reason, asked.language, **values)
        text = to_traditional(text) if asked.language == "zh-Hant" else text
        return Answer(
            asked.text, "refused", "no_such_town" if reason == "no_such_town" else "no_such_year", asked.language, text
        )

    if asked.unknown_towns and not scope.towns:
        return refused("no_such_town", towns="、".join(asked.unknown_towns))
    if not scope.years:
        return None
    mine = [r for r in reports if not scope.towns or r.metadata.town in scope.towns]
    wanted = {str(year) for year in scope.years}
    if not mine or any({str(r.metadata.year), str(r.metadata.plan_year)} & wanted for r in mine):
        return None
    if any(f"{year}年" in r.text or f"{year}—" in r.text for r in mine for year in wanted):
        return None
    have = "、".join(sorted({str(r.metadata.year) for r in mine if r.metadata.year}))
    return refused("no_such_year", towns="、".join(scope.towns), years="、".join(sorted(wanted)), have=have)


def _conversation(asked: Question) -> str:
    if asked.previous is None:
        return ""
    answer = asked.previous_answer.content if asked.previous_answer else ""
    return f"上一问：{asked.previous.content}\n上一答：{answer[:120]}\n"


def _plain(asked: Question, decision: Decision, claims: Sequence[Claim]) -> str:
    """The answer as plain text: a lead sentence where there is one, then the supported claims."""
    lead = to_traditional(decision.lead) if asked.language == "zh-Hant" else decision.lead
    if decision.outcome != "answered":
        return lead
    glue = " " if asked.language == "en" else ""
    said = [_ended(claim.text, asked) for claim in claims if claim.supported]
    return glue.join([lead, *said] if lead else said)


def _ended(text: str, asked: Question) -> str:
    if text.endswith(("。", "！", "？", "；", ".", "!", "?", "”")):
        return text
    return text + ("." if asked.language == "en" else "。")
