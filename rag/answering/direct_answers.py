"""Answers that need no model: refusals, and what code reads off the reports themselves."""

from collections.abc import Sequence

from rag.answering.admitted_problems import Shortcoming, shortcomings
from rag.answering.answers import Answer, Reason
from rag.answering.ask_context import AskContext
from rag.answering.contradictions import contradictions
from rag.answering.cross_report import survey
from rag.answering.messages import saying
from rag.answering.outcomes import Decision
from rag.answering.scope import Conflict, Missing
from rag.answering.stored_conflicts import Contradiction
from rag.parsing.report import Report
from rag.verification.citations import as_evidence
from rag.verification.claims import Claim, Evidence


def refusal(context: AskContext, absent: Missing | Conflict) -> Answer:
    """What the library does not have, or what contradicts the place chosen beside the question."""
    if isinstance(absent, Conflict):
        return _conflicting(context, absent)
    said = saying(absent.reason, context.asked.language, towns=absent.towns, years=absent.years, have=absent.have)
    asked = context.asked
    return Answer(asked.text, "refused", absent.reason, asked.language, context.presenter.script(said))


def _conflicting(context: AskContext, found: Conflict) -> Answer:
    asked = context.asked
    said = saying("scope_conflict", asked.language, chosen=found.chosen, asked=found.asked)
    shown = context.presenter.script(said)
    return Answer(asked.text, "refused", "scope_conflict", asked.language, shown, choices=found.choices)


def read_off(context: AskContext) -> Answer | None:
    """What all reports say, what one admits, where it contradicts itself; None where none of these is asked for."""
    sought = context.sought_in_all if context.can_count else None
    surveyed = survey(sought, context.admitted, context.sentences, context.page) if sought else None
    if surveyed is not None and (surveyed.told.reports or surveyed.sought.is_denied):
        return _answer(context, *context.presenter.survey(surveyed))
    report = None if context.asked.language == "en" else context.admitted.only()
    if report is None:
        return None
    if wanting := shortcomings(context.asked, report):
        return _admitted(context, report, wanting)
    found = contradictions(context.asked, report, context.presenter.source(report.id))
    return _contradicting(context, found) if found else None


def _admitted(context: AskContext, report: Report, wanting: Sequence[Shortcoming]) -> Answer:
    evidence = [as_evidence(number, report, each.sentence) for number, each in enumerate(wanting, start=1)]
    claims = [context.presenter.told(each.text, item) for each, item in zip(wanting, evidence, strict=True)]
    return _answer(context, claims, evidence)


def _contradicting(context: AskContext, found: Sequence[Contradiction]) -> Answer:
    places = [place for each in found for place in each.places]
    evidence = [as_evidence(number, *place) for number, place in enumerate(places, start=1)]
    return _answer(context, [context.presenter.contradiction(each) for each in found], evidence, "conflict")


def _answer(
    context: AskContext, claims: Sequence[Claim], evidence: Sequence[Evidence], reason: Reason | None = None
) -> Answer:
    return Answer(
        question=context.asked.text,
        outcome="answered",
        reason=reason,
        language=context.asked.language,
        answer=context.presenter.plain(Decision("answered", reason), claims),
        claims=tuple(claims),
        evidence=tuple(evidence),
        evidence_citations=tuple(context.presenter.citation(item) for item in evidence),
    )
