"""What a chat endpoint said, whole or in pieces. Endpoints differ in what they leave out and in how they write it."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rag.errors import BadReply, ModelUnavailable
from rag.models.access import Access
from rag.models.conversation import Hear, Tokens
from rag.models.error_bodies import is_page, said_in

_DECLINED = ("content_filter", "sensitive", "safety")  # reasons to finish, as different services have them
_CUT = ("length", "max_tokens")
_TEXT_PARTS = ("text", "output_text")
_LONGEST_REASON = 160  # characters


@dataclass(frozen=True, slots=True)
class Said:
    """What a model said, and whether it was cut off at the token limit."""

    text: str
    is_cut: bool
    tokens: Tokens
    first: Mapping[str, float] = field(default_factory=dict)
    """Probabilities of what it might have said first, by token; empty where they were not asked for or not given."""


def read_completion(completion: Any, access: Access) -> Said:
    """What was said in a whole reply. Raises BadReply, or ModelUnavailable where it is none of a chat endpoint."""
    choice = _first_choice(completion)
    message = getattr(choice, "message", None)
    if message is None or isinstance(message, str):
        raise _nothing(completion, access)
    finish = getattr(choice, "finish_reason", None)
    content = getattr(message, "content", None)
    if finish in _DECLINED or getattr(message, "refusal", None) or _is_refusal(content):
        raise BadReply("endpoint_declined", service=access.label)
    tokens = _tokens(getattr(completion, "usage", None))
    return Said(_text(content), finish in _CUT, tokens, _first_tokens(choice))


def hear_completion(chunks: Iterable[Any], hear: Hear, access: Access) -> Said:
    """What was said, put together from the pieces of a streamed reply; raises as `read_completion` does."""
    text, finish, tokens, is_said = "", None, Tokens(), False
    last = None
    for last in chunks:
        usage = getattr(last, "usage", None)
        tokens = _tokens(usage) if usage else tokens
        choice = _first_choice(last)
        if choice is None:
            continue
        delta = getattr(choice, "delta", None)
        content = getattr(delta, "content", None)
        is_said, finish = True, getattr(choice, "finish_reason", None) or finish
        if finish in _DECLINED or getattr(delta, "refusal", None) or _is_refusal(content):
            raise BadReply("endpoint_declined", service=access.label)
        if piece := _text(content):
            text += piece
            hear(text)
    if not is_said:
        raise _nothing(last, access)
    return Said(text, finish in _CUT, tokens)


def _first_choice(reply: Any) -> Any:
    choices = getattr(reply, "choices", None)
    if not isinstance(choices, list):
        return None
    return next((choice for choice in choices if not getattr(choice, "index", 0)), None)


def _text(content: object) -> str:
    """The text of a message: a string, or parts of which some are text and others thoughts.

    Example: _text([{"type": "thinking", "thinking": "…"}, {"type": "text", "text": "好"}]) == "好"
    """
    if isinstance(content, str):
        return content
    if isinstance(content, Mapping):
        is_text = content.get("type", "text") in _TEXT_PARTS
        inner = content.get("text")
        return _text(inner.get("value") if isinstance(inner, Mapping) else inner) if is_text else ""
    return "".join(_text(part) for part in content) if isinstance(content, list) else ""


def _is_refusal(content: object) -> bool:
    return isinstance(content, list) and any(
        isinstance(part, Mapping) and part.get("type") == "refusal" for part in content
    )


def _nothing(reply: object, access: Access) -> BadReply | ModelUnavailable:
    """The error for a reply without a message: with the endpoint's own words where it gave some."""
    if isinstance(reply, str) and is_page(reply):
        return ModelUnavailable("not_an_endpoint", service=access.label, address=access.shown_url)
    if reason := said_in(getattr(reply, "model_extra", None)):
        reason = " ".join(reason.replace(access.api_key, "***").split())[:_LONGEST_REASON]
        return ModelUnavailable("reply_unusable", service=access.label, reason=reason)
    return BadReply("reply_without_content", service=access.label)


def _tokens(usage: Any) -> Tokens:
    counts = (getattr(usage, name, None) for name in ("prompt_tokens", "completion_tokens"))
    return Tokens(*(count if isinstance(count, int) else 0 for count in counts))


def _first_tokens(choice: Any) -> dict[str, float]:
    """Probabilities of the alternatives for the first token, where the reply has them."""
    content = getattr(getattr(choice, "logprobs", None), "content", None)
    if not content:
        return {}
    return {each.token: math.exp(each.logprob) for each in content[0].top_logprobs or []}
