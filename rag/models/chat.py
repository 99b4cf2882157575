"""A conversation in, a checked value out: what a chat model is to the rest, and the one behind an endpoint."""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict

from rag.errors import BadReply, RequestRefused
from rag.models.cache import Cache
from rag.models.conversation import ChatRequest, Choice, ChoiceRequest, Hear, Reply, Turn
from rag.models.endpoint import Endpoint, Said
from rag.models.json_replies import Schema, is_runaway, read_reply, schema_note, wire_schema
from rag.settings import StructuredMode

T = TypeVar("T", bound=BaseModel)

_MOST_TOKENS = 2400  # of a second attempt
_MODES: tuple[StructuredMode, ...] = ("json_schema", "json_object", "prompt")  # the strictest first
_MODE_KIND = "structured_mode"
_CHOICE_TOKENS = 1
_LIKELIHOODS = {"logprobs": True, "top_logprobs": 10}
_SHARE_DIGITS = 3  # what floating-point noise of another machine leaves standing
_PROBE_TOKENS = 1000  # room for a model that thinks aloud


@dataclass(frozen=True, slots=True)
class _Attempt:
    turns: tuple[Turn, ...]
    mode: StructuredMode
    max_tokens: int


class EndpointModel:
    """A model behind an OpenAI-compatible endpoint."""

    def __init__(
        self,
        base_url: str,
        api_key: str,
        model: str,
        *,
        structured_mode: StructuredMode | None = None,
        timeout: float = 180.0,
        cache: Cache | None = None,
        grammar: Callable[[Schema], str] | None = None,
        label: str | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Without `structured_mode` the first call finds out what the endpoint can do, and `cache` remembers it.

        `grammar`, for the embedded model, writes a schema as the grammar to send in mode json_schema.
        """
        self._endpoint = Endpoint(base_url, api_key, model, timeout=timeout, label=label, sleep=sleep)
        self._mode = structured_mode
        self._cache = cache
        self._grammar = grammar
        self._has_likelihoods = True
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        return self._endpoint.model

    def complete(self, request: ChatRequest[T]) -> Reply[T]:
        """See ChatModel. A reply that does not fit is sent back once with what is wrong with it."""
        started = time.perf_counter()
        wire = wire_schema(request.wanted_schema, keep_limits=self._grammar is not None)
        first = _Attempt(tuple(request.turns), self.structured_mode(), request.max_tokens)
        said = self._say(first, wire, request.hear)
        tokens = said.tokens
        try:
            value = read_reply(said.text, request.output)
        except BadReply as complaint:
            said = self._say(_second(first, said, complaint), wire)
            tokens += said.tokens
            value = self._last_reading(said, request.output)
        return Reply(value, tokens, time.perf_counter() - started, said.text)

    def choose(self, request: ChoiceRequest) -> Choice:
        """See ChatModel."""
        started = time.perf_counter()
        said = self._first_word(request.turns)
        weights = [_weight(said, word) for word in request.words]
        total = sum(weights) or 1.0
        shares = tuple(round(weight / total, _SHARE_DIGITS) for weight in weights)
        return Choice(shares, said.tokens, time.perf_counter() - started)

    def _first_word(self, turns: Sequence[Turn]) -> Said:
        """What it would say first, without likelihoods where the endpoint turns down a request for them."""
        if self._has_likelihoods:
            try:
                return self._endpoint.say(turns, max_tokens=_CHOICE_TOKENS, form=_LIKELIHOODS)
            except RequestRefused:
                pass  # not every endpoint names the parameter it turns down
        said = self._endpoint.say(turns, max_tokens=_CHOICE_TOKENS, form={})
        self._has_likelihoods = False
        return said

    def structured_mode(self) -> StructuredMode:
        """How the endpoint is held to a schema."""
        with self._lock:
            if self._mode is None:
                self._mode = self._remembered() or self._probed()
            return self._mode

    def close(self) -> None:
        """Lets go of open connections."""
        self._endpoint.close()

    def _say(self, attempt: _Attempt, wire: Mapping[str, object], hear: Hear | None = None) -> Said:
        turns = attempt.turns if attempt.mode == "json_schema" else _with_note(attempt.turns, schema_note(wire))
        form = self._form(attempt.mode, wire)
        return self._endpoint.say(turns, max_tokens=attempt.max_tokens, form=form, hear=hear)

    def _form(self, mode: StructuredMode, wire: Mapping[str, object]) -> Mapping[str, object]:
        """The part of a request that holds the reply to the schema."""
        match mode:
            case "json_schema" if self._grammar:
                return {"extra_body": {"grammar": self._grammar(wire)}}
            case "json_schema":
                wanted = {"name": "reply", "strict": True, "schema": wire}
                return {"response_format": {"type": "json_schema", "json_schema": wanted}}
            case "json_object":
                return {"response_format": {"type": "json_object"}}
            case "prompt":
                return {}

    def _last_reading(self, said: Said, output: type[T]) -> T:
        try:
            return read_reply(said.text, output)
        except BadReply as complaint:
            cut = "，而且被截断" if said.is_cut else ""
            error = BadReply(f"{self._endpoint.label} 的回复两次不合格式{cut}：{complaint}。(does not fit the schema)")
            error.add_note(said.text[:2000])
            raise error from complaint

    def _remembered(self) -> StructuredMode | None:
        stored = self._cache.get(_MODE_KIND, self._mode_key) if self._cache else None
        return next((mode for mode in _MODES if mode.encode() == stored), None)

    def _probed(self) -> StructuredMode:
        """Tries the modes from the strictest down, with a question whose wording does not give the format away."""
        mode = next((mode for mode in _MODES[:-1] if self._keeps_to(mode)), _MODES[-1])
        if self._cache:
            self._cache.put_many(_MODE_KIND, {self._mode_key: mode.encode()})
        return mode

    def _keeps_to(self, mode: StructuredMode) -> bool:
        try:
            said = self._say(_Attempt(_PROBE_TURNS, mode, _PROBE_TOKENS), wire_schema(_Sky.model_json_schema()))
            read_reply(said.text, _Sky)
        except (RequestRefused, BadReply):
            return False
        return True

    @property
    def _mode_key(self) -> str:
        return f"{self._endpoint.base_url} {self._endpoint.model}"


class _Sky(BaseModel):
    """What the probe asks for."""

    model_config = ConfigDict(extra="forbid")
    colour: Literal["蓝色", "灰色"]


_PROBE_TURNS = (Turn("user", "晴天的天空是什么颜色？"),)


def _weight(said: Said, word: str) -> float:
    """The probability of the tokens that begin a word; without probabilities 1 for the word that was said."""
    if said.first:
        return sum(share for token, share in said.first.items() if token.strip() and word.startswith(token.strip()))
    return float(said.text.strip().startswith(word[0]))


def _second(first: _Attempt, said: Said, complaint: BadReply) -> _Attempt:
    """The attempt after one that did not fit: more room where it was cut off, else the complaint sent along."""
    if said.is_cut and is_runaway(said.text):
        return replace(first, mode="prompt")
    if said.is_cut:
        return replace(first, max_tokens=max(first.max_tokens, min(2 * first.max_tokens, _MOST_TOKENS)))
    told = Turn("user", f"上面的输出不合要求：{complaint}。请只输出改正后的 JSON 对象。")
    answer = Turn("assistant", said.text[:2000] or "（空）")
    return replace(first, turns=(*first.turns, answer, told))


def _with_note(turns: Sequence[Turn], note: str) -> tuple[Turn, ...]:
    """The turns with the schema shown at the end of the last system message, unless it stands there already."""
    last = max((index for index, turn in enumerate(turns) if turn.role == "system"), default=None)
    if last is None:
        return (Turn("system", note), *turns)
    if note in turns[last].content:
        return tuple(turns)
    return (*turns[:last], Turn("system", f"{turns[last].content}\n{note}"), *turns[last + 1 :])
