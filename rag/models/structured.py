"""JSON of a schema from an endpoint, in the strictest way that it keeps to."""

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict

from rag.errors import BadReply, RequestRefused
from rag.models.access import host_of
from rag.models.cache import Cache
from rag.models.completions import Said
from rag.models.conversation import Hear, Turn
from rag.models.endpoint import Endpoint
from rag.models.json_replies import Schema, read_reply, schema_note, wire_schema
from rag.settings import StructuredMode

_log = logging.getLogger(__name__)
_MODES: tuple[StructuredMode, ...] = ("json_schema", "json_object", "prompt")  # the strictest first
_KIND = "structured_mode"
_PROBE_TOKENS = 1000  # room for a model that thinks aloud

Grammar = Callable[[Schema], str]
"""Writes a schema as the grammar that the embedded model is sent in mode json_schema."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What is said to the model, and how it is held to the schema."""

    turns: tuple[Turn, ...]
    mode: StructuredMode
    max_tokens: int


class StructuredEndpoint:
    """An endpoint that is held to a schema."""

    def __init__(
        self, endpoint: Endpoint, mode: StructuredMode | None, cache: Cache | None, grammar: Grammar | None
    ) -> None:
        """Without a mode the first call finds out what the endpoint can do, and `cache` remembers it."""
        self._endpoint = endpoint
        self._mode = mode
        self._cache = cache
        self._grammar = grammar
        self._lock = threading.Lock()

    def mode(self) -> StructuredMode:
        """How the endpoint is held to a schema."""
        with self._lock:
            if self._mode is None:
                self._mode = self._remembered() or self._probed()
            return self._mode

    def wire(self, schema: Schema) -> Schema:
        """A schema as it is sent."""
        return wire_schema(schema, keep_limits=self._grammar is not None)

    def say(self, attempt: Attempt, wire: Schema, hear: Hear | None = None) -> Said:
        """What the model said to an attempt. Raises as `Endpoint.say` does."""
        turns = attempt.turns if attempt.mode == "json_schema" else _with_note(attempt.turns, schema_note(wire))
        form = self._form(attempt.mode, wire)
        return self._endpoint.say(turns, max_tokens=attempt.max_tokens, form=form, hear=hear)

    def _form(self, mode: StructuredMode, wire: Schema) -> Mapping[str, object]:
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

    def _remembered(self) -> StructuredMode | None:
        stored = self._cache.get(_KIND, self._key) if self._cache else None
        return next((mode for mode in _MODES if mode.encode() == stored), None)

    def _probed(self) -> StructuredMode:
        """Tries the modes from the strictest down, with a question whose wording does not give the format away."""
        mode = next((mode for mode in _MODES[:-1] if self._keeps_to(mode)), _MODES[-1])
        _log.info("%s is held to a schema by %s, as probed", host_of(self._endpoint.access.base_url), mode)
        if self._cache:
            self._cache.put_many(_KIND, {self._key: mode.encode()})
        return mode

    def _keeps_to(self, mode: StructuredMode) -> bool:
        try:
            said = self.say(Attempt(_PROBE_TURNS, mode, _PROBE_TOKENS), wire_schema(_Sky.model_json_schema()))
            read_reply(said.text, _Sky)
        except (RequestRefused, BadReply):
            return False
        return True

    @property
    def _key(self) -> str:
        return f"{self._endpoint.access.base_url} {self._endpoint.access.model}"


class _Sky(BaseModel):
    """What the probe asks for."""

    model_config = ConfigDict(extra="forbid")
    colour: Literal["蓝色", "灰色"]


_PROBE_TURNS = (Turn("user", "晴天的天空是什么颜色？"),)


def _with_note(turns: Sequence[Turn], note: str) -> tuple[Turn, ...]:
    """The turns with the schema shown at the end of the last system message, unless it stands there already."""
    last = max((index for index, turn in enumerate(turns) if turn.role == "system"), default=None)
    if last is None:
        return (Turn("system", note), *turns)
    if note in turns[last].content:
        return tuple(turns)
    return (*turns[:last], Turn("system", f"{turns[last].content}\n{note}"), *turns[last + 1 :])
