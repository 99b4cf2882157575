"""Schemas as llama.cpp's grammars. What the model itself does with them is tried in `test_local_server`."""

import pytest

from rag.models.grammar import grammar_of
from rag.models.json_replies import Schema

_CHARACTER = 'character ::= [^"\\\\\\x7F\\x00-\\x1F] | "\\\\" (["\\\\bfnrt] | "u" [0-9a-fA-F]{4})\n'


def of(schema: Schema) -> str:
    """The grammar's first line, after its name."""
    first, rest = grammar_of(schema).split("\n", 1)
    assert rest == _CHARACTER
    return first.removeprefix("root ::= ")


@pytest.mark.parametrize(
    ("schema", "grammar"),
    [
        ({"type": "boolean"}, '"true" | "false"'),
        ({"type": "null"}, '"null"'),
        ({"type": "integer"}, '"-"? ("0" | [1-9] [0-9]{0,15})'),
        ({"type": "number"}, '"-"? ("0" | [1-9] [0-9]{0,15}) ("." [0-9]{1,15})?'),
        ({"type": "integer", "enum": [3, 15]}, '"3" | "15"'),
        ({"enum": ["能", '说"不"']}, r'"\"能\"" | "\"说\\\"不\\\"\""'),
        ({"type": "string"}, r'"\"" character{0,} "\""'),
        ({"type": "string", "minLength": 1, "maxLength": 60}, r'"\"" character{1,60} "\""'),
        ({"anyOf": [{"type": "null"}, {"type": "boolean"}]}, '("null") | ("true" | "false")'),
        ({"type": "object", "properties": {}}, '"{" "}"'),
    ],
)
def test_each_type_has_its_grammar(schema: Schema, grammar: str) -> None:
    assert of(schema) == grammar


@pytest.mark.parametrize(
    ("limits", "repeats"),
    [
        ({}, '"[" (("null") (", " ("null")){0,})? "]"'),
        ({"minItems": 1}, '"[" ("null") (", " ("null")){0,} "]"'),
        ({"minItems": 2, "maxItems": 3}, '"[" ("null") (", " ("null")){1,2} "]"'),
        ({"maxItems": 1}, '"[" (("null") (", " ("null")){0,0})? "]"'),
        ({"maxItems": 0}, '"[]"'),
    ],
)
def test_lists_keep_to_their_lengths(limits: dict[str, int], repeats: str) -> None:
    assert of({"type": "array", "items": {"type": "null"}, **limits}) == repeats


def test_fields_come_in_the_order_of_the_schema_on_one_line() -> None:
    schema = {"type": "object", "properties": {"乙": {"type": "null"}, "甲": {"type": "boolean"}}}
    assert of(schema) == r'"{" "\"乙\": " ("null") ", " "\"甲\": " ("true" | "false") "}"'
