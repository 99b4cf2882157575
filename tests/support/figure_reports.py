"""Reports parsed from a few lines of text, and their rows, for tests of tables and comparisons."""

import hashlib

from rag.library.row_writer import Stored
from rag.parsing.figures.indicators import FigureRow, figure_rows
from rag.parsing.parse import parse
from rag.parsing.report import Report, ReportSource
from rag.types import SourceFile

HEAD = (
    "{county}{town}{year}年工作总结暨{next}年工作计划\n一、{year}年工作总结\n{results}\n二、{next}年工作计划\n{plans}\n"
)


def stored_report(town: str, year: int, results: str, plans: str = "", county: str = "") -> Stored:
    """A report with its file and its figures."""
    text = HEAD.format(county=county, town=town, year=year, next=year + 1, results=results, plans=plans)
    file = SourceFile(f"{town}{year}.txt", hashlib.sha256(text.encode()).hexdigest(), "utf-8", text)
    parsed = parse(file)
    source = ReportSource(parsed.report.id, file, parsed.offsets, parsed.defects)
    return Stored(parsed.report, source, parsed.figures)


def parsed_report(town: str, year: int, results: str, plans: str = "", county: str = "") -> tuple[Report, ReportSource]:
    """A report with its file, as an earlier release stores it."""
    stored = stored_report(town, year, results, plans, county)
    return stored.report, stored.source


def rows_of(town: str, year: int, results: str, plans: str = "") -> list[FigureRow]:
    """The rows of such a report."""
    return list(figure_rows(*parsed_report(town, year, results, plans)))
