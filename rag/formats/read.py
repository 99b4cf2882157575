"""Reading: from a path to the files it names, and from each to its text, whatever its format."""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from rag.errors import UnreadableFile
from rag.formats.archives import LARGEST_FILE, Document, Unpacking, Unreadable, is_report_name
from rag.formats.detect import Kind, kind_of
from rag.formats.extract import Extract
from rag.formats.file_names import shown_path
from rag.formats.markdown import read_markdown
from rag.formats.mending import mended
from rag.formats.mhtml import read_mhtml
from rag.formats.ocr import read_image
from rag.formats.office import read_office
from rag.formats.pdf import read_pdf
from rag.formats.plain import read_plain
from rag.formats.sheets import read_csv, read_workbook
from rag.formats.webpage import read_webpage
from rag.formats.word import read_word
from rag.text.normalization import INVISIBLE
from rag.types import SourceFile

LONGEST_TEXT = 3_000_000  # characters; a report has some ten thousand
MOST_FILES = 20_000  # in a folder
_TEXT = re.compile(rf"[^\s{INVISIBLE}]")

_READERS: Mapping[Kind, Callable[[bytes], Extract]] = {
    "plain": read_plain,
    "markdown": read_markdown,
    "webpage": read_webpage,
    "mhtml": read_mhtml,
    "csv": read_csv,
    "docx": read_word,
    "xlsx": read_workbook,
    "pdf": read_pdf,
    "image": read_image,
    "office": read_office,
}


def report_files(path: Path) -> list[Path]:
    """The file itself, or the documents in a folder and below it, sorted; hidden ones are skipped, links not followed.

    Raises UnreadableFile where there is nothing at the path.
    """
    with _told_of(shown_path(path)):
        try:
            return _files_at(path)
        except (OSError, ValueError) as error:  # ValueError: a NUL in the path
            raise UnreadableFile("cannot_read", reason=str(error)) from error


def documents(path: Path) -> Iterator[Document | Unreadable]:
    """The file at a path, or each file in the archive there, one at a time."""
    label = shown_path(path)
    try:
        content = _read_bytes(path)
        if content.startswith(b"PK") and kind_of(path.name, content) == "archive":
            yield from Unpacking().documents(label, content)
        else:
            yield Document(label, content)
    except UnreadableFile as error:
        yield Unreadable.because(label, error.notice)


def read_file(path: Path) -> SourceFile:
    """Reads one report that is a file of its own. Raises UnreadableFile, with one line that says why."""
    label = shown_path(path)
    with _told_of(PurePosixPath(label).name):
        content = _read_bytes(path)
    return read(Document(label, content))


def read(document: Document) -> SourceFile:
    """The text of a document; that of text files as it stands, line ends kept.

    Raises UnreadableFile, with one line that says why and what to do, and nothing else.
    """
    with _told_of(document.name):
        extract = _extract(document)
    return SourceFile(
        document.name, document.sha256, extract.encoding, extract.text, extract.page_starts, extract.notes
    )


@contextmanager
def _told_of(name: str) -> Iterator[None]:
    """Puts the file's name before the reason."""
    try:
        yield
    except UnreadableFile as error:
        error.put_down_to(name)
        raise


def _files_at(path: Path) -> list[Path]:
    if not path.exists():
        raise UnreadableFile("no_such_path")
    if not path.is_dir():
        return [path]
    below = (Path(folder, name) for folder, _, names in os.walk(path) for name in names)
    found = [file for file in below if is_report_name(str(file.relative_to(path))) and file.is_file()]
    if len(found) > MOST_FILES:
        raise UnreadableFile("too_many_files", count=len(found), most=MOST_FILES)
    return sorted(found)


def _extract(document: Document) -> Extract:
    kind = kind_of(document.name, document.content)
    if kind == "archive":
        raise UnreadableFile("archive_not_report")
    try:
        extract = mended(_READERS[kind](document.content))
    except UnreadableFile:
        raise
    except Exception as error:  # parsers of foreign formats trip over damaged files in ways of their own
        raise UnreadableFile("file_damaged", reason=type(error).__name__) from error
    if len(extract.text) > LONGEST_TEXT:
        raise UnreadableFile("text_too_long", characters=len(extract.text))
    if not _TEXT.search(extract.text):
        raise UnreadableFile("no_text")
    return extract


def _read_bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise UnreadableFile("a_folder")
        if not path.exists():
            raise UnreadableFile("no_such_file")
        if not path.is_file():
            raise UnreadableFile("not_a_regular_file")
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise UnreadableFile("file_too_large", megabytes=size / 1e6, most=LARGEST_FILE / 1e6)
        return path.read_bytes()
    except PermissionError as error:
        raise UnreadableFile("no_permission_to_read") from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise UnreadableFile("cannot_read", reason=str(error)) from error
