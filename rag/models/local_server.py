"""The embedded chat model: a server in a process of its own, for this machine only.

Its own process, because an engine inside ours would hold the interpreter while it loads, would take us along when it
aborts, and cannot be stopped in the middle of a reply. It ends with ours, however ours ends: it waits for the end of
its standard input, which the operating system closes for us.
"""

import atexit
import json
import os
import secrets
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from rag.errors import ModelMissing, ModelUnavailable
from rag.models.engine import Engine

_START_SECONDS = 900.0  # a large file from a slow disk, and its form for an engine is made of it
_STOP_SECONDS = 5.0
_REPLY_MARK = "zhenbao-local-model "


class LocalServer:
    """An OpenAI-compatible server for one GGUF file on 127.0.0.1, with a free port and a random key.

    >>> with LocalServer(path, threads=2) as server:      # doctest: +SKIP
    ...     client = OpenAI(base_url=server.base_url, api_key=server.api_key)

    Raises ModelMissing where there is no file, ModelUnavailable where it cannot be loaded.
    """

    program = "rag.models.llama_server"  # the module that runs in the other process

    def __init__(
        self, path: Path, *, engine: Engine | None = None, threads: int | None = None, context: int = 8192
    ) -> None:
        """Nothing starts yet. `engine` None is the installed llama.cpp, `threads` None leaves the number to the engine,
        and `context` counts tokens."""
        self._path = path.absolute()
        self._folder = engine.folder if engine else None
        if engine:
            self.program = engine.program
        self._threads = threads
        self._context = context
        self._process: subprocess.Popen[str] | None = None
        self.base_url = ""
        self.api_key = ""
        self.is_given_up = False

    @property
    def is_running(self) -> bool:
        """Whether the server answers, as far as its process tells."""
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int | None:
        """The process's number, while there is one."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Starts the server and waits until the model is loaded; does nothing where it runs already."""
        if self.is_running:
            return
        self.close()
        if not self._path.is_file():
            raise ModelMissing("model_file_gone", path=self._path)
        self.api_key = secrets.token_urlsafe(32)
        self._process = _spawn(self.program)
        atexit.register(self.close)
        try:
            reply = _converse(self._process, self._order())
        except BaseException:  # an interrupt as well: no process may stay behind
            self.close()
            raise
        if "address" not in reply:
            self.close()
            raise ModelUnavailable("model_cannot_be_loaded", path=self._path, reason=reply["error"])
        self.base_url = f"{reply['address']}/v1"

    def give_up(self) -> None:
        """Ends the process while another thread waits for it to load the model; that thread's `start` then fails."""
        self.is_given_up = True
        if self._process is not None:
            self._process.kill()

    def close(self) -> None:
        """Ends the server at once, also in the middle of a reply; may be called twice."""
        process, self._process = self._process, None
        if process is None:
            return
        atexit.unregister(self.close)
        with suppress(OSError):
            _pipe(process.stdin).close()
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        _pipe(process.stdout).close()

    def __enter__(self) -> "LocalServer":
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _order(self) -> dict[str, object]:
        return {
            "path": str(self._path),
            "folder": str(self._folder) if self._folder else None,
            "threads": self._threads,
            "context": self._context,
            "api_key": self.api_key,
        }


def _spawn(program: str) -> "subprocess.Popen[str]":
    root = str(Path(__file__).parents[2])
    inherited = os.environ.get("PYTHONPATH")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([root, *([inherited] if inherited else [])])}
    return subprocess.Popen(
        [sys.executable, "-m", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        text=True,
        encoding="utf-8",
        errors="replace",  # what libraries print beside the reply may be in a code page
    )


def _converse(process: "subprocess.Popen[str]", order: Mapping[str, object]) -> Mapping[str, str]:
    """Hands the order to the new process and waits for its one line of reply; the key never shows in a process list."""
    guard = threading.Timer(_START_SECONDS, process.kill)
    guard.daemon = True
    guard.start()
    try:
        with suppress(BrokenPipeError):  # it died already: the reading below tells
            _pipe(process.stdin).write(json.dumps(order) + "\n")
            _pipe(process.stdin).flush()
        for line in _pipe(process.stdout):
            if line.startswith(_REPLY_MARK):
                reply: dict[str, str] = json.loads(line.removeprefix(_REPLY_MARK))
                return reply
    finally:
        guard.cancel()
    return {"error": f"exit code {process.wait()}"}


def _pipe(stream: IO[str] | None) -> IO[str]:
    if stream is None:
        raise ModelUnavailable("model_process_without_pipe")
    return stream


Start = Callable[[Mapping[str, Any]], tuple[str, object]]
"""Loads the model of an order, and gives the address where it is served and what has to stay for that."""


def serve(start: Start) -> None:
    """The other process: serves a model, says where, and stays until its input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal reaches both; ours decides
    try:
        address, _kept = start(json.loads(sys.stdin.readline()))
        reply = {"address": address}
    except (ImportError, OSError, RuntimeError, ValueError) as error:
        reply = {"error": str(error) or type(error).__name__}
    sys.stdout.write(_REPLY_MARK + json.dumps(reply) + "\n")
    sys.stdout.flush()
    sys.stdin.read()
    os._exit(0)  # the server's own ending waits for replies in flight, for ever in the worst case
