"""A proxy on loopback that passes nothing on: it turns every request down and keeps what it was asked for."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

FORBIDDEN = 403  # clients do not try it again


@dataclass
class RecordingProxy:
    """`asked` has a line a request, such as "GET http://models.example/file" and "CONNECT models.example:443"."""

    url: str = ""
    asked: list[str] = field(default_factory=list)


@contextmanager
def recording_proxy() -> Iterator[RecordingProxy]:
    """Listens for the length of a `with`."""
    proxy = RecordingProxy()

    class Handler(BaseHTTPRequestHandler):
        def _refuse(self) -> None:
            proxy.asked.append(f"{self.command} {self.path}")
            self.send_error(FORBIDDEN)

        do_GET = do_HEAD = do_POST = do_CONNECT = _refuse  # noqa: N815 (names that a protocol dictates)

        def log_message(self, *values: object) -> None:
            """Not a word."""

    listener = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listener.daemon_threads, listener.block_on_close = True, False
    thread = threading.Thread(target=listener.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    proxy.url = f"http://127.0.0.1:{listener.server_port}"
    try:
        yield proxy
    finally:
        listener.shutdown()
        thread.join()
        listener.server_close()
