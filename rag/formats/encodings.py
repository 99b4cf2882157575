"""Telling apart the encodings of Chinese text files.

UTF-8 and byte-order marks prove themselves. GB18030, Big5 and UTF-16 without a mark accept almost any bytes, so their
readings are weighed: right ones consist of common Chinese characters, wrong ones of rare ones.
"""

import codecs
import re
from dataclasses import dataclass

from rag.text.readability import common_share

_MARKS = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_GUESSED = ("gb18030", "big5", "big5hkscs", "cp950", "utf-16-le", "utf-16-be")
_LEAST_WEIGHT = 0.7
_MOST_CONTROLS = 0.01
_HIGH_CONTROLS = re.compile("[\x80-\x9f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded text without its byte-order mark, and the encoding it was in."""

    text: str
    encoding: str


def decode(content: bytes) -> Decoded | None:
    """The text that bytes hold, None where no encoding gives a readable one.

    Example: decode("柳溪镇".encode("gb18030")) == Decoded("柳溪镇", "gb18030")
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _accepted(content[len(mark) :], encoding)
    if decoded := _utf8(content):
        return decoded
    readings = [decoded for encoding in _GUESSED if (decoded := _accepted(content, encoding))]
    best = max(readings, key=lambda reading: common_share(reading.text), default=None)
    return best if best and common_share(best.text) >= _LEAST_WEIGHT else None


def is_cut_character(content: bytes) -> bool:
    """Whether bytes would be readable without the one to three at their end, which begin a character."""
    return any(decode(content[:-cut]) is not None for cut in (1, 2, 3) if cut < len(content))


def undecodable_line(content: bytes) -> int | None:
    """The line (from 1) at which the encoding of the lines before it stops to fit, None where none fits for long."""
    reached = max((_first_fault(content, encoding) for encoding in ("utf-8", "gb18030", "big5")), default=0)
    before = content[:reached].rfind(b"\n") + 1
    return content[:before].count(b"\n") + 1 if before and decode(content[:before]) is not None else None


def _first_fault(content: bytes, encoding: str) -> int:
    try:
        content.decode(encoding)
    except UnicodeDecodeError as error:
        return error.start
    return 0


def has_control_characters(text: str) -> bool:
    """Whether a text holds NULs, or more than one control character in a hundred."""
    text = text.rstrip("\x1a")  # the end mark of old DOS files
    controls = sum(character < "\xa0" and not character.isprintable() and not character.isspace() for character in text)
    return "\x00" in text or controls > len(text) * _MOST_CONTROLS


def _utf8(content: bytes) -> Decoded | None:
    """UTF-8 proves itself, but what was saved in it may have been read wrongly before: full of controls above ASCII."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return None
    return None if has_control_characters(_HIGH_CONTROLS.sub("", text)) else Decoded(text, "utf-8")


def _accepted(content: bytes, encoding: str) -> Decoded | None:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if has_control_characters(text) else Decoded(text, encoding)
