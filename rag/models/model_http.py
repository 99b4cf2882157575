"""The embedded chat model's file by HTTP, from any server that has it."""

import http.client
import re
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from rag.errors import ModelUnavailable

_BLOCK = 1 << 20
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
        for _ in range(_MOST_CUTS):
            before = _size(part)
            if before >= size:
                return
            with self._opened(before) as response, part.open("r+b" if part.exists() else "wb") as file:
                file.seek(_first_byte(response, before, size))
                file.truncate()
                cut = _poured(response, file, size, on_growth)
            if _size(part) == before:
                raise ModelUnavailable(cut or "没有内容 (nothing came)")
        if _size(part) < size:
            raise ModelUnavailable("连接反复中断 (cut off again and again)")

    def _opened(self, offset: int) -> http.client.HTTPResponse:
        """The answer to a request from `offset` on. In a thread, for looking up a name knows no time limit."""
        request = urllib.request.Request(self.url, headers={"Range": f"bytes={offset}-", "User-Agent": "zhenbao"})
        found: list[http.client.HTTPResponse] = []
        reasons: list[str] = []
        given_up = threading.Event()

        def ask() -> None:
            try:
                response = urllib.request.urlopen(request, timeout=_READ_SECONDS)
                found.append(response)
                if given_up.is_set():
                    response.close()
            except (OSError, http.client.HTTPException, ValueError) as error:
                reasons.append(_reason(error))

        thread = threading.Thread(target=ask, daemon=True)
        thread.start()
        thread.join(self.answer_seconds)
        if found:
            return found[0]
        given_up.set()
        raise ModelUnavailable(reasons[0] if reasons else f"{self.answer_seconds:g} 秒内没有答复 (no answer in time)")


def _first_byte(response: http.client.HTTPResponse, wanted: int, size: int) -> int:
    """Where in the file the answer begins. Raises ModelUnavailable where it is some other file, say a login page."""
    starts = re.match(r"bytes (\d+)-", response.headers.get("Content-Range", ""))
    first = int(starts[1]) if response.status == 206 and starts else 0
    length = response.headers.get("Content-Length", "")
    if first not in (0, wanted) or (length.isdecimal() and first + int(length) != size):
        raise ModelUnavailable("给的是另一个文件 (a file of another size)")
    if response.headers.get_content_type() == "text/html":
        raise ModelUnavailable("给的是网页 (a web page instead of the file)")
    return first


def _poured(response: http.client.HTTPResponse, file: BinaryIO, size: int, on_growth: Callable[[int], None]) -> str:
    """Writes what comes, up to `size`; why it ended early, empty where it did not."""
    while (at := file.tell()) < size:
        try:
            block = response.read(min(_BLOCK, size - at))
        except (OSError, http.client.HTTPException) as error:
            return _reason(error)
        if not block:
            return "连接中断 (cut off)"
        file.write(block)
        on_growth(file.tell())
    return ""


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _reason(error: Exception) -> str:
    if isinstance(error, urllib.error.HTTPError):
        return f"HTTP {error.code}"
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    return " ".join(str(cause).split())[:120] or type(error).__name__
