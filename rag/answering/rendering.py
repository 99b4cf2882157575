"""Answers, hits and reports as JSON and as text for a terminal. Pure.

Quotations are numbered in the order in which they are first needed, so that one quotation has one number
however many sentences rest on it.
"""

from collections.abc import Sequence
from dataclasses import asdict, replace

from rag.answering.answers import Answer, Choice
from rag.errors import ZhenbaoError
from rag.errors.messages import both
from rag.text.display import printable
from rag.types import JsonObject
from rag.verification.claims import Citation, Claim, Evidence
from rag.verification.labels import LABELS, Labels
from rag.verification.quotations import number_quotations, place, unsupported


def answer_json(answer: Answer) -> JsonObject:
    """The shape that `zhenbao ask --json` promises."""
    return {
        "question": answer.question,
        "outcome": answer.outcome,
        "reason": answer.reason,
        "language": answer.language,
        "answer": answer.answer,
        "claims": [_claim_json(claim) for claim in answer.claims],
        "evidence": [
            _evidence_json(evidence, citation)
            for evidence, citation in zip(answer.evidence, answer.evidence_citations, strict=True)
        ],
        "nearest": [{**asdict(each.citation), "differs": each.differs} for each in answer.nearest],
        "choices": [_choice_json(choice) for choice in answer.choices],
        "notices": [both(notice) for notice in answer.notices],
        "model": answer.model,
        "tokens": asdict(answer.tokens),
        "seconds": {name: round(value, 3) for name, value in asdict(answer.seconds).items()},
    }


def _choice_json(choice: Choice) -> JsonObject:
    """A question with its filter, as a line of `zhenbao ask --batch` has it."""
    scope = choice.scope
    first = {"town": next(iter(scope.towns), None), "county": scope.county, "year": next(iter(scope.years), None)}
    return {"question": choice.question, **{name: value for name, value in first.items() if value}}


def error_json(error: ZhenbaoError, question: str = "") -> JsonObject:
    """An answer of outcome `error`, for a question that could not be worked on."""
    answer = answer_json(Answer(question=question, outcome="error", reason=None, language="zh-Hans", answer=""))
    return {**answer, "message": both(error), "code": error.code}


def _claim_json(claim: Claim) -> JsonObject:
    return {
        "text": claim.text,
        "kind": claim.kind,
        "expression": claim.expression,
        "supported": claim.supported,
        "support": claim.support,
        "reason": claim.reason,
        "citations": [asdict(citation) for citation in claim.citations],
    }


def _evidence_json(evidence: Evidence, citation: Citation) -> JsonObject:
    return {
        "number": evidence.number,
        "report": evidence.report_id,
        "file": citation.file,
        "town": evidence.town,
        "level": evidence.level,
        "year": evidence.year,
        "section": evidence.sentence.section,
        "text": citation.quote,  # the source's own characters, so that start and end hold for it too
        "start": citation.start,
        "end": citation.end,
    }


def answer_text(answer: Answer) -> str:
    """An answer for a terminal: sentences with [n] marks, then the quotations they rest on."""
    labels = LABELS[answer.language]
    shown = shown_claims(answer)
    numbering = number_quotations(shown)
    lines = [lead(answer)] if lead(answer) else []
    for claim, marks in zip(shown, numbering.marks, strict=True):
        lines.append(claim_text(claim, labels) + "".join(f"[{number}]" for number in marks))
    parts = ["\n".join(lines)]
    if answer.outcome == "evidence_only" and answer.evidence_citations:
        parts.append("\n".join([f"{labels.evidence}:", *_quotation_lines(answer.evidence_citations, labels)]))
    elif answer.nearest:
        nearest = [each.citation for each in answer.nearest]
        before = labels.not_an_answer(answer.nearest[0].differs)
        parts.append("\n".join([before, *_quotation_lines(nearest, labels)]))
    elif numbering.citations:
        parts.append("\n".join([f"{labels.quotations}:", *_quotation_lines(numbering.citations, labels)]))
    return printable("\n\n".join(parts))


def shown_claims(answer: Answer) -> tuple[Claim, ...]:
    """The claims that a person gets to see: a refusal stands alone, bare evidence without doubtful quotations."""
    if answer.outcome == "evidence_only":
        return tuple(replace(claim, citations=()) for claim in answer.claims)
    return answer.claims if answer.outcome == "answered" else ()


def lead(answer: Answer) -> str:
    """What the answer says before its first supported claim, such as that the premise is wrong; may be empty."""
    shown = [claim.text for claim in answer.claims if claim.is_shown]
    if answer.outcome != "answered" or not shown:
        return answer.answer
    before, found, _ = answer.answer.partition(shown[0])
    return before.strip() if found else ""


def claim_text(claim: Claim, labels: Labels) -> str:
    """A claim, with its expression where it is computed, and how it is carried; with the reason where nothing does."""
    text = f"{claim.text} ({claim.expression})" if claim.expression else claim.text
    return f"{text}{labels.carried(claim.support)}" if claim.is_shown else f"? {text} ({unsupported(claim, labels)})"


def _quotation_lines(citations: Sequence[Citation], labels: Labels) -> list[str]:
    lines: list[str] = []
    for number, citation in enumerate(citations, start=1):
        lines.append(f"[{number}] {place(citation, labels)}")
        lines += [f"    {line.strip()}" for line in citation.quote.splitlines() if line.strip()]
    return lines
