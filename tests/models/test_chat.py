"""From a conversation to a checked value: modes, second attempts, probing."""

from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from rag.errors import BadReply, ModelUnavailable
from rag.models.access import Access
from rag.models.cache import Cache
from rag.models.chat import EndpointModel
from rag.models.conversation import ChatRequest, Tokens, Turn
from rag.settings import StructuredMode
from tests.support.stub_endpoint import StubEndpoint, failure, said

TURNS = (Turn("system", "规则"), Turn("user", "哪个镇？"))
SKY = {"colour": "蓝色"}  # what the probe asks for


class Place(BaseModel):
    model_config = ConfigDict(extra="forbid")
    town: str


def _model(
    stub: StubEndpoint, mode: StructuredMode | None = "json_schema", cache: Cache | None = None
) -> EndpointModel:
    return EndpointModel(Access(stub.base_url, "key", "stub"), structured_mode=mode, cache=cache)


def _town(model: EndpointModel, **options: int) -> str:
    try:
        return model.complete(ChatRequest(TURNS, Place, **options)).value.town  # type: ignore[arg-type]
    finally:
        model.close()


def _mode(stub: StubEndpoint) -> str:
    """How the last request was held to its schema."""
    form: str = stub.chats[-1].get("response_format", {}).get("type", "prompt")
    return form


def test_reply_carries_value_cost_and_raw_text() -> None:
    with StubEndpoint() as stub:
        stub.enqueue(said('{"town": "石矶镇"}', tokens=(20, 7)))
        model = _model(stub)
        reply = model.complete(ChatRequest(TURNS, Place))
        model.close()
    assert (reply.value, reply.tokens, reply.raw) == (Place(town="石矶镇"), Tokens(20, 7), '{"town": "石矶镇"}')
    assert reply.seconds > 0


def test_json_schema_mode_sends_the_schema_and_leaves_the_prompt_alone() -> None:
    with StubEndpoint() as stub:
        stub.enqueue({"town": "石矶镇"})
        _town(_model(stub))
        sent = stub.chats[0]
    assert sent["response_format"]["json_schema"]["strict"] is True
    assert sent["response_format"]["json_schema"]["schema"]["required"] == ["town"]
    assert sent["messages"][0]["content"] == "规则"


def test_the_schema_of_the_question_goes_before_the_one_of_the_type() -> None:
    narrow = {"type": "object", "properties": {"town": {"enum": ["石矶镇"]}}}
    with StubEndpoint() as stub:
        stub.enqueue({"town": "石矶镇"})
        model = _model(stub)
        model.complete(ChatRequest(TURNS, Place, schema=narrow))
        model.close()
        schema = stub.chats[0]["response_format"]["json_schema"]["schema"]
    assert schema["properties"] == {"town": {"enum": ["石矶镇"]}}


@pytest.mark.parametrize(("mode", "form"), [("json_object", {"type": "json_object"}), ("prompt", None)])
def test_other_modes_show_the_schema_in_the_system_message(mode: StructuredMode, form: object) -> None:
    with StubEndpoint() as stub:
        stub.enqueue({"town": "石矶镇"})
        _town(_model(stub, mode))
        sent = stub.chats[0]
    assert sent.get("response_format") == form
    assert sent["messages"][0]["content"].startswith("规则\n只输出一个 JSON 对象")
    assert '"required":["town"]' in sent["messages"][0]["content"]


def test_without_a_system_message_the_schema_makes_one() -> None:
    with StubEndpoint() as stub:
        stub.enqueue({"town": "石矶镇"})
        model = _model(stub, "prompt")
        model.complete(ChatRequest([Turn("user", "哪个镇？")], Place))
        model.close()
        assert [message["role"] for message in stub.chats[0]["messages"]] == ["system", "user"]


def test_the_embedded_models_grammar_takes_the_place_of_the_schema() -> None:
    with StubEndpoint() as stub:
        stub.enqueue({"town": "石矶镇"})
        access = Access(stub.base_url, "key", "stub")
        _town(EndpointModel(access, structured_mode="json_schema", grammar=lambda schema: "语法"))
        assert stub.chats[0]["grammar"] == "语法"
        assert "response_format" not in stub.chats[0]


def test_a_reply_that_does_not_fit_is_sent_back_once_with_what_is_wrong() -> None:
    with StubEndpoint() as stub:
        stub.enqueue(said('{"place": "石矶镇"}', tokens=(20, 7)), said('{"town": "石矶镇"}', tokens=(40, 7)))
        model = _model(stub)
        reply = model.complete(ChatRequest(TURNS, Place))
        model.close()
        answer, told = stub.chats[1]["messages"][2:]
    assert reply.tokens == Tokens(60, 14)
    assert answer == {"role": "assistant", "content": '{"place": "石矶镇"}'}
    faults = "town: Field required; place: Extra inputs are not permitted"
    assert told["content"] == f"上面的输出不合要求：{faults}。请只输出改正后的 JSON 对象。"


