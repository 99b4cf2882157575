"""Telling English from Chinese, and how Chinese names sound."""

import re

from rag.text.normalization import HAN

_HAN = re.compile(rf"[{HAN}]")


def is_english(text: str) -> bool:
    """Whether a text is written in Latin letters, a few Han names apart."""
    return len(_HAN.findall(text)) < 0.2 * max(1, sum(c.isalpha() for c in text))


def pinyin_of(text: str) -> str:
    """Toneless pinyin in one word: 石矶 to shiji."""
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(text))
