"""Characters that a machine converted wrongly between the scripts (全麵, 編製, 同誌), or left in the other one."""

from collections.abc import Iterator

from rag.findings import Finding, Occurrence, once_each
from rag.text.normalization import fold_characters, to_traditional
from rag.types import Span

# Wrong → right where the two mean different things; which of them a word wants, OpenCC's phrases know. Mere variants
# (爲/為, 衆/眾, 佈/布, 週/周) are nobody's mistake and not listed.
_CONFUSED = frozenset(
    """
    麵面 製制 誌志 係系 繫系 嚮向 乾干 乾幹 幹干 幹乾 干幹 干乾 後后 后後 鬆松 髮發 穀谷 鬥斗 鬱郁 徵征 征徵 鐘鍾 瞭了
    複復 復複 曆歷 闆板 錶表 醜丑 範范 薑姜 籤簽 麯曲 鹹咸 穫獲 獲穫 捨舍 雲云 颱台 傢家 餘余 隻只
    """.split()
)
_LEAST_SHARE = 0.1  # of the characters that a text in traditional script writes in forms of its own
_MOST_LEFT_OVER = 6  # different characters: more of them are a mixed text, said once


def wrong_conversions(text: str) -> Iterator[Finding]:
    """Wrongly converted characters of a text, one finding for each word they stand in.

    Example: in "黨的建設全麵過硬" the span of "全麵", which should be 全面.
    """
    simplified = fold_characters(text)
    own = sum(one != other for one, other in zip(text, simplified, strict=True))
    if own >= _LEAST_SHARE * len(text):
        yield from once_each(_confused(text, to_traditional(simplified)))
        yield from _left_over(
            text, [i for i, each in enumerate(text) if _is_simplified_only(each)], "简体", "simplified"
        )
    else:
        places = [i for i, each in enumerate(text) if each != simplified[i] and _is_encodable(each, "big5")]
        yield from _left_over(text, places, "繁体", "traditional")


def _confused(text: str, expected: str) -> Iterator[Occurrence]:
    if len(expected) != len(text):
        return
    for place, (wrong, right) in enumerate(zip(text, expected, strict=True)):
        if wrong + right in _CONFUSED:
            is_last = bool(place) and text[place - 1].isalpha()
            word = Span(place - 1, place + 1) if is_last else Span(place, place + 2)
            quoted = text[word.start : word.end]
            detail = f"“{quoted}”的“{wrong}”疑为简繁转换错误，应为“{right}” (wrong conversion between the scripts)"
            yield Occurrence(quoted, Finding("wrong_conversion", detail, Span(word.start, min(word.end, len(text)))))


def _left_over(text: str, places: list[int], script: str, english: str) -> Iterator[Finding]:
    characters = dict.fromkeys(text[place] for place in places)
    if len(characters) > _MOST_LEFT_OVER:
        shown = "、".join(list(characters)[:_MOST_LEFT_OVER])
        detail = f"简繁混用：{shown}等{len(characters)}个{script}字 (two scripts are mixed)"
        yield Finding("wrong_conversion", detail, Span(places[0], places[0] + 1))
        return
    detail = f"混入{script}字 (a {english} character among others)"
    yield from once_each(
        Occurrence(text[place], Finding("wrong_conversion", f"“{text[place]}”：{detail}", Span(place, place + 1)))
        for place in places
    )


def _is_simplified_only(character: str) -> bool:
    """Whether a character exists in simplified script alone: Big5 has all that traditional script uses."""
    is_common = "\u4e00" <= character <= "\u9fff" and not _is_encodable(character, "big5")
    return is_common and to_traditional(character) != character


def _is_encodable(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
