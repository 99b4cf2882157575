"""A batch of summaries that is killed goes on where it stopped."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from rag.library.library import Library
from rag.parsing.parse import parse
from rag.parsing.report import ReportSource
from rag.types import SourceFile
from tests.support.paths import ROOT

TOWNS = 50
NUMERALS = "甲乙丙丁戊己庚辛壬癸"
WORDY = "镇村两级主动上门推送各项惠企惠民政策，为9家小微企业争取信用贷款860万元"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A library of reports, each with one point that the model is asked to shorten."""
    library = Library.open(tmp_path / "library.sqlite3")
    for number in range(TOWNS):
        town = f"{NUMERALS[number // 10]}{NUMERALS[number % 10]}镇"
        filler = "全镇上下团结一心，深入贯彻上级精神，营造良好氛围。" * 12
        text = f"{town}2020年工作总结\n一、工作回顾\n{WORDY}。{filler}\n"
        file = SourceFile(f"{town}.txt", f"{number:064d}", "utf-8", text)
        parsed = parse(file)
        library.add(parsed.report, ReportSource(parsed.report.id, file, parsed.offsets, parsed.defects))
    library.close()
    return tmp_path


@contextmanager
def summarizing(home: Path, out: Path) -> Iterator["subprocess.Popen[bytes]"]:
    command = [sys.executable, "-m", "tests.support.summarizing_driver", str(home), str(out)]
    root = ROOT
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=root) as process:
        yield process


def test_a_killed_batch_goes_on_where_it_stopped(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with summarizing(home, out) as process:
        assert process.stdout is not None
        for _ in range(TOWNS // 2):
            assert process.stdout.readline()
        process.kill()
    finished = len(list(out.glob("*.md")))
    assert TOWNS // 2 - 1 <= finished < TOWNS

    with summarizing(home, out) as process:
        assert process.stdout is not None
        asked_again = process.stdout.read().decode().splitlines()
    assert process.returncode == 0
    assert len(list(out.glob("*.md"))) == TOWNS
    assert TOWNS - finished - 1 <= len(asked_again) <= TOWNS - finished
    assert not list(out.glob("*.part"))


def test_nothing_is_asked_again_of_a_finished_batch(home: Path, tmp_path: Path) -> None:
    for round_, out in enumerate((tmp_path / "one", tmp_path / "two")):
        with summarizing(home, out) as process:
            assert process.stdout is not None
            asked = process.stdout.read().decode().splitlines()
        assert len(asked) == (TOWNS if round_ == 0 else 0)
    assert [path.read_bytes() for path in sorted((tmp_path / "one").iterdir())] == [
        path.read_bytes() for path in sorted((tmp_path / "two").iterdir())
    ]
