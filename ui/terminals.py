"""The running page answers the terminals of its data folder: `zhenbao ask` need not load what is loaded here.

One thread waits for them, each that comes has one of its own. All ask the same `Service` as the page, so that the
model answers one after the other.
"""

import logging
import secrets
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from rag import __version__
from rag.answering.answers import Answer
from rag.answering.rendering import answer_json, answer_text
from rag.cli.rendezvous import (
    LARGEST,
    LOST,
    Rendezvous,
    address_in,
    fingerprint,
    greet,
    is_gone,
    send,
)
from rag.errors import ZhenbaoError
from rag.errors.messages import both
from rag.library.results import Scope
from rag.service import Service, read_history
from rag.settings import Settings
from rag.types import JsonObject

_log = logging.getLogger(__name__)
_MOST = 16  # terminals at once; one more does its work itself
_ENDING = 2.0  # seconds that answers have to notice the end
_PAUSE = 0.1  # seconds before the next is let in, where letting in fails: that may last


class Request(BaseModel):
    """What a terminal asks."""

    model_config = ConfigDict(extra="forbid", strict=True)

    version: str
    settings: str
    """Their fingerprint."""
    question: str = Field(min_length=1)
    history: str | None
    towns: list[str]
    county: str | None
    years: list[int]

    @property
    def scope(self) -> Scope:
        return Scope(tuple(self.towns), self.county, tuple(self.years))


@contextmanager
def terminals_answered(service: Service) -> Iterator[None]:
    """Answers terminals inside the `with`; not where another `serve` of the folder does, or nothing can listen here."""
    with ExitStack() as stack:
        try:
            door = stack.enter_context(_listening(service.workspace.settings))
        except (OSError, NotImplementedError) as error:  # another holds the lock, or the disk has no locks
            _log.info("no terminals are answered (%s)", type(error).__name__)
        else:
            stack.enter_context(_Attending(service, *door))
        yield


@contextmanager
def _listening(settings: Settings) -> Iterator[tuple[Listener, Rendezvous]]:
    """Listens, and nobody else for this folder, and puts down where. What a killed `serve` left is taken over."""
    from filelock import FileLock

    path = settings.serve_path
    path.parent.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        stack.enter_context(FileLock(path.with_suffix(".lock"), timeout=0))
        listener, family = _listener(settings.home, stack)
        at = Rendezvous(family, str(listener.address), secrets.token_urlsafe(32))
        stack.callback(_remove, path)
        at.write(path)
        yield listener, at


def _remove(path: Path) -> None:
    with suppress(OSError):  # Windows removes no file that somebody reads: it is passed over as one left behind
        path.unlink(missing_ok=True)


def _listener(home: Path, stack: ExitStack) -> tuple[Listener, str]:
    """In the data folder, or where that cannot be (a long path, a disk without sockets) in a private one."""
    family, address = address_in(home) or ("AF_UNIX", "")
    listener: Listener | None = None
    if address:
        with suppress(OSError):
            listener = _bound(family, address)
    if listener is None:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="zhenbao-"))
        listener = _bound(family, f"{folder}/s")
    stack.callback(_close, listener)
    return listener, family


def _bound(family: str, address: str) -> Listener:
    if family == "AF_PIPE":
        return Listener(address, family, backlog=_MOST)
    path = Path(address)
    path.unlink(missing_ok=True)
    listener = Listener(address, family, backlog=_MOST)
    path.chmod(0o600)
    return listener


def _close(listener: Listener) -> None:
    with suppress(OSError):  # the socket's file is gone, say, with the data folder
        listener.close()


class _Attending:
    """Attends to the terminals that come, until the `with` is left."""

    def __init__(self, service: Service, listener: Listener, at: Rendezvous) -> None:
        self._service = service
        self._listener = listener
        self._at = at
        self._fingerprint = fingerprint(service.workspace.settings)
        self._ending = threading.Event()
        self._attended: set[threading.Thread] = set()
        self._admitting = threading.Thread(target=self._admit, name="terminals", daemon=True)

    def __enter__(self) -> None:
        self._admitting.start()

    def __exit__(self, *error: object) -> None:
        """Has those who wait do their work themselves."""
        self._ending.set()
        with suppress(*LOST):
            Client(self._at.address, self._at.family).close()  # nothing else ends an `accept`
        until = time.monotonic() + _ENDING
        for thread in (self._admitting, *self._attended):
            thread.join(max(0.0, until - time.monotonic()))

    def _admit(self) -> None:
        while not self._ending.is_set():
            try:
                connection = self._listener.accept()
            except (OSError, EOFError) as error:
                _log.info("a terminal left at the door (%s)", type(error).__name__)
                self._ending.wait(_PAUSE)
                continue
            self._attended = {each for each in self._attended if each.is_alive()}
            if self._ending.is_set() or len(self._attended) >= _MOST:
                connection.close()
                continue
            thread = threading.Thread(target=self._attend, args=(connection,), name="terminal", daemon=True)
            self._attended.add(thread)
            thread.start()

    def _attend(self, connection: Connection) -> None:
        """Whatever a terminal does: its own connection is lost, nothing else."""
        try:
            with connection:
                greet(connection, self._at.key_bytes, first=False)
                request = Request.model_validate_json(connection.recv_bytes(LARGEST))
                for said in self._replies(connection, request):
                    send(connection, said)
        except LOST as error:
            _log.info("a terminal is lost (%s)", type(error).__name__)
        except Exception as error:  # noqa: BLE001  the terminal does its work itself, and shows what goes wrong there
            _log.warning("the question of a terminal fails (%s)", type(error).__name__)

    def _replies(self, connection: Connection, request: Request) -> Iterator[JsonObject]:
        """How much evidence there is, and at last the answer, an error, or that the terminal is to do it itself."""
        if reason := self._reason_against(request):
            yield {"declined": reason}
            return
        try:
            self._service.workspace.library.require_reports()
            history = () if request.history is None else read_history(request.history)
            steps = self._service.stream(request.question, history=history, scope=request.scope)
            with closing(steps):  # stops the model
                answer: Answer | None = None
                for step in steps:
                    if is_gone(connection):
                        return
                    if self._ending.is_set():
                        yield {"declined": "ending"}
                        return
                    if answer is None:
                        yield {"found": len(step.evidence)}
                    answer = step
        except ZhenbaoError as error:
            yield {"error": both(error)}
            return
        if answer is not None:
            notices = [both(notice) for notice in answer.notices]
            yield {"row": answer_json(answer), "text": answer_text(answer), "notices": notices}

    def _reason_against(self, request: Request) -> str | None:
        if request.version != __version__:
            return "another version"
        if request.settings != self._fingerprint:
            return "other settings"
        if self._service.workspace.library.unread(1):
            return "reports to read again"  # which the terminal does first, and says so
        return None
