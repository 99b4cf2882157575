"""Characters that Word takes from symbol fonts by their place there."""

from collections.abc import Mapping

_PRIVATE = range(0xF000, 0xF100)  # where the 256 places of a symbol font are written
_SYMBOL: Mapping[int, str] = {  # beside ASCII digits and signs, which stand in their own places
    0xA2: "′",
    0xA3: "≤",
    0xB0: "°",
    0xB1: "±",
    0xB2: "″",
    0xB3: "≥",
    0xB4: "×",
    0xB7: "·",
    0xB8: "÷",
    0xB9: "≠",
    0xBB: "≈",
    0xBE: "—",
    0xAB: "↔",
    0xAC: "←",
    0xAD: "↑",
    0xAE: "→",
    0xAF: "↓",
    0x2D: "−",
    **dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)),
}
_WINGDINGS: Mapping[int, str] = {
    0x6C: "●",
    0x6E: "■",
    0x6F: "☐",
    0x72: "☐",
    0xA8: "☐",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
    0xD8: "➢",
    0xE0: "→",
    0x80: "⓪",
    0x8B: "⓿",
    **{0x81 + place: chr(0x2460 + place) for place in range(10)},
    **{0x8C + place: chr(0x2776 + place) for place in range(10)},
}
_WINGDINGS_SECOND: Mapping[int, str] = {0x50: "✓", 0x52: "☑", 0x54: "☒", 0xA3: "☐", 0x51: "☒", 0x53: "☒"}
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_SECOND}


def symbol(font: str, place: str) -> str:
    """The character at a place (hexadecimal) of a font; empty for an ornament.

    Example: symbol("Wingdings", "F0FE") == "☑"; symbol("宋体", "2103") == "℃"
    """
    try:
        code = int(place, 16)
    except ValueError:
        return ""
    if font.lower() not in _FONTS:
        return chr(code) if 32 <= code < 0x110000 and code not in _PRIVATE and not 0xD800 <= code < 0xE000 else ""
    low = code - _PRIVATE.start if code in _PRIVATE else code
    is_plain = font.lower() == "symbol" and 32 <= low < 64
    return _FONTS[font.lower()].get(low, chr(low) if is_plain else "")


def symbols(font: str, text: str) -> str:
    """Text set in a font, as it looks: a symbol font has its shapes also in the places of Latin letters.

    Example: symbols("Symbol", "\uf0b3") == "≥"; symbols("Wingdings 2", "R") == "☑"; symbols("宋体", "R") == "R"
    """
    known = _FONTS.get(font.lower())
    if known is None:
        return text
    return "".join(
        symbol(font, f"{ord(sign):X}") if ord(sign) in _PRIVATE else known.get(ord(sign), sign) for sign in text
    )
