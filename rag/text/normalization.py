"""Folding: the one form in which text and queries are compared. Quotations never pass through here."""

import re
import unicodedata
from functools import lru_cache
from typing import Protocol, cast

from rag.text.lexicon import Concept, concept, table

HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""The range of Han characters, to stand between the brackets of a pattern: rf"[{HAN}]{{2,4}}"."""

_LOOK_ALIKES = str.maketrans({wrong: right for right, words in table("look_alikes").items() for wrong in words})


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


def fold(text: str) -> str:
    """Text for comparing: NFKC, traditional to simplified, lower case. The length may change.

    Example: fold("石磯鎮ＡＢ，") == "石矶镇ab,"
    """
    return _simplify(unicodedata.normalize("NFKC", text)).lower().translate(_LOOK_ALIKES)


def fold_characters(text: str) -> str:
    """Simplified script only, character by character as long as the input, so that offsets stay.

    Example: fold_characters("322國道") == "322国道"
    """
    simplified = _simplify(text)
    if len(simplified) != len(text):
        simplified = "".join(_simplify_one(character) for character in text)
    return simplified.translate(_LOOK_ALIKES)


def fold_in_place(text: str) -> str:
    """Like `fold`, character by character as long as the input, so that matches in it have offsets in the text.

    Example: fold_in_place("石磯鎮ＡＢ，①") == "石矶镇ab,1"
    """
    return "".join(_fold_one(character) for character in fold_characters(text))


def to_traditional(text: str) -> str:
    """Text in traditional script, for answers to questions asked in it."""
    return _converter("s2t").convert(text)


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
