"""One writer at a time: a lock file that names its holder, released by the system when the holder dies."""

import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from rag.errors import LibraryBusy, LibraryError
from rag.settings import Settings

_PATIENCE = 120.0  # seconds that a writer waits for its turn where several processes share a Chroma server


def library_lock(settings: Settings) -> AbstractContextManager[None]:
    """The lock of a library's writers. A second one is turned away; with a Chroma server it waits for its turn."""
    return write_lock(settings.lock_path, wait=_PATIENCE if settings.chroma_url else 0.0)


@contextmanager
def write_lock(path: Path, *, wait: float = 0.0) -> Iterator[None]:
    """Holds the lock for the length of a `with`, waiting at most `wait` seconds for it.

    Raises LibraryBusy, naming the process that holds it.
    """
    lock = FileLock(path, timeout=wait)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise _busy(path) from error
    except OSError as error:
        raise LibraryError("cannot_lock", path=path, reason=error.strerror or str(error)) from error
    try:
        path.write_text(f"{os.getpid()} {_command()}\n", encoding="utf-8")
        yield
    finally:
        with suppress(OSError):
            path.write_text("", encoding="utf-8")
        lock.release()


def _command() -> str:
    """Such as `zhenbao ingest`: no paths, which may say more than the other person should read."""
    return " ".join([Path(sys.argv[0]).name, *sys.argv[1:2]])[:80]


def _busy(path: Path) -> LibraryBusy:
    """Names the holder where the lock file says who it is."""
    try:
        pid, _, command = path.read_text(encoding="utf-8").strip().partition(" ")
    except (OSError, UnicodeDecodeError):
        pid, command = "", ""
    return LibraryBusy("written_by_process", pid=pid, command=command) if pid else LibraryBusy("written_by_another")
