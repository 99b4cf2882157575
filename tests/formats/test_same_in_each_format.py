"""The same report in each format gives the same clean text, metadata and places."""

from pathlib import Path

import pytest

from rag.formats.archives import Document
from rag.formats.read import read, read_file
from rag.parsing.parse import ParsedReport, parse
from rag.types import SourceFile, Span
from tests.support.made_files import FORMATS
from tests.support.paths import SAMPLES

FILES = sorted(SAMPLES.glob("*.txt"))


def in_format(path: Path, name: str) -> SourceFile:
    return read(Document(f"{path.stem}.{name}", FORMATS[name](read_file(path).text)))


def words(parsed: ParsedReport) -> list[str]:
    """The clean lines without their spaces, which a page collapses and print does not keep."""
    return ["".join(line.split()) for line in parsed.report.text.split("\n")]


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.font] * (name == "pdf")) for name in FORMATS if name != "txt"]
)
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_report_is_the_same_in_each_format(path: Path, name: str) -> None:
    expected, parsed = parse(read_file(path)), parse(in_format(path, name))
    assert words(parsed) == words(expected)
    assert parsed.report.metadata == expected.report.metadata


@pytest.mark.parametrize("name", list(FORMATS))
def test_sentences_are_found_again_in_the_extracted_text(name: str) -> None:
    source = in_format(FILES[0], name)
    parsed = parse(source)
    for sentence in parsed.report.sentences:
        place = parsed.offsets.to_source(Span(sentence.start, sentence.end))
        assert "".join(source.text[place.start : place.end].split()) == "".join(
            parsed.report.text[sentence.start : sentence.end].split()
        )


@pytest.mark.parametrize("name", list(FORMATS))
def test_the_same_bytes_give_the_same_text(name: str) -> None:
    content = FORMATS[name](read_file(FILES[0]).text)
    assert read(Document(f"a.{name}", content)) == read(Document(f"a.{name}", content))
