"""Stored files turned into reports again, after the program learned to clean better or a person corrected a year."""

import logging
from collections.abc import Sequence
from dataclasses import replace

from rag.errors import UnreadableFile, ZhenbaoError
from rag.library.library import Library
from rag.library.row_writer import Stored
from rag.parsing.parse import ParsedReport, parse
from rag.parsing.report import Report, ReportSource
from rag.parsing.same_text import aligned, same_text
from rag.types import SourceFile

_log = logging.getLogger(__name__)


def parse_file(source: SourceFile, *, year: int | None = None) -> ParsedReport:
    """A source file as a report; `year` is the report's where a person knows better.

    Raises UnreadableFile, whatever the pure steps trip over: one odd file must not stop the others.
    """
    try:
        return parse(source, year=year)
    except ZhenbaoError:
        raise
    except Exception as error:
        _log.warning("a file cannot be parsed: %s", type(error).__name__)
        raise UnreadableFile("cannot_be_parsed", about=source.name, reason=repr(error)) from error


def renew_report(library: Library, report_id: str) -> str:
    """Cleans the stored files of a report again; gives its id, another one where its text became another.

    The text is that of the first file. A file that turns out to say something else becomes a report of its own.
    """
    held = library.report(report_id)
    year = library.corrections(held.id).year
    files = [source.file for source in library.sources(held.id)]
    return renew(library, held, files, [parse_file(file, year=year) for file in files])


def renew(library: Library, held: Report, files: Sequence[SourceFile], parsed: Sequence[ParsedReport]) -> str:
    """The same where the files, all that the report has, are parsed already."""
    successors: list[Stored] = []
    for file, each in zip(files, parsed, strict=True):
        report = replace(each.report, is_sample=held.is_sample)
        twin = next((known.report for known in successors if same_text(known.report, report)), None)
        successors.append(Stored(twin or report, as_source(twin or report, file, each), each.figures, heads=each.heads))
    library.renew(held.id, successors)
    return successors[0].report.id


def as_source(report: Report, file: SourceFile, parsed: ParsedReport) -> ReportSource:
    """A file as a source of a report that is its own, or the same in another form."""
    offsets = aligned(report, parsed.report, parsed.offsets)
    return ReportSource(report.id, file, offsets, parsed.defects, parsed.statements)
