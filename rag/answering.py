"""Answering a question: understand, retrieve, choose evidence, draft, verify."""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rag.citations import cite, context_for
from rag.comparisons import Computed, compute
from rag.drafting import Drafted, draft, repair
from rag.errors import BadReply, ModelError
from rag.evidence import Budget, as_evidence, choose_evidence
from rag.folding import fold_characters, to_traditional
from rag.library import Library
from rag.llm import ChatModel
from rag.outcomes import Decision, decide, saying
from rag.premises import FalsePremise, false_premises
from rag.questions import Question, about_one, understand
from rag.quoting import best_quote
from rag.retrieval import Searcher
from rag.scoping import is_within, missing, narrow
from rag.stance import is_denial
from rag.surveys import Survey, name_among, survey
from rag.types import Answer, Citation, Claim, Evidence, Hit, Report, Scope, Seconds, Tokens, Turn
from rag.verification import Asked, Verdict, verify

EVERYWHERE = Scope()
PASSAGES = 6  # found for one question
PASSAGES_PER_TOWN = 3  # when it names several
SENTENCES_PER_TOWN = Budget(sentences=6, characters=400)


@dataclass(frozen=True, slots=True)
class _Checked:
    """What verification left of the drafts, and what they cost."""

    verdicts: tuple[Verdict, ...]
    computed: Computed | None = None
    tokens: Tokens = field(default_factory=Tokens)
    seconds: float = 0.0


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
        reports = {report.id: report for report in self._library.reports()}
        asked = understand(question, reports.values(), history)
        refusal = _refusal(asked, scope, list(reports.values()))
        if refusal is not None:
            yield replace(refusal, seconds=Seconds(total=time.perf_counter() - began))
            return
        within = narrow(asked, scope, list(reports.values()))
        surveyed = survey(asked, [report for report in reports.values() if is_within(report, within)])
        if surveyed is not None and (surveyed.found or surveyed.is_denied):
            yield self._surveyed(asked, surveyed, began)
            return
        shown = self._evidence(asked, within, reports, began)
        yield shown
        if self._model is not None:
            yield self._answered(asked, shown, self._model, reports, began)

    def _surveyed(self, asked: Question, found: Survey, began: float) -> Answer:
        """What all reports say on a topic, read off them by code; a report that does not is cited by its title."""
        titles = [(report, report.sentences[0]) for report in found.absent if report.sentences]
        places = titles if found.is_denied else [(mention.report, mention.sentence) for mention in found.found]
        evidence = [as_evidence(number, *place) for number, place in enumerate(places, start=1)]
        citations = tuple(self._cite(item, context=found.is_denied) for item in evidence)
        claims = [Claim(_in_script(found.statement, asked), "computed", found.expression, True, None, citations)]
        if found.wants_detail or (len(found.found) == 1 and not found.is_denied):
            claims += [
                Claim(
                    _in_script(f"{name_among(mention.report, found.read)}：{fold_characters(mention.clause)}", asked),
                    "stated", None, True, None, (citation,),
                )
                for mention, citation in zip(found.found, citations, strict=True)
            ]  # fmt: skip
        return Answer(
            question=asked.text,
            outcome="answered",
            reason=None,
            language=asked.language,
            answer=_plain(asked, Decision("answered", None), claims),
            claims=tuple(claims),
            evidence=tuple(evidence),
            evidence_citations=citations,
            seconds=Seconds(total=time.perf_counter() - began),
        )

    def _evidence(self, asked: Question, scope: Scope, reports: Mapping[str, Report], began: float) -> Answer:
        """What is found for a question, town by town where it names several, so that none is crowded out."""
        scopes = [replace(scope, towns=(town,)) for town in scope.towns] if len(scope.towns) > 1 else [scope]
        passages, budget = (PASSAGES_PER_TOWN, SENTENCES_PER_TOWN) if len(scopes) > 1 else (PASSAGES, Budget())
        evidence: list[Evidence] = []
        notices: tuple[str, ...] = ()
        for one in scopes:
            found = self._searcher.search(asked.query, scope=one, k=passages)
            hits = _without_earlier_plans(asked, found.hits, reports)
            chosen = choose_evidence(asked.query, hits, reports, budget)
            evidence += [replace(item, number=len(evidence) + n) for n, item in enumerate(chosen, start=1)]
            notices = found.notices
        now = time.perf_counter()
        return Answer(
            question=asked.text,
            outcome="evidence_only",
            reason="model_unavailable",
            language=asked.language,
            answer=_in_script(saying("model_unavailable", asked.language), asked),
            evidence=tuple(evidence),
            evidence_citations=tuple(self._cite(item) for item in evidence),
            notices=notices,
            seconds=Seconds(retrieve=now - began, total=now - began),
        )

    def _answered(
        self, asked: Question, shown: Answer, model: ChatModel, reports: Mapping[str, Report], began: float
    ) -> Answer:
        known = tuple(dict.fromkeys(r.metadata.town for r in reports.values() if r.metadata.town))
        about = Asked(asked.query, asked.towns, asked.is_yes_no, asked.asks_plan, known)
        try:
            checked = _check_drafts(model, asked, about, shown.evidence)
        except BadReply as error:
            text = _in_script(saying("nothing_verified", asked.language), asked)
            return replace(shown, reason="nothing_verified", answer=text, notices=(*shown.notices, str(error)))
        except ModelError as error:
            return replace(shown, notices=(*shown.notices, str(error)))
        premises = false_premises(asked.text, shown.evidence)
        verdicts = [*map(_correction, premises), *_without_premises(checked.verdicts, premises)]
        if not any(v.supported or v.reason == "planned_not_done" for v in verdicts):
            verdicts += _quoted(asked, shown.evidence)
        decision = decide(asked, verdicts, shown.evidence, premises)
        claims = self._claims(asked, decision, verdicts, checked.computed, shown.evidence, reports)
        total = time.perf_counter() - began
        return replace(
            shown,
            outcome=decision.outcome,
            reason=decision.reason,
            claims=claims,
            answer=_plain(asked, decision, claims),
            model=model.name,
            tokens=checked.tokens,
            seconds=Seconds(
                shown.seconds.retrieve, checked.seconds, total - shown.seconds.total - checked.seconds, total
            ),
        )

    def _claims(
        self,
        asked: Question,
        decision: Decision,
        verdicts: Sequence[Verdict],
        computed: Computed | None,
        evidence: Sequence[Evidence],
        reports: Mapping[str, Report],
    ) -> tuple[Claim, ...]:
        by_number = {item.number: item for item in evidence}
        claims = []
        if computed is not None and decision.outcome == "answered":
            cited = [by_number[number] for number in computed.sentences]
            citations = self._citations(computed.text, cited, reports)
            text = _in_script(computed.text, asked)
            claims.append(Claim(text, "computed", computed.expression, True, None, citations))
        for verdict in verdicts:
            cited = [by_number[number] for number in verdict.sentences]
            text, reason = verdict.text, verdict.reason
            if decision.reason == "planned_only" and reason == "planned_not_done":
                text, reason = _as_reported(cited), None
            if decision.outcome == "refused":
                reason = reason or "words_not_in_evidence"
            citations = self._citations(text, cited, reports)
            claims.append(Claim(_in_script(text, asked), "stated", None, reason is None, reason, citations))
        return tuple(claims)

    def _citations(self, text: str, cited: Sequence[Evidence], reports: Mapping[str, Report]) -> tuple[Citation, ...]:
        context = [
            self._cite(as_evidence(0, report, sentence), context=True)
            for report, sentence in context_for(text, cited, reports)
        ]
        return (*(self._cite(item) for item in cited), *context)

    def _cite(self, item: Evidence, context: bool = False) -> Citation:
        return cite(item, self._library.sources(item.report_id)[0], "context" if context else "evidence")


