"""Readers of PDF side by side, on made files with known right text:

    python -m benchmarks.pdf_readers [NAME ...] [--faults]

A file counts as right where its sentences are whole and in order, each row of its tables stands together with its
cells apart, running heads and what nobody sees are left out, and what cannot be read is refused or warned of. Readers
that are not installed are left out. `--faults` names the files that went wrong.
"""

import argparse
import io
import re
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rag.errors import UnreadableFile
from rag.formats.pdf import read_pdf
from tests.support.made_pages import PARAGRAPHS, MadePages, body, drawn, made

_PAGES = 100


@dataclass(frozen=True, slots=True)
class _Read:
    text: str
    is_warned: bool = False


def _zhenbao(content: bytes) -> _Read:
    try:
        extract = read_pdf(content)
    except UnreadableFile:
        return _Read("", is_warned=True)
    return _Read(extract.text, bool(extract.notes) or "\ufffd" in extract.text)


def _pypdfium2(content: bytes) -> _Read:
    import pypdfium2

    return _Read("\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content)))


def _pdfplumber(content: bytes) -> _Read:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(content)) as document:
        text = []
        for page in document.pages:
            text.append(page.extract_text() or "")
            text += ["\t".join(cell or "" for cell in row) for table in page.extract_tables() for row in table]
    return _Read("\n".join(text))


def _pdfminer(content: bytes) -> _Read:
    from pdfminer.high_level import extract_text

    return _Read(extract_text(io.BytesIO(content)))


def _pypdf(content: bytes) -> _Read:
    from pypdf import PdfReader

    return _Read("\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))


def _pypdf_layout(content: bytes) -> _Read:
    from pypdf import PdfReader

    return _Read(
        "\n".join(page.extract_text(extraction_mode="layout") for page in PdfReader(io.BytesIO(content)).pages)
    )


def _docling_parse(content: bytes) -> _Read:
    from docling_core.types.doc.page import TextCellUnit
    from docling_parse.pdf_parser import DoclingPdfParser

    document = DoclingPdfParser(loglevel="fatal").load(io.BytesIO(content))
    return _Read(
        "\n".join(cell.text for _, page in document.iterate_pages() for cell in page.iterate_cells(TextCellUnit.LINE))
    )


def _pdf_oxide(content: bytes) -> _Read:
    from pdf_oxide import PdfDocument

    document = PdfDocument.from_bytes(content)
    return _Read("\n".join(document.to_markdown(number) for number in range(document.page_count())))


READERS: Mapping[str, Callable[[bytes], _Read]] = {
    "zhenbao": _zhenbao,
    "pypdfium2": _pypdfium2,
    "pdfplumber": _pdfplumber,
    "pdfminer": _pdfminer,
    "pypdf": _pypdf,
    "pypdf-layout": _pypdf_layout,
    "docling-parse": _docling_parse,
    "pdf_oxide": _pdf_oxide,
}


def faults(read: _Read, wanted: MadePages) -> list[str]:
    """What is wrong with what a reader gave."""
    squeezed = re.sub(r"\s", "", read.text)
    if wanted.is_unreadable and (read.is_warned or not wanted.whole):
        return [] if read.is_warned else ["taken in without a word"]
    found = [f"not whole: {text}" for text in wanted.whole if text not in squeezed]
    places = [squeezed.find(text) for text in wanted.whole]
    if not found and places != sorted(places):
        found.append("not in order")
    lines = read.text.splitlines()
    found += [f"no such row: {row}" for row in wanted.rows if not any(_has_row(line, row) for line in lines)]
    found += [f"not left out: {text}" for text in wanted.absent if text in squeezed]
    return found


def _has_row(line: str, row: Sequence[str]) -> bool:
    """Whether a line holds the cells of a row; figures and units may stand together, two figures may not."""
    if len(row) == 1:
        return row[0] in (re.sub(r"\s", "", part) for part in (line, *re.split(r"\t|\s{2,}|\|", line)))
    return all(
        re.search(rf"(?<!\d){re.escape(cell)}(?!\d)" if cell.isdecimal() else re.escape(cell), line) for cell in row
    )


def _measured(name: str, read: Callable[[bytes], _Read], files: Sequence[MadePages], show: bool) -> str:
    wrong = []
    for each in files:
        try:
            found = faults(read(each.content), each)
        except Exception as error:  # noqa: BLE001 whatever another reader raises
            found = [f"{type(error).__name__}: {error}"]
        if found:
            wrong.append((each.name, found))
    content = drawn(*[body(*PARAGRAPHS)] * _PAGES)
    start = time.perf_counter()
    read(content)
    milliseconds = (time.perf_counter() - start) * 1000 / _PAGES
    if show:
        sys.stdout.writelines(f"    {name}: {what}: {'; '.join(found)[:200]}\n" for what, found in wrong)
    return f"| {name} | {len(files) - len(wrong)} of {len(files)} | {milliseconds:.1f} |\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", choices=[*READERS, []])
    parser.add_argument("--faults", action="store_true")
    options = parser.parse_args()
    files = list(made())
    for name in options.names or READERS:
        try:
            sys.stdout.write(_measured(name, READERS[name], files, options.faults))
        except ImportError:
            sys.stdout.write(f"| {name} | not installed | |\n")


if __name__ == "__main__":
    main()
