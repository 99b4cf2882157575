"""One request to an OpenAI-compatible chat endpoint: what it said, or one of our errors."""

import logging
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from rag.errors import BadReply
from rag.models.access import Access, host_of
from rag.models.conversation import Hear, Tokens, Turn
from rag.text.prompt_injection import broken_up

if TYPE_CHECKING:
    import openai

_log = logging.getLogger(__name__)
_OPTIONAL = ("temperature", "seed", "logprobs", "top_logprobs", "stream_options")  # some models turn these down
_STREAMED: Mapping[str, object] = {"stream": True, "stream_options": {"include_usage": True}}


@dataclass(frozen=True, slots=True)
class Said:
    """What a model said, and whether it was cut off at the token limit."""

    text: str
    is_cut: bool
    tokens: Tokens
    first: Mapping[str, float] = field(default_factory=dict)
    """Probabilities of what it might have said first, by token; empty where they were not asked for or not given."""


class Endpoint:
    """A chat endpoint and the model to use there."""

    def __init__(self, access: Access) -> None:
        self.access = access
        self._left_out: set[str] = set()

    def say(
        self, turns: Sequence[Turn], *, max_tokens: int, form: Mapping[str, object], hear: Hear | None = None
    ) -> Said:
        """The model's next turn, at temperature 0; `form` joins the request, such as a response_format.

        `hear` is given what has been said so far while the model speaks; an error it raises stops the model.

        Raises ModelUnavailable (RequestRefused where the request's form is the trouble) or BadReply.
        """
        from rag.models.endpoint_errors import CLIENT_ERRORS, as_model_error

        request = self._request(turns, max_tokens, {**form, **(_STREAMED if hear else {})})
        while True:
            sent = self._fitting(request)
            try:
                return self._said(sent, hear)
            except (*CLIENT_ERRORS, ValueError) as error:  # ValueError: no JSON, or a key that is not ASCII
                if not self._leaves_out(error, sent):
                    raise as_model_error(error, self.access) from error

    def close(self) -> None:
        """Lets go of open connections; the next use opens them again."""
        client = self.__dict__.pop("_client", None)
        if client is not None:
            client.close()

    @cached_property
    def _client(self) -> "openai.OpenAI":
        from rag.models.client import make_client

        return make_client(self.access)

    def _said(self, request: Mapping[str, object], hear: Hear | None) -> Said:
        create = cast(Any, self._client.chat.completions).create
        if hear is None:
            return self._read(create(**request))
        with create(**request) as chunks:  # leaving it ends the reply at the server
            return self._heard(chunks, hear)

    def _read(self, completion: Any) -> Said:
        """What was said. Endpoints differ in what they leave out, so nothing is taken for granted."""
        choices = getattr(completion, "choices", None) or [None]
        message = getattr(choices[0], "message", None)
        if message is None:
            raise self._nothing()
        finish = getattr(choices[0], "finish_reason", None)
        if finish == "content_filter" or getattr(message, "refusal", None):
            raise self._declined()
        tokens = _tokens(getattr(completion, "usage", None))
        return Said(getattr(message, "content", None) or "", finish == "length", tokens, _first_tokens(choices[0]))

    def _heard(self, chunks: Iterable[Any], hear: Callable[[str], None]) -> Said:
        """What was said, put together from the pieces of a streamed reply."""
        text, finish, tokens, is_said = "", None, Tokens(), False
        for chunk in chunks:
            usage = getattr(chunk, "usage", None)
            tokens = _tokens(usage) if usage else tokens
            for choice in chunk.choices[:1]:
                is_said, finish = True, choice.finish_reason or finish
                if finish == "content_filter" or getattr(choice.delta, "refusal", None):
                    raise self._declined()
                if choice.delta.content:
                    text += choice.delta.content
                    hear(text)
        if not is_said:
            raise self._nothing()
        return Said(text, finish == "length", tokens)

    def _nothing(self) -> BadReply:
        return BadReply("reply_without_content", service=self.access.label)

    def _declined(self) -> BadReply:
        return BadReply("endpoint_declined", service=self.access.label)

    def _request(self, turns: Sequence[Turn], max_tokens: int, form: Mapping[str, object]) -> dict[str, object]:
        return {
            "model": self.access.model,
            "messages": [{"role": turn.role, "content": _content(turn)} for turn in turns],
            "max_tokens": max_tokens,
            "temperature": 0,
            "seed": 0,
            **form,
        }

    def _fitting(self, request: Mapping[str, object]) -> dict[str, object]:
        """The request without what this endpoint has turned down before."""
        fitting = {name: value for name, value in request.items() if name not in self._left_out}
        if "max_tokens" in self._left_out:
            fitting["max_completion_tokens"] = request["max_tokens"]
        return fitting

    def _leaves_out(self, error: Exception, sent: Mapping[str, object]) -> bool:
        """Notes a parameter this endpoint does not know; whether it is worth asking again without."""
        name = getattr(error, "param", None)
        is_refusal = getattr(error, "status_code", None) == 400
        if not is_refusal or name not in ("max_tokens", *_OPTIONAL) or name not in sent:
            return False
        self._left_out.add(name)
        _log.info("%s takes no %s: left out from now on", host_of(self.access.base_url), name)
        return True


def _tokens(usage: Any) -> Tokens:
    return Tokens(getattr(usage, "prompt_tokens", 0) or 0, getattr(usage, "completion_tokens", 0) or 0)


def _first_tokens(choice: Any) -> dict[str, float]:
    """Probabilities of the alternatives for the first token, where the reply has them."""
    content = getattr(getattr(choice, "logprobs", None), "content", None)
    if not content:
        return {}
    return {each.token: math.exp(each.logprob) for each in content[0].top_logprobs or []}


def _content(turn: Turn) -> str:
    """What a turn says; questions and reports must not end it or begin another."""
    return broken_up(turn.content) if turn.role == "user" else turn.content
