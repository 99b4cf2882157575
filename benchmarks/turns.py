"""Taking turns with other jobs on a machine that is shared."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def alone(lock: Path | None) -> Iterator[None]:
    """Waits until no other process holds the file's lock, and holds it; without a file nothing is waited for."""
    if lock is None:
        yield
        return
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
