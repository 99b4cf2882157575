"""Long work, watched from an asynchronous page."""

import asyncio
import threading
from collections.abc import Callable

import pytest

from ui.watching import watch


def count(tell: Callable[[int], None]) -> None:
    for number in range(1000):
        tell(number)


def test_the_last_word_always_comes_out() -> None:
    async def heard() -> list[int]:
        return [item async for item in watch(count)]

    items = asyncio.run(heard())
    assert items[-1] == 999 and items == sorted(items)


def test_work_that_tells_nothing_ends() -> None:
    def work(tell: Callable[[int], None]) -> None:
        return

    async def heard() -> list[int]:
        return [item async for item in watch(work)]

    assert asyncio.run(heard()) == []


def test_an_error_of_the_work_reaches_the_page() -> None:
    def work(tell: Callable[[int], None]) -> None:
        raise OSError("disk full")

    async def heard() -> list[int]:
        return [item async for item in watch(work)]

    with pytest.raises(OSError, match="disk full"):
        asyncio.run(heard())


def test_work_is_stopped_once_nobody_listens() -> None:
    told, left, ended = threading.Event(), threading.Event(), threading.Event()

    def work(tell: Callable[[str], None]) -> None:
        try:
            tell("first")
            told.set()
            left.wait(10)
            tell("second")
            raise AssertionError("went on")
        finally:
            ended.set()

    async def listen() -> None:
        watching = watch(work)
        assert await anext(watching) == "first"
        await watching.aclose()  # type: ignore[attr-defined]

    asyncio.run(listen())
    left.set()
    assert ended.wait(10)


def test_a_wait_can_be_cut_off() -> None:
    release = threading.Event()

    def work(tell: Callable[[int], None]) -> None:
        release.wait(10)

    async def listen() -> None:
        async for _ in watch(work):
            raise AssertionError("nothing was told")

    async def cut_off() -> bool:
        task = asyncio.create_task(listen())
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return task.cancelled()

    assert asyncio.run(cut_off())
    release.set()
