"""Answering a question: understand, retrieve, choose evidence, draft, verify."""

import logging
import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial

from rag.answering.admitted_problems import shortcomings
from rag.answering.answers import Answer, Reason, Seconds
from rag.answering.assembly import finish, premises_of
from rag.answering.claims import Presenter
from rag.answering.contradictions import contradictions
from rag.answering.cross_report import survey
from rag.answering.decomposition import Part, parts_of
from rag.answering.evidence import Budget, choose_evidence
from rag.answering.generation import Checked, Checker, Tell
from rag.answering.messages import saying
from rag.answering.outcomes import Decision
from rag.answering.questions import Question, understand
from rag.answering.reranking import Closeness
from rag.answering.scope import missing, narrow
from rag.answering.similarity import closeness
from rag.errors import ModelError
from rag.library.library import Library
from rag.library.results import Hit, Scope
from rag.library.search import Searcher
from rag.models.conversation import ChatModel, Turn
from rag.models.embedding import Embedder
from rag.models.streaming import overhear
from rag.parsing.orders import without_orders
from rag.parsing.report import Report
from rag.text.prompt_injection import plainly
from rag.types import Notice
from rag.verification.citations import as_evidence
from rag.verification.claims import Claim, Evidence
from rag.verification.verdicts import Asked, Verdict

_log = logging.getLogger(__name__)
EVERYWHERE = Scope()
PASSAGES = 6  # found for one question
PASSAGES_PER_PART = 3  # when it has several
SENTENCES_PER_PART = Budget(sentences=6, characters=400)


class Answerer:
    """Answers questions about the reports of a library; without a model it shows the evidence alone."""

    def __init__(self, *, library: Library, searcher: Searcher, embedder: Embedder, model: ChatModel | None) -> None:
        self._library = library
        self._searcher = searcher
        self._embedder = embedder
        self._model = model
        self._known: tuple[tuple[str, int], Mapping[str, Report]] | None = None

    def ask(self, question: str, *, history: Sequence[Turn] = (), scope: Scope = EVERYWHERE) -> Answer:
        """One finished answer."""
        *_, answer = self.stream(question, history=history, scope=scope)
        return answer

    def stream(self, question: str, *, history: Sequence[Turn] = (), scope: Scope = EVERYWHERE) -> Iterator[Answer]:
        """First the evidence alone, then with each claim that is verified, at last the finished answer.

        What needs no search or no model comes at once, finished. A claim shown on the way is supported, but the
        finished answer may have a better one in its place. While there is no news the same answer comes again, so
        that whoever listens can close the iterator, which stops the model.
        Orders to a model in the question, the conversation or a report are passed over.
        """
        before = [replace(turn, content=plainly(turn.content)) for turn in history]
        for answer in self._stream(plainly(question) or question, before, scope):
            yield replace(answer, question=question)

    def _stream(self, question: str, history: Sequence[Turn], scope: Scope) -> Iterator[Answer]:
        began = time.perf_counter()
        reports = self._reports()
        asked = understand(question, reports.values(), history)
        presenter = Presenter(self._library, reports, asked)
        at_once = _refusal(asked, scope, list(reports.values()), presenter) or self._read_off(
            asked, narrow(asked, scope, list(reports.values())), reports, presenter
        )
        if at_once is not None:
            yield replace(at_once, seconds=Seconds(total=time.perf_counter() - began))
            return
        within = narrow(asked, scope, list(reports.values()))
        asked = replace(asked, years=within.years)  # a year that no report is about restricts nothing
        parts = parts_of(asked, within, list(reports.values()))
        shown = self._evidence(asked, within, parts, reports, presenter, began)
        yield shown
        if self._model is not None:
            yield from self._answered(asked, parts, shown, self._model, reports, presenter, began)

    def _reports(self) -> Mapping[str, Report]:
        """All reports without orders to a model, read again only after the library has changed."""
        state = (self._library.identity(), self._library.generation())
        if self._known is None or self._known[0] != state:
            self._known = state, {report.id: without_orders(report) for report in self._library.reports()}
        return self._known[1]

    def _read_off(
        self, asked: Question, scope: Scope, reports: Mapping[str, Report], presenter: Presenter
    ) -> Answer | None:
        """Answers that code reads off the reports: what all say, what one admits, where it contradicts itself."""
        within = [report for report in reports.values() if scope.admits(report)]
        surveyed = survey(asked, within)
        if surveyed is not None and (surveyed.found or surveyed.is_denied):
            claims, evidence = presenter.survey(surveyed)
            return _from_code(asked, claims, evidence, presenter, None)
        if len(within) != 1 or asked.language == "en":
            return None
        if wanting := shortcomings(asked, within[0]):
            evidence = [as_evidence(n, within[0], each.sentence) for n, each in enumerate(wanting, start=1)]
            claims = [presenter.told(each.text, item) for each, item in zip(wanting, evidence, strict=True)]
            return _from_code(asked, claims, evidence, presenter, None)
        found = contradictions(asked, within[0], presenter.source(within[0].id))
        if not found:
            return None
        places = [place for each in found for place in each.places]
        evidence = [as_evidence(number, *place) for number, place in enumerate(places, start=1)]
        return _from_code(asked, [presenter.contradiction(each) for each in found], evidence, presenter, "conflict")

    def _evidence(
        self,
        asked: Question,
        scope: Scope,
        parts: Sequence[Part],
        reports: Mapping[str, Report],
        presenter: Presenter,
        began: float,
    ) -> Answer:
        """What is found for a question, part by part where it has several, so that none is crowded out."""
        passages, budget = (PASSAGES_PER_PART, SENTENCES_PER_PART) if parts else (PASSAGES, Budget())
        evidence: list[Evidence] = []
        notices: tuple[Notice, ...] = ()
        for one, place in [(part.question, part.scope) for part in parts] or [(asked, scope)]:
            found = self._searcher.search(one.sought, scope=place, k=passages)
            hits = _without_earlier_plans(one, found.hits, reports)
            chosen = choose_evidence(one.sought, hits, reports, budget)
            evidence += [replace(item, number=len(evidence) + n) for n, item in enumerate(chosen, start=1)]
            notices = found.notices
        now = time.perf_counter()
        return Answer(
            question=asked.text,
            outcome="evidence_only",
            reason="model_unavailable",
            language=asked.language,
            answer=presenter.script(saying("model_unavailable", asked.language)),
            evidence=tuple(evidence),
            evidence_citations=tuple(presenter.citation(item) for item in evidence),
            notices=notices,
            seconds=Seconds(retrieve=now - began, total=now - began),
        )

    def _answered(
        self,
        asked: Question,
        parts: Sequence[Part],
        shown: Answer,
        model: ChatModel,
        reports: Mapping[str, Report],
        presenter: Presenter,
        began: float,
    ) -> Iterator[Answer]:
        known = tuple(dict.fromkeys(r.metadata.town for r in reports.values() if r.metadata.town))
        about = Asked(asked.query, asked.towns, asked.is_yes_no, asked.asks_plan, known)
        try:
            checked = yield from _growing(
                asked, about, parts, shown, model, presenter, partial(closeness, self._embedder)
            )
        except ModelError as error:
            _log.warning("answered with evidence alone (%s)", type(error).__name__)
            yield replace(shown, notices=(*shown.notices, error.notice))
            return
        if checked.problem and not checked.holds:
            text = presenter.script(saying("nothing_verified", asked.language))
            notices = (*shown.notices, checked.problem)
            yield replace(shown, reason="nothing_verified", answer=text, notices=notices)
            return
        finished = finish(asked, checked, shown, reports, presenter)
        total = time.perf_counter() - began
        verifying = total - shown.seconds.total - checked.seconds
        seconds = Seconds(shown.seconds.retrieve, checked.seconds, verifying, total)
        yield replace(finished, model=model.name, tokens=checked.tokens, seconds=seconds)


