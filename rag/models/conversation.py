"""What is asked of a chat model, and what comes back."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, Protocol, TypeVar

from pydantic import BaseModel

from rag.models.json_replies import Schema

T = TypeVar("T", bound=BaseModel)

Hear = Callable[[str], None]
"""Is given, again and again, all that the model has said so far; an error raised in it stops the model."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a model call cost."""

    prompt: int = 0
    completion: int = 0

    def __add__(self, other: "Tokens") -> "Tokens":
        return Tokens(self.prompt + other.prompt, self.completion + other.completion)


@dataclass(frozen=True, slots=True)
class Cost:
    """What asking a model took, over one call or several."""

    tokens: Tokens = Tokens()
    seconds: float = 0.0

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(self.tokens + other.tokens, self.seconds + other.seconds)


NOTHING_SPENT = Cost()


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a conversation."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class ChatRequest(Generic[T]):
    """A value of type `output` is asked for."""

    turns: Sequence[Turn]
    output: type[T]
    schema: Schema | None = None
    """Narrows the type's own schema for this one question, say, to the numbers that exist."""
    max_tokens: int = 600
    hear: Hear | None = None
    """Listens while the model speaks; only its first attempt is heard."""

    @property
    def wanted_schema(self) -> Schema:
        """The schema of this request, else that of the type."""
        return self.schema or self.output.model_json_schema()

    def key(self, identity: str) -> str:
        """A hash of all that decides the reply of the model and version called `identity`."""
        return _hash(identity, _contents(self.turns), self.output.__name__, self.wanted_schema, self.max_tokens)


@dataclass(frozen=True, slots=True)
class ChoiceRequest:
    """One of `words`, which differ in their first character, is asked for."""

    turns: Sequence[Turn]
    words: Sequence[str]

    def key(self, identity: str) -> str:
        """A hash of all that decides the choice of the model and version called `identity`."""
        return _hash(identity, _contents(self.turns), list(self.words))


@dataclass(frozen=True, slots=True)
class Reply(Generic[T]):
    """A checked value with what it cost; `raw` is the text it was read from."""

    value: T
    tokens: Tokens
    seconds: float
    raw: str

    @property
    def cost(self) -> Cost:
        """What it took."""
        return Cost(self.tokens, self.seconds)


@dataclass(frozen=True, slots=True)
class Choice:
    """How much of a model's belief each of the given words has, in their order: 0 to 1, to three digits."""

    shares: tuple[float, ...]
    tokens: Tokens
    seconds: float

    @property
    def cost(self) -> Cost:
        """What it took."""
        return Cost(self.tokens, self.seconds)


class ChatModel(Protocol):
    """What the answering side needs of a model."""

    @property
    def name(self) -> str:
        """As shown to people and written into results."""

    def complete(self, request: ChatRequest[T]) -> Reply[T]:
        """A value of the type asked for.

        Raises ModelMissing, ModelUnavailable or BadReply.
        """

    def choose(self, request: ChoiceRequest) -> Choice:
        """What the model would say first.

        Where the endpoint gives no probabilities, the word it says has all. Raises as `complete` does.
        """


def _contents(turns: Sequence[Turn]) -> list[list[str]]:
    return [[turn.role, turn.content] for turn in turns]


def _hash(*parts: object) -> str:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
