"""A conversation: what was asked and answered, and how the next question goes."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

from rag.errors import ZhenbaoError
from rag.start import held_reports
from rag.types import Answer, Scope, Turn
from rag.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question with its answer; while it is pending, the answer holds the evidence only."""

    answer: Answer
    is_pending: bool = False
    message: str = ""  # what went wrong, for an answer of outcome `error`


def ask(
    workspace: Workspace,
    question: str,
    scope: Scope,
    earlier: Sequence[Exchange],
    turn_of_the_model: AbstractContextManager[object],
) -> Iterator[Exchange]:
    """First the exchange with its evidence, then with its answer; the model is used inside `turn_of_the_model` only."""
    asked = Answer(question, "error", None, "zh-Hans", "")
    try:
        held_reports(workspace)
        steps = workspace.answerer.stream(question, history=turns_of(earlier), scope=scope)
        exchange = Exchange(next(steps), is_pending=True)
        if exchange.answer.outcome == "evidence_only":  # anything else is final: nobody waits for the model
            yield exchange
            with turn_of_the_model:
                for answer in steps:
                    exchange = replace(exchange, answer=answer)
        yield replace(exchange, is_pending=False)
    except ZhenbaoError as error:
        yield Exchange(asked, message=str(error))


def turns_of(exchanges: Sequence[Exchange]) -> tuple[Turn, ...]:
    """The conversation so far, as the next question needs it; failed exchanges are left out."""
    turns: list[Turn] = []
    for exchange in exchanges:
        if exchange.answer.outcome != "error" and not exchange.is_pending:
            turns += [Turn("user", exchange.answer.question), Turn("assistant", exchange.answer.answer)]
    return tuple(turns)
