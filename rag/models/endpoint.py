"""One request to an OpenAI-compatible chat endpoint: what it said, or one of our errors that names the host."""

import math
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from rag.errors import BadReply, ModelError, ModelUnavailable, RequestRefused
from rag.models.conversation import Tokens, Turn
from rag.text.prompt_injection import broken_up

if TYPE_CHECKING:
    import openai

_ATTEMPTS = 3
_LONGEST_WAIT = 20.0  # seconds; an endpoint that asks for more is given up
_CONNECT_SECONDS = 10.0
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_OPTIONAL = ("temperature", "seed", "logprobs", "top_logprobs", "stream_options")  # some models turn these down
_STREAMED: Mapping[str, object] = {"stream": True, "stream_options": {"include_usage": True}}
_NOTHING = "{} 的答复里没有内容，可能不是 OpenAI 兼容接口。(no choices in the reply)"
_DECLINED = "{} 拒绝回答（内容过滤）。(the endpoint declined to answer)"


@dataclass(frozen=True, slots=True)
class Said:
    """What a model said, and whether it was cut off at the token limit."""

    text: str
    is_cut: bool
    tokens: Tokens
    first: Mapping[str, float] = field(default_factory=dict)
    """Probabilities of what it might have said first, by token; empty where they were not asked for or not given."""


