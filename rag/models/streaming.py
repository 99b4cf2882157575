"""Work that is listened to while it goes on, and stopped when nobody listens any more."""

import threading
from collections.abc import Callable, Generator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from queue import Empty, SimpleQueue
from typing import TypeVar

from pydantic import BaseModel

from rag.errors import Cancelled
from rag.models.conversation import ChatModel, ChatRequest, Choice, ChoiceRequest, Reply

Told = TypeVar("Told")
Result = TypeVar("Result")
T = TypeVar("T", bound=BaseModel)
PAUSE = 0.5  # seconds


def overhear(
    model: ChatModel, work: Callable[[ChatModel, Callable[[Told], None]], Result]
) -> Generator[Told | None, None, Result]:
    """Does `work(model, tell)` in a thread of its own, yields what it tells and returns its result.

    It yields None where there is no news for PAUSE seconds: a generator that waits cannot be closed. Closing it stops
    the model at its next word; what the work raises is raised here.
    """
    told: SimpleQueue[Told | Future[Result]] = SimpleQueue()
    stopped = threading.Event()
    worker = ThreadPoolExecutor(1, thread_name_prefix="zhenbao-answer")
    worker.submit(work, _Stoppable(model, stopped), told.put).add_done_callback(told.put)
    try:
        while True:
            try:
                said = told.get(timeout=PAUSE)
            except Empty:
                yield None
                continue
            if isinstance(said, Future):
                return said.result()
            yield said
    finally:
        stopped.set()
        worker.shutdown(wait=False)


class _Stoppable:
    """A chat model that raises Cancelled from the moment that nobody waits for it."""

    def __init__(self, behind: ChatModel, stopped: threading.Event) -> None:
        self._behind = behind
        self._stopped = stopped

    @property
    def name(self) -> str:
        return self._behind.name

    def complete(self, request: ChatRequest[T]) -> Reply[T]:
        """See ChatModel."""

        def listening(text: str) -> None:
            self._go_on()
            if request.hear is not None:
                request.hear(text)

        self._go_on()
        return self._behind.complete(replace(request, hear=listening))

    def choose(self, request: ChoiceRequest) -> Choice:
        """See ChatModel."""
        self._go_on()
        return self._behind.choose(request)

    def _go_on(self) -> None:
        if self._stopped.is_set():
            raise Cancelled("没有人等这个回答了。(nobody waits for this answer)")
