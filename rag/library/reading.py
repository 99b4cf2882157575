"""What processes of their own do for ingestion: a file read and parsed, a stored one parsed again. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from rag.errors import ZhenbaoError
from rag.formats.archives import Document
from rag.formats.read import read
from rag.library.reading_pool import ProcessDied, ReadingPool, Work
from rag.library.reparsing import parse_file
from rag.parsing.parse import ParsedReport
from rag.parsing.same_text import LetterForms, letter_forms
from rag.types import Notice, SourceFile

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Read:
    """A file's text, the report it is, and the fingerprints of its letters."""

    source: SourceFile
    parsed: ParsedReport
    forms: LetterForms


def read_document(document: Document) -> Read | Notice:
    """Reads and parses a file; why, where that cannot be done."""
    try:
        source = read(document)
        return _parsed(source, None)
    except ZhenbaoError as error:
        return error.notice


def read_again(files: Sequence[SourceFile], year: int | None) -> list[Read] | Notice:
    """Parses the stored files of a report; why, where that cannot be done."""
    try:
        return [_parsed(file, year) for file in files]
    except ZhenbaoError as error:
        return error.notice


def outcome(pool: ReadingPool, work: Work[T | Notice], name: str) -> T | Notice:
    """What came of reading the file of a name."""
    try:
        return pool.result(work)
    except ProcessDied as died:
        return Notice("reading_too_long", about=name) if died.is_late else Notice("reading_killed", about=name)


def _parsed(source: SourceFile, year: int | None) -> Read:
    parsed = parse_file(source, year=year)
    return Read(source, parsed, letter_forms(parsed.report))
