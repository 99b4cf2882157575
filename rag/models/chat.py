"""A conversation in, a checked value out: the chat model behind an endpoint."""

import logging
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from pydantic import BaseModel

from rag.errors import BadReply, RequestRefused
from rag.models.access import Access
from rag.models.cache import Cache
from rag.models.completions import Said
from rag.models.conversation import ChatRequest, Choice, ChoiceRequest, Reply, Turn
from rag.models.endpoint import Endpoint
from rag.models.json_replies import is_runaway, read_reply
from rag.models.structured import Attempt, Grammar, StructuredEndpoint
from rag.settings import StructuredMode

T = TypeVar("T", bound=BaseModel)

_log = logging.getLogger(__name__)
_MOST_TOKENS = 2400  # of a second attempt
_CHOICE_TOKENS = 1
_LIKELIHOODS = {"logprobs": True, "top_logprobs": 10}
_SHARE_DIGITS = 3  # what floating-point noise of another machine leaves standing


class EndpointModel:
    """A model behind an OpenAI-compatible endpoint."""

    def __init__(
        self,
        access: Access,
        *,
        structured_mode: StructuredMode | None = None,
        cache: Cache | None = None,
        grammar: Grammar | None = None,
    ) -> None:
        """See StructuredEndpoint."""
        self._endpoint = Endpoint(access)
        self._structured = StructuredEndpoint(self._endpoint, structured_mode, cache, grammar)
        self._has_likelihoods = True
        self._is_embedded = grammar is not None  # which is told the words, since not every engine lists alternatives

    @property
    def name(self) -> str:
        return self._endpoint.access.model

    def complete(self, request: ChatRequest[T]) -> Reply[T]:
        """See ChatModel. A reply that does not fit is sent back once with what is wrong with it."""
        started = time.perf_counter()
        wire = self._structured.wire(request.wanted_schema)
        first = Attempt(tuple(request.turns), self._structured.mode(), request.max_tokens)
        said = self._structured.say(first, wire, request.hear)
        tokens = said.tokens
        try:
            value = read_reply(said.text, request.output)
        except BadReply as complaint:
            _log.info("%s asked again: its reply %s", self.name, "was cut off" if said.is_cut else "did not fit")
            said = self._structured.say(_second(first, said, complaint), wire)
            tokens += said.tokens
            value = self._last_reading(said, request.output)
        return Reply(value, tokens, time.perf_counter() - started, said.text)

    def choose(self, request: ChoiceRequest) -> Choice:
        """See ChatModel."""
        started = time.perf_counter()
        said = self._first_word(request.turns, request.words)
        weights = [_weight(said, word) for word in request.words]
        total = sum(weights) or 1.0
        shares = tuple(round(weight / total, _SHARE_DIGITS) for weight in weights)
        return Choice(shares, said.tokens, time.perf_counter() - started)

    def close(self) -> None:
        """Lets go of open connections."""
        self._endpoint.close()

    def _first_word(self, turns: Sequence[Turn], words: Sequence[str]) -> Said:
        """What it would say first, without likelihoods where the endpoint turns down a request for them."""
        if self._has_likelihoods:
            try:
                form = {**_LIKELIHOODS, **({"extra_body": {"words": list(words)}} if self._is_embedded else {})}
                return self._endpoint.say(turns, max_tokens=_CHOICE_TOKENS, form=form)
            except RequestRefused:  # not every endpoint names the parameter it turns down
                _log.info("%s asked without likelihoods", self.name)
        said = self._endpoint.say(turns, max_tokens=_CHOICE_TOKENS, form={})
        self._has_likelihoods = False
        return said

    def _last_reading(self, said: Said, output: type[T]) -> T:
        try:
            return read_reply(said.text, output)
        except BadReply as complaint:
            _log.info("the second reply of %s did not fit either", self.name)
            service, reason = self._endpoint.access.label, complaint.notice
            cut_off = BadReply("reply_cut_off", service=service, reason=reason)
            error = cut_off if said.is_cut else BadReply("reply_not_in_form", service=service, reason=reason)
            error.add_note(said.text[:2000])
            raise error from complaint


def _weight(said: Said, word: str) -> float:
    """The probability of the tokens that begin a word; without probabilities 1 for the word that was said."""
    if said.first:
        return sum(share for token, share in said.first.items() if token.strip() and word.startswith(token.strip()))
    return float(said.text.strip().startswith(word[0]))


def _second(first: Attempt, said: Said, complaint: BadReply) -> Attempt:
    """The attempt after one that did not fit: more room where it was cut off, else the complaint sent along."""
    if said.is_cut and is_runaway(said.text):
        return replace(first, mode="prompt")
    if said.is_cut:
        return replace(first, max_tokens=max(first.max_tokens, min(2 * first.max_tokens, _MOST_TOKENS)))
    told = Turn("user", f"上面的输出不合要求：{_words_for_model(complaint)}。请只输出改正后的 JSON 对象。")
    answer = Turn("assistant", said.text[:2000] or "（空）")
    return replace(first, turns=(*first.turns, answer, told))


def _words_for_model(complaint: BadReply) -> str:
    """What was wrong, in words a model can act on; they are part of the prompt that a kept reply goes by."""
    return str(complaint.values.get("faults", "回复里没有 JSON 对象 (no JSON object)"))
