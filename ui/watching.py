"""Long work, watched: what it tells comes out as it happens, and whoever no longer listens stops it."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from typing import TypeVar

T = TypeVar("T")
PAUSE = 0.1  # seconds between two looks: browsers stumble over more than about ten updates a second


class Stopped(Exception):
    """Raised inside the work at what it tells next, once nobody listens."""


async def watch(work: Callable[[Callable[[T], None]], None]) -> AsyncIterator[T]:
    """Runs `work(tell)` in a thread of its own and gives the last thing it told, as often as there is news: the same
    thing told again is none.

    Asynchronous, because only so can a wait be cut off: a thread cannot. `work` deals with its own errors.

    Example: `async for line in watch(lambda tell: [tell("one"), tell("two")])` gives "two", or "one" and then "two".
    """
    loop = asyncio.get_running_loop()
    told: asyncio.Queue[tuple[T] | None] = asyncio.Queue()  # None: the end
    stopped = threading.Event()

    def tell(item: T) -> None:
        if stopped.is_set():
            raise Stopped
        loop.call_soon_threadsafe(told.put_nowait, (item,))

    def run() -> None:
        try:
            work(tell)
        except Stopped:
            return
        finally:
            if not loop.is_closed():
                loop.call_soon_threadsafe(told.put_nowait, None)

    threading.Thread(target=run, daemon=True).start()
    try:
        is_over, last = False, None
        while not is_over:
            news = [await told.get()]
            while not told.empty():
                news.append(told.get_nowait())
            is_over = news[-1] is None
            items = [item[0] for item in news if item is not None]
            if items and items[-1] is not last:
                last = items[-1]
                yield last
                await asyncio.sleep(0 if is_over else PAUSE)
    finally:
        stopped.set()
