"""The server of OpenVINO's process, asked by our own client; a scripted model stands for OpenVINO's."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest
from pydantic import BaseModel

from rag.errors import ModelUnavailable, RequestRefused
from rag.models.access import Access
from rag.models.chat import EndpointModel
from rag.models.conversation import ChatRequest, ChoiceRequest, Tokens, Turn
from rag.models.grammar import grammar_of
from rag.models.openvino_model import TooLong
from rag.models.openvino_server import Server

TURNS = (Turn("system", "只输出 JSON。"), Turn("user", "修路3公里。修了几公里？"))
PIECES = ('{"kilo', 'metres": ', "3}")


class Road(BaseModel):
    kilometres: int


class Scripted:
    """Writes its pieces, as far as it is let."""

    def __init__(self) -> None:
        self.requests: list[Mapping[str, Any]] = []
        self.written: list[str] = []
        self.stopped = threading.Event()

    def prompt_of(self, request: Mapping[str, Any]) -> str:
        self.requests.append(request)
        if len(request["messages"][-1]["content"]) > 1000:
            raise TooLong("the prompt is longer than the context of 1000 tokens")
        return "prompt"

    def reply(self, prompt: str, request: Mapping[str, Any], hear: Callable[[str], bool]) -> dict[str, Any]:
        choice: dict[str, Any] = {"index": 0, "finish_reason": "stop"}
        text = "".join(PIECES)
        if words := request.get("words"):
            ranked = [{"token": word, "logprob": -n, "bytes": None} for n, word in enumerate(words)]
            choice["logprobs"] = {"content": [{**ranked[0], "top_logprobs": ranked}]}
            text = words[0]
        else:
            for piece in PIECES * (1000 if "很长" in request["messages"][-1]["content"] else 1):
                self.written.append(piece)
                if not hear(piece):
                    self.stopped.set()
                    break
        usage = {"prompt_tokens": 20, "completion_tokens": 9, "total_tokens": 29}
        return {"choices": [{**choice, "message": {"role": "assistant", "content": text}}], "usage": usage}


@pytest.fixture
def scripted() -> Scripted:
    return Scripted()


@pytest.fixture
def server(scripted: Scripted) -> Iterator[Server]:
    running = Server(scripted, "key")  # type: ignore[arg-type]
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield running
    running.shutdown()
    running.server_close()
    thread.join()


def address(server: Server) -> str:
    return f"http://127.0.0.1:{server.server_address[1]}"


@contextmanager
def model(server: Server, key: str = "key") -> Iterator[EndpointModel]:
    access = Access(f"{address(server)}/v1", key, "embedded")
    asking = EndpointModel(access, structured_mode="json_schema", grammar=grammar_of)
    yield asking
    asking.close()


def test_a_reply_with_its_cost(server: Server, scripted: Scripted) -> None:
    with model(server) as asked:
        reply = asked.complete(ChatRequest(TURNS, Road))
    assert (reply.value.kilometres, reply.tokens) == (3, Tokens(20, 9))
    [request] = scripted.requests
    assert request["messages"][1] == {"role": "user", "content": "修路3公里。修了几公里？"}
    assert request["grammar"].startswith('root ::= "{"')


def test_a_reply_is_heard_as_it_grows(server: Server) -> None:
    heard: list[str] = []
    with model(server) as asked:
        reply = asked.complete(ChatRequest(TURNS, Road, hear=heard.append))
    assert heard == ['{"kilo', '{"kilometres": ', '{"kilometres": 3}']
    assert (reply.value.kilometres, reply.tokens) == (3, Tokens(20, 9))


class Enough(Exception):
    """Raised by one who has heard enough."""


def test_the_model_stops_when_its_listener_leaves(server: Server, scripted: Scripted) -> None:
    def leave(text: str) -> None:
        raise Enough

    with model(server) as asked, pytest.raises(Enough):
        asked.complete(ChatRequest((Turn("user", "写一篇很长的文章"),), Road, hear=leave))
    assert scripted.stopped.wait(10)
    assert len(scripted.written) < 3000


def test_a_choice_has_the_likelihood_of_each_word(server: Server, scripted: Scripted) -> None:
    with model(server) as asked:
        choice = asked.choose(ChoiceRequest(TURNS, ("能", "不能")))
    assert choice.shares == (0.731, 0.269)  # 1 and 1/e of their sum
    assert scripted.requests[0]["words"] == ["能", "不能"]


def test_a_prompt_that_is_too_long_is_turned_down(server: Server) -> None:
    with model(server) as asked, pytest.raises(RequestRefused):
        asked.complete(ChatRequest((Turn("user", "长" * 1001),), Road))


def test_nobody_without_the_key_is_served(server: Server, scripted: Scripted) -> None:
    with model(server, "another") as asked, pytest.raises(ModelUnavailable):
        asked.complete(ChatRequest(TURNS, Road))
    assert scripted.requests == []


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [("/v1/models", b"{}", 404), ("/v1/chat/completions", b"", 404), ("/v1/chat/completions", b"{", 400)],
)
def test_what_is_no_request_is_turned_down(path: str, body: bytes, status: int, server: Server) -> None:
    connection = HTTPConnection(urlsplit(address(server)).netloc, timeout=10)
    connection.request("POST", path, body, {"Authorization": "Bearer key"})
    assert connection.getresponse().status == status
    connection.close()
    with model(server) as asked:
        assert asked.complete(ChatRequest(TURNS, Road)).value.kilometres == 3
