"""Zip archives as other programs write them: names in bytes of any encoding, flagged as UTF-8 or not."""

import struct
import zlib
from collections.abc import Sequence

UTF8 = 0x800


def archive_of(names: Sequence[bytes], content: bytes = b"x", *, flags: int = 0, extra: bytes = b"") -> bytes:
    """An archive of files that all hold the same; `extra` stands in both headers of each."""
    files, directory = b"", b""
    sizes = struct.pack("<III", zlib.crc32(content), len(content), len(content))
    for name in names:
        head = struct.pack("<HHHHH", 20, flags, 0, 0, 33) + sizes + struct.pack("<HH", len(name), len(extra))
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + head + struct.pack("<HHHII", 0, 0, 0, 0, len(files))
        directory += name + extra
        files += b"PK\x03\x04" + head + name + extra + content
    end = struct.pack("<HHHHIIH", 0, 0, len(names), len(names), len(directory), len(files), 0)
    return files + directory + b"PK\x05\x06" + end


def unicode_path(name: str, header: bytes) -> bytes:
    """Info-ZIP's extra field with a name in UTF-8 and the check sum of the name in the header."""
    return struct.pack("<HHBI", 0x7075, 5 + len(name.encode()), 1, zlib.crc32(header)) + name.encode()
