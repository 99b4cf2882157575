"""Work in a thread of its own: what it tells, what it returns and raises, and that it stops when nobody listens."""

import threading
from collections.abc import Callable

import pytest

from rag.answering.drafting import Draft
from rag.errors import ModelUnavailable
from rag.models.conversation import ChatModel, ChatRequest, ChoiceRequest, Turn
from rag.models.streaming import Background, Stopped, overhear
from tests.support.made_errors import offline
from tests.support.scripted_model import ScriptedModel, claims

TURNS = [Turn("user", "多少？")]


def test_what_is_told_comes_in_order_and_then_the_result() -> None:
    def work(model: ChatModel, tell: Callable[[int], None]) -> str:
        tell(1)
        tell(2)
        return model.name

    working = overhear(ScriptedModel(), work)
    assert [next(working), next(working)] == [1, 2]
    with pytest.raises(StopIteration) as ended:
        next(working)
    assert ended.value.value == "scripted"


def test_without_news_it_can_be_closed_all_the_same() -> None:
    goes_on = threading.Event()

    def work(model: ChatModel, tell: Callable[[int], None]) -> None:
        goes_on.wait()

    working = overhear(ScriptedModel(), work)
    assert next(working) is None
    working.close()
    goes_on.set()


def test_what_the_work_raises_is_raised_to_the_listener() -> None:
    def work(model: ChatModel, tell: Callable[[int], None]) -> None:
        model.complete(ChatRequest(TURNS, Draft))

    with pytest.raises(ModelUnavailable, match="cannot_connect"):
        next(overhear(ScriptedModel(offline()), work))


def test_closing_stops_the_model_at_its_next_word() -> None:
    heard: list[str] = []
    goes_on, ended = threading.Event(), threading.Event()
    raised: list[Exception] = []

    def work(model: ChatModel, tell: Callable[[str], None]) -> None:
        def hear(text: str) -> None:
            heard.append(text)
            tell(text)
            goes_on.wait()

        try:
            model.complete(ChatRequest(TURNS, Draft, hear=hear))
        except Stopped as error:
            raised.append(error)
        ended.set()

    working = overhear(ScriptedModel(claims("一句", "二句")), work)
    assert next(working) == "{"
    working.close()
    goes_on.set()
    assert ended.wait(10)
    assert heard == ["{"]
    assert len(raised) == 1


def test_after_closing_the_model_is_asked_nothing_more() -> None:
    model = ScriptedModel(claims("一句"))
    goes_on, ended = threading.Event(), threading.Event()

    def work(heard: ChatModel, tell: Callable[[int], None]) -> None:
        tell(1)
        goes_on.wait()
        for ask in (
            lambda: heard.choose(ChoiceRequest(TURNS, ("能", "不能"))),
            lambda: heard.complete(ChatRequest(TURNS, Draft)),
        ):
            with pytest.raises(Stopped):
                ask()
        ended.set()

    working = overhear(model, work)
    next(working)
    working.close()
    goes_on.set()
    assert ended.wait(10)
    assert model.asked == []


def test_what_was_told_before_the_end_is_heard_before_it() -> None:
    def work(tell: Callable[[int], None]) -> str:
        for number in range(100):
            tell(number)
        return "done"

    heard: list[int] = []
    with Background(work) as working:
        while not working.is_over:
            heard += working.news(1)
        assert (heard, working.result()) == (list(range(100)), "done")


def test_looking_without_waiting_gives_nothing_where_there_is_no_news() -> None:
    goes_on = threading.Event()

    def work(tell: Callable[[int], None]) -> None:
        goes_on.wait(10)

    with Background(work) as working:
        assert working.news(0) == []
        with pytest.raises(RuntimeError):
            working.result()
        goes_on.set()


def test_telling_stops_the_work_once_nobody_listens() -> None:
    left, ended = threading.Event(), threading.Event()
    raised: list[Exception] = []

    def work(tell: Callable[[int], None]) -> None:
        left.wait(10)
        try:
            tell(1)
        except Stopped as error:
            raised.append(error)
        ended.set()

    with Background(work):
        pass
    left.set()
    assert ended.wait(10)
    assert len(raised) == 1
