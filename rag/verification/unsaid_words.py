"""The words of a claim that stand neither in the texts it rests on nor among known ones."""

import re
from collections.abc import Collection, Sequence

from rag.text.bigrams import without_grammar
from rag.text.lexicon import concept
from rag.text.normalization import HAN

SHORTEST = 2  # characters in a row; a single one is a particle or a short verb, unless it replaces another
LONGEST_REPLACED = 3  # characters that a single one may stand for: 墨江 for 松木江

_RUN = re.compile(f"[{HAN}]+")
_BOUNDARY = f"(?:^|$|[^{HAN}])"


def unsaid_words(
    folded: str, known: Collection[str], said: Sequence[str], *, is_strict: bool = False
) -> tuple[str, ...]:
    """The stretches of a claim's words that stand neither in the texts it rests on nor among `known` bigrams.

    The claim and the texts come folded and without their figures. Words that fit any report, such as 包括 or 新建, are
    passed over, unless `is_strict`.
    Example: unsaid_words("双桥村修路", frozenset(), ["寺桥村修路"]) == ("双",)
    """
    carried = frozenset(known).union(*(_bigrams(source) for source in said))
    light = set[int]() if is_strict else _light_positions(folded)
    return tuple(
        folded[start:end]
        for start, end in _open_stretches(folded, carried)
        if (not light.issuperset(range(start, end)) if end - start >= SHORTEST else _replaces(folded, start, said))
    )


def _light_positions(folded: str) -> set[int]:
    """Where words stand that fit any report."""
    return {at for found in concept("light_words").pattern.finditer(folded) for at in range(*found.span())}


def _open_stretches(folded: str, carried: Collection[str]) -> list[tuple[int, int]]:
    """The runs of Han characters that no carried bigram holds, grammar apart."""
    plain = without_grammar(folded)
    is_open = [_RUN.match(word) and not _is_carried(folded, at, carried) for at, word in enumerate(plain)]
    marks = "".join("o" if each else "." for each in is_open)
    return [found.span() for found in re.finditer("o+", marks)]


def _is_carried(folded: str, at: int, carried: Collection[str]) -> bool:
    return folded[at : at + 2] in carried or (at > 0 and folded[at - 1 : at + 1] in carried)


def _bigrams(text: str) -> set[str]:
    return {run[0][i : i + 2] for run in _RUN.finditer(text) for i in range(len(run[0]) - 1)}


def _replaces(text: str, at: int, sources: Sequence[str]) -> bool:
    """Whether a source has another character in the very place of this one: 雨钰分流 for 雨污分流."""
    if text[at] in concept("particles"):
        return False
    left, right = _RUN.search(text[max(0, at - 2) : at][::-1]), _RUN.match(text, at + 1)
    before = left[0][::-1] if left and left.start() == 0 else ""
    after = right[0][:2] if right else ""
    if len(before) + len(after) < 2:
        return False
    one = (before[-1:] if after else before) or _BOUNDARY
    other = (after[:1] if before else after) or _BOUNDARY
    between = re.compile(f"{one}(?=([{HAN}]{{1,{LONGEST_REPLACED}}}){other})")
    return any(found[1] != text[at] for source in sources for found in between.finditer(source))
