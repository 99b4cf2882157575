"""Answers as Markdown, with their quotations as footnotes. Pure."""

from collections.abc import Sequence

from rag.answering.answers import Answer
from rag.answering.rendering import lead, shown_claims
from rag.text.display import escape_markdown, joined
from rag.verification.labels import LABELS
from rag.verification.quotations import _footnote, footnote_marks, footnotes, number_quotations, unsupported


def conversation_markdown(answers: Sequence[Answer]) -> str:
    """Questions and answers in their order; footnotes bear the number of their answer, so that none is mistaken.

    Example: the second quotation of the third answer is [^3-2].
    """
    return "\n---\n\n".join(answer_markdown(answer, f"{number}-") for number, answer in enumerate(answers, start=1))


def answer_markdown(answer: Answer, prefix: str = "") -> str:
    """A question and its answer as Markdown, with the quotations as footnotes whose names begin with the prefix."""
    labels = LABELS[answer.language]
    shown = shown_claims(answer)
    numbering = number_quotations(shown)
    lines = [f"**{escape_markdown(' '.join(answer.question.split()))}**", "", escape_markdown(lead(answer)), ""]
    for claim, marks in zip(shown, numbering.marks, strict=True):
        text = escape_markdown(claim.text)
        if claim.is_shown:
            text = f"{text}{labels.carried(claim.support)}"
        else:
            text = f"~~{text}~~ ({escape_markdown(unsupported(claim, labels))})"
        lines += [text + footnote_marks(marks, prefix), ""]
    if answer.outcome == "evidence_only":
        lines += [f"> {_footnote(quoted, labels)}\n" for quoted in answer.evidence_citations]
    if answer.nearest:
        lines += [labels.not_an_answer(answer.nearest[0].differs), ""]
        lines += [f"> {_footnote(each.citation, labels)}\n" for each in answer.nearest]
    return joined([*lines, *footnotes(numbering.citations, labels, prefix)])
