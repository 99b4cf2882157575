"""The embedded chat model's file by HTTP, from any server that has it.

A download that was cut off goes on, also that of a process that ended; `huggingface_hub` would begin anew.
"""

import logging
import re
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import httpx2

from rag.errors import ModelUnavailable
from rag.models.access import is_on_this_machine

_log = logging.getLogger(__name__)
_READ_SECONDS = 30.0
_MOST_CUTS = 20


@dataclass(frozen=True, slots=True)
class HttpSource:
    """An address that answers Range requests; one that does not is read from the start."""

    name: str
    url: str
    answer_seconds: float = 5.0

    def fill(self, part: Path, size: int, on_growth: Callable[[int], None]) -> None:
        """See `Source`. A download that was cut off goes on, as long as each try brings something."""
        failure = ModelUnavailable("download_cut_off")
        with httpx2.Client(
            follow_redirects=True, timeout=_READ_SECONDS, trust_env=not is_on_this_machine(self.url)
        ) as client:
            for _ in range(_MOST_CUTS):
                before = _size(part)
                if before >= size:
                    return
                failure = self._continue(client, part, size, on_growth)
                if _size(part) == before:
                    break
                _log.debug("%s ended at byte %d: %s", self.name, _size(part), failure)
        if _size(part) < size:
            raise failure

    def _continue(
        self, client: httpx2.Client, part: Path, size: int, on_growth: Callable[[int], None]
    ) -> ModelUnavailable:
        """Writes what comes of one request; returns why there is no more of it."""
        headers = {"Range": f"bytes={_size(part)}-", "Accept-Encoding": "identity", "User-Agent": "zhenbao"}
        request = client.build_request("GET", self.url, headers=headers)
        try:
            with closing(_within(self.answer_seconds, lambda: client.send(request, stream=True))) as response:
                _pour(response, part, size, on_growth)
        except TimeoutError:
            return ModelUnavailable("no_answer_in_time", seconds=self.answer_seconds)
        except httpx2.HTTPError as error:
            reason = " ".join(str(error).split())[:120] or type(error).__name__
            return ModelUnavailable("download_failed", reason=reason)
        return ModelUnavailable("download_cut_off")


def _within(seconds: float, ask: Callable[[], httpx2.Response]) -> httpx2.Response:
    """The answer, or TimeoutError. In a thread, for looking up a name knows no time limit."""
    answer: Future[httpx2.Response] = Future()

    def run() -> None:
        try:
            answer.set_result(ask())
        except httpx2.HTTPError as error:
            answer.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    return answer.result(seconds)


def _pour(response: httpx2.Response, part: Path, size: int, on_growth: Callable[[int], None]) -> None:
    """Writes the answer where it belongs in the file, up to `size`."""
    first = _first_byte(response, _size(part), size)
    with part.open("r+b" if part.exists() else "wb") as file:
        file.seek(first)
        file.truncate()
        for block in response.iter_raw():
            file.write(block[: size - file.tell()])
            on_growth(file.tell())


def _first_byte(response: httpx2.Response, wanted: int, size: int) -> int:
    """Where in the file the answer begins. Raises ModelUnavailable where it is some other file, say a login page."""
    if response.is_error:
        raise ModelUnavailable("http_error", status=response.status_code)
    starts = re.match(r"bytes (\d+)-", response.headers.get("Content-Range", ""))
    first = int(starts[1]) if response.status_code == httpx2.codes.PARTIAL_CONTENT and starts else 0
    length = response.headers.get("Content-Length", "")
    if first not in (0, wanted) or (length.isdecimal() and first + int(length) != size):
        raise ModelUnavailable("another_file_came")
    if response.headers.get("Content-Type", "").startswith("text/html"):
        raise ModelUnavailable("web_page_came")
    return first


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
