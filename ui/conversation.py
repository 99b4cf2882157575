"""A conversation: what was asked and answered, and how the next question goes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rag.answering.answers import Answer
from rag.errors import ZhenbaoError
from rag.library.results import Scope
from rag.models.conversation import Turn
from rag.service import Service
from rag.types import Notice

State = Literal["pending", "stopped", "final"]
EVERYWHERE = Scope()


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question with its answer as far as it is known."""

    answer: Answer
    state: State = "final"
    problem: Notice | None = None  # what went wrong, for an answer of outcome `error`
    scope: Scope = EVERYWHERE  # as the filters stood
    verdict: str = ""  # what the person thought of it, `up` or `down`


def ask(service: Service, question: str, scope: Scope, earlier: Sequence[Exchange]) -> Iterator[Exchange]:
    """First the exchange with its evidence, then with its answer as it grows; the last is final."""
    exchange = Exchange(Answer(question, "error", None, "zh-Hans", ""), "pending", scope=scope)
    try:
        for answer in service.stream(question, history=turns_of(earlier), scope=scope):
            if answer is not exchange.answer:
                exchange = replace(exchange, answer=answer)
            yield exchange  # also without news: only who hears something can stop
    except ZhenbaoError as error:
        exchange = replace(exchange, answer=replace(exchange.answer, outcome="error"), problem=error.notice)
    yield replace(exchange, state="final")


def stopped(exchanges: Sequence[Exchange]) -> list[Exchange]:
    """The conversation after the person stopped an answer: what was shown of it stays."""
    return [replace(each, state="stopped") if each.state == "pending" else each for each in exchanges]


def turns_of(exchanges: Sequence[Exchange]) -> tuple[Turn, ...]:
    """The conversation so far, as the next question needs it; failed and unfinished exchanges are left out."""
    turns: list[Turn] = []
    for exchange in exchanges:
        if exchange.answer.outcome != "error" and exchange.state == "final":
            turns += [Turn("user", exchange.answer.question), Turn("assistant", exchange.answer.answer)]
    return tuple(turns)
