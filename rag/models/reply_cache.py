"""Model replies by what was asked: at temperature 0 the same question to the same model has the same reply."""

from collections.abc import Sequence
from typing import TypeVar

from pydantic import BaseModel, ConfigDict

from rag.errors import BadReply
from rag.models.cache import Cache
from rag.models.conversation import ChatModel, ChatRequest, Choice, ChoiceRequest, Reply, Tokens, Turn
from rag.models.json_replies import read_reply

T = TypeVar("T", bound=BaseModel)
_KIND = "reply"
_CHOICE_KIND = "choice"


class _Kept(BaseModel):
    """A reply as it stands in the cache."""

    model_config = ConfigDict(extra="forbid")

    raw: str
    """The text the value was read from."""
    prompt: int
    """Prompt tokens it cost."""
    completion: int
    """Answer tokens it cost."""


class _KeptChoice(BaseModel):
    """A choice as it stands in the cache."""

    model_config = ConfigDict(extra="forbid")

    shares: tuple[float, ...]
    """In the order of the words."""
    prompt: int
    """Prompt tokens it cost."""
    completion: int
    """Answer tokens it cost."""


class CachedModel:
    """A chat model that does not ask the model behind it twice. `identity` tells one model and version from another."""

    def __init__(self, behind: ChatModel, cache: Cache, identity: str) -> None:
        self._behind = behind
        self._cache = cache
        self._identity = identity

    @property
    def identity(self) -> str:
        """Model and version."""
        return self._identity

    @property
    def name(self) -> str:
        return self._behind.name

    def complete(self, request: ChatRequest[T]) -> Reply[T]:
        """See ChatModel; a cached reply took no seconds, and its tokens are those it cost once."""
        key = request.key(self._identity)
        kept = self._cache.get(_KIND, key)
        if kept is not None:
            try:
                known = _Kept.model_validate_json(kept)
                value = read_reply(known.raw, request.output)
                return Reply(value, Tokens(known.prompt, known.completion), 0.0, known.raw)
            except (ValueError, BadReply):
                pass  # of another version of Zhenbao: asked anew
        reply = self._behind.complete(request)
        fresh = _Kept(raw=reply.raw, prompt=reply.tokens.prompt, completion=reply.tokens.completion)
        self._cache.put_many(_KIND, {key: fresh.model_dump_json().encode()})
        return reply

    def choose(self, request: ChoiceRequest) -> Choice:
        """See ChatModel; cached like replies."""
        key = request.key(self._identity)
        kept = self._cache.get(_CHOICE_KIND, key)
        if kept is not None:
            try:
                known = _KeptChoice.model_validate_json(kept)
                return Choice(known.shares, Tokens(known.prompt, known.completion), 0.0)
            except ValueError:
                pass  # of another version of Zhenbao: asked anew
        choice = self._behind.choose(request)
        fresh = _KeptChoice(shares=choice.shares, prompt=choice.tokens.prompt, completion=choice.tokens.completion)
        self._cache.put_many(_CHOICE_KIND, {key: fresh.model_dump_json().encode()})
        return choice

    def start(self, openings: Sequence[Sequence[Turn]] = ()) -> None:
        """Starts the model behind, where that is something to start; see `LocalModel.start`."""
        start = getattr(self._behind, "start", None)
        if start is not None:
            start(openings)

    def close(self) -> None:
        """Closes the model behind."""
        close = getattr(self._behind, "close", None)
        if close is not None:
            close()
