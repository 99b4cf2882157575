"""A report without its sentences that give orders to a model."""

from dataclasses import replace

from rag.parsing.report import Report
from rag.text.prompt_injection import is_order


def orders_in(report: Report) -> frozenset[int]:
    """The numbers of the sentences that are orders to a model, or follow one in its line."""
    if not is_order(report.text):
        return frozenset()
    found: set[int] = set()
    ended = -1  # where the last order ended
    for number, sentence in enumerate(report.sentences):
        is_same_line = ended >= 0 and "\n" not in report.text[ended : sentence.start]
        if is_same_line or is_order(report.text[sentence.start : sentence.end]):
            ended = sentence.end
            found.add(number)
    return frozenset(found)


def without_orders(report: Report) -> Report:
    """The report without sentences marked as orders and headings that are; itself where it has none."""
    if not any(sentence.is_order for sentence in report.sentences):
        return report
    kept = (sentence for sentence in report.sentences if not sentence.is_order)
    return replace(report, sentences=tuple(replace(sentence, section=_without(sentence.section)) for sentence in kept))


def _without(section: str) -> str:
    return " / ".join(part for part in section.split(" / ") if not is_order(part))
