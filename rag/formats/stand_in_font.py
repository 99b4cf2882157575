"""One font for all East Asian fonts that a PDF names but does not bring, the same on every machine.

The reader leaves out a piece of text whose shapes take no room. Without the font the characters are known all the same,
but have no shapes: whether they are read would depend on the fonts that a machine happens to have. So it is given this
one, in which every character is the same box, narrower than any: how wide characters stand the file says itself.
https://learn.microsoft.com/typography/opentype/spec/otff
"""

import ctypes
import struct
from functools import cache
from typing import Any

_EM = 1000
_ASCENT, _DESCENT = 880, -120
_WIDTH, _HEIGHT = 200, 700  # of the box
_LAST_CHARACTER = 0x10FFFF
_LATIN = frozenset({0, 2})  # character sets for which the reader brings fonts: Windows Latin, symbols
_FACE = 1  # the handle of the only font


@cache
def install() -> Any:
    """Gives the font to the reader once; the system's fonts are not looked at. Keeps what the reader calls alive."""
    from pypdfium2 import raw

    kinds = dict(raw.FPDF_SYSFONTINFO._fields_)
    font = _font()

    def choose(info: Any, weight: int, italic: int, charset: int, pitch: int, name: Any, exact: Any) -> int | None:
        return None if charset in _LATIN else _FACE

    def data(info: Any, face: Any, table: int, target: Any, room: int) -> int:
        if table:
            return 0  # only the whole file is given
        if room >= len(font):
            ctypes.memmove(target, font, len(font))
        return len(font)

    fonts = raw.FPDF_SYSFONTINFO(
        version=1,
        Release=kinds["Release"](lambda info: None),
        EnumFonts=kinds["EnumFonts"](lambda info, mapper: None),
        MapFont=kinds["MapFont"](choose),
        GetFont=kinds["GetFont"](lambda info, name: None),
        GetFontData=kinds["GetFontData"](data),
        GetFaceName=kinds["GetFaceName"](lambda info, face, target, room: 0),
        GetFontCharset=kinds["GetFontCharset"](lambda info, face: 0),
        DeleteFont=kinds["DeleteFont"](lambda info, face: None),
    )
    raw.FPDF_SetSystemFontInfo(ctypes.byref(fonts))
    return fonts


def _font() -> bytes:
    """A TrueType file with one shape for all characters."""
    corners = ((0, 0), (0, _HEIGHT), (_WIDTH, 0), (0, -_HEIGHT))  # each from the last
    steps = [struct.pack(">4h", *(corner[axis] for corner in corners)) for axis in (0, 1)]
    shape = struct.pack(">5h2H4B", 1, 0, 0, _WIDTH, _HEIGHT, 3, 0, 1, 1, 1, 1) + b"".join(steps)
    head = struct.pack(">2I2I2H2q4h2H3h", 0x10000, 0, 0, 0x5F0F3CF5, 0, _EM, 0, 0, 0, 0, _WIDTH, _HEIGHT, 0, 8, 2, 1, 0)
    groups = struct.pack(">3I", 0x20, _LAST_CHARACTER, 1)
    characters = struct.pack(">2H2HI", 0, 1, 3, 10, 12) + struct.pack(">2H3I", 13, 0, 28, 0, 1) + groups
    tables = {
        b"cmap": characters,
        b"glyf": shape * 2,
        b"head": head,
        b"hhea": struct.pack(">I3hH11hH", 0x10000, _ASCENT, _DESCENT, 0, _EM, 0, 0, _EM, 1, *[0] * 7, 1),
        b"hmtx": struct.pack(">Hhh", _EM, 0, 0),
        b"loca": struct.pack(">3I", 0, len(shape), 2 * len(shape)),
        b"maxp": struct.pack(">I14H", 0x10000, 2, 4, 1, 0, 0, 2, *[0] * 8),
    }
    start = 12 + 16 * len(tables)
    directory, body = b"", b""
    for tag, table in tables.items():
        directory += tag + struct.pack(">3I", 0, start + len(body), len(table))
        body += table + b"\0" * (-len(table) % 4)
    return struct.pack(">I4H", 0x10000, len(tables), 64, 2, 48) + directory + body
