"""A chat model that says what a test tells it to."""

import json
from collections.abc import Mapping, Sequence
from typing import TypeVar

from pydantic import BaseModel

from rag.answering.rewording import Rewording
from rag.errors import ModelError
from rag.models.conversation import ChatRequest, Choice, ChoiceRequest, Reply, Tokens, Turn

T = TypeVar("T", bound=BaseModel)


class ScriptedModel:
    """Gives its replies in turn; an error among them is raised. Keeps what it was asked.

    Asked for a question in other words it says the same again, unless its next reply has one.
    """

    name = "scripted"
    leans = 0.6

    def __init__(self, *replies: Mapping[str, object] | ModelError) -> None:
        self._replies = list(replies)
        self.asked: list[list[Turn]] = []
        self.reworded: list[str] = []
        self.schemas: list[Mapping[str, object] | None] = []

    def complete(self, request: ChatRequest[T]) -> Reply[T]:
        if request.output is Rewording:
            self.reworded.append(request.turns[-1].content)
        if request.output is Rewording and not (self._replies and _is_question(self._replies[0])):
            return in_words(request, request.turns[-1].content)
        self.asked.append(list(request.turns))
        self.schemas.append(request.schema)
        reply = self._replies.pop(0)
        if isinstance(reply, ModelError):
            raise reply
        raw = json.dumps(reply, ensure_ascii=False)
        for end in range(1, len(raw) + 1):
            if request.hear:
                request.hear(raw[:end])
        return Reply(request.output.model_validate(reply), Tokens(100, 20), 0.5, raw)

    def choose(self, request: ChoiceRequest) -> Choice:
        """Leans to the first word as far as `leans` says."""
        self.asked.append(list(request.turns))
        others = len(request.words) - 1
        return Choice((self.leans, *[round(1 - self.leans, 3) / others] * others), Tokens(50, 1), 0.1)


def _is_question(reply: Mapping[str, object] | ModelError) -> bool:
    return not isinstance(reply, ModelError) and "question" in reply


def in_words(request: ChatRequest[T], question: str) -> Reply[T]:
    """The reply of a model that was asked for a question in other words."""
    raw = Rewording(question=question).model_dump_json()
    return Reply(request.output.model_validate_json(raw), Tokens(), 0.0, raw)


def claims(*texts: str, evidence: Sequence[int] = ()) -> dict[str, object]:
    """A draft in the model's own shape."""
    return {"claims": [{"text": text, "evidence": list(evidence)} for text in texts]}


class SpeakingModel:
    """Answers with what a test has it say to a last turn, else with the same sentence always, or the turn itself."""

    def __init__(self, sayings: Mapping[str, str], otherwise: str | None = None, name: str = "speaking") -> None:
        self._sayings = sayings
        self._otherwise = otherwise
        self.name = name
        self.asked: list[str] = []

    def complete(self, request: ChatRequest[T]) -> Reply[T]:
        asked = request.turns[-1].content
        self.asked.append(asked)
        said = {"text": self._sayings.get(asked, self._otherwise or asked)}
        return Reply(request.output.model_validate(said), Tokens(100, 20), 0.5, json.dumps(said, ensure_ascii=False))

    def choose(self, request: ChoiceRequest) -> Choice:
        raise AssertionError("a summary asks no such thing")
