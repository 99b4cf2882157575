"""From one file's text to a report: the pure steps, one after the other."""

import hashlib
from dataclasses import dataclass, field, replace

from rag.parsing.chunking import chunk
from rag.parsing.cleaning import clean
from rag.parsing.defects.find import find_defects
from rag.parsing.figures.indicators import Indicator, read_indicators
from rag.parsing.figures.timeline import year_of
from rag.parsing.heads.lending import HeadsBySentence, heads_by_sentence
from rag.parsing.metadata import read_metadata
from rag.parsing.orders import orders_in, without_orders
from rag.parsing.report import Defect, Report, Sentence, Statement
from rag.parsing.sentences import split_sentences
from rag.types import OffsetMap, SourceFile


@dataclass(frozen=True, slots=True)
class ParsedReport:
    """A report with the way back into the file it was parsed from."""

    report: Report
    offsets: OffsetMap
    defects: tuple[Defect, ...]
    statements: tuple[Statement, ...] = ()
    figures: tuple[Indicator, ...] = ()
    heads: HeadsBySentence = field(default_factory=dict)


def parse(source: SourceFile, *, year: int | None = None) -> ParsedReport:
    """Cleans a source file, reads what it says about itself, and cuts it into sentences and passages.

    `year` is the report's where a person knows better than the file: plans and results are told apart by it, and
    figures dated.
    """
    cleaned = clean(source.text)
    described = read_metadata(cleaned, source.text)
    metadata = described.metadata
    sentences = split_sentences(cleaned.text, cleaned.lines, cleaned.headings, year or metadata.year)
    report = Report(
        id=hashlib.sha256(cleaned.text.encode()).hexdigest()[:12],
        metadata=metadata,
        text=cleaned.text,
        headings=cleaned.headings,
        sentences=sentences,
        chunks=chunk(cleaned.text, sentences),
    )
    dated = replace(report, metadata=replace(metadata, year=year or metadata.year))
    report = replace(report, sentences=marked(dated))
    found = find_defects(cleaned, metadata, described.statements, sentences, source.text)
    defects = sorted((*cleaned.defects, *found), key=lambda defect: (defect.start, defect.end))
    heads = heads_by_sentence(without_orders(report))
    figures = read_indicators(dated, heads)
    return ParsedReport(report, cleaned.offsets, tuple(defects), described.statements, figures, heads)


def marked(report: Report) -> tuple[Sentence, ...]:
    """Its sentences with the year that each is told for, and those marked that give orders to a model."""
    ordered = orders_in(report)
    return tuple(
        replace(sentence, year=year_of(report, sentence), is_order=number in ordered)
        for number, sentence in enumerate(report.sentences)
    )