def test_two_replies_that_do_not_fit_are_an_error_that_keeps_the_text() -> None:
    with StubEndpoint() as stub:
        stub.enqueue("不知道", "真的不知道", {"town": "石矶镇"})
        with pytest.raises(
            BadReply, match=rf"reply_not_in_form\(service='{stub.host}', reason=no_json_object"
        ) as caught:
            _town(_model(stub))
        assert len(stub.chats) == 2
    assert caught.value.__notes__ == ["真的不知道"]


def test_the_words_of_a_complaint_to_the_model_stay_as_kept_replies_know_them() -> None:
    with StubEndpoint() as stub:
        stub.enqueue("不知道", {"town": "石矶镇"})
        _town(_model(stub))
        told = stub.chats[1]["messages"][-1]["content"]
    assert told == "上面的输出不合要求：回复里没有 JSON 对象 (no JSON object)。请只输出改正后的 JSON 对象。"


def test_a_reply_cut_off_gets_twice_the_room() -> None:
    with StubEndpoint() as stub:
        stub.enqueue(said('{"town": "石', finish="length"), {"town": "石矶镇"})
        assert _town(_model(stub), max_tokens=100) == "石矶镇"
        assert [chat["max_tokens"] for chat in stub.chats] == [100, 200]
        assert stub.chats[0]["messages"] == stub.chats[1]["messages"]


def test_room_does_not_grow_without_end() -> None:
    with StubEndpoint() as stub:
        stub.enqueue(said('{"town": "石', finish="length"), said('{"town": "石矶', finish="length"))
        with pytest.raises(BadReply, match="reply_cut_off"):
            _town(_model(stub), max_tokens=2000)
        assert stub.chats[1]["max_tokens"] == 2400


def test_a_whole_object_is_taken_though_white_space_ran_to_the_limit() -> None:
    with StubEndpoint() as stub:
        stub.enqueue(said('{"town": "石矶镇"}' + "\n" * 500, finish="length"))
        assert _town(_model(stub)) == "石矶镇"


def test_endless_white_space_is_asked_again_without_the_schema_that_allows_it() -> None:
    with StubEndpoint() as stub:
        stub.enqueue(said('{"town":' + "\n" * 500, finish="length"), {"town": "石矶镇"})
        assert _town(_model(stub)) == "石矶镇"
        assert "response_format" not in stub.chats[1]


def test_an_endpoint_that_keeps_to_a_schema_is_asked_that_way(tmp_path: Path) -> None:
    with StubEndpoint() as stub:
        stub.enqueue(SKY, {"town": "石矶镇"})
        assert _town(_model(stub, None)) == "石矶镇"
        assert _mode(stub) == "json_schema"


def test_the_question_of_the_probe_does_not_give_the_format_away() -> None:
    with StubEndpoint() as stub:
        stub.enqueue(SKY, {"town": "石矶镇"})
        _town(_model(stub, None))
        assert [message["content"] for message in stub.chats[0]["messages"]] == ["晴天的天空是什么颜色？"]


def test_an_endpoint_that_takes_a_schema_but_does_not_keep_to_it_is_found_out() -> None:
    with StubEndpoint() as stub:
        stub.enqueue("蓝色。", SKY, {"town": "石矶镇"})
        _town(_model(stub, None))
        assert _mode(stub) == "json_object"


def test_an_endpoint_that_refuses_schemas_gets_json_object() -> None:
    with StubEndpoint(response_formats=["json_object"]) as stub:
        stub.enqueue(SKY, {"town": "石矶镇"})
        assert _town(_model(stub, None)) == "石矶镇"
        assert _mode(stub) == "json_object"


def test_an_endpoint_that_refuses_every_format_gets_the_prompt_alone() -> None:
    with StubEndpoint(response_formats=[]) as stub:
        stub.enqueue({"town": "石矶镇"})
        assert _town(_model(stub, None)) == "石矶镇"
        assert _mode(stub) == "prompt"


def test_an_endpoint_is_probed_once_and_remembered(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache.sqlite3")
    with StubEndpoint(response_formats=["json_object"]) as stub:
        stub.enqueue(SKY, {"town": "甲镇"}, {"town": "乙镇"})
        _town(_model(stub, None, cache))
        asked = len(stub.chats)
        assert _town(_model(stub, None, cache)) == "乙镇"
        assert len(stub.chats) == asked + 1
    cache.close()


def test_a_probe_that_fails_for_another_reason_is_not_remembered(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache.sqlite3")
    with StubEndpoint() as stub:
        stub.enqueue(failure(401), SKY, {"town": "石矶镇"})
        with pytest.raises(ModelUnavailable):
            _town(_model(stub, None, cache))
        _town(_model(stub, None, cache))
        assert _mode(stub) == "json_schema"
    cache.close()
