"""The schema on the wire, and values out of what models write."""

from typing import Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field

from rag.errors import BadReply
from rag.models.json_replies import is_runaway, read_reply, schema_note, wire_schema


class Place(BaseModel):
    model_config = ConfigDict(extra="forbid")
    town: str = Field(max_length=5)
    year: int | None = None


class Claim(BaseModel):
    text: str = Field(pattern="^.+$", min_length=1, title="Text")
    cites: list[int] = Field(max_length=3)


class Nested(BaseModel):
    kind: Literal["only"]
    claims: list[Claim]


def test_wire_schema_requires_every_field_and_allows_no_other() -> None:
    wire = wire_schema(Place.model_json_schema())
    assert wire["required"] == ["town", "year"]
    assert wire["additionalProperties"] is False


def test_wire_schema_resolves_references_and_drops_what_endpoints_choke_on() -> None:
    assert wire_schema(Nested.model_json_schema()) == {
        "type": "object",
        "properties": {
            "kind": {"type": "string", "enum": ["only"]},
            "claims": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {
                        "text": {"type": "string"},
                        "cites": {"type": "array", "items": {"type": "integer"}},
                    },
                    "required": ["text", "cites"],
                    "additionalProperties": False,
                },
            },
        },
        "required": ["kind", "claims"],
        "additionalProperties": False,
    }


def test_wire_schema_keeps_lengths_where_asked_but_never_patterns() -> None:
    text = str(wire_schema(Nested.model_json_schema(), keep_limits=True))
    assert "'maxItems': 3" in text and "'minLength': 1" in text
    assert "pattern" not in text


def test_wire_schema_keeps_the_choices_of_an_optional_field() -> None:
    year = wire_schema(Place.model_json_schema())["properties"]["year"]  # type: ignore[index]
    assert year == {"anyOf": [{"type": "integer"}, {"type": "null"}]}


def test_wire_schema_refuses_a_schema_that_refers_to_itself() -> None:
    with pytest.raises(ValueError, match="referring to itself"):
        wire_schema({"$defs": {"A": {"$ref": "#/$defs/A"}}, "$ref": "#/$defs/A"})


def test_schema_note_has_the_word_that_json_mode_asks_for() -> None:
    assert schema_note({"type": "object"}) == '只输出一个 JSON 对象，不要其他文字。JSON Schema：{"type":"object"}'


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param('{"town": "石矶镇", "year": 2020}', id="plain"),
        pytest.param('```json\n{"town": "石矶镇", "year": 2020}\n```', id="code fence"),
        pytest.param('<think>{"town": "甲"} 还是 {</think>{"town": "石矶镇", "year": 2020}', id="thinking"),
        pytest.param('想了想</think>\n{"town": "石矶镇", "year": 2020}', id="thinking without a beginning"),
        pytest.param('好的：{"town": "石矶镇", "year": 2020}。以上。', id="chatter"),
        pytest.param('{"town": "石矶镇", "year": 2020,\n}', id="trailing comma"),
        pytest.param('{"town"{"town": "石矶镇", "year": 2020}', id="doubled beginning"),
        pytest.param('{"place": 1} {"town": "石矶镇", "year": 2020}', id="another object first"),
        pytest.param('{"town": "石矶镇", "year": 2020}' + " \n" * 200, id="white space after"),
    ],
)
def test_read_reply_finds_the_object(raw: str) -> None:
    assert read_reply(raw, Place) == Place(town="石矶镇", year=2020)


@pytest.mark.parametrize("town", ["a,}b", '{"}', "\\", '",]', "}{"])
def test_read_reply_leaves_strings_alone(town: str) -> None:
    place = Place(town=town)
    assert read_reply(place.model_dump_json(), Place) == place


@pytest.mark.parametrize(
    ("raw", "complaint"),
    [
        ("不知道", "no_json_object"),
        ("", "no_json_object"),
        ('{"town": "石矶', "no_json_object"),
        ('{"town": "太长太长太长的名字"}', "town: String should have at most 5"),
        ('{"town": "甲", "mayor": "乙"}', "mayor: Extra inputs"),
    ],
)
def test_read_reply_says_what_is_wrong(raw: str, complaint: str) -> None:
    with pytest.raises(BadReply, match=complaint):
        read_reply(raw, Place)


def test_runaway_is_a_long_reply_of_mostly_white_space() -> None:
    assert is_runaway('{"a":' + "\n" * 100)
    assert not is_runaway('{"a": "' + "字" * 100)
    assert not is_runaway("\n")
