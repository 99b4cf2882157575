"""A loopback endpoint that speaks the OpenAI way and says what a test has lined up.

with StubEndpoint() as stub:
    stub.enqueue({"claims": []})                      # a JSON object as the reply's text
    stub.enqueue("not JSON", failure(503), said("{", finish="length"), silence)
    model = EndpointModel(Access(stub.base_url, "key", "stub"))
    ...
    assert stub.chats[0]["temperature"] == 0          # the bodies of the requests, in order
"""

import hashlib
import json
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, cast

Body = dict[str, Any]
CHAT, EMBEDDINGS, MODELS = "/v1/chat/completions", "/v1/embeddings", "/v1/models"


@dataclass(frozen=True)
class Response:
    """An HTTP response as it goes over the wire."""

    content: bytes
    status: int = 200
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    pieces: Iterable[bytes] | None = None  # written one by one in place of the content


@dataclass(frozen=True)
class Recorded:
    """A request that came in."""

    path: str
    body: Body
    headers: Mapping[str, str]  # names in lower case


Reply = Response | str | Mapping[str, object] | Callable[[Body], "Reply"]
"""The text of the answer, an object to be its JSON, a whole response, or something that makes one of the request."""


class HangUpError(Exception):
    """Raised by a reply to close the connection without a word."""


def hang_up(body: Body) -> Reply:
    """A reply: closes the connection."""
    raise HangUpError


def silence(body: Body) -> Reply:
    """A reply: nothing, until the stub closes."""
    raise TimeoutError


