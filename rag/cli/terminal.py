"""What the commands write: results to standard output, everything else to standard error."""

import io
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from rag.errors import InputError
from rag.text.display import printable


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


def give_json_list(rows: Iterable[object]) -> None:
    """Writes rows for programs as one JSON list, each as soon as it is there; the same text as of `give_json`.

    Example: give_json_list(iter([1, 2])) writes "[\\n  1,\\n  2\\n]"
    """
    between = "["
    for row in rows:
        written = json.dumps(row, ensure_ascii=False, indent=2).replace("\n", "\n  ")  # texts have \\n for theirs
        give(f"{between}\n  {written}", end="")
        between = ","
    give("[]" if between == "[" else "\n]")


def say(message: str) -> None:
    """Tells the person something that is not the result."""
    sys.stderr.write(printable(message) + "\n")
    sys.stderr.flush()


def save(path: Path, content: str | bytes) -> None:
    """Writes a result to a file, whole or not at all.

    Raises InputError where the place cannot be written.
    """
    with saving(path) as file:
        file.write(content.encode() if isinstance(content, str) else content)


@contextmanager
def saving(path: Path) -> Iterator[BinaryIO]:
    """A file to write a result to, which stands in its place when it is whole.

    Raises InputError where the place cannot be written.
    """
    half = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with half.open("wb") as file:
            yield file
        half.replace(path)
    except BaseException as error:
        with suppress(OSError):
            half.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise InputError("cannot_write", path=path, reason=error.strerror or str(error)) from error
        raise
