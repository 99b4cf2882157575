"""One request to an OpenAI-compatible chat endpoint: what it said, or one of our errors."""

import logging
import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from rag.models.access import Access, host_of
from rag.models.completions import Said, hear_completion, read_completion
from rag.models.conversation import Hear, Turn
from rag.models.error_bodies import said_in
from rag.text.prompt_injection import broken_up

if TYPE_CHECKING:
    import openai

_log = logging.getLogger(__name__)
_OPTIONAL = ("temperature", "seed", "logprobs", "top_logprobs", "stream_options")  # some models turn these down
_REFUSALS = (400, 422)
_STREAMED: Mapping[str, object] = {"stream": True, "stream_options": {"include_usage": True}}


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
            return read_completion(create(**request), self.access)
        with create(**request) as chunks:  # leaving it ends the reply at the server
            return hear_completion(chunks, hear, self.access)

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
        name = _turned_down(error, sent) if getattr(error, "status_code", None) in _REFUSALS else None
        if name is None:
            return False
        self._left_out.add(name)
        _log.info("%s takes no %s: left out from now on", host_of(self.access.base_url), name)
        return True


def _turned_down(error: Exception, sent: Mapping[str, object]) -> str | None:
    """The parameter that an endpoint does not take, as it names it or as its words do."""
    named = getattr(error, "param", None)
    if named:
        return next((name for name in ("max_tokens", *_OPTIONAL) if name == named and name in sent), None)
    words = said_in(getattr(error, "body", None))
    if "max_tokens" in sent and "max_completion_tokens" in words:
        return "max_tokens"
    return next((name for name in _OPTIONAL if name in sent and re.search(rf"\b{name}\b", words)), None)


def _content(turn: Turn) -> str:
    """What a turn says; questions and reports must not end it or begin another."""
    return broken_up(turn.content) if turn.role == "user" else turn.content
