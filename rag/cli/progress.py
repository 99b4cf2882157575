"""How far a command's work is, on standard error alone."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

from rag.cli.terminal import say

_STEP = 0.1  # of the whole, between two lines of a log

Write = Callable[[int, int, str], None]
"""Writes a line where that is news: how much is done of how much."""


class Show(Protocol):
    """Tells how far the work is, and what more there is to tell."""

    def __call__(self, done: int, total: int, more: str = "") -> None:
        """`done` of `total`, such as files or bytes."""


@contextmanager
def progress(label: str, unit: str = "", scale: float = 1) -> Iterator[Show]:
    """Counts up to a total: on a terminal in one line that renews itself, in a log in a line for every tenth.

    Numbers are shown in units of `scale`.
    """
    digits = 0 if scale == 1 else 1
    with _on_terminal(label) if sys.stderr.isatty() else _in_log() as write:

        def show(done: int, total: int, more: str = "") -> None:
            counts = f"{done / scale:.{digits}f}/{total / scale:.{digits}f}"
            write(done, total, f"{label} {counts}{unit}{more}")

        yield show


@contextmanager
def _on_terminal(label: str) -> Iterator[Write]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn())
    is_shared = sys.stdout.isatty()  # results go above the line, except those that go to a file
    with Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=is_shared) as bars:
        bar = bars.add_task(label, total=None)
        yield lambda done, total, line: bars.update(bar, completed=done, total=total, description=line)


@contextmanager
def _in_log() -> Iterator[Write]:
    last = -1.0

    def write(done: int, total: int, line: str) -> None:
        nonlocal last
        share = done / total if total else 1.0
        if share >= last + _STEP or share < last or (done == total and last < 1):
            last = share
            say(line)

    yield write