def _without_earlier_plans(asked: Question, hits: Sequence[Hit], reports: Mapping[str, Report]) -> list[Hit]:
    """Where a found report is about the year asked for, what the year before only planned for it is left out."""
    is_held = any(reports[hit.report_id].metadata.year in asked.years for hit in hits)
    if asked.asks_plan or not is_held:
        return list(hits)
    return [h for h in hits if h.chunk.kind != "plan" or reports[h.report_id].metadata.year in asked.years]


def _check_drafts(model: ChatModel, asked: Question, about: Asked, evidence: Sequence[Evidence]) -> _Checked:
    """Drafts verified; a question about several towns is asked town by town and put together by code."""
    towns = tuple(dict.fromkeys(item.town for item in evidence if item.town in asked.towns))
    if len(towns) < 2:
        return _check_draft(model, asked, about, evidence)
    by_town = {town: _check_town(model, asked, about, evidence, town) for town in towns if town}
    supported = {town: [v for v in checked.verdicts if v.supported] for town, checked in by_town.items()}
    return _Checked(
        verdicts=tuple(verdict for checked in by_town.values() for verdict in checked.verdicts),
        computed=compute(asked.text, supported),
        tokens=sum((checked.tokens for checked in by_town.values()), Tokens()),
        seconds=sum(checked.seconds for checked in by_town.values()),
    )


