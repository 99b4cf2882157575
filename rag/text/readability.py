"""How much of a text is made of common Chinese characters: of a right reading nearly all, of a wrong one hardly any."""

import unicodedata

from rag.text.normalization import fold_characters

_WEIGHED = 20_000  # characters of a text that are weighed
_FIRST_COMMON, _LAST_COMMON = b"\xb0\xa1", b"\xd7\xf9"  # the first level of GB 2312: the 3,755 usual characters
_ONE_OFF = frozenset("　、。〈〉《》「」『』【】〔〕“”‘’…—·～￥①②③④⑤⑥⑦⑧⑨⑩ⅠⅡⅢ㎡℃％±×°")


def common_share(text: str) -> float:
    """How much of the text beyond ASCII is common Chinese, from 0 to 1; 0 where there is nothing beyond ASCII."""
    foreign = [character for character in fold_characters(text[:_WEIGHED]) if not _is_neutral(character)]
    return sum(_character_weight(character) for character in foreign) / len(foreign) if foreign else 0.0


def _is_neutral(character: str) -> bool:
    return character.isascii() or character.isspace()


def _character_weight(character: str) -> float:
    if unicodedata.category(character) == "Co":
        return -1.0  # private use: hardly ever in a real text
    if character in _ONE_OFF or "！" <= character <= "～":
        return 1.0
    try:
        return float(_FIRST_COMMON <= character.encode("gb2312") <= _LAST_COMMON)
    except UnicodeEncodeError:
        return 0.0
