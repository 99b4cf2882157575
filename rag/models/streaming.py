"""Work in the background: what it tells comes out as it happens, and it is stopped when nobody listens any more."""

import threading
from collections.abc import Callable, Generator
from concurrent.futures import Future
from dataclasses import replace
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Generic, TypeVar

from pydantic import BaseModel

from rag.models.conversation import ChatModel, ChatRequest, Choice, ChoiceRequest, Reply

Told = TypeVar("Told")
Result = TypeVar("Result")
T = TypeVar("T", bound=BaseModel)
PAUSE = 0.5  # seconds


class Stopped(Exception):
    """Raised inside the work once nobody listens. No ZhenbaoError: whoever handles those must not go on."""


class Background(Generic[Told, Result]):
    """`work(tell)` in a thread of its own, which leaving the `with` stops at what it tells next.

    with Background(work) as working:
        while not working.is_over:
            for item in working.news(0.5):
                ...
        return working.result()
    """

    def __init__(self, work: Callable[[Callable[[Told], None]], Result]) -> None:
        self._work = work
        self._told: SimpleQueue[Told | Future[Result]] = SimpleQueue()
        self._stopped = threading.Event()
        self._ended: Future[Result] | None = None

    @property
    def is_over(self) -> bool:
        """Whether the work has ended and all that it told was heard."""
        return self._ended is not None

    def news(self, timeout: float) -> list[Told]:
        """What was told since the last look, in order; waits for something to be told, at most so many seconds."""
        try:
            items = [self._told.get(timeout > 0, timeout)]
        except Empty:
            return []
        while not self._told.empty():
            items.append(self._told.get())
        self._ended = next((item for item in items if isinstance(item, Future)), None)
        return [item for item in items if not isinstance(item, Future)]

    def result(self) -> Result:
        """What the work returned, once it is over; what it raised is raised here."""
        if self._ended is None:
            raise RuntimeError("the work is not over")
        return self._ended.result()

    def tell(self, item: Told) -> None:
        """Called by the work."""
        self.go_on()
        self._told.put(item)

    def go_on(self) -> None:
        """Raises Stopped where nobody listens any more."""
        if self._stopped.is_set():
            raise Stopped

    def __enter__(self) -> "Background[Told, Result]":
        threading.Thread(target=self._run, name="zhenbao-work", daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._stopped.set()

    def _run(self) -> None:
        ended: Future[Result] = Future()
        try:
            ended.set_result(self._work(self.tell))
        except BaseException as error:  # noqa: BLE001  raised to the listener
            ended.set_exception(error)
        self._told.put(ended)


def overhear(
    model: ChatModel, work: Callable[[ChatModel, Callable[[Told], None]], Result]
) -> Generator[Told | None, None, Result]:
    """Does `work(model, tell)` in the background, yields what it tells and returns its result.

    It yields None where there is no news for PAUSE seconds: a generator that waits cannot be closed. Closing it stops
    the model at its next word; what the work raises is raised here.
    """
    working: Background[Told, Result] = Background(lambda tell: work(_Stoppable(model, working.go_on), tell))
    with working:
        while not working.is_over:
            news = working.news(PAUSE)
            yield from news
            if not news and not working.is_over:
                yield None
        return working.result()


class _Stoppable:
    """A chat model that is asked to go on before every question and at every word."""

    def __init__(self, behind: ChatModel, go_on: Callable[[], None]) -> None:
        self._behind = behind
        self._go_on = go_on

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