def _growing(
    asked: Question,
    about: Asked,
    parts: Sequence[Part],
    shown: Answer,
    model: ChatModel,
    presenter: Presenter,
    closeness: Closeness,
) -> Generator[Answer, None, Checked]:
    """The evidence with each claim as it is verified, and at last what verification left of all drafts."""
    known_false = [premise.asked.text for premise in premises_of(asked, shown.evidence)]
    told: list[Verdict] = []
    growing = shown

    def check(heard: ChatModel, tell: Tell) -> Checked:
        return Checker(heard, closeness, tell).check(asked, about, shown.evidence, parts)

    with closing(overhear(model, check)) as checking:
        while True:
            try:
                verdict = next(checking)
            except StopIteration as finished:
                checked: Checked = finished.value
                return checked
            if verdict is not None and not any(figure in verdict.text for figure in known_false):
                told.append(verdict)
                claims = presenter.verdicts(Decision("answered", None), told, None, shown.evidence)
                growing = replace(shown, claims=tuple(claims))
            yield growing


def _from_code(
    asked: Question, claims: Sequence[Claim], evidence: Sequence[Evidence], presenter: Presenter, reason: Reason | None
) -> Answer:
    """An answer that needed no model."""
    return Answer(
        question=asked.text,
        outcome="answered",
        reason=reason,
        language=asked.language,
        answer=presenter.plain(Decision("answered", reason), claims),
        claims=tuple(claims),
        evidence=tuple(evidence),
        evidence_citations=tuple(presenter.citation(item) for item in evidence),
    )


def _without_earlier_plans(asked: Question, hits: Sequence[Hit], reports: Mapping[str, Report]) -> list[Hit]:
    """Where a found report is about the year asked for, what the year before only planned for it is left out."""
    is_held = any(reports[hit.report_id].metadata.year in asked.years for hit in hits)
    if asked.asks_plan or not is_held:
        return list(hits)
    return [h for h in hits if h.chunk.kind != "plan" or reports[h.report_id].metadata.year in asked.years]


def _refusal(asked: Question, scope: Scope, reports: Sequence[Report], presenter: Presenter) -> Answer | None:
    absent = missing(asked, scope, reports)
    if absent is None:
        return None
    said = saying(absent.reason, asked.language, towns=absent.towns, years=absent.years, have=absent.have)
    return Answer(asked.text, "refused", absent.reason, asked.language, presenter.script(said))
