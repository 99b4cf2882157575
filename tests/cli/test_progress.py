"""Progress on standard error: one line on a terminal, some lines in a log, nothing on standard output."""

import os
import subprocess
import sys

import pytest

from rag.cli.progress import progress
from tests.support.paths import ROOT

Said = pytest.CaptureFixture[str]

_COUNTING = """
from rag.cli.progress import progress
from rag.cli.terminal import give
with progress("[1/2] 石矶镇") as show:
    for done in range(5):
        show(done, 4)
    give("a result")
"""


def _on_a_terminal() -> tuple[str, str]:
    """What goes to standard output, a pipe, and to standard error, a terminal."""
    import pty

    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "80", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", _COUNTING]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=theirs, env=environment, check=True)
    os.close(theirs)
    written = os.read(ours, 1 << 16)
    os.close(ours)
    return done.stdout.decode(), written.decode()


def test_in_a_log_a_line_tells_every_tenth(capsys: Said) -> None:
    with progress("下载 model", " MB", scale=1e6) as show:
        for done in range(1001):
            show(done * 1_000_000, 1_000_000_000)
    said = capsys.readouterr()
    lines = said.err.splitlines()
    assert (lines[0], lines[-1]) == ("下载 model 0.0/1000.0 MB", "下载 model 1000.0/1000.0 MB")
    assert len(lines) == 11
    assert said.out == ""


def test_in_a_log_the_end_is_told_though_little_was_missing(capsys: Said) -> None:
    with progress("导入") as show:
        show(95, 100)
        show(100, 100, " · done")
    assert capsys.readouterr().err.splitlines() == ["导入 95/100", "导入 100/100 · done"]


def test_another_source_that_begins_anew_is_told(capsys: Said) -> None:
    with progress("下载") as show:
        show(50, 100)
        show(0, 100)
    assert capsys.readouterr().err.splitlines() == ["下载 50/100", "下载 0/100"]


def test_nothing_to_do_is_done(capsys: Said) -> None:
    with progress("导入") as show:
        show(0, 0)
    assert capsys.readouterr().err == "导入 0/0\n"


@pytest.mark.skipif(sys.platform != "linux", reason="a pseudo-terminal")
def test_on_a_terminal_one_line_renews_itself_and_goes_at_the_end() -> None:
    results, shown = _on_a_terminal()
    assert results == "a result\n"
    assert "[1/2] 石矶镇 4/4" in shown
    assert shown.endswith("\x1b[2K")
