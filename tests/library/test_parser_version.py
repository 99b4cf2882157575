"""The fingerprint of what turns a text into a report."""

import shutil
from pathlib import Path

import pytest

import rag
from rag.library.parser_version import fingerprint, pipeline_version

HOUSE = Path(rag.__file__).parent


@pytest.fixture
def house(tmp_path: Path) -> Path:
    return Path(shutil.copytree(HOUSE, tmp_path / "rag", ignore=shutil.ignore_patterns("__pycache__")))


def test_it_is_of_this_code(house: Path) -> None:
    assert fingerprint(house) == pipeline_version()


@pytest.mark.parametrize(
    "file",
    [
        "parsing/cleaning.py",
        "parsing/defects/sums.py",
        "text/normalization.py",
        "text/everyday.txt",
        "library/tokens.py",
        "library/passages.py",
    ],
)
def test_another_code_or_word_list_of_one_step_is_another_fingerprint(house: Path, file: str) -> None:
    before = fingerprint(house)
    (house / file).write_bytes((house / file).read_bytes() + b"\n")
    assert fingerprint(house) != before


def test_another_code_elsewhere_is_not(house: Path) -> None:
    before = fingerprint(house)
    (house / "answering.py").write_bytes(b"")
    assert fingerprint(house) == before
