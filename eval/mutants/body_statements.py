"""Questions made of the body sentences of reports that no golden question asks about, so that more claims are tried.

Each asks for the first figure of some clauses in the report's own words. A sentence that a golden item of either half
of a divided set rests on is left out, and so is what may be of several years (五年来, “十二五”时期) or is damaged.
"""

import re
from collections.abc import Iterator
from pathlib import PurePath

from eval.items import GoldenItem, Passage
from eval.mutants.parsed_set import ParsedSet
from eval.mutants.statements import LONGEST_STATEMENT, PLANNED, clause_spans, counted_figures
from eval.scoring.wording import bigrams, clauses
from rag.parsing.report import Report, Sentence
from rag.types import Span

FEWEST_WORDS = 2  # pairs of characters that a question names what it asks for with
_OF_YEARS = re.compile(r"十[一二三四五]五|[三四五]年[来间，]|时期|以来")
_DAMAGED = re.compile(r"_|\?\?|\\")


def body_items(library: ParsedSet) -> Iterator[GoldenItem]:
    """The made questions of every report, in the order of its sentences."""
    taken = {
        (passage.doc, sentence.start)
        for item in (*library.items, *library.kept_aside)
        for passage in item.evidence
        for sentence in library.sentences(passage)
    }
    for doc, parsed in library.parsed.items():
        for sentence in parsed.report.sentences:
            if _is_usable(sentence, parsed.report) and (doc, sentence.start) not in taken:
                yield from _items(doc, parsed.report, sentence, library)


def _is_usable(sentence: Sentence, report: Report) -> bool:
    text = report.text[sentence.start : sentence.end]
    is_of_its_year = not _OF_YEARS.search(sentence.section) and not _OF_YEARS.search(text)
    return sentence.role == "body" and not sentence.is_order and is_of_its_year and not _DAMAGED.search(text)


def _items(doc: str, report: Report, sentence: Sentence, library: ParsedSet) -> Iterator[GoldenItem]:
    text = report.text[sentence.start : sentence.end]
    for begin, end in windows(text):
        asked = question_of(text[begin:end], report, sentence)
        if asked is not None:
            source = library.parsed[doc].offsets.to_source(Span(sentence.start + begin, sentence.start + end))
            yield GoldenItem(
                id=f"{PurePath(doc).stem}-{source.start}",
                doc=doc,
                kind="number",
                question=asked,
                answer=text[begin:end],
                evidence=(Passage(doc=doc, quote=text[begin:end], start=source.start),),
            )


def windows(text: str) -> Iterator[tuple[int, int]]:
    """A sentence in stretches of whole clauses, each as long as a statement may be, or one clause.

    Example: windows of "修路3公里，造林5亩" are [(0, 10)]
    """
    begin = stop = 0
    for start, end in clause_spans(text):
        if stop and end - begin > LONGEST_STATEMENT:
            yield begin, stop
            begin = start
        elif not stop:
            begin = start
        stop = end
    if stop:
        yield begin, stop


def question_of(stretch: str, report: Report, sentence: Sentence) -> str | None:
    """A question for the first figure of a stretch that words stand before; None where there is none.

    Example: "完成危房改造37户" of 大塘镇 2022 gives "大塘镇2022年完成危房改造多少？"
    """
    metadata = report.metadata
    is_plan = sentence.kind == "plan"
    year = metadata.plan_year if is_plan and metadata.plan_year else metadata.year
    folded = clauses(stretch)
    for begin, end in clause_spans(folded):
        figures = counted_figures(folded[begin:end])
        words = folded[begin : begin + figures[0].start] if figures else ""
        if len(bigrams(words)) >= FEWEST_WORDS:
            planned = "计划" if is_plan and not PLANNED.search(words) else ""
            return f"{metadata.town or ''}{year or ''}年{planned}{words}多少？"
    return None