def failure(
    status: int,
    message: str = "out of order",
    *,
    code: str | None = None,
    param: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """An error response in OpenAI's form."""
    error = {"message": message, "type": "error", "code": code, "param": param}
    return Response(json.dumps({"error": error}).encode(), status, headers=headers or {})


Content = str | Sequence[object] | Mapping[str, object] | None
"""What a message says: text, or the parts that some gateways make of it."""


def web_page(title: str = "登录", *, status: int = 200, content_type: str = "text/html; charset=utf-8") -> Response:
    """What a web site or a proxy answers."""
    return Response(f"<!doctype html><html><head><title>{title}</title></head></html>".encode(), status, content_type)


def said(
    text: Content,
    *,
    finish: str = "stop",
    refusal: str | None = None,
    tokens: tuple[int, int] | None = (10, 5),
) -> Response:
    """A chat completion with everything open to choice; `tokens` are prompt and completion, None leaves them out."""
    message = {"role": "assistant", "content": text, "refusal": refusal}
    completion: Body = {
        "id": "stub",
        "object": "chat.completion",
        "created": 0,
        "model": "stub",
        "choices": [{"index": 0, "message": message, "finish_reason": finish}],
    }
    if tokens:
        prompt, written = tokens
        completion["usage"] = {"prompt_tokens": prompt, "completion_tokens": written, "total_tokens": prompt + written}
    return Response(json.dumps(completion).encode())


def streamed(*pieces: Content, finish: str = "stop", tokens: tuple[int, int] | None = (10, 5)) -> Response:
    """A chat completion piece by piece, as server-sent events."""
    choices: list[Body] = [{"index": 0, "delta": {"content": piece}, "finish_reason": None} for piece in pieces]
    events: list[Body] = [
        {"choices": [choice]} for choice in (*choices, {"index": 0, "delta": {}, "finish_reason": finish})
    ]
    if tokens:
        events.append({"choices": [], "usage": {"prompt_tokens": tokens[0], "completion_tokens": tokens[1]}})
    return Response(b"", content_type="text/event-stream", pieces=[*map(_event, events), b"data: [DONE]\n\n"])


def endless(piece: str, hung_up: threading.Event) -> Response:
    """A chat completion that goes on until the other side hangs up, and then sets the event."""

    def pieces() -> Iterator[bytes]:
        try:
            while True:
                yield _event({"choices": [{"index": 0, "delta": {"content": piece}, "finish_reason": None}]})
        finally:
            hung_up.set()

    return Response(b"", content_type="text/event-stream", pieces=pieces())


def _event(body: Body) -> bytes:
    chunk = {"id": "stub", "object": "chat.completion.chunk", "created": 0, "model": "stub", **body}
    return b"data: " + json.dumps(chunk).encode() + b"\n\n"


class StubEndpoint:
    """The server; starts with `with`. Replies come in the order they were lined up; with none left it fails loudly.

    `response_formats` are those it takes, others get 400 as at DeepSeek. `fallback` answers chats when none is
    lined up. Embeddings are made from the text's hash unless something is lined up for them.
    """

    def __init__(
        self,
        *,
        response_formats: Sequence[str] = ("json_schema", "json_object"),
        fallback: Callable[[Body], Reply] | None = None,
        dimension: int = 8,
    ) -> None:
        self.requests: list[Recorded] = []
        self._queues: dict[str, deque[Reply]] = {CHAT: deque(), EMBEDDINGS: deque(), MODELS: deque()}
        self._response_formats = response_formats
        self._fallback = fallback
        self._dimension = dimension
        self._closing = threading.Event()
        self._server = _Server(self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self._server.server_port}"

    @property
    def base_url(self) -> str:
        return f"http://{self.host}/v1"

    @property
    def chats(self) -> list[Body]:
        """Bodies of the chat requests so far."""
        return [request.body for request in self.requests if request.path == CHAT]

    def enqueue(self, *replies: Reply) -> None:
        """Lines up replies to chats."""
        self._queues[CHAT].extend(replies)

    def enqueue_embeddings(self, *replies: Reply) -> None:
        """Lines up replies to embedding requests."""
        self._queues[EMBEDDINGS].extend(replies)

    def answer(self, request: Recorded) -> Response | None:
        """The response to a request, None to hang up."""
        self.requests.append(request)
        try:
            return self._response(request.path, self._reply(request), request.body)
        except HangUpError:
            return None
        except TimeoutError:
            self._closing.wait()
            return None

    def _reply(self, request: Recorded) -> Reply:
        if request.path not in self._queues:
            return failure(404, "no such path")
        wanted = request.body.get("response_format", {}).get("type")
        if wanted and wanted not in self._response_formats:
            return failure(400, "This response_format type is unavailable now")
        queue = self._queues[request.path]
        if queue:
            return queue.popleft()
        if request.path == EMBEDDINGS:
            return self._embedded(request.body)
        if request.path == MODELS:
            return Response(b'{"object": "list", "data": [{"id": "stub", "object": "model"}]}')
        return self._fallback or failure(418, "the stub has nothing lined up")

    def _response(self, path: str, reply: Reply, body: Body) -> Response:
        while callable(reply):
            reply = reply(body)
        if isinstance(reply, Response):
            return reply
        return said(reply if isinstance(reply, str) else json.dumps(reply, ensure_ascii=False))

    def _embedded(self, body: Body) -> Response:
        texts = [body["input"]] if isinstance(body["input"], str) else cast(list[str], body["input"])
        data = [
            {"object": "embedding", "index": index, "embedding": hashed_vector(text, self._dimension)}
            for index, text in enumerate(texts)
        ]
        usage = {"prompt_tokens": 1, "total_tokens": 1}
        return Response(json.dumps({"object": "list", "model": "stub", "data": data, "usage": usage}).encode())

    def close(self) -> None:
        self._closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def __enter__(self) -> "StubEndpoint":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def hashed_vector(text: str, dimension: int) -> list[float]:
    """A vector that depends on the text alone."""
    digest = hashlib.sha256(text.encode()).digest()
    return [digest[position % len(digest)] / 255 - 0.5 for position in range(dimension)]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, stub: StubEndpoint) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.stub = stub


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        self._answer({})

    def do_POST(self) -> None:
        self._answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

    def log_message(self, *values: object) -> None:
        """Not a word."""

    def _answer(self, body: Body) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        response = self.server.stub.answer(Recorded(self.path, body, headers))
        if response is None:
            return
        self.send_response(response.status)
        for name, value in {"Content-Type": response.content_type, **response.headers}.items():
            self.send_header(name, value)
        if response.pieces is not None:
            self._write(response.pieces)
            return
        self.send_header("Content-Length", str(len(response.content)))
        self.end_headers()
        self.wfile.write(response.content)

    def _write(self, pieces: Iterable[bytes]) -> None:
        self.send_header("Connection", "close")
        self.end_headers()
        try:
            for piece in pieces:
                self.wfile.write(piece)
        except OSError:  # the other side hung up
            if isinstance(pieces, Generator):
                pieces.close()
