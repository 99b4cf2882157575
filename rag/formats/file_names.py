"""File names as people wrote them: programs on Chinese Windows write them in an encoding of their own, unsaid.

All names of an archive were written by one program, so its encoding is the one in which all together read best.
"""

import os
import re
import struct
import zlib
from collections.abc import Sequence
from pathlib import Path
from zipfile import ZipInfo

from rag.formats.escapes import unescaped
from rag.formats.mojibake import mend
from rag.text.lexicon import concept, table
from rag.text.normalization import HAN, fold_characters
from rag.text.readability import common_share

_UTF8_NAME = 0x800  # the flag of names in UTF-8
_UNICODE_PATH = 0x7075  # Info-ZIP's extra field with the name in UTF-8
_ENCODINGS = ("utf-8", "gb18030", "cp950", "big5hkscs", "cp932")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_NO_DOUBT = "\u0800"  # from here on UTF-8 takes three bytes, which no other encoding's fit by chance
_KANA = re.compile("[ぁ-んァ-ヶ]")
_IN_LATIN = re.compile(rf"(?<=[a-z])[{HAN}]+(?=[a-z])", re.IGNORECASE)
_TELLING = (table("place_level")["town"] | table("place_level")["county"] | concept("report_words")).pattern
_LOST = "\N{REPLACEMENT CHARACTER}"
_LEAST_LEFT = 3.0  # readable characters of a name that was cut
_LONGEST, _HEAD, _TAIL = 120, 80, 30  # characters of a name between two slashes


def names_of(members: Sequence[ZipInfo]) -> list[str]:
    """The members' names in their order, each to be shown on one line, with / between folders."""
    said = [_said_name(member) for member in members]
    raw = [b"" if name else _raw(member) for member, name in zip(members, said, strict=True)]
    found = (name or guess for name, guess in zip(said, read_together(raw), strict=True))
    shown = [_CONTROLS.sub(_LOST, name).replace("\\", "/") for name in found]
    shown = [unescaped(name) for name in shown]
    mended = mend("\n".join(shown))
    return ["/".join(map(_shortened, name.split("/"))) for name in (mended.text.split("\n") if mended else shown)]


def shown_path(path: Path) -> str:
    """A path on this machine, as `str` has it where its bytes are UTF-8."""
    raw = os.fsencode(path)
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return "/".join(read_together(raw.split(b"/")))


def read_together(names: Sequence[bytes]) -> list[str]:
    """Names that one program wrote, in the encodings in which they read best."""
    encodings = sorted(_ENCODINGS, key=lambda encoding: -sum(_readable(name, encoding) for name in names))
    return [_decoded(name, encodings) for name in names]


def _raw(member: ZipInfo) -> bytes:
    return member.orig_filename.encode("cp437")


def _said_name(member: ZipInfo) -> str | None:
    """A name whose encoding the archive says, or that has no need of one."""
    if member.flag_bits & _UTF8_NAME:
        return member.orig_filename
    return _unicode_path(member) or (member.orig_filename if member.orig_filename.isascii() else None)


def _unicode_path(member: ZipInfo) -> str | None:
    """The name in Info-ZIP's field, where it still belongs to the name in the header."""
    rest = member.extra
    while len(rest) >= 4:
        kind, length = struct.unpack("<HH", rest[:4])
        content, rest = rest[4 : 4 + length], rest[4 + length :]
        if kind == _UNICODE_PATH and content[:5] == struct.pack("<BI", 1, zlib.crc32(_raw(member))):
            return content[5:].decode("utf-8", "ignore") or None
    return None


def _decoded(raw: bytes, encodings: Sequence[str]) -> str:
    """A name in the first of the encodings in which it says something, else as old DOS had it."""
    fitting = (encoding for encoding in encodings if _readable(raw, encoding) > 0)
    encoding = next(fitting, "ascii" if raw.isascii() else None)
    return raw.decode(encoding) if encoding else _decoded_in_part(raw, encodings)


def _decoded_in_part(raw: bytes, encodings: Sequence[str]) -> str:
    """A name that was cut inside a character, without the half; as old DOS had it where most of it is unreadable."""
    for encoding in encodings:
        text = raw.decode(encoding, "replace")
        readable = text.replace(_LOST, "")
        if text.count(_LOST) == 1 and _readable(readable.encode(encoding), encoding) >= _LEAST_LEFT:
            return readable
    return raw.decode("cp437")


def _readable(raw: bytes, encoding: str) -> float:
    """How many characters of a name are such as people write, those of ASCII left out."""
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        return 0.0
    foreign = [character for character in text if not character.isascii()]
    if encoding == "utf-8":
        return sum(1.0 if character >= _NO_DOUBT else 0.5 for character in foreign)
    kana = 0.5 * len(_KANA.findall(text)) if encoding == "cp932" else 0.0
    telling = len(_TELLING.findall(fold_characters(text)))
    return common_share(text) * len(foreign) + kana + telling - 2 * len("".join(_IN_LATIN.findall(text)))


def _shortened(name: str) -> str:
    """A name with its middle left out where it is longer than any file system takes."""
    return name if len(name) <= _LONGEST else f"{name[:_HEAD]}…{name[-_TAIL:]}"
