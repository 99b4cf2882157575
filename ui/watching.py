"""Long work, watched from a page: browsers stumble over more than about ten updates a second."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import TypeVar

from rag.models.streaming import Background

T = TypeVar("T")
PAUSE = 0.1  # seconds between two looks


async def watch(work: Callable[[Callable[[T], None]], None]) -> AsyncIterator[T]:
    """Runs `work(tell)` in the background and gives the last thing it told, as often as there is news: the same thing
    told again is none.

    Asynchronous, because only so can a wait be cut off: a thread cannot. Once nobody listens, `tell` raises Stopped.

    Example: `async for line in watch(lambda tell: [tell("one"), tell("two")])` gives "two", or "one" and then "two".
    """
    with Background(work) as working:
        last: list[T] = []
        while not working.is_over:
            news = working.news(0)[-1:]
            if news and not (last and news[0] is last[0]):
                yield news[0]
                last = news
            if not working.is_over:
                await asyncio.sleep(PAUSE)
        working.result()
