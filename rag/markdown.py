"""Answers as Markdown, with their quotations as footnotes. Pure."""

from collections.abc import Iterable, Sequence

from rag.labels import LABELS, Labels
from rag.rendering import Quoted, lead, number_quotations, place, shown_claims, unsupported
from rag.text.display import escape_markdown, joined
from rag.types import Answer


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
        if not claim.supported:
            text = f"~~{text}~~ ({escape_markdown(unsupported(claim, labels))})"
        lines += [text + footnote_marks(marks, prefix), ""]
    if answer.outcome == "evidence_only":
        lines += [f"> {_footnote(quoted, labels)}\n" for quoted in answer.evidence_citations]
    return joined([*lines, *footnotes(numbering.citations, labels, prefix)])


def footnote_marks(numbers: Iterable[int], prefix: str = "") -> str:
    """Such as [^1][^2]."""
    return "".join(f"[^{prefix}{number}]" for number in numbers)


def footnotes(citations: Sequence[Quoted], labels: Labels, prefix: str = "") -> list[str]:
    """The quotations that the marks lead to."""
    return [f"[^{prefix}{number}]: {_footnote(quoted, labels)}" for number, quoted in enumerate(citations, start=1)]


def _footnote(quoted: Quoted, labels: Labels) -> str:
    """On one line, whatever line ends the quotation has."""
    return f"“{escape_markdown(' '.join(quoted.quote.split()))}” — {escape_markdown(place(quoted, labels))}"
