"""What the commands write: results to standard output, everything else to standard error."""

import io
import json
import sys
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from rag.errors import InputError
from rag.text.display import printable

_STEP = 0.1  # of the whole, between two lines of a log


def prepare_streams() -> None:
    """Results are UTF-8 whatever the locale, line ends as they are; a character that cannot be written is escaped."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="")
    if isinstance(sys.stderr, io.TextIOWrapper):
        sys.stderr.reconfigure(errors="backslashreplace")


def give(text: str, *, end: str = "\n") -> None:
    """Writes a result, at once."""
    sys.stdout.write(text + end)
    sys.stdout.flush()


def give_json(value: object, *, indent: int | None = 2) -> None:
    """Writes a result for programs; with indent=None on one line."""
    give(json.dumps(value, ensure_ascii=False, indent=indent))


def say(message: str) -> None:
    """Tells the person something that is not the result."""
    sys.stderr.write(printable(message) + "\n")
    sys.stderr.flush()


def save(path: Path, content: str | bytes) -> None:
    """Writes a result to a file, whole or not at all.

    Raises InputError where the place cannot be written.
    """
    half = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        half.write_bytes(content.encode() if isinstance(content, str) else content)
        half.replace(path)
    except OSError as error:
        with suppress(OSError):
            half.unlink(missing_ok=True)
        raise InputError(f"无法写入 {path}：{error.strerror}。(cannot write this file)") from error


class ProgressLine:
    """Counts up to a total. On a terminal the line goes when the work is done."""

    def __init__(self, label: str, unit: str = "", scale: float = 1) -> None:
        self._label = label
        self._unit = unit
        self._scale = scale
        self._told = -1.0
        self._is_terminal = sys.stderr.isatty()

    def __enter__(self) -> "ProgressLine":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._is_terminal and self._told >= 0:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def show(self, done: int, total: int, more: str = "") -> None:
        """Tells how far the work is, where that is news, and what else there is to tell."""
        share = done / total if total else 1.0
        is_news = share >= self._told + (0.01 if self._is_terminal else _STEP) or (done == total and self._told < 1)
        if not is_news and share >= self._told:
            return
        self._told = share
        line = f"{self._label} {done / self._scale:.{self._digits}f}/{total / self._scale:.{self._digits}f}{self._unit}"
        line += more
        sys.stderr.write(f"\r\x1b[K{line}" if self._is_terminal else line + "\n")
        sys.stderr.flush()

    @property
    def _digits(self) -> int:
        return 0 if self._scale == 1 else 1
