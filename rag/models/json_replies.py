"""Structured replies: the schema as endpoints understand it, and a value out of what a model wrote."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import TypeVar, cast

from pydantic import BaseModel, ValidationError

from rag.errors import BadReply

Schema = Mapping[str, object]
_T = TypeVar("_T", bound=BaseModel)

_KEPT = ("type", "enum", "const", "description")
_LIMITS = ("minItems", "maxItems", "minLength", "maxLength")
_THINKING = re.compile(r"^.*?</think>", re.DOTALL)
_DEEPEST = 20


def wire_schema(schema: Schema, *, keep_limits: bool = False) -> dict[str, object]:
    """The part of a JSON schema that every endpoint takes: all fields required, no other fields, references resolved.

    Lengths, patterns and formats are left out (some endpoints refuse or choke on them; pydantic checks them
    afterwards), except that `keep_limits` keeps lengths for the embedded model, which is held to them as it writes.

    Example: {"type": "object", "properties": {"a": {"type": "string", "title": "A", "pattern": "x"}}}
    -> {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"], "additionalProperties": False}
    """
    definitions = cast(Mapping[str, Schema], schema.get("$defs", {}))
    return _wire(schema, definitions, _KEPT + (_LIMITS if keep_limits else ()), 0)


def _wire(schema: Schema, definitions: Mapping[str, Schema], kept: tuple[str, ...], depth: int) -> dict[str, object]:
    if depth > _DEEPEST:
        raise ValueError("schema nested too deeply, or referring to itself")
    reference = schema.get("$ref")
    if isinstance(reference, str):
        named = {**definitions[reference.rsplit("/", 1)[-1]]}
        if "description" in schema:
            named["description"] = schema["description"]
        return _wire(named, definitions, kept, depth + 1)
    found = {key: schema[key] for key in kept if key in schema}
    if "const" in found:
        found["enum"] = [found.pop("const")]
    for key in ("anyOf", "oneOf"):
        if key in schema:
            branches = cast(list[Schema], schema[key])
            found["anyOf"] = [_wire(branch, definitions, kept, depth + 1) for branch in branches]
    if "items" in schema:
        found["items"] = _wire(cast(Schema, schema["items"]), definitions, kept, depth + 1)
    if schema.get("type") == "object":
        properties = cast(Mapping[str, Schema], schema.get("properties", {}))
        found["properties"] = {name: _wire(value, definitions, kept, depth + 1) for name, value in properties.items()}
        found |= {"required": list(properties), "additionalProperties": False}
    return found


def schema_note(schema: Schema) -> str:
    """The sentence that shows a schema to a model whose endpoint does not enforce it."""
    compact = json.dumps(schema, ensure_ascii=False, separators=(",", ":"))
    return f"只输出一个 JSON 对象，不要其他文字。JSON Schema：{compact}"


def read_reply(raw: str, output: type[_T]) -> _T:
    """The first JSON object in a reply that fits `output`; thinking, code fences and chatter around it are passed over.

    Raises BadReply with what was wrong.

    Example: '<think>…</think>```json\\n{"town": "石矶镇",}\\n```' -> Place(town="石矶镇")
    """
    text = _THINKING.sub("", raw, count=1)
    complaint = BadReply("no_json_object")
    for candidate in _objects(text):
        try:
            return output.model_validate_json(candidate)
        except ValidationError as error:
            complaint = BadReply("json_does_not_fit", faults=_faults(error))
    raise complaint


def is_runaway(raw: str) -> bool:
    """Whether a reply is mostly white space, as when an endpoint's grammar lets a model type spaces without end."""
    return len(raw) >= 64 and len("".join(raw.split())) * 2 < len(raw)


def _faults(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_context=False, include_input=False)[:3]
    return "; ".join(f"{'.'.join(str(step) for step in item['loc']) or 'JSON'}: {item['msg']}" for item in first)


def _objects(text: str) -> Iterator[str]:
    """Balanced {...} stretches from the left, trailing commas taken out. A brace that never closes is passed over."""
    start = text.find("{")
    while start >= 0:
        end, commas = _closing(text, start)
        if end is None:
            start = text.find("{", start + 1)
            continue
        kept = [position for position in range(start, end) if position not in commas]
        yield "".join(text[position] for position in kept)
        start = text.find("{", end)


def _closing(text: str, start: int) -> tuple[int | None, frozenset[int]]:
    """Where the object that opens at `start` ends (exclusive), and the commas in it that stand before a bracket."""
    depth, in_string, escaped = 0, False, False
    last_comma: int | None = None
    trailing: set[int] = set()
    for position in range(start, len(text)):
        character = text[position]
        if in_string:
            in_string = escaped or character != '"'
            escaped = character == "\\" and not escaped
            continue
        if character in "}]":
            depth -= 1
            if last_comma is not None:
                trailing.add(last_comma)
            if depth == 0:
                return position + 1, frozenset(trailing)
        elif character in "{[":
            depth += 1
        in_string = character == '"'
        if not character.isspace():
            last_comma = position if character == "," else None
    return None, frozenset()
