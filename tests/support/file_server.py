"""A loopback server with one file, for tests of downloads: answers Range requests, and breaks off where told."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class FileServer:
    """What is served and how; `ranges` are the Range headers that came in."""

    content: bytes
    url: str = ""
    breaks_after: list[int] = field(default_factory=list)  # bytes, one for each request to break off
    takes_ranges: bool = True
    tells_length: bool = True
    status: int | None = None  # an error instead of the file
    content_type: str = "application/octet-stream"
    waits_for: threading.Event | None = None  # before it answers
    ranges: list[str] = field(default_factory=list)


@contextmanager
def serving(server: FileServer) -> Iterator[FileServer]:
    """Serves for the length of a `with`."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.ranges.append(self.headers["Range"])
            if server.waits_for:
                server.waits_for.wait(10)
            _answer(self, server)

        def log_message(self, *values: object) -> None:
            """Not a word."""

    listener = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listener.daemon_threads, listener.block_on_close = True, False
    thread = threading.Thread(target=listener.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    server.url = f"http://127.0.0.1:{listener.server_port}/file"
    try:
        yield server
    finally:
        listener.shutdown()
        thread.join()
        listener.server_close()


def _answer(handler: BaseHTTPRequestHandler, server: FileServer) -> None:
    if server.status:
        handler.send_error(server.status)
        return
    asked = re.match(r"bytes=(\d+)-", handler.headers["Range"])
    start = int(asked[1]) if asked and server.takes_ranges else 0
    body = server.content[start:]
    handler.send_response(206 if server.takes_ranges else 200)
    if server.takes_ranges:
        handler.send_header("Content-Range", f"bytes {start}-{len(server.content) - 1}/{len(server.content)}")
    handler.send_header("Content-Type", server.content_type)
    if server.tells_length:
        handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body[: server.breaks_after.pop(0)] if server.breaks_after else body)