class Endpoint:
    """A chat endpoint and the model to use there. Busy and failing servers are asked again, twice at most."""

    def __init__(
        self,
        base_url: str,
        api_key: str,
        model: str,
        *,
        timeout: float,
        label: str | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """`timeout` in seconds for one reply; `label` is how messages call the endpoint, by default its host."""
        self.base_url = base_url
        self.model = model
        self.label = label or host_of(base_url)
        self._api_key = api_key
        self._timeout = timeout
        self._sleep = sleep
        self._left_out: set[str] = set()

    def say(
        self,
        turns: Sequence[Turn],
        *,
        max_tokens: int,
        form: Mapping[str, object],
        hear: Callable[[str], None] | None = None,
    ) -> Said:
        """The model's next turn, at temperature 0; `form` joins the request, such as a response_format.

        `hear` is told what has been said so far while the model speaks; an error it raises stops the model.

        Raises ModelUnavailable (RequestRefused where the request's form is the trouble) or BadReply.
        """
        import httpx2
        import openai

        request = self._request(turns, max_tokens, form)
        for attempt in range(1, _ATTEMPTS + len(_OPTIONAL) + 2):
            try:
                return self._said(request, hear)
            except (openai.OpenAIError, httpx2.HTTPError, ValueError) as error:  # ValueError: no JSON, a key not ASCII
                if self._leaves_out(error):
                    continue
                wait = _wait(error, attempt)
                if wait is None:
                    raise self._translated(error) from error
            self._sleep(wait)
        raise ModelUnavailable(f"{self.label} 没有可用的答复。(no usable reply)")

    def _said(self, request: Mapping[str, object], hear: Callable[[str], None] | None) -> Said:
        create = cast(Any, self._client.chat.completions).create
        if hear is None:
            return self._read(create(**self._fitting(request)))
        with create(**self._fitting({**request, **_STREAMED})) as chunks:  # leaving it ends the reply at the server
            return self._heard(chunks, hear)

    def _heard(self, chunks: Iterable[Any], hear: Callable[[str], None]) -> Said:
        """What was said, put together from the pieces of a streamed reply."""
        text, finish, tokens, is_said = "", None, Tokens(), False
        for chunk in chunks:
            usage = getattr(chunk, "usage", None)
            tokens = _tokens(usage) if usage else tokens
            for choice in chunk.choices[:1]:
                is_said, finish = True, choice.finish_reason or finish
                if finish == "content_filter" or getattr(choice.delta, "refusal", None):
                    raise BadReply(_DECLINED.format(self.label))
                if choice.delta.content:
                    text += choice.delta.content
                    hear(text)
        if not is_said:
            raise BadReply(_NOTHING.format(self.label))
        return Said(text, finish == "length", tokens)

    def close(self) -> None:
        """Lets go of open connections."""
        if "_client" in self.__dict__:
            self._client.close()

    @cached_property
    def _client(self) -> "openai.OpenAI":
        import openai

        timeout = openai.Timeout(self._timeout, connect=min(_CONNECT_SECONDS, self._timeout))
        is_here = urlsplit(self.base_url).hostname in _LOOPBACK
        return openai.OpenAI(
            base_url=self.base_url,
            api_key=self._api_key,
            timeout=timeout,
            max_retries=0,  # `say` asks again itself, within bounds
            http_client=openai.DefaultHttpxClient(trust_env=False, timeout=timeout) if is_here else None,
        )

    def _request(self, turns: Sequence[Turn], max_tokens: int, form: Mapping[str, object]) -> dict[str, object]:
        return {
            "model": self.model,
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

    def _leaves_out(self, error: Exception) -> bool:
        """Notes a parameter this endpoint does not know; whether it is worth asking again without."""
        name = getattr(error, "param", None)
        if (
            getattr(error, "status_code", None) != 400
            or name not in ("max_tokens", *_OPTIONAL)
            or name in self._left_out
        ):
            return False
        self._left_out.add(name)
        return True

    def _read(self, completion: Any) -> Said:
        """What was said. Endpoints differ in what they leave out, so nothing is taken for granted."""
        choices = getattr(completion, "choices", None)
        if not choices:
            raise BadReply(_NOTHING.format(self.label))
        choice, usage = choices[0], getattr(completion, "usage", None)
        message, finish = choice.message, choice.finish_reason
        if finish == "content_filter" or getattr(message, "refusal", None):
            raise BadReply(_DECLINED.format(self.label))
        return Said(getattr(message, "content", None) or "", finish == "length", _tokens(usage), _first_tokens(choice))

    def _translated(self, error: Exception) -> ModelError:
        import openai

        detail = self._detail(error)
        match error:
            case openai.AuthenticationError() | openai.PermissionDeniedError():
                return ModelUnavailable(f"{self.label} 不接受密钥，请检查 OPENAI_API_KEY。(key not accepted)")
            case openai.NotFoundError():
                return ModelUnavailable(
                    f"{self.label} 没有模型“{self.model}”或这个路径，请检查 ZHENBAO_CHAT_MODEL 和 OPENAI_BASE_URL。"
                    "(no such model or path)"
                )
            case openai.RateLimitError():
                return ModelUnavailable(f"{self.label} 请求过多或额度用尽：{detail}。(rate limit or quota)")
            case openai.BadRequestError() | openai.UnprocessableEntityError():
                return RequestRefused(f"{self.label} 不接受这样的请求：{detail}。(request turned down)")
            case openai.APITimeoutError():
                return ModelUnavailable(
                    f"{self.label} 在 {self._timeout:g} 秒内没有答复，可用 ZHENBAO_TIMEOUT 放宽。(timed out)"
                )
            case openai.APIConnectionError():
                return ModelUnavailable(f"连不上 {self.label}：{detail}。(cannot connect)")
            case openai.LengthFinishReasonError() | openai.ContentFilterFinishReasonError():
                return BadReply(f"{self.label} 的答复不完整：{detail}。(incomplete reply)")
            case openai.APIStatusError():
                return ModelUnavailable(f"{self.label} 出错（{error.status_code}）：{detail}。(server error)")
        return ModelUnavailable(f"{self.label} 的答复无法使用：{detail}。(unusable reply)")

    def _detail(self, error: Exception) -> str:
        """What the endpoint gave as its reason, in one short line without the key."""
        body = getattr(error, "body", None)
        words = body.get("message") if isinstance(body, Mapping) else None
        text = str(words or error.__cause__ or error) or type(error).__name__
        return " ".join(text.replace(self._api_key, "***").split())[:160]


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


def host_of(base_url: str) -> str:
    """Host and port of an address, without any user name or password in it."""
    parts = urlsplit(base_url)
    return f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)


def _wait(error: Exception, attempt: int) -> float | None:
    """Seconds before the next attempt (counted from 1), None where another is no use."""
    import openai

    if attempt >= _ATTEMPTS or isinstance(error, openai.APITimeoutError):
        return None
    if isinstance(error, openai.APIConnectionError):
        return 0.5 if attempt == 1 else None
    if not isinstance(error, openai.RateLimitError | openai.InternalServerError | openai.ConflictError):
        return None
    if error.code == "insufficient_quota":
        return None
    asked = error.response.headers.get("retry-after", "")
    seconds = float(asked) if asked.replace(".", "", 1).isdecimal() else float(2 ** (attempt - 1))
    return seconds if seconds <= _LONGEST_WAIT else None
