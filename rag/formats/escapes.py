"""Text that was written for a machine to carry, and never turned back: %E7%9F%B3, \\u77f3, &#30707, =E7=9F=B3, ~{J/~}.

Each form proves itself: what comes out is Chinese.
"""

import binascii
import re
from collections.abc import Callable, Sequence
from urllib.parse import unquote_to_bytes

from rag.text.normalization import HAN
from rag.text.readability import common_share

_LEAST_COMMON = 0.7  # of the characters that come out
_HAN = re.compile(f"[{HAN}]")
_PERCENT = re.compile(r"(?<![\w/=?&%:.#-])(?:%[0-9A-Fa-f]{2}){2,}(?:[\w.~-]*(?:%[0-9A-Fa-f]{2})+)*", re.ASCII)
_CODES = re.compile(r"(?:\\u|%u|#U)([0-9A-Fa-f]{4})")
_OPEN_ENTITIES = re.compile(r"&#([1-6]\d{4}|\d{2,4}(?!\d))(?!\d*;)")  # figures may follow: &#381521200
_PRINTABLE = re.compile(r"(?:=[0-9A-F]{2}){2,}")
_HZ = re.compile(r"~\{[\x21-\x7d\n]*?~\}")
_UTF_SEVEN = re.compile(r"\+[A-Za-z0-9+/]{3,}-?")
_LEAST_RUNS = 2  # of the forms that ordinary text can hold by chance
_ENCODINGS = ("utf-8", "gb18030")


def unescaped(text: str) -> str:
    """The text with what was escaped as the characters that it stands for, itself where nothing proves to be.

    Example: unescaped("%E7%9F%B3%E7%9F%B6") == "石矶"; unescaped("\\\\u77f3\\\\u77f6") == "石矶"
    """
    for attempt in _ATTEMPTS:
        found = attempt(text)
        if found != text and _is_chinese(found, text):
            text = found
    return text


def _is_chinese(found: str, before: str) -> bool:
    """Whether Chinese characters came out, common ones, where there were fewer."""
    gained = len(_HAN.findall(found)) - len(_HAN.findall(before))
    return gained > 1 and common_share(found) >= _LEAST_COMMON


def _percent(text: str) -> str:
    return _PERCENT.sub(lambda run: _decoded(unquote_to_bytes(run[0]), run[0]), text)


def _codes(text: str) -> str:
    if not _CODES.search(text):
        return text
    plain = _CODES.sub(lambda code: chr(int(code[1], 16)), text)
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _open_entities(text: str) -> str:
    return _OPEN_ENTITIES.sub(lambda entity: chr(int(entity[1])), text)


def _printable(text: str) -> str:
    """Quoted-printable, as mail carries it."""
    if not text.isascii() or len(_PRINTABLE.findall(text)) < _LEAST_RUNS:
        return text
    return _decoded(binascii.a2b_qp(text.encode()), text)


def _hz(text: str) -> str:
    return _decoded(text.encode(), text, ("hz",)) if text.isascii() and _HZ.search(text) else text


def _utf_seven(text: str) -> str:
    is_meant = text.isascii() and len(_UTF_SEVEN.findall(text)) >= _LEAST_RUNS
    return _decoded(text.encode(), text, ("utf-7",)) if is_meant else text


_ATTEMPTS: Sequence[Callable[[str], str]] = (_percent, _codes, _open_entities, _printable, _hz, _utf_seven)


def _decoded(raw: bytes, otherwise: str, encodings: Sequence[str] = _ENCODINGS) -> str:
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeError:
            continue
    return otherwise
