"""From verdicts to an outcome, and the sentences that code, not the model, adds to an answer."""

from collections.abc import Sequence
from dataclasses import dataclass

from rag.answering.answers import Outcome, Reason
from rag.answering.false_premises import FalsePremise
from rag.answering.questions import Question
from rag.types import Language
from rag.verification.claims import Evidence
from rag.verification.verdicts import Verdict

_SAYINGS: dict[str, tuple[str, str]] = {
    "not_in_reports": ("报告里没有写明这一点，无法回答。", "The reports do not say."),
    "no_such_town": ("资料库里没有{towns}的报告，无法回答。", "The library holds no report of {towns}."),
    "no_such_year": (
        "资料库里没有{towns}{years}年的报告，只有{have}年的，无法回答。",
        "The library holds no {years} report of {towns}, only {have}.",
    ),
    "nothing_verified": (
        "模型写的回答没有通过核对，下面只列出相关原文。",
        "Nothing the model wrote could be verified; these are the sentences found.",
    ),
    "model_unavailable": (
        "模型暂时不可用，下面只列出相关原文。",
        "The chat model is not available; these are the sentences found.",
    ),
    "planned_only": (
        "报告没有说已经完成，这是{years}年的计划。",
        "The report does not say that this was done; it is a plan for {years}.",
    ),
    "not_said_done": (
        "报告没有说已经完成，还在进行或计划之中。",
        "The report does not say that this was done; it is under way or planned.",
    ),
    "premise_corrected": (
        "问题里的“{figures}”与报告不符。",
        "“{figures}” in the question is not what the report says.",
    ),
}


@dataclass(frozen=True, slots=True)
class Decision:
    """What the answer is, and a lead sentence for it where one is needed."""

    outcome: Outcome
    reason: Reason | None
    lead: str = ""


def _all_planned(cited: Sequence[Evidence]) -> bool:
    return all(item.sentence.kind == "plan" for item in cited)


def saying(key: str, language: Language, **values: str) -> str:
    """A sentence of code in the question's language."""
    chinese, english = _SAYINGS[key]
    return (english if language == "en" else chinese).format(**values)


def decide(
    question: Question,
    verdicts: Sequence[Verdict],
    evidence: Sequence[Evidence],
    premises: Sequence[FalsePremise] = (),
) -> Decision:
    """The outcome of a question whose draft has been verified."""
    supported = [v for v in verdicts if v.supported]
    plans = [v for v in verdicts if v.reason == "planned_not_done"]
    if premises:
        figures = "、".join(dict.fromkeys(premise.asked.text for premise in premises))
        return Decision(
            "answered", "premise_corrected", saying("premise_corrected", question.language, figures=figures)
        )
    if not supported and not plans:
        return Decision("refused", "not_in_reports", saying("not_in_reports", question.language))
    by_number = {item.number: item for item in evidence}
    cited = [by_number[n] for v in (supported or plans) for n in v.sentences]
    if not supported or (question.asks_done and not question.asks_plan and _all_planned(cited)):
        years = "、".join(sorted({str(item.year) for item in cited if item.year}))
        key = "planned_only" if _all_planned(cited) else "not_said_done"
        return Decision("answered", "planned_only", saying(key, question.language, years=years))
    return Decision("answered", None)
