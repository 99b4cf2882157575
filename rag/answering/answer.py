"""Answering a question: understand, retrieve, choose evidence, draft, verify."""

import logging
import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace

from rag.answering.announced_lists import with_announced_list
from rag.answering.answerability import FiguresWanted, needs_figures
from rag.answering.answers import Answer, Seconds
from rag.answering.ask_context import AskContext
from rag.answering.assembly import finish, premises_of
from rag.answering.checked import Checked
from rag.answering.claims import Presenter
from rag.answering.continuation import continued
from rag.answering.direct_answers import read_off, refusal
from rag.answering.evidence import Budget, Nearest, choose_evidence
from rag.answering.generation import Checker, Tell
from rag.answering.intents import without_small_talk
from rag.answering.messages import saying
from rag.answering.nearness import NearnessTo
from rag.answering.outcomes import Decision
from rag.answering.questions import Question, understand
from rag.answering.redirects import Elsewhere, NothingElsewhere, redirected
from rag.answering.scope import Conflict, Missing, conflict, missing, narrow, notices_on
from rag.errors import ModelError
from rag.library.binding import readable
from rag.library.held_places import HeldPlaces
from rag.library.readable_reports import ReadableReports
from rag.library.reader import Lookup
from rag.library.resolve import chosen_by
from rag.library.results import Hit, Scope
from rag.library.search import Searcher
from rag.library.sentence_index import SentenceIndex
from rag.models.conversation import ChatModel, Turn
from rag.models.embedding import Embedder
from rag.models.streaming import overhear
from rag.parsing.report import Report
from rag.settings import Wording
from rag.text.prompt_injection import plainly
from rag.types import Notice
from rag.verification.claims import Evidence
from rag.verification.verdicts import Verdict

_log = logging.getLogger(__name__)
EVERYWHERE = Scope()
PASSAGES = 6  # found for one question
WIDE = 20  # passages in which sentences near in meaning are looked for
PASSAGES_PER_PART = 3  # when it has several
SENTENCES_PER_PART = Budget(sentences=6, characters=400)


