"""Text whose bytes some program read in a wrong encoding before it was saved: ÁøºÓÕò, æŸ³æ²³, 鏌虫渤, 琱猠.

It is put right where the way back proves itself: the bytes of the wrong reading are a text in the right encoding to the
last one, and what comes out is common Chinese where what stood there was not.
"""

import re
from dataclasses import dataclass, replace

from rag.formats.encodings import has_control_characters
from rag.text.normalization import HAN
from rag.text.readability import common_share

_WESTERN = "cp1252"  # with the bytes that it leaves undefined, as browsers read it
_TWICE = "cp1252, cp1252"  # read wrongly, saved as UTF-8, and that read wrongly again
_WRONG = (_WESTERN, _TWICE, "cp437", "cp850", "mac-roman", "cp1251", "cp949", "cp932", "gb18030", "big5")
_RIGHT = ("utf-8", "gb18030", "big5")
_MOST_WAYS = 3  # that the parts of one text went
_LEAST_COMMON = 0.85  # of what comes out
_LEAST_GAIN = 0.3  # in the share of common characters, until one way has proved itself
_LEAST_HAN = 4  # characters that a way back has to give in a text; fewer can come about by chance
_LEAST_HAN_IN_UTF8 = 2
_SUSPECT = 0.65  # the share of common characters below which a line is looked at
_HAN = re.compile(f"[{HAN}]")
_HAN_OR_PRIVATE = re.compile(f"[{HAN}\ue000-\uf8ff]")  # where a code of the one has no character in the other
_MIXED = re.compile(rf"[가-힣][{HAN}]|[{HAN}][가-힣]")  # Korean of today has no Chinese characters inside its words
_LINE = re.compile("[^\n\r]+")
_DRAWN = re.compile("[\u2500-\u257f\\s]*")  # the frame of a table in characters, nothing misread
_LETTERS, _SIGNS = "\x80-\xffŒœŠšŸŽžƒ", "\t -~ˆ˜–—‘’‚“”„†‡•…‰‹›€™"
_WESTERN_RUN = re.compile(f"[{_LETTERS}{_SIGNS}]+")
_SAMPLE, _LONGEST_LINE = 4_000, 20_000  # characters of the suspect lines from which the way is told


@dataclass(frozen=True, slots=True)
class Mended:
    """A text put right, the encodings of its first repair, and how many Chinese characters came out anew."""

    text: str
    wrong: str
    right: str
    count: int


@dataclass(frozen=True, slots=True)
class _Way:
    """The way back from one wrong reading, tried on each piece of a text that may have gone it."""

    wrong: str
    right: str
    least_gain: float = _LEAST_GAIN

    def back(self, text: str) -> Mended:
        count = 0

        def mended(match: re.Match[str]) -> str:
            nonlocal count
            found = self._piece(match[0])
            count += len(_HAN.findall(found)) if found else 0
            return found or match[0]

        pieces = _WESTERN_RUN if self.wrong in (_WESTERN, _TWICE) else _LINE
        return Mended(pieces.sub(mended, text), self.wrong, self.right, count)

    def _piece(self, piece: str) -> str | None:
        before = common_share(piece)
        if _DRAWN.fullmatch(piece):
            return None
        if piece.isascii() or before + self.least_gain > 1 or not self._may_have_gone(piece):
            return None
        try:
            raw = _bytes(piece, self.wrong)
            found = raw.decode(self.right)
            is_whole = found.encode(self.right) == raw
        except UnicodeError:
            return None
        is_chinese = common_share(found) >= max(_LEAST_COMMON, before + self.least_gain) and _HAN.search(found)
        return found if is_whole and is_chinese and not has_control_characters(found) else None

    def _may_have_gone(self, piece: str) -> bool:
        """Whether a piece looks as the wrong encoding makes it look: Korean and Greek are languages of their own."""
        if self.wrong == "cp949":
            return bool(_MIXED.search(piece))
        foreign = sum(not character.isascii() and not character.isspace() for character in piece)
        return self.wrong not in ("gb18030", "big5") or 2 * len(_HAN_OR_PRIVATE.findall(piece)) >= foreign


_WAYS = tuple(_Way(wrong, right) for wrong in _WRONG for right in _RIGHT if wrong != right)


def mend(text: str) -> Mended | None:
    """The text put right, None where nothing in it proves to have been read wrongly.

    Example: mend("ÁøºÓÕò¹¤×÷") == Mended("柳河镇工作", "cp1252", "gb18030", 5)
    """
    repairs: list[Mended] = []
    while len(repairs) < _MOST_WAYS and (sample := _suspects(text)):
        way, found = max(((way, way.back(sample)) for way in _WAYS), key=lambda tried: tried[1].count)
        if found.count < (_LEAST_HAN_IN_UTF8 if way.right == "utf-8" else _LEAST_HAN):
            break
        repairs.append(replace(way, least_gain=0.01).back(text))
        text = repairs[-1].text
    if not repairs:
        return None
    return replace(repairs[0], text=text, count=sum(repair.count for repair in repairs))


def _suspects(text: str) -> str:
    """The first lines that hold little common Chinese though they are not in Latin letters alone."""
    suspects: list[str] = []
    room = _SAMPLE
    for line in (match[0] for match in _LINE.finditer(text)):
        if len(line) <= _LONGEST_LINE and not line.isascii() and common_share(line) < _SUSPECT:
            suspects.append(line)
            room -= len(line)
        if room <= 0:
            break
    return "\n".join(suspects)


def _bytes(piece: str, encoding: str) -> bytes:
    """The bytes of a piece; raises UnicodeError where it cannot have come from the encoding."""
    if encoding == _TWICE:
        return _bytes(_bytes(piece, _WESTERN).decode(), _WESTERN)
    if encoding != _WESTERN:
        return piece.encode(encoding)
    return b"".join(character.encode("latin-1" if character < "\u0100" else _WESTERN) for character in piece)
