"""Telling apart the encodings of Chinese text files.

UTF-8 and byte-order marks prove themselves. GB18030, Big5 and UTF-16 without a mark accept almost any bytes, so their
readings are weighed: right ones consist of common Chinese characters, wrong ones of rare ones.
"""

import codecs
import unicodedata
from dataclasses import dataclass

from rag.text.normalization import fold_characters

_MARKS = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_GUESSED = ("gb18030", "big5", "big5hkscs", "cp950", "utf-16-le", "utf-16-be")
_WEIGHED = 20_000  # characters of a reading that are weighed
_LEAST_WEIGHT = 0.7
_MOST_CONTROLS = 0.01
_FIRST_COMMON, _LAST_COMMON = b"\xb0\xa1", b"\xd7\xf9"  # the first level of GB 2312: the 3,755 usual characters
_ONE_OFF = frozenset("　、。〈〉《》「」『』【】〔〕“”‘’…—·～￥①②③④⑤⑥⑦⑧⑨⑩ⅠⅡⅢ㎡℃％±×°")


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
    if decoded := _accepted(content, "utf-8"):
        return decoded
    readings = [decoded for encoding in _GUESSED if (decoded := _accepted(content, encoding))]
    best = max(readings, key=lambda reading: _weight(reading.text), default=None)
    return best if best and _weight(best.text) >= _LEAST_WEIGHT else None


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


def _accepted(content: bytes, encoding: str) -> Decoded | None:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if has_control_characters(text) else Decoded(text, encoding)


def _weight(text: str) -> float:
    """How much of the text beyond ASCII is common Chinese, from 0 to 1; 0 where there is nothing beyond ASCII."""
    foreign = [character for character in fold_characters(text[:_WEIGHED]) if not _is_neutral(character)]
    return sum(_character_weight(character) for character in foreign) / len(foreign) if foreign else 0.0


def _is_neutral(character: str) -> bool:
    return character.isascii() or character.isspace()


def _character_weight(character: str) -> float:
    if unicodedata.category(character) == "Co":
        return -1.0  # private use: hardly ever in a real text
    if character in _ONE_OFF or "！" <= character <= "～":
        return 1.0
    try:
        return float(_FIRST_COMMON <= character.encode("gb2312") <= _LAST_COMMON)
    except UnicodeEncodeError:
        return 0.0
