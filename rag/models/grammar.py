"""A JSON schema as a grammar that llama.cpp holds its model to while it writes.

The language is GBNF (llama.cpp, `grammars/README.md`). llama.cpp makes grammars of schemas itself, but in those the
model may indent its JSON, and a third of the tokens of an answer are white space. Separators without the blank would
be shorter still, but are so unlike what models have learned that they answer worse.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from rag.models.json_replies import Schema

_CHARACTER = r'character ::= [^"\\\x7F\x00-\x1F] | "\\" (["\\bfnrt] | "u" [0-9a-fA-F]{4})'
_INTEGER = '"-"? ("0" | [1-9] [0-9]{0,15})'
_PLAIN = {
    "integer": _INTEGER,
    "number": f'{_INTEGER} ("." [0-9]{{1,15}})?',
    "boolean": '"true" | "false"',
    "null": '"null"',
}


def grammar_of(schema: Schema) -> str:
    """The grammar of a schema from `wire_schema`: JSON on one line, the fields in the schema's order.

    Example: {"type": "object", "properties": {"km": {"type": "integer", "enum": [3, 5]}}}
    -> root ::= "{" "\\"km\\": " ("3" | "5") "}"
    """
    return f"root ::= {_written(schema)}\n{_CHARACTER}\n"


def grammar_of_words(words: Iterable[str]) -> str:
    """The grammar of one of some words and nothing else."""
    return f"root ::= {' | '.join(map(_literal, words))}\n"


def _written(schema: Schema) -> str:
    if "anyOf" in schema:
        return " | ".join(f"({_written(branch)})" for branch in cast(Sequence[Schema], schema["anyOf"]))
    if "enum" in schema:
        return " | ".join(
            _literal(json.dumps(value, ensure_ascii=False)) for value in cast(list[object], schema["enum"])
        )
    match schema.get("type"):
        case "object":
            return _object(cast(Mapping[str, Schema], schema.get("properties", {})))
        case "array":
            return _array(cast(Schema, schema["items"]), *_limits(schema, "Items"))
        case "string":
            least, most = _limits(schema, "Length")
            return f'"\\"" character{_times(least, most)} "\\""'
        case kind:
            return _PLAIN[cast(str, kind)]


def _object(properties: Mapping[str, Schema]) -> str:
    fields = [
        f"{_literal(json.dumps(name, ensure_ascii=False) + ': ')} ({_written(value)})"
        for name, value in properties.items()
    ]
    return ' ", " '.join(['"{"' + (f" {fields[0]}" if fields else ""), *fields[1:]]) + ' "}"'


def _array(items: Schema, least: int, most: int | None) -> str:
    item = f"({_written(items)})"
    if most == 0:
        return '"[]"'
    more = f'(", " {item}){_times(max(least - 1, 0), None if most is None else most - 1)}'
    return f'"[" {item} {more} "]"' if least else f'"[" ({item} {more})? "]"'


def _limits(schema: Schema, of: str) -> tuple[int, int | None]:
    return cast(int, schema.get(f"min{of}", 0)), cast("int | None", schema.get(f"max{of}"))


def _times(least: int, most: int | None) -> str:
    return f"{{{least},{'' if most is None else most}}}"


def _literal(text: str) -> str:
    """A text as a grammar writes it. JSON escapes what the grammar's language does, in the same way."""
    return json.dumps(text, ensure_ascii=False)
