"""Progress on standard error: one line that renews itself on a terminal, a line now and then elsewhere."""

import sys
from types import TracebackType

_STEP = 0.1  # of the whole, between two lines of a log


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
