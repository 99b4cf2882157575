"""Names that reports speak of, found by how they sound: the characters of each syllable that stand side by side."""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from rag.text.english import pinyin_of

if TYPE_CHECKING:
    from rag.library.sentence_index import SentenceIndex

_SYLLABLES = (2, 3)  # of a name without its level
_COMMON = range(0x4E00, 0xA000)  # the block that names are written in
_U_UMLAUT = "u\u0308"


def spoken_so(index: "SentenceIndex", pinyin: str, ends: Sequence[str]) -> str | None:
    """A name of two or three characters and one of these ends that sentences hold and that sounds so."""
    for syllables in _splits(pinyin):
        for stem in _stems(index, syllables, ends):
            if pinyin_of(stem) == pinyin:
                for end in ends:
                    if index.speak_of(stem + end):
                        return stem + end
    return None


def _stems(index: "SentenceIndex", syllables: Sequence[str], ends: Sequence[str]) -> Iterator[str]:
    """Readings of the syllables of which every two characters stand side by side somewhere, from the last on."""
    *before, last = syllables
    begins = dict.fromkeys(end[0] for end in ends)
    found = [each for each in _characters()[last] if any(index.speak_of(each + begin) for begin in begins)]
    for syllable in reversed(before):
        found = [each + stem for stem in found for each in _characters()[syllable] if index.speak_of(each + stem[0])]
    yield from found


def _splits(pinyin: str) -> Iterator[tuple[str, ...]]:
    """Ways to read letters as syllables, those with fewer first. Example: "xian" is of one syllable or of xi and an"""
    for number in _SYLLABLES:
        yield from _split_into(pinyin, number)


def _split_into(pinyin: str, number: int) -> Iterator[tuple[str, ...]]:
    if number == 1:
        if pinyin in _characters():
            yield (pinyin,)
        return
    for end in range(1, len(pinyin)):
        if pinyin[:end] in _characters():
            yield from ((pinyin[:end], *rest) for rest in _split_into(pinyin[end:], number - 1))


@cache
def _characters() -> dict[str, list[str]]:
    """The characters of each syllable without its tone."""
    from pypinyin.pinyin_dict import pinyin_dict

    found: dict[str, list[str]] = {}
    for code in _COMMON:
        for syllable in dict.fromkeys(_toneless(each) for each in pinyin_dict.get(code, "").split(",") if each):
            found.setdefault(syllable, []).append(chr(code))
    return found


def _toneless(syllable: str) -> str:
    """Example: _toneless("lǚ") == "lv", as `pinyin_of` writes it"""
    plain = unicodedata.normalize("NFD", syllable).replace(_U_UMLAUT, "v")
    return "".join(letter for letter in plain if letter.isascii())
