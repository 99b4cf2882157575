"""Tokens of passages and queries: characters, pairs of characters, numbers and words. Pure."""

import re
from collections.abc import Iterator
from functools import lru_cache

from rag.text.normalization import fold

_PIECE = re.compile(r"(?P<number>\d+(?:\.\d+)*)(?P<unit>[^\W\d_a-z]|%|[a-z]+)?|(?P<word>[a-z]+)|(?P<run>[^\W\d_a-z]+)")


def document_tokens(text: str) -> list[str]:
    """Tokens of a passage: single characters and pairs, numbers with and without what follows, words.

    Example: "发展产业12.5亩" -> 发 展 产 业 发展 展产 产业 12.5 12.5亩 亩
    """
    return list(tokens_in(fold(text)))


def tokens_in(folded: str) -> Iterator[str]:
    """The same of a text that is folded already."""
    return _tokens(folded, single_characters=True)


def query_tokens(text: str) -> list[str]:
    """Tokens of a query, each once: pairs instead of single characters, which stand alone only by themselves.

    Example: "产业 12.5亩" -> 产业 12.5 12.5亩
    """
    return list(dict.fromkeys(_tokens(fold(text), single_characters=False)))


def _tokens(folded: str, *, single_characters: bool) -> Iterator[str]:
    position = 0
    while match := _PIECE.search(folded, position):
        position = match.end()
        if number := match["number"]:
            yield number
            if unit := match["unit"]:
                yield number + unit
                position = match.start("unit") + (unit == "%")  # 亩 of 12亩 also begins the run 亩产
        elif word := match["word"]:
            yield word
        else:
            is_unit = folded[match.start() - 1 : match.start()].isdigit()
            yield from _run_tokens(match["run"], single_characters or (len(match["run"]) == 1 and not is_unit))


def _run_tokens(run: str, single_characters: bool) -> Iterator[str]:
    if single_characters:
        yield from run
    yield from (run[index : index + 2] for index in range(len(run) - 1))


def occurrences(token: str, folded: str) -> int:
    """How often a token is among those of a folded text, without making them all.

    Example: occurrences("115", "115亩和1150亩") == 1
    """
    if token not in folded:
        return 0
    if token[0].isdecimal() or token.isascii() or token[0] == token[-1] != token:
        return len(_pattern(token).findall(folded))
    return folded.count(token)


@lru_cache(maxsize=1024)
def _pattern(token: str) -> re.Pattern[str]:
    """Matches where the token is one."""
    said = re.escape(token)
    if not token[0].isdecimal():
        return re.compile(rf"(?<![a-z]){said}(?![a-z])" if token.isascii() else rf"(?={said})")
    number, unit = re.fullmatch(r"([\d.]+)(.*)", token, re.DOTALL).groups()  # type: ignore[union-attr]
    behind = r"(?!\.?\d)" if not unit else "(?![a-z])" if unit.isascii() and unit != "%" else ""
    return re.compile(rf"(?<!\d)(?<!\d\.){re.escape(number)}{re.escape(unit)}{behind}")