class Answerer:
    """Answers questions about the reports of a library; without a model it shows the evidence alone."""

    def __init__(
        self,
        *,
        library: Lookup,
        sentences: SentenceIndex,
        searcher: Searcher,
        embedder: Embedder,
        model: ChatModel | None,
        wording: Wording = "report",
        elsewhere: Elsewhere | None = None,
    ) -> None:
        self._library = library
        self._sentences = sentences
        self._searcher = searcher
        self._embedder = embedder
        self._model = model
        self._wording: Wording = wording
        self._elsewhere = elsewhere or NothingElsewhere()

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
        before = [replace(turn, content=plainly(turn.content)) for turn in without_small_talk(history)]
        for answer in self._stream(plainly(question) or question, before, scope):
            yield replace(answer, question=question)

    def looked_up(
        self, question: str, *, history: Sequence[Turn] = (), scope: Scope = EVERYWHERE
    ) -> tuple[AskContext, Answer]:
        """What is understood and found before a model is asked; an answer that is finished needs none."""
        context, absent = self._understood(question, history, scope)
        at_once = refusal(context, absent) if absent else redirected(context, self._elsewhere) or read_off(context)
        if at_once is not None:
            return context, replace(at_once, notices=context.notices, seconds=Seconds(total=context.seconds))
        return context, self._evidence(context)

    def _stream(self, question: str, history: Sequence[Turn], scope: Scope) -> Iterator[Answer]:
        context, shown = self.looked_up(question, history=history, scope=scope)
        yield shown
        if shown.outcome == "evidence_only" and self._model is not None:
            yield from self._answered(context, shown, self._model)

    def _understood(
        self, question: str, history: Sequence[Turn], scope: Scope
    ) -> tuple[AskContext, Missing | Conflict | None]:
        """What is asked of which reports, and what of them the library does not have."""
        began = time.perf_counter()
        question, history, page = continued(question, history)
        held = HeldPlaces(self._library, self._sentences)
        asked = understand(question, held, history)
        chosen = chosen_by(scope, held)
        reports = readable(asked.places, held, scope=chosen.of_any_year, asks_within=asked.asks_within)
        within = narrow(asked, chosen, reports)
        absent = conflict(asked, chosen, reports, held) or missing(asked, chosen, reports, held)
        asked = replace(asked, years=within.years)  # a year that no report is about restricts nothing
        within = replace(within, report_ids=reports.ids)
        notices = (*notices_on(asked), *([Notice("places_by_name_only")] if held.is_deaf else []))
        presenter = Presenter(self._library, asked, self._wording)
        context = AskContext(asked, within, reports, presenter, self._sentences, page, notices, began)
        if context.sought_in_all and not context.can_count:
            context = replace(context, notices=(*notices, Notice("reports_not_counted")))
        return context, absent

    def _evidence(self, context: AskContext) -> Answer:
        """What is found for a question, part by part where it has several, so that none is crowded out."""
        asked, presenter, parts = context.asked, context.presenter, context.parts
        passages, budget = (PASSAGES_PER_PART, SENTENCES_PER_PART) if parts else (PASSAGES, Budget())
        evidence: list[Evidence] = []
        notices: tuple[Notice, ...] = ()
        for one, place in [(part.question, part.scope) for part in parts] or [(asked, context.scope)]:
            found = self._searcher.search(one.sought, scope=place, k=max(WIDE, context.passages_to_sift))
            hits, reports = _readable(found.hits, context.reports, passages)
            further = found.hits[passages:WIDE]
            hits = _without_earlier_plans(one, hits, reports)
            wanted = FiguresWanted.by(one.resolved) if needs_figures(one) else None
            nearest = Nearest(NearnessTo(self._embedder, one.matter or one.text), further, wanted)
            chosen = choose_evidence(one.sought, hits, reports, budget, nearest)
            chosen = with_announced_list(one, chosen, [*reports.values()])
            evidence += [replace(item, number=len(evidence) + n) for n, item in enumerate(chosen, start=1)]
            notices = (*context.notices, *found.notices)
        seconds = context.seconds
        return Answer(
            question=asked.text,
            outcome="evidence_only",
            reason="model_unavailable",
            language=asked.language,
            answer=presenter.script(saying("model_unavailable", asked.language)),
            evidence=tuple(evidence),
            evidence_citations=tuple(presenter.citation(item) for item in evidence),
            notices=notices,
            seconds=Seconds(retrieve=seconds, total=seconds),
        )

    def _answered(self, context: AskContext, shown: Answer, model: ChatModel) -> Iterator[Answer]:
        try:
            checked, shown = yield from self._growing(context, shown, model)
        except ModelError as error:
            _log.warning("answered with evidence alone (%s)", type(error).__name__)
            yield replace(shown, notices=(*shown.notices, error.notice))
            return
        if checked.problem and not checked.holds:
            text = context.presenter.script(saying("nothing_verified", context.asked.language))
            notices = (*shown.notices, checked.problem)
            yield replace(shown, reason="nothing_verified", answer=text, notices=notices)
            return
        finished = finish(context, checked, shown)
        if checked.problem:
            finished = replace(finished, notices=(*finished.notices, checked.problem))
        total = context.seconds
        verifying = total - shown.seconds.total - checked.cost.seconds
        seconds = Seconds(shown.seconds.retrieve, checked.cost.seconds, verifying, total)
        yield replace(finished, model=model.name, tokens=checked.cost.tokens, seconds=seconds)

    def _growing(
        self, context: AskContext, shown: Answer, model: ChatModel
    ) -> Generator[Answer, None, tuple[Checked, Answer]]:
        """The evidence with each claim as it is verified, and at last what verification left of all drafts.

        The question in other words may find more evidence.
        """
        known_false = [premise.asked.text for premise in premises_of(context.asked, shown.evidence)]
        told: list[Verdict] = []
        more: list[Evidence] = []
        growing = shown

        def find(asked: Question) -> Sequence[Evidence]:
            found = self._evidence(replace(context, asked=asked)).evidence
            more.extend(_unlike(found, (*shown.evidence, *more)))
            return more

        def check(heard: ChatModel, tell: Tell) -> Checked:
            checker = Checker(heard, self._embedder, self._wording, tell, find)
            return checker.check(context.asked, shown.evidence, context.parts)

        with closing(overhear(model, check)) as checking:
            while True:
                try:
                    verdict = next(checking)
                except StopIteration as finished:
                    checked: Checked = finished.value
                    return checked, _with_evidence(shown, more, context.presenter)
                if verdict is not None and not any(figure in verdict.text for figure in known_false):
                    told.append(verdict)
                    evidence = (*shown.evidence, *more)
                    claims = context.presenter.verdicts(Decision("answered", None), told, None, evidence)
                    is_found = verdict.is_quotation and len(told) == 1  # the model has said nothing yet
                    notices = (*shown.notices, *([Notice("found_by_code")] if is_found else []))
                    growing = replace(shown, claims=tuple(claims), notices=notices)
                yield growing


def _unlike(found: Sequence[Evidence], known: Sequence[Evidence]) -> list[Evidence]:
    """The sentences found that are not known yet, numbered behind those."""
    held = {(item.report_id, item.sentence.start) for item in known}
    fresh = [item for item in found if (item.report_id, item.sentence.start) not in held]
    return [replace(item, number=number) for number, item in enumerate(fresh, len(known) + 1)]


def _with_evidence(shown: Answer, more: Sequence[Evidence], presenter: Presenter) -> Answer:
    citations = (*shown.evidence_citations, *map(presenter.citation, more))
    return replace(shown, evidence=(*shown.evidence, *more), evidence_citations=citations)


def _readable(hits: Sequence[Hit], readable: ReadableReports, most: int) -> tuple[list[Hit], dict[str, Report]]:
    """The first of the passages found that the question may be answered from, and their reports by id."""
    reports: dict[str, Report] = {}
    kept: list[Hit] = []
    for hit in hits:
        report = reports.get(hit.report_id) or readable.get(hit.report_id)
        if report is not None and hit.chunk in report.chunks:
            reports[report.id] = report
            kept.append(hit)
        if len(kept) == most:
            break
    return kept, reports


def _without_earlier_plans(asked: Question, hits: Sequence[Hit], reports: Mapping[str, Report]) -> list[Hit]:
    """Where a found report is about the year asked for, what the year before only planned for it is left out."""
    is_held = any(reports[hit.report_id].metadata.year in asked.years for hit in hits)
    if asked.asks_plan or not is_held:
        return list(hits)
    return [h for h in hits if h.chunk.kind != "plan" or reports[h.report_id].metadata.year in asked.years]
