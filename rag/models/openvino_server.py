"""The process that serves a model of OpenVINO, which has no server of its own for Python.

It speaks as much of OpenAI's protocol as we do with it: chat completions whole and in pieces, a grammar, the likelihood
of words.
"""

import hmac
import json
import threading
from collections.abc import Mapping
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from rag.models.local_server import serve
from rag.models.openvino_model import Model

_PATH = "/v1/chat/completions"
_LARGEST = 4_000_000  # bytes of a request


class Server(ThreadingHTTPServer):
    """A model on 127.0.0.1, for those who have the key."""

    daemon_threads = True

    def __init__(self, model: Model, api_key: str) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.model = model
        self.api_key = api_key


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    server: Server

    def log_message(self, *_: object) -> None:
        """Not a word: requests hold questions."""

    def do_POST(self) -> None:
        """Chat completions, whole or in pieces."""
        given = self.headers.get("Authorization", "").removeprefix("Bearer ")
        length = int(self.headers.get("Content-Length", 0))
        if not hmac.compare_digest(given.encode(), self.server.api_key.encode()):
            self._refuse(401, "another key")
        elif self.path != _PATH or not 0 < length <= _LARGEST:
            self._refuse(404, "chat completions alone")
        else:
            self._serve(self.rfile.read(length))

    def _serve(self, body: bytes) -> None:
        try:
            request = json.loads(body)
            prompt = self.server.model.prompt_of(request)
        except (ValueError, KeyError, TypeError) as error:
            self._refuse(400, str(error))
            return
        if request.get("stream"):
            self._give_pieces(prompt, request)
        else:
            self._give(200, _named(self.server.model.reply(prompt, request, lambda piece: True)))

    def _refuse(self, status: int, message: str) -> None:
        self.close_connection = True  # what was sent may not have been read
        self._give(status, {"error": {"message": message}})

    def _give(self, status: int, reply: Mapping[str, Any]) -> None:
        body = json.dumps(reply, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _give_pieces(self, prompt: str, request: Mapping[str, Any]) -> None:
        self.close_connection = True
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        whole = self.server.model.reply(prompt, request, lambda piece: self._piece({"delta": {"content": piece}}))
        [choice] = whole["choices"]
        self._piece({"delta": {}, "finish_reason": choice["finish_reason"]}, usage=whole["usage"])
        with suppress(OSError):
            self.wfile.write(b"data: [DONE]\n\n")

    def _piece(self, choice: Mapping[str, Any], **others: object) -> bool:
        """Sends a piece; False where nobody listens any more."""
        row = _named({"choices": [{"index": 0, **choice}], **others})
        try:
            self.wfile.write(f"data: {json.dumps(row, ensure_ascii=False)}\n\n".encode())
        except OSError:
            return False
        return True


def _named(reply: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": "reply", "object": "chat.completion", "created": 0, "model": "embedded", **reply}


def start(order: Mapping[str, Any]) -> tuple[str, object]:
    """See `rag.models.local_server.Start`."""
    model = Model(Path(order["path"]), threads=order["threads"], context=order["context"])
    server = Server(model, order["api_key"])
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_address[1]}", server


if __name__ == "__main__":
    serve(start)
