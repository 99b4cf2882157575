"""From verdicts to an outcome."""

from collections.abc import Sequence
from dataclasses import dataclass

from rag.answering.answers import Outcome, Reason
from rag.answering.false_premises import FalsePremise
from rag.answering.messages import saying
from rag.answering.other_times import OfAnotherTime
from rag.answering.questions import Question
from rag.verification.claims import Evidence
from rag.verification.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Decision:
    """What the answer is, and a lead sentence for it where one is needed."""

    outcome: Outcome
    reason: Reason | None
    lead: str = ""


def _all_planned(cited: Sequence[Evidence]) -> bool:
    return all(item.sentence.kind == "plan" for item in cited)


def decide(
    question: Question,
    verdicts: Sequence[Verdict],
    evidence: Sequence[Evidence],
    premises: Sequence[FalsePremise] = (),
    misplaced: Sequence[OfAnotherTime] = (),
) -> Decision:
    """The outcome of a question whose draft has been verified."""
    supported = [v for v in verdicts if v.supported]
    plans = [v for v in verdicts if v.reason == "planned_not_done"]
    if premises:
        figures = "、".join(dict.fromkeys(premise.asked.text for premise in premises))
        return Decision(
            "answered", "premise_corrected", saying("premise_corrected", question.language, figures=figures)
        )
    if misplaced:
        return _of_another_time(question, misplaced)
    if not supported and not plans:
        return Decision("refused", "not_in_reports", saying("not_in_reports", question.language))
    by_number = {item.number: item for item in evidence}
    cited = [by_number[n] for v in (supported or plans) for n in v.sentences]
    if not supported or (question.asks_done and not question.asks_plan and _all_planned(cited)):
        years = "、".join(sorted({str(item.year) for item in cited if item.year}))
        key = "planned_only" if _all_planned(cited) else "not_said_done"
        return Decision("answered", "planned_only", saying(key, question.language, years=years))
    return Decision("answered", None)


def _of_another_time(question: Question, misplaced: Sequence[OfAnotherTime]) -> Decision:
    """What is said of figures that the report gives for another time than the one asked about."""
    figures = "、".join(dict.fromkeys(each.asked.text for each in misplaced))
    if all(each.time == "plan" for each in misplaced):
        years = "、".join(sorted({str(each.item.year) for each in misplaced if each.item.year}))
        lead = saying("figure_planned", question.language, figures=figures, years=years)
        return Decision("answered", "planned_only", lead)
    return Decision("answered", "premise_corrected", saying("of_another_time", question.language, figures=figures))
