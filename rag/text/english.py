"""Telling English from Chinese, and how Chinese names sound."""

import re
from itertools import product

from rag.text.normalization import HAN

_LONGEST_READ = 12  # characters; longer names of autonomous places are asked for by what is left of them
_HAN = re.compile(rf"[{HAN}]")


def is_english(text: str) -> bool:
    """Whether a text is written in Latin letters, a few Han names apart."""
    return len(_HAN.findall(text)) < 0.2 * max(1, sum(c.isalpha() for c in text))


def pinyin_of(text: str) -> str:
    """Toneless pinyin in one word: 石矶 to shiji."""
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(text))


def all_pinyin_of(text: str) -> frozenset[str]:
    """The same in every way that its characters are read: 云陂 is yunpi, yunbei and yunpo."""
    from pypinyin import Style, pinyin

    readings = pinyin(text[:_LONGEST_READ], style=Style.NORMAL, heteronym=True)
    return frozenset("".join(each) for each in product(*readings))
