"""Work in processes of their own, as many as there are processors.

A process that dies or works too long takes its own piece of work with it and no other; the next piece gets a new
process. Where there is little to do nothing is started, since that takes a process longer than reading a report.
The processes end by themselves when the one that started them is gone. Work and results are pickled.
"""

import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, TypeVar

T = TypeVar("T")
FEWEST = 8
"""Pieces of work for which processes are started."""

_SECONDS = 600.0  # for one piece: a scanned report of a hundred pages takes some minutes
_LOOK = 0.5  # seconds of one wait for a result: Windows hears Ctrl-C between two waits alone
_ROOT = Path(__file__).parents[2]
_LOOP = "from rag.library.reading_pool import serve; serve()"


class ProcessDied(Exception):
    """The process of a piece of work is gone without a result."""

    def __init__(self, *, is_late: bool) -> None:
        super().__init__(is_late)
        self.is_late = is_late


@dataclass(slots=True)
class Work(Generic[T]):
    """A piece of work that was handed in."""

    do: Callable[[], T]
    task: tuple[Callable[..., T], tuple[Any, ...]]
    future: "Future[T] | None" = None  # None as long as no process has it

    def is_ready(self, seconds: float) -> bool:
        """Whether the result is there, or comes within some seconds."""
        return self.future is not None and bool(wait([self.future], timeout=max(0.0, seconds)).done)


class ReadingPool:
    """Takes work in, and gives results when asked. For one thread; closed after a `with`."""

    def __init__(self, processes: int | None = None, *, fewest: int = FEWEST, seconds: float = _SECONDS) -> None:
        self.processes = os.cpu_count() or 1 if processes is None else processes
        self._fewest = fewest
        self._seconds = seconds
        self._waiting: list[Work[Any]] = []
        self._threads: ThreadPoolExecutor | None = None
        self._idle: list[_Process] = []
        self._running: set[_Process] = set()

    def __enter__(self) -> "ReadingPool":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def begin(self, function: Callable[..., T], *arguments: Any) -> Work[T]:
        """Hands work in: a function of a module, so that another process finds it."""
        work = Work(lambda: function(*arguments), (function, arguments))
        self._waiting.append(work)
        if self._threads is not None or (self.processes and len(self._waiting) >= self._fewest):
            self._threads = self._threads or ThreadPoolExecutor(self.processes)
            for each in self._waiting:
                each.future = self._threads.submit(self._run, pickle.dumps(each.task))
            self._waiting.clear()
        return work

    def result(self, work: Work[T]) -> T:
        """What came of it; does it here where no process has it. Raises ProcessDied."""
        if work.future is None:
            self._waiting.remove(work)
            return work.do()
        try:
            while not work.is_ready(_LOOK):
                pass
            return work.future.result()
        except OSError:  # where no process may be started
            return work.do()

    def close(self) -> None:
        """Ends the processes, whatever they are at."""
        if self._threads is not None:
            self._threads.shutdown(wait=False, cancel_futures=True)
            for process in [*self._running, *self._idle]:
                process.end()
            self._threads.shutdown()
            self._threads = None

    def _run(self, task: bytes) -> Any:
        try:
            process = self._idle.pop()
        except IndexError:
            process = _Process()
        self._running.add(process)
        try:
            result = process.work(task, self._seconds)
        except BaseException:
            process.end()
            raise
        finally:
            self._running.discard(process)
        self._idle.append(process)
        return result


class _Process:
    """A process that does one piece of work after the other."""

    def __init__(self) -> None:
        path = os.pathsep.join(part for part in (str(_ROOT), os.environ.get("PYTHONPATH")) if part)
        command = [sys.executable, "-c", _LOOP]
        self._process = subprocess.Popen(
            command, env={**os.environ, "PYTHONPATH": path}, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def work(self, task: bytes, seconds: float) -> Any:
        is_late = threading.Event()

        def give_up() -> None:
            is_late.set()
            self._process.kill()

        timer = threading.Timer(seconds, give_up)
        timer.daemon = True
        timer.start()
        assert self._process.stdin is not None and self._process.stdout is not None
        try:
            self._process.stdin.write(task)
            self._process.stdin.flush()
            return pickle.load(self._process.stdout)
        except (OSError, EOFError, pickle.UnpicklingError, ValueError) as error:
            raise ProcessDied(is_late=is_late.is_set()) from error
        finally:
            timer.cancel()

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            with suppress(OSError):  # what was left to be written finds nobody
                if stream is not None:
                    stream.close()


def serve() -> None:
    """The loop of such a process: work on standard input, results on what was standard output, until nobody asks."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that began this one
    tasks, results = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what libraries print must not come between results
    with suppress(EOFError, BrokenPipeError):
        while True:
            function, arguments = pickle.load(tasks)
            results.write(pickle.dumps(function(*arguments)))
            results.flush()
    os._exit(0)  # without a word about what nobody reads any more
