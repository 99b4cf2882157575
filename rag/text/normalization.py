"""Folding: the one form in which text and queries are compared. Quotations never pass through here."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Protocol, cast

from rag.text.lexicon import Concept, concept, table

HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""The range of Han characters, to stand between the brackets of a pattern: rf"[{HAN}]{{2,4}}"."""

INVISIBLE = (
    "\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc\U000e0000-\U000e0fff"
)
"""Characters that show nothing, likewise for patterns: controls, marks of order and width, variation selectors."""

_FORMS = (  # blanks; upright and small forms; wide ones; bold digits
    *((0xA0, 0xA0), (0x2000, 0x200A), (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000)),
    *((0xFE10, 0xFE6F), (0xFF01, 0xFF5E), (0x1D7CE, 0x1D7FF)),
)
HALF_WIDTH: Mapping[int, str] = {
    code: narrow
    for first, last in _FORMS
    for code in range(first, last + 1)
    if len(narrow := unicodedata.normalize("NFKC", chr(code))) == 1 and ord(narrow) != code
}
"""Signs and digits in the wide, small, upright and bold forms, and blanks: what `str.translate` makes of each."""

_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_UNUSUAL = re.compile("[\u2e80-\u2fdf\ue815-\ue864\uf900-\ufaff\U0002f800-\U0002fa1f]")
_RADICALS = {radical: usual for usual, radicals in table("radicals").items() for radical in radicals}
_FIRST_PRIVATE, _PRIVATE_ROW = 0xE815, 0xFE  # of the characters that GBK had and Unicode then had not
_LOOK_ALIKES = str.maketrans({wrong: right for right, words in table("look_alikes").items() for wrong in words})


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


def fold(text: str) -> str:
    """Text for comparing: NFKC, traditional to simplified, lower case. The length may change.

    Example: fold("石磯鎮ＡＢ，") == "石矶镇ab,"
    """
    visible = _INVISIBLE.sub("", text)
    return _simplify(unicodedata.normalize("NFKC", usual_characters(visible))).lower().translate(_LOOK_ALIKES)


def fold_characters(text: str) -> str:
    """Simplified script only, character by character as long as the input, so that offsets stay.

    Radicals and doubles of characters become the usual ones.

    Example: fold_characters("322國道⾯") == "322国道面"
    """
    text = usual_characters(text)
    simplified = _simplify(text)
    if len(simplified) != len(text):
        simplified = "".join(_simplify_one(character) for character in text)
    return simplified.translate(_LOOK_ALIKES)


def fold_in_place(text: str) -> str:
    """Like `fold`, character by character as long as the input, so that matches in it have offsets in the text.

    Example: fold_in_place("石磯鎮ＡＢ，①") == "石矶镇ab,1"
    """
    return "".join(_fold_one(character) for character in fold_characters(text))


def usual_characters(text: str) -> str:
    """The usual characters in place of radicals, doubles and places of private use that stand for them.

    As long as the text. Example: usual_characters("⻥塘⾯积") == "鱼塘面积"
    """
    return _UNUSUAL.sub(lambda found: _usual_one(found[0]), text)


def to_traditional(text: str) -> str:
    """Text in traditional script, for answers to questions asked in it."""
    return _converter("s2t").convert(text)


@lru_cache(maxsize=2048)
def _usual_one(character: str) -> str:
    if character in _RADICALS:
        return _RADICALS[character]
    if unicodedata.category(character) == "Co":
        return _gbk_character(ord(character) - _FIRST_PRIVATE)
    normal = unicodedata.normalize("NFKC", character)
    return normal if len(normal) == 1 else character


def _gbk_character(place: int) -> str:
    """What Windows kept in private use while Unicode had no place for it, in the last row of GBK: U+E863 is 䶮."""
    return bytes((_PRIVATE_ROW, 0x50 + place + (place >= 0x2F))).decode("gb18030")  # no character ends in 0x7F


@lru_cache(maxsize=8192)
def _fold_one(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character).lower()
    return folded if len(folded) == 1 else character


@lru_cache(maxsize=8192)
def _simplify_one(character: str) -> str:
    simplified = _simplify(character)
    return simplified if len(simplified) == 1 else character


def _simplify(text: str) -> str:
    if text.isascii():
        return text
    # The converter speaks UTF-8, which has no place for half a surrogate pair.
    simplified = _converter("t2s").convert(text.encode("utf-8", "replace").decode("utf-8"))
    return _with_kept_names(text, simplified) if len(simplified) == len(text) else simplified


def _with_kept_names(text: str, simplified: str) -> str:
    """The simplified text with the names that are simplified no further, however the text spells them."""
    kept, names = _kept_names()
    for match in names.finditer(text):
        simplified = simplified[: match.start()] + kept[match[0]] + simplified[match.end() :]
    return simplified


@lru_cache(maxsize=1)
def _kept_names() -> tuple[dict[str, str], re.Pattern[str]]:
    names = concept("kept_in_simplified")
    spelled = Concept(*(tuple(map(to_traditional, words)) for words in (names.words, names.exceptions)))
    kept = dict(zip((*names.words, *spelled.words), names.words * 2, strict=True))
    return kept, re.compile(f"{names.any}|{spelled.any}")


@lru_cache(maxsize=2)
def _converter(direction: str) -> _Converter:
    from opencc import OpenCC

    return cast(_Converter, OpenCC(direction))