def _check_town(model: ChatModel, asked: Question, about: Asked, evidence: Sequence[Evidence], town: str) -> _Checked:
    """One town's part of a question about several."""
    text = about_one(asked.text, town, asked.towns)
    alone = replace(asked, text=text, query=text, towns=(town,))
    mine = [item for item in evidence if item.town == town]
    return _check_draft(model, alone, replace(about, text=text, towns=(town,)), mine, insist=True)


def _check_draft(
    model: ChatModel, asked: Question, about: Asked, evidence: Sequence[Evidence], *, insist: bool = False
) -> _Checked:
    """One draft verified; where nothing of it holds, the model repairs it once, told what was wrong."""
    drafted = draft(model, asked, evidence, insist=insist)
    verdicts = _verdicts(drafted, evidence, about)
    if drafted.claims and not any(v.supported or v.reason == "planned_not_done" for v in verdicts):
        drafted = repair(model, drafted, asked, verdicts, evidence)
        verdicts = _verdicts(drafted, evidence, about) or verdicts
    return _Checked(verdicts, None, drafted.tokens, drafted.seconds)


def _verdicts(drafted: Drafted, evidence: Sequence[Evidence], about: Asked) -> tuple[Verdict, ...]:
    verdicts = [verify(claim.text, claim.evidence, evidence, about) for claim in drafted.claims]
    return tuple({verdict.text: verdict for verdict in verdicts}.values())


def _refusal(asked: Question, scope: Scope, reports: Sequence[Report]) -> Answer | None:
    absent = missing(asked, scope, reports)
    if absent is None:
        return None
    said = saying(absent.reason, asked.language, towns=absent.towns, years=absent.years, have=absent.have)
    return Answer(asked.text, "refused", absent.reason, asked.language, _in_script(said, asked))


def _correction(premise: FalsePremise) -> Verdict:
    """The report's own words for a figure that the question has wrong."""
    return Verdict(f"报告写的是：{fold_characters(premise.correction)}", (premise.item.number,), None)


def _without_premises(verdicts: Sequence[Verdict], premises: Sequence[FalsePremise]) -> list[Verdict]:
    """Claims that say the false figure again are not supported, whatever they quote."""
    false = [premise.asked.text for premise in premises]
    return [
        replace(v, reason="figure_of_other_subject") if any(figure in v.text for figure in false) else v
        for v in verdicts
    ]


def _quoted(asked: Question, evidence: Sequence[Evidence]) -> list[Verdict]:
    """The report's own words where nothing that the model wrote holds, if a sentence speaks of the question at all."""
    quote = best_quote(asked, evidence)
    if quote is None or asked.language == "en":
        return []
    if asked.asks_done and quote.item.sentence.kind == "plan":
        return [Verdict(quote.text, (quote.item.number,), "planned_not_done")]
    text = fold_characters(quote.text)
    lead = "没有，" if asked.is_yes_no and is_denial(text) else ""  # a bare yes would say more than the quotation
    return [Verdict(f"{lead}报告写的是：{text}", (quote.item.number,), None)]


def _as_reported(cited: Sequence[Evidence]) -> str:
    return "；".join(f"报告写的是：{fold_characters(item.text).rstrip('。；;')}" for item in cited)


def _plain(asked: Question, decision: Decision, claims: Sequence[Claim]) -> str:
    """The answer as plain text: a lead sentence where there is one, then the supported claims."""
    lead = _in_script(decision.lead, asked)
    if decision.outcome != "answered":
        return lead
    glue = " " if asked.language == "en" else ""
    said = [_ended(claim.text, asked) for claim in claims if claim.supported]
    return glue.join([lead, *said] if lead else said)


def _in_script(text: str, asked: Question) -> str:
    return to_traditional(text) if asked.language == "zh-Hant" else text


def _ended(text: str, asked: Question) -> str:
    if text.endswith(("。", "！", "？", "；", ".", "!", "?", "”")):
        return text
    return text + ("." if asked.language == "en" else "。")
