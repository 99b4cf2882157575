"""How the evaluation compares wording: two foldings of a text and a search that respects digits.

Both begin with NFKC, simplified script and lower case, by code of the evaluation's own, so that a fault in the folding
of the system shows. `clauses` keeps punctuation, so that figures can be tied to their clause; `tight` drops spaces and
commas, so that a phrase is found however it is spaced.
"""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Protocol, cast

_CIRCLED = re.compile("[①-⓿❶-➓㈠-㈩㊀-㊉]")  # ① before NFKC, else "①3人" reads as 13人
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_MARKUP = re.compile(r"[*`_\r]+")
_HAN = r"\u3400-\u9fff"
_SPACE_BETWEEN_HAN = re.compile(rf"(?<=[{_HAN},。;:、()“”])[ \t]+(?=[{_HAN}\d,。;:、()%“”])|(?<=\d)[ \t]+(?=[{_HAN}%])")
_LOOK_ALIKES = str.maketrans("岀䃼", "出补")  # rare characters that input methods give for common ones
_NUMERALS = "零〇一二两三四五六七八九十百千万亿"


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


@cache
def _to_simplified() -> _Converter:
    from opencc import OpenCC

    return cast(_Converter, OpenCC("t2s"))


def _folded(text: str) -> str:
    normal = unicodedata.normalize("NFKC", text).encode("utf-8", "replace").decode("utf-8")  # no halves of surrogates
    return (normal if normal.isascii() else _to_simplified().convert(normal)).lower().translate(_LOOK_ALIKES)


@lru_cache(maxsize=4096)
def clauses(text: str) -> str:
    """Folded text with its punctuation.

    Example: "糧食 12,000 噸，①油茶" -> "粮食12000吨, 油茶"
    """
    folded = _folded(_CIRCLED.sub(" ; ", text)).replace("幺", "么")
    folded = _MARKUP.sub("", _THOUSANDS.sub("", folded)).replace("．", ".")
    return _SPACE_BETWEEN_HAN.sub("", folded)


@lru_cache(maxsize=4096)
def tight(text: str) -> str:
    """Folded text without spaces and commas; one space stays between two digits that stood apart.

    Example: "34 户, 64人" -> "34户64人"; "12 34" -> "12 34"
    """
    spaced = re.sub(r"(?<=\d)[\s,]+(?=\d)", "\0", clauses(text))
    return re.sub(r"[\s,]+", "", spaced).replace("\0", " ")


def unwrapped(quote: str) -> str:
    """A quotation without the line ends that a hard-wrapped file has inside its sentences: "298\\n户" -> "298户"."""
    return re.sub(r"\s*[\r\n]+\s*", "", quote)


def holds(text: str, phrase: str) -> bool:
    """Whether tight(text) holds the phrase, digits and numerals not cut: 2000亩 is not in 12000亩."""
    needle = tight(phrase)
    return bool(needle) and re.search(_bounded(needle), tight(text)) is not None


def places(folded: str, phrase: str) -> list[tuple[int, int]]:
    """Where a phrase stands in an already folded text with punctuation, digits and Latin words not cut."""
    needle = clauses(phrase).strip()
    if not needle:
        return []
    return [match.span() for match in re.finditer(_bounded(needle, words=True), folded)]


def _bounded(needle: str, *, words: bool = False) -> str:
    before = after = ""
    if needle[0].isascii() and needle[0].isdigit():
        before = r"(?<!\d)(?<!\d\.)"
    elif needle[0] in _NUMERALS and len(needle) > 1 and needle[1] in _NUMERALS:
        before = f"(?<![{_NUMERALS}])"  # 三万余 is not in 十三万余
    elif words and needle[0].isascii() and needle[0].isalpha():
        before = r"(?<![a-z])"
    if needle[-1].isascii() and needle[-1].isdigit():
        after = r"(?!\d)(?!\.\d)"
    elif words and needle[-1].isascii() and needle[-1].isalpha():
        after = r"(?![a-z])"
    return before + re.escape(needle) + after


def digit_strings(text: str) -> frozenset[str]:
    """Every run of Arabic digits as it is written, decimals included."""
    return frozenset(re.findall(r"\d+(?:\.\d+)?", tight(text)))


def bigrams(text: str) -> frozenset[str]:
    """Pairs of neighbouring letters of a folded text, digits and punctuation aside: a plain measure of likeness."""
    runs = re.findall(rf"[{_HAN}]+|[a-z]+", clauses(text))
    return frozenset(run[i : i + 2] for run in runs for i in range(len(run) - 1))
