"""The requests that questions lead to, taken down while recorded replies answer them: no model runs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from pydantic import BaseModel

from rag.models.conversation import ChatModel, ChatRequest, Choice, ChoiceRequest, Reply, Tokens, Turn
from rag.models.grammar import grammar_of
from rag.models.json_replies import wire_schema

T = TypeVar("T", bound=BaseModel)
_LIKELIHOODS = {"logprobs": True, "top_logprobs": 10}


@dataclass(frozen=True, slots=True)
class Request:
    """One request to the embedded model, and what it cost when it was recorded."""

    turns: tuple[Turn, ...]
    max_tokens: int
    form: Mapping[str, object]
    """What else goes into the request: a grammar for a draft, likelihoods for a judgement."""
    tokens: Tokens

    @property
    def is_draft(self) -> bool:
        return "grammar" in self.form

    @property
    def characters(self) -> int:
        """Length of what it says."""
        return sum(len(turn.content) for turn in self.turns)

    @property
    def body(self) -> dict[str, object]:
        """As the server takes it."""
        messages = [{"role": turn.role, "content": turn.content} for turn in self.turns]
        return {"messages": messages, "max_tokens": self.max_tokens, "temperature": 0, "seed": 0, **self.form}


class NotingModel:
    """A chat model that takes down what the one behind it is asked."""

    def __init__(self, behind: ChatModel) -> None:
        self._behind = behind
        self.requests: list[Request] = []

    @property
    def name(self) -> str:
        return self._behind.name

    def complete(self, request: ChatRequest[T]) -> Reply[T]:
        """See ChatModel."""
        reply = self._behind.complete(request)
        grammar = grammar_of(wire_schema(request.wanted_schema, keep_limits=True))
        self.requests.append(Request(tuple(request.turns), request.max_tokens, {"grammar": grammar}, reply.tokens))
        return reply

    def choose(self, request: ChoiceRequest) -> Choice:
        """See ChatModel."""
        choice = self._behind.choose(request)
        form = {**_LIKELIHOODS, "words": list(request.words)}
        self.requests.append(Request(tuple(request.turns), 1, form, choice.tokens))
        return choice

    def take(self) -> tuple[Request, ...]:
        """The requests since the last taking."""
        taken, self.requests = tuple(self.requests), []
        return taken
