"""One question scored: outcome class, reasons, citations, retrieval and supported-but-wrong claims."""

from collections.abc import Mapping, Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict

from eval.items import GoldenItem, Kind
from eval.scoring.citations import altered_quotations, citation_overlap
from eval.scoring.correctness import shortcomings
from eval.scoring.grounding import contradictions, uncarried_figures
from eval.scoring.replies import GivenAnswer
from eval.scoring.retrieval_scores import score_retrieval

Status = Literal["right", "wrong", "refused_rightly", "refused_wrongly", "failed"]
Premise = Literal["corrected", "refused", "missed"]
PASSED: frozenset[Status] = frozenset({"right", "refused_rightly"})


class Quoted(BaseModel):
    """A quotation as the reports show it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    file: str
    quote: str


class ShownClaim(BaseModel):
    """A claim of the answer with its quotations, as the reports show it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str
    supported: bool
    reason: str | None = None
    quotes: tuple[Quoted, ...] = ()


class Case(BaseModel):
    """One question of a run with everything that is known about its answer; a row of `results.json`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    kind: Kind
    question: str
    expected: str
    """The reference answer."""
    outcome: str
    """What the system said it did."""
    outcome_reason: str | None
    answer: str
    status: Status
    reasons: tuple[str, ...]
    """Why the answer is not right."""
    premise: Premise | None
    """What became of the question's false premise."""
    supported_but_wrong: tuple[str, ...]
    altered_quotations: tuple[str, ...]
    citation_precision: float | None
    citation_recall: float | None
    recall: Mapping[str, float] | None
    """Retrieval recall by depth, such as {"5": 1.0}."""
    reciprocal_rank: float | None
    ndcg: float | None
    evidence: tuple[Quoted, ...]
    claims: tuple[ShownClaim, ...]

    @property
    def passed(self) -> bool:
        return self.status in PASSED


def score_case(item: GoldenItem, answer: GivenAnswer, texts: Mapping[str, str], towns: Sequence[str]) -> Case:
    """An answer against its golden item. Pure: the same input gives the same case on every machine."""
    status, reasons = _judge(item, answer, towns)
    overlap = citation_overlap(item.evidence, answer, texts)
    retrieval = score_retrieval(item.evidence, answer.hits, texts) if answer.hits else None
    return Case(
        id=item.id,
        kind=item.kind,
        question=item.question,
        expected=item.answer,
        outcome=answer.outcome,
        outcome_reason=answer.reason,
        answer=answer.answer,
        status=status,
        reasons=reasons,
        premise=_premise(item, status),
        supported_but_wrong=_supported_but_wrong(item, answer, status, towns),
        altered_quotations=altered_quotations(answer, texts),
        citation_precision=round(overlap.precision, 4) if overlap else None,
        citation_recall=round(overlap.recall, 4) if overlap else None,
        recall={str(k): round(v, 4) for k, v in retrieval.recall.items()} if retrieval else None,
        reciprocal_rank=round(retrieval.reciprocal_rank, 4) if retrieval else None,
        ndcg=round(retrieval.ndcg, 4) if retrieval else None,
        evidence=tuple(Quoted(file=p.doc, quote=p.quote) for p in item.evidence),
        claims=_shown(answer),
    )


def _judge(item: GoldenItem, answer: GivenAnswer, towns: Sequence[str]) -> tuple[Status, tuple[str, ...]]:
    if answer.failed:
        return "failed", (answer.message or answer.reason or answer.outcome,)
    if answer.refused and (item.refuse or item.accept_refusal):
        return "refused_rightly", ()
    if not (answer.is_answer or item.refuse):
        return "refused_wrongly", (f"没有作答 (not answered): {answer.reason or answer.outcome}",)
    if item.refuse:
        return "wrong", ("应拒答 (should have refused)",)
    reasons = tuple(str(fault) for fault in shortcomings(item, answer.answer, towns))
    return ("wrong", reasons) if reasons else ("right", ())


def _premise(item: GoldenItem, status: Status) -> Premise | None:
    if not item.false_premise or status == "failed":
        return None
    if status == "right":
        return "corrected"
    return "refused" if status == "refused_rightly" else "missed"


def _supported_but_wrong(
    item: GoldenItem, answer: GivenAnswer, status: Status, towns: Sequence[str]
) -> tuple[str, ...]:
    found: list[str] = []
    for claim in answer.claims:
        if not claim.supported:
            continue
        if not any(c.quote for c in claim.citations):
            found.append(f"没有引文 (no quotation): {claim.text}")
        found += [f"引文中没有 {figure} (not in its quotations): {claim.text}" for figure in uncarried_figures(claim)]
        if status == "wrong" and not item.refuse:
            found += [f"{fault}: {claim.text}" for fault in contradictions(item, claim, towns)]
    return tuple(found)


def _shown(answer: GivenAnswer) -> tuple[ShownClaim, ...]:
    return tuple(
        ShownClaim(
            text=claim.text,
            supported=claim.supported,
            reason=claim.reason,
            quotes=tuple(Quoted(file=c.file, quote=c.quote) for c in claim.citations),
        )
        for claim in answer.claims
    )
