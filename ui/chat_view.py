"""The conversation and its quotations as HTML."""

import re
from collections.abc import Callable, Sequence

from rag.labels import LABELS, Labels
from rag.rendering import Quoted, lead, number_quotations, place, shown_claims, unsupported
from rag.types import Answer, Claim
from ui.conversation import Exchange
from ui.markup import Markup, element, joined

CONTEXT = 150  # characters of the source on either side of a quotation

_BLANK_LINES = re.compile(r"\s*\n\s*")

SourceText = Callable[[str, str], str]
"""Gives the text of a report's file, by report id and file name."""


def conversation_html(exchanges: Sequence[Exchange]) -> Markup:
    """All exchanges, oldest first."""
    if not exchanges:
        return element(
            "p", "在下面提问，每句回答都附原文出处。Ask below; every sentence is tied to its source.", class_="hint"
        )
    turns = [_exchange_html(number, exchange) for number, exchange in enumerate(exchanges, start=1)]
    return element("div", *turns, class_="conversation", role="log", aria_live="polite", aria_label="对话 conversation")


def _exchange_html(number: int, exchange: Exchange) -> Markup:
    answer = exchange.answer
    is_bare = answer.outcome == "evidence_only" and not exchange.is_pending
    parts = [element("h3", answer.question, class_="question")]
    evidence = [_evidence_html(answer, is_open=is_bare)] if answer.evidence else []
    if exchange.is_pending:
        parts += [*evidence, element("p", "正在作答…… (answering)", class_="pending")]
    elif answer.outcome == "error":
        parts.append(element("p", exchange.message, class_="failure", role="alert"))
    elif is_bare:  # the sentence that says why comes first
        parts += [*_answer_parts(number, answer), *evidence]
    else:
        parts += [*evidence, *_answer_parts(number, answer)]
    return element("section", *parts, class_=f"exchange {'pending' if exchange.is_pending else answer.outcome}")


def _evidence_html(answer: Answer, is_open: bool) -> Markup:
    labels = LABELS[answer.language]
    rows = [
        element("li", element("q", citation.quote), " ", element("small", place(citation, labels)))
        for citation in answer.evidence_citations
    ]
    summary = element("summary", f"找到 {len(rows)} 句相关原文 ({len(rows)} sentences found)")
    return element("details", summary, element("ol", *rows), open=is_open, class_="evidence")


def _answer_parts(number: int, answer: Answer) -> list[Markup]:
    labels = LABELS[answer.language]
    shown = shown_claims(answer)
    numbering = number_quotations(shown)
    parts = [_badge(answer, labels)]
    parts += [element("p", lead(answer), class_="lead")] if lead(answer) else []
    for claim, marks in zip(shown, numbering.marks, strict=True):
        parts.append(_claim_html(number, claim, marks, labels))
    parts += [element("p", notice, class_="notice") for notice in answer.notices]
    return parts


def _badge(answer: Answer, labels: Labels) -> Markup:
    """What kind of answer this is, and why."""
    kinds = {
        "answered": "✓ 已与原文核对 verified",
        "refused": "没有答案 no answer",
        "evidence_only": "只有原文 sources only",
    }
    kind, look = kinds[answer.outcome], "badge"
    if answer.outcome == "answered" and not all(claim.supported for claim in answer.claims):
        kind, look = "部分未经核实 partly not verified", "badge doubtful"
    return element("p", " · ".join(part for part in (kind, labels.reason(answer.reason)) if part), class_=look)


def _claim_html(number: int, claim: Claim, marks: Sequence[int], labels: Labels) -> Markup:
    links = [
        element(
            "a", str(mark), href=f"#{_anchor(number, mark)}", class_="mark", aria_label=f"{labels.quotations} {mark}"
        )
        for mark in marks
    ]
    expression = [element("span", f" = {claim.expression}", class_="expression")] if claim.expression else []
    if claim.supported:
        return element("p", claim.text, *expression, *links, class_="claim supported")
    why = element("span", unsupported(claim, labels), class_="why")
    return element("p", element("s", claim.text), *links, " ", why, class_="claim unsupported")


def _anchor(number: int, mark: int) -> str:
    return f"quotation-{number}-{mark}"


def quotations_html(exchanges: Sequence[Exchange], source_text: SourceText) -> Markup:
    """The quotations of the whole conversation in their surroundings, those of the last answer first."""
    groups: list[Markup] = []
    for number, exchange in reversed(list(enumerate(exchanges, start=1))):
        citations = [] if exchange.is_pending else _quotations(exchange.answer)
        if citations:
            labels = LABELS[exchange.answer.language]
            cards = [
                _card(_anchor(number, mark), mark, citation, source_text(citation.report, citation.file), labels)
                for mark, citation in enumerate(citations, start=1)
            ]
            groups.append(element("section", element("h4", exchange.answer.question), *cards, class_="group"))
    if not groups:
        return element(
            "p", "点回答里的数字，这里显示原文。Click a number in an answer to see its source here.", class_="hint"
        )
    return element("div", *groups, class_="quotations")


def _quotations(answer: Answer) -> Sequence[Quoted]:
    if answer.outcome == "evidence_only":
        return answer.evidence_citations
    return number_quotations(shown_claims(answer)).citations


def _card(anchor: str, mark: int, citation: Quoted, text: str, labels: Labels) -> Markup:
    """A quotation highlighted in its surroundings, in the source's own characters."""
    before = text[max(0, citation.start - CONTEXT) : citation.start]
    after = text[citation.end : citation.end + CONTEXT]
    head = element("header", element("span", str(mark), class_="number"), " ", place(citation, labels))
    cut = ("…" if citation.start > CONTEXT else "", "…" if citation.end + CONTEXT < len(text) else "")
    body = joined(
        cut[0] + _BLANK_LINES.sub("\n", before.lstrip()),
        element("mark", citation.quote),
        _BLANK_LINES.sub("\n", after.rstrip()) + cut[1],
    )
    quotation = element("div", body, class_="surroundings")
    return element("article", head, quotation, id=anchor, tabindex="-1", class_=f"quotation {citation.role}")
