"""A report without its sentences that give orders to a model."""

from dataclasses import replace

from rag.parsing.report import Report, Sentence
from rag.text.prompt_injection import is_order


def without_orders(report: Report) -> Report:
    """The report without sentences that are orders and what follows them in their line; itself where it has none."""
    if not is_order(report.text):
        return report
    kept: list[Sentence] = []
    ordered = -1  # where the last order ended
    for sentence in report.sentences:
        is_same_line = ordered >= 0 and "\n" not in report.text[ordered : sentence.start]
        if is_same_line or is_order(report.text[sentence.start : sentence.end]):
            ordered = sentence.end
            continue
        parts = sentence.section.split(" / ")
        section = " / ".join(part for part in parts if not is_order(part))
        kept.append(sentence if section == sentence.section else replace(sentence, section=section))
    return replace(report, sentences=tuple(kept))
