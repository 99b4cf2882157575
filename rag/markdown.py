"""Answers and summaries as Markdown, with their quotations as footnotes. Pure."""

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rag.labels import LABELS, Labels
from rag.rendering import Quoted, lead, number_quotations, place, printable, shortened, shown_claims, unsupported
from rag.types import Answer

if TYPE_CHECKING:
    from rag.summary import Point, Summary


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
        lines += [text + _footnote_marks(marks, prefix), ""]
    if answer.outcome == "evidence_only":
        lines += [f"> {_footnote(quoted, labels)}\n" for quoted in answer.evidence_citations]
    return _joined([*lines, *_footnotes(numbering.citations, labels, prefix)])


def summary_markdown(summary: "Summary") -> str:
    """A town summary as Markdown: headings, figures and points, quotations as footnotes."""
    sections = _sections(summary)
    numbering = number_quotations(point for _, points in sections for point in points)
    marks = iter(numbering.marks)
    lines = _summary_head(summary)
    for heading, points in sections:
        lines += [heading, ""]
        lines += [f"- {escape_markdown(point.text)}{_footnote_marks(next(marks))}" for point in points]
        lines.append("")
    lines += _summary_warnings(summary)
    return _joined([*lines, *_footnotes(numbering.citations, LABELS["zh-Hans"])])


def _sections(summary: "Summary") -> list[tuple[str, list["Point"]]]:
    """Headings with their points, empty ones left out; the first topic brings the heading above all topics along."""
    sections = [("## 概况", summary.overview), ("## 主要指标", summary.key_figures)]
    for topic in summary.topics:
        above = "## 各项工作\n\n" if topic is summary.topics[0] else ""
        sections.append((f"{above}### {topic.topic}", topic.points))
    sections += [("## 存在问题", summary.problems), ("## 下一年计划", summary.plans)]
    return [(heading, points) for heading, points in sections if points]


def _summary_head(summary: "Summary") -> list[str]:
    facts = [
        ("县区", summary.county),
        ("报告年度", summary.report_year),
        ("计划年度", summary.plan_year),
        ("发文机关", summary.issuer),
        ("发布日期", summary.publish_date),
        ("方式", None if summary.model else "由报告原句组成，未使用模型"),
    ]
    years = f"{summary.report_year}年工作" if summary.report_year else "工作"
    lines = [f"# {escape_markdown(summary.town or '未知乡镇')}{years}摘要", ""]
    lines += [f"- {name}：{escape_markdown(str(value))}" for name, value in facts if value]
    return [*lines, ""]


def _summary_warnings(summary: "Summary") -> list[str]:
    lines = [f"- {escape_markdown(w.detail)}：“{escape_markdown(shortened(w.quote))}”" for w in summary.warnings]
    if summary.dropped:
        lines.append(f"- 另有 {summary.dropped} 条内容未能与原文核对一致，已略去。")
    return ["## 需要留意", "", *lines, ""] if lines else []


def _footnote_marks(numbers: Iterable[int], prefix: str = "") -> str:
    return "".join(f"[^{prefix}{number}]" for number in numbers)


def _footnotes(citations: Sequence[Quoted], labels: Labels, prefix: str = "") -> list[str]:
    return [f"[^{prefix}{number}]: {_footnote(quoted, labels)}" for number, quoted in enumerate(citations, start=1)]


def _footnote(quoted: Quoted, labels: Labels) -> str:
    """On one line, whatever line ends the quotation has."""
    return f"“{escape_markdown(' '.join(quoted.quote.split()))}” — {escape_markdown(place(quoted, labels))}"


def _joined(lines: Sequence[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def escape_markdown(text: str) -> str:
    """Text that Markdown shows as it stands, without control characters and without links made of bare addresses.

    Example: "<b>5*3</b>" -> "\\<b\\>5\\*3\\</b\\>"
    """
    return re.sub(r"([\\`*_\[\]<>#|~&]|:(?=//)|(?<=www)\.)", r"\\\1", printable(text), flags=re.IGNORECASE)
