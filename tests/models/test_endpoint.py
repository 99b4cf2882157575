"""One request: what was said, what is asked again, and every failure as one of our errors."""

import threading

import pytest

from rag.errors import BadReply, ModelError, ModelUnavailable, RequestRefused
from rag.errors.messages import both
from rag.models.access import Access
from rag.models.completions import Said
from rag.models.conversation import Tokens, Turn
from rag.models.endpoint import Endpoint
from tests.support.stub_endpoint import (
    Content,
    Reply,
    Response,
    StubEndpoint,
    endless,
    failure,
    hang_up,
    said,
    silence,
    streamed,
    web_page,
)

KEY = "sk-very-secret"
TURNS = (Turn("system", "规则"), Turn("user", "问题"))


def _endpoint(stub: StubEndpoint, *, timeout: float = 10.0) -> Endpoint:
    return Endpoint(Access(stub.base_url, KEY, "stub", timeout))


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Seconds that the client would have waited between two tries."""
    waits: list[float] = []
    monkeypatch.setattr("time.sleep", waits.append)
    return waits


def _say(endpoint: Endpoint) -> Said:
    try:
        return endpoint.say(TURNS, max_tokens=50, form={})
    finally:
        endpoint.close()


def _failing(reply: Reply, *, times: int = 1, timeout: float = 10.0) -> ModelError:
    with StubEndpoint() as stub:
        stub.enqueue(*[reply] * times)
        with pytest.raises(ModelError) as caught:
            _say(_endpoint(stub, timeout=timeout))
        message = str(caught.value)
        assert stub.host in message and KEY not in message and "\n" not in message
        return caught.value


def test_says_what_the_model_said_and_what_it_cost() -> None:
    with StubEndpoint() as stub:
        stub.enqueue(said("你好", tokens=(12, 3)))
        assert _say(_endpoint(stub)) == Said("你好", False, Tokens(12, 3))


def test_request_is_deterministic_and_bounded() -> None:
    with StubEndpoint() as stub:
        stub.enqueue("x")
        _say(_endpoint(stub))
        assert stub.chats == [
            {
                "model": "stub",
                "messages": [{"role": "system", "content": "规则"}, {"role": "user", "content": "问题"}],
                "max_tokens": 50,
                "temperature": 0,
                "seed": 0,
            }
        ]


def test_a_reply_without_usage_costs_nothing_known() -> None:
    with StubEndpoint() as stub:
        stub.enqueue(said("x", tokens=None))
        assert _say(_endpoint(stub)).tokens == Tokens()


def test_a_reply_at_the_token_limit_is_cut() -> None:
    with StubEndpoint() as stub:
        stub.enqueue(said('{"a', finish="length"))
        assert _say(_endpoint(stub)).is_cut


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(said("", finish="content_filter"), id="content filter"),
        pytest.param(said(None, refusal="不行"), id="refusal"),
        pytest.param(Response(b'{"choices": []}'), id="no choices"),
        pytest.param(Response(b'{"choices": [{}]}'), id="no message"),
        pytest.param(Response(b'{"choices": null}'), id="choices are null"),
        pytest.param(Response(b'{"choices": {"message": "x"}}'), id="choices are no list"),
        pytest.param(Response(b"[]"), id="a list"),
        pytest.param(said([{"type": "refusal", "refusal": "不行"}]), id="refusal as a part"),
    ],
)
def test_a_reply_without_an_answer_is_a_bad_reply(reply: Response) -> None:
    assert isinstance(_failing(reply), BadReply)


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        pytest.param(failure(401, f"Incorrect API key: {KEY}"), "key_not_accepted", id="wrong key"),
        pytest.param(failure(403), "key_not_accepted", id="not allowed"),
        pytest.param(failure(404), "no_such_model_there", id="unknown model"),
        pytest.param(failure(429, "quota", code="insufficient_quota"), "rate_limited", id="no quota"),
        pytest.param(Response(b"{", content_type="application/json"), "reply_unusable", id="broken JSON"),
        pytest.param(web_page(), "not_an_endpoint", id="a web page"),
        pytest.param(web_page(content_type="text/plain"), "not_an_endpoint", id="a web page as text"),
        pytest.param(web_page(content_type="application/json"), "not_an_endpoint", id="a web page as JSON"),
        pytest.param(web_page(status=404), "no_such_model_there", id="a web page for what is not found"),
        pytest.param(
            Response(b'{"error": {"message": "quota", "param": null}}'), "reply_unusable", id="error with 200"
        ),
    ],
)
def test_what_another_try_cannot_mend_is_not_tried_again(reply: Response, code: str) -> None:
    error = _failing(reply)
    assert isinstance(error, ModelUnavailable) and error.code == code
    assert KEY not in both(error)


def test_a_request_turned_down_gives_the_reason_without_the_key() -> None:
    error = _failing(failure(400, f"context too long\nfor {KEY}"))
    assert isinstance(error, RequestRefused) and "context too long for ***" in str(error)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        pytest.param(b'{"error": {"message": "too long", "param": null, "code": null}}', "too long", id="no parameter"),
        pytest.param(b'{"error": "too long"}', "too long", id="a bare sentence"),
        pytest.param(b'{"detail": [{"loc": ["body", "n"], "msg": "extra"}]}', "body.n: extra", id="list of faults"),
        pytest.param(b'[{"error": {"message": "too long"}}]', "too long", id="a list"),
        pytest.param(b"<html><title>Bad Request</title><p>cloud", "Bad Request", id="a web page"),
        pytest.param(b'{"error": 7}', "400", id="a number"),
        pytest.param(b'{"error": null}', "400", id="null"),
        pytest.param(b"", "400", id="nothing"),
    ],
)
def test_the_reason_is_found_in_bodies_of_any_form(body: bytes, words: str) -> None:
    error = _failing(Response(body, 400))
    assert isinstance(error, RequestRefused) and words in str(error.values["reason"]) and "<" not in str(error)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param([{"type": "text", "text": "粮食"}, {"type": "text", "text": "增产"}], id="parts"),
        pytest.param(
            [{"type": "thinking", "thinking": "想"}, {"type": "text", "text": "粮食增产"}], id="with a thought"
        ),
        pytest.param([{"type": "output_text", "text": {"value": "粮食增产"}}], id="text with a value"),
        pytest.param(["粮食", "增产"], id="a list of texts"),
        pytest.param({"type": "text", "text": "粮食增产"}, id="one part alone"),
    ],
)
def test_a_message_in_parts_says_what_its_texts_say(content: Content) -> None:
    with StubEndpoint() as stub:
        stub.enqueue(said(content), streamed(content, None))
        assert _say(_endpoint(stub)).text == "粮食增产"
        assert _heard(stub)[0].text == "粮食增产"


def test_usage_that_is_no_number_costs_nothing_known() -> None:
    with StubEndpoint() as stub:
        stub.enqueue(Response(b'{"choices": [{"message": {"content": "x"}}], "usage": {"prompt_tokens": "12"}}'))
        assert _say(_endpoint(stub)).tokens == Tokens()


def test_a_silent_endpoint_times_out_and_is_not_asked_again() -> None:
    error = _failing(silence, timeout=0.2)
    assert (error.code, error.values["seconds"]) == ("timed_out", 0.2)


def test_nobody_listening_is_one_line_that_names_the_host() -> None:
    with StubEndpoint() as stub:
        host = stub.host
    endpoint = Endpoint(Access(f"http://{host}/v1", KEY, "stub", timeout=5.0))
    with pytest.raises(ModelUnavailable, match=f"cannot_connect.*{host}"):
        _say(endpoint)


@pytest.mark.parametrize("trouble", [failure(429), failure(500), failure(503), hang_up])
def test_passing_trouble_is_tried_again(trouble: Reply) -> None:
    with StubEndpoint() as stub:
        stub.enqueue(trouble, "好了")
        assert _say(_endpoint(stub)).text == "好了"


def test_lasting_trouble_is_given_up_after_three_tries(waits: list[float]) -> None:
    with StubEndpoint() as stub:
        stub.enqueue(*[failure(503, "上游忙")] * 5)
        with pytest.raises(ModelUnavailable, match=r"server_error.*status=503, reason='上游忙'"):
            _say(_endpoint(stub))
        assert len(stub.chats) == 3
        assert len(waits) == 2 and sum(waits) < 2


def test_waits_as_long_as_a_busy_endpoint_asks(waits: list[float]) -> None:
    with StubEndpoint() as stub:
        stub.enqueue(failure(429, headers={"Retry-After": "7"}), "好了")
        _say(_endpoint(stub))
        assert waits == [7.0]


def test_does_not_wait_for_minutes() -> None:
    with StubEndpoint() as stub:
        stub.enqueue(failure(429, headers={"Retry-After": "61"}), "好了")
        with pytest.raises(ModelUnavailable):
            _say(_endpoint(stub))
        assert len(stub.chats) == 1


def test_parameters_an_endpoint_does_not_know_are_left_out_from_then_on() -> None:
    with StubEndpoint() as stub:
        refusals = [failure(400, "Unsupported", param=name) for name in ("max_tokens", "temperature", "seed")]
        stub.enqueue(*refusals, "一", "二")
        endpoint = _endpoint(stub)
        endpoint.say(TURNS, max_tokens=50, form={})
        _say(endpoint)
        assert len(stub.chats) == 5
        assert stub.chats[-1]["max_completion_tokens"] == 50
        assert not {"max_tokens", "temperature", "seed"} & stub.chats[-1].keys()


@pytest.mark.parametrize(
    ("status", "body", "name"),
    [
        (400, b'{"error": {"message": "Unsupported parameter: seed", "param": null}}', "seed"),
        (400, b'{"error": "temperature is not supported"}', "temperature"),
        (400, b'{"error": {"message": "use max_completion_tokens, not max_tokens", "param": null}}', "max_tokens"),
        (422, b'{"detail": [{"loc": ["body", "seed"], "msg": "Extra inputs are not permitted"}]}', "seed"),
    ],
)
def test_a_parameter_that_only_the_words_name_is_left_out(status: int, body: bytes, name: str) -> None:
    with StubEndpoint() as stub:
        stub.enqueue(Response(body, status), "好")
        assert _say(_endpoint(stub)).text == "好"
        assert name not in stub.chats[1]


def test_a_request_that_is_too_long_is_not_sent_without_its_limit() -> None:
    error = _failing(failure(400, "context is 4096 tokens, reduce max_tokens"))
    assert isinstance(error, RequestRefused)


def test_a_parameter_turned_down_for_two_requests_at_once_is_left_out_of_both() -> None:
    with StubEndpoint() as stub:
        endpoint, refusal = _endpoint(stub), failure(400, "Unsupported", param="seed")

        def asked_meanwhile(body: object) -> Reply:
            assert endpoint.say(TURNS, max_tokens=50, form={}).text == "一"
            return refusal

        stub.enqueue(asked_meanwhile, refusal, "一", "二")
        assert _say(endpoint).text == "二"


def test_a_proxy_of_the_environment_is_not_asked_about_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    with StubEndpoint() as stub:
        stub.enqueue("到了")
        assert _say(_endpoint(stub)).text == "到了"


def test_an_endpoint_can_be_used_again_after_closing() -> None:
    with StubEndpoint() as stub:
        stub.enqueue("一", "二")
        endpoint = _endpoint(stub)
        assert [_say(endpoint).text, _say(endpoint).text] == ["一", "二"]


def _heard(stub: StubEndpoint) -> tuple[Said, list[str]]:
    endpoint, heard = _endpoint(stub), list[str]()
    try:
        return endpoint.say(TURNS, max_tokens=50, form={}, hear=heard.append), heard
    finally:
        endpoint.close()


def test_a_listener_hears_all_that_was_said_so_far() -> None:
    with StubEndpoint() as stub:
        stub.enqueue(streamed("粮食", "1.39", "万吨", tokens=(12, 3)))
        assert _heard(stub) == (Said("粮食1.39万吨", False, Tokens(12, 3)), ["粮食", "粮食1.39", "粮食1.39万吨"])
        assert (stub.chats[0]["stream"], stub.chats[0]["stream_options"]) == (True, {"include_usage": True})


def test_a_streamed_reply_that_is_cut_off_says_so() -> None:
    with StubEndpoint() as stub:
        stub.enqueue(streamed("粮食", finish="length", tokens=None))
        assert _heard(stub)[0] == Said("粮食", True, Tokens())


def test_an_endpoint_that_counts_no_streamed_tokens_is_asked_without() -> None:
    with StubEndpoint() as stub:
        stub.enqueue(failure(400, "unknown", param="stream_options"), streamed("好"))
        assert _heard(stub)[0].text == "好"
        assert [("stream_options" in chat) for chat in stub.chats] == [True, False]


def _event_stream(*events: str) -> Response:
    return Response("".join(f"data: {event}\n\n" for event in events).encode(), content_type="text/event-stream")


def test_pieces_without_content_are_passed_over() -> None:
    odd = (
        '{"choices": null}',
        '{"choices": [{"delta": null}]}',
        '{"choices": [{"delta": {"content": "好"}}]}',
        "[DONE]",
    )
    with StubEndpoint() as stub:
        stub.enqueue(_event_stream(*odd))
        assert _heard(stub)[0].text == "好"


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        pytest.param(web_page(), "not_an_endpoint", id="a web page"),
        pytest.param(_event_stream('{"error": {"message": "忙", "param": null}}'), "reply_unusable", id="an error"),
        pytest.param(_event_stream('{"error": "忙"}'), "reply_unusable", id="a bare error"),
        pytest.param(_event_stream("{"), "reply_unusable", id="broken JSON"),
    ],
)
def test_what_comes_instead_of_a_stream_is_said(reply: Response, code: str) -> None:
    with StubEndpoint() as stub:
        stub.enqueue(reply)
        with pytest.raises(ModelUnavailable, match=stub.host) as caught:
            _heard(stub)
        assert caught.value.code == code


@pytest.mark.parametrize("reply", [streamed(finish="content_filter"), said("不是流")], ids=["filtered", "not a stream"])
def test_a_stream_without_an_answer_is_a_bad_reply(reply: Response) -> None:
    with StubEndpoint() as stub:
        stub.enqueue(reply)
        with pytest.raises(BadReply, match=stub.host):
            _heard(stub)


def test_an_error_of_the_listener_hangs_up() -> None:
    hung_up = threading.Event()

    def interrupt(text: str) -> None:
        raise KeyboardInterrupt

    with StubEndpoint() as stub:
        stub.enqueue(endless("字", hung_up))
        endpoint = _endpoint(stub)
        with pytest.raises(KeyboardInterrupt):
            endpoint.say(TURNS, max_tokens=50, form={}, hear=interrupt)
        assert hung_up.wait(10)
        endpoint.close()


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('{"code": 401, "msg": "token expired", "success": false}', "token expired"),
        ('{"error_code": 110, "error_msg": "token invalid"}', "token invalid"),
        ('{"base_resp": {"status_code": 1004, "status_msg": "login fail"}, "choices": null}', "login fail"),
        ('{"choices": null, "error": {"message": "余额不足", "param": null}}', "余额不足"),
    ],
)
def test_an_error_that_comes_as_a_reply_is_said_in_its_own_words(body: str, words: str) -> None:
    assert words in str(_failing(Response(body.encode())))
    with StubEndpoint() as stub:
        stub.enqueue(_event_stream(body))
        with pytest.raises(ModelUnavailable, match=words):
            _heard(stub)


def test_reasons_to_finish_by_other_names() -> None:
    assert isinstance(_failing(said("", finish="sensitive")), BadReply)
    with StubEndpoint() as stub:
        stub.enqueue(said("好", finish="max_tokens"))
        assert _say(_endpoint(stub)).is_cut


def test_of_several_streamed_answers_the_first_is_heard() -> None:
    with StubEndpoint() as stub:
        others = '{"choices": [{"index": 1, "delta": {"content": "坏"}}, {"index": 0, "delta": {"content": "好"}}]}'
        stub.enqueue(_event_stream(others))
        assert _heard(stub)[0].text == "好"
