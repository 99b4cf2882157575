"""One writer at a time: a lock file, released by the system when the holder dies, and a file that names the holder.

Two files, for on Windows nobody can read or write what is locked, not even the holder by a second handle.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep

from filelock import FileLock, Timeout

from rag.errors import LibraryBusy, LibraryError
from rag.settings import Settings

_TURN = 10.0  # seconds that a writer waits for one that gives way
_LOOK = 0.1  # seconds between two looks at who holds the lock
_GIVES_WAY = "(gives way)"
_PATIENCE = 120.0  # seconds that a writer waits for its turn where several processes share a Chroma server


def library_lock(settings: Settings, *, gives_way: bool = False) -> AbstractContextManager[None]:
    """The lock of a library's writers. A second one is turned away; with a Chroma server it waits for its turn.

    For one that `gives_way`, since it writes little at a time and pauses in between, everybody waits.
    """
    wait = _PATIENCE if settings.chroma_url else 0.0
    return write_lock(settings.lock_path, wait=wait, gives_way=gives_way)


@contextmanager
def write_lock(path: Path, *, wait: float = 0.0, gives_way: bool = False) -> Iterator[None]:
    """Holds the lock for the length of a `with`, waiting at most `wait` seconds for it.

    Raises LibraryBusy, naming the process that holds it.
    """
    lock = FileLock(path, timeout=wait)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _acquire(lock, path)
    except Timeout as error:
        raise _busy(path) from error
    except OSError as error:
        raise LibraryError("cannot_lock", path=path, reason=error.strerror or str(error)) from error
    try:
        with suppress(OSError):  # a holder without a name is still one
            _name_of(path).write_text(f"{os.getpid()} {_command()}{_GIVES_WAY if gives_way else ''}\n", "utf-8")
        yield
    finally:
        with suppress(OSError):
            _name_of(path).write_text("", encoding="utf-8")
        lock.release()


def _acquire(lock: FileLock, path: Path) -> None:
    """Raises Timeout where another holds the lock and does not give way."""
    until = monotonic() + _TURN
    while True:
        try:
            lock.acquire()
            return
        except Timeout:
            holder = _holder(path)
            if (holder and not holder.endswith(_GIVES_WAY)) or monotonic() > until:
                raise
            sleep(_LOOK)


def _name_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.holder")


def _holder(path: Path) -> str:
    """Who holds the lock, as it says itself: process and command; empty between two holders."""
    try:
        return _name_of(path).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError):
        return "?"


def _command() -> str:
    """Such as `zhenbao ingest`: no paths, which may say more than the other person should read."""
    return " ".join([Path(sys.argv[0]).name, *sys.argv[1:2]])[:80]


def _busy(path: Path) -> LibraryBusy:
    """Names the holder where the lock file says who it is."""
    pid, _, command = _holder(path).removesuffix(_GIVES_WAY).partition(" ")
    return (
        LibraryBusy("written_by_process", pid=pid, command=command)
        if pid.isdecimal()
        else LibraryBusy("written_by_another")
    )
