"""What the verdicts on a question's drafts come to: false premises corrected, doubts told, the answer put together."""

from collections.abc import Sequence
from dataclasses import replace

from rag.answering.answer_types import asks_list
from rag.answering.answerability import is_of_time
from rag.answering.answers import Answer
from rag.answering.ask_context import AskContext
from rag.answering.candidates import Candidate
from rag.answering.checked import Checked, lacks_figures
from rag.answering.contradictions import doubts
from rag.answering.false_premises import FalsePremise, false_premises
from rag.answering.other_times import figures_of_other_times
from rag.answering.outcomes import Decision, decide
from rag.answering.questions import Question
from rag.answering.quoted_answers import quotation
from rag.answering.stored_conflicts import Contradiction
from rag.text.figures import read_figures
from rag.text.normalization import fold_characters
from rag.verification.claims import Evidence
from rag.verification.excerpts import excerpt_of
from rag.verification.verdicts import Verdict


def finish(context: AskContext, checked: Checked, shown: Answer) -> Answer:
    """What the verdicts come to."""
    asked, presenter = context.asked, context.presenter
    premises = premises_of(asked, shown.evidence)
    misplaced = [] if premises else figures_of_other_times(asked, shown.evidence)
    corrected = "".join((*(each.correction for each in premises), *(each.excerpt.text for each in misplaced)))
    kept = [v for v in checked.verdicts if not (v.is_quotation and _is_told_in(v.text, corrected))]
    false = [premise.asked.text for premise in premises] + [each.asked.text for each in misplaced]
    told = [*map(_correction, premises), *(quotation(asked, Candidate((each.excerpt,))) for each in misplaced)]
    verdicts = [*told, *_without(kept, false)]
    decision = decide(asked, verdicts, shown.evidence, premises, misplaced)
    if decision.outcome == "answered":
        verdicts = wanted_of(asked, verdicts)
    claims = presenter.verdicts(decision, verdicts, checked.computed, shown.evidence)
    doubtful = _doubts(context, decision, verdicts, shown.evidence)
    if doubtful:
        decision = replace(decision, reason="conflict")
        claims += map(presenter.contradiction, doubtful)
    nearest = presenter.nearest(checked.nearby) if checked.nearby and decision.outcome == "refused" else ()
    return replace(
        shown,
        nearest=nearest,
        outcome=decision.outcome,
        reason=decision.reason,
        claims=tuple(claims),
        answer=presenter.plain(decision, claims),
    )


def wanted_of(asked: Question, verdicts: Sequence[Verdict]) -> list[Verdict]:
    """The verdicts without claims that failed, where the others have all that is asked for; of a list nobody knows."""
    if lacks_figures(asked, verdicts) or asks_list(asked.text):
        return [*verdicts]
    return [verdict for verdict in verdicts if verdict.supported or verdict.reason == "planned_not_done"]


def premises_of(asked: Question, evidence: Sequence[Evidence]) -> list[FalsePremise]:
    """Figures that the question has wrong, by sentences of its own time: a plan corrects no result."""
    of_time = [item for item in evidence if is_of_time(replace(asked, asks_done=False), item)]
    return false_premises(asked.text, evidence, of_time)


def _doubts(
    context: AskContext, decision: Decision, verdicts: Sequence[Verdict], evidence: Sequence[Evidence]
) -> list[Contradiction]:
    """What does not fit in the sentences that a plainly answered question rests on."""
    numbers = {number for verdict in verdicts if verdict.supported for number in verdict.sentences}
    cited = [item for item in evidence if item.number in numbers]
    if decision.outcome != "answered" or decision.reason or context.asked.language == "en":
        return []
    said = "".join(verdict.text for verdict in verdicts if verdict.supported)
    in_order = dict.fromkeys(item.report_id for item in cited)
    told_by = [
        (report, context.presenter.source(report_id))
        for report_id in in_order
        if (report := context.reports.get(report_id)) is not None
    ]
    return [doubt for report, source in told_by for doubt in doubts(context.asked, said, cited, report, source)]


def _is_told_in(quotation: str, corrected: str) -> bool:
    """Whether a quotation has no figure that would add to a correction."""
    told, more = ({figure.value for figure in read_figures(text)} for text in (corrected, quotation))
    return bool(corrected) and more <= told


def _correction(premise: FalsePremise) -> Verdict:
    """The report's own words for a figure that the question has wrong."""
    shown = (excerpt_of(premise.item, premise.correction),)
    return Verdict(fold_characters(premise.correction), (premise.item.number,), None, is_quotation=True, excerpts=shown)


def _without(verdicts: Sequence[Verdict], false: Sequence[str]) -> list[Verdict]:
    """Claims that say a figure again that the question has wrong are not supported, whatever they quote."""
    return [
        replace(v, reason="figure_of_other_subject") if any(figure in v.text for figure in false) else v
        for v in verdicts
    ]
