"""Which words a text turns on, and how far another text carries them.

Character bigrams stand for words: Chinese has no spaces, and a bigram index needs no dictionary that would age.
"""

import re
from collections.abc import Collection, Mapping

from rag.text.lexicon import concept
from rag.text.normalization import HAN, fold

_STOP = re.compile(
    "|".join(
        (rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word))
        for word in sorted(concept("asking_words", "grammar_words"), key=len, reverse=True)
    )
)
EVEN = 20  # what a pair weighs whose rarity is not known
_NUMBER = re.compile(r"\d[\d.,]*\s*[%％]?")
_RUN = re.compile(rf"[a-z]{{2,}}|[{HAN}]+")


def content_bigrams(text: str) -> frozenset[str]:
    """The folded character bigrams (Latin words whole) of a text, without grammar, question words and figures.

    Example: content_bigrams("石矶镇的烤烟面积是多少") == {"石矶", "矶镇", "烤烟", "烟面", "面积"}
    """
    return bigrams_in(fold(text))


def bigrams_in(folded: str) -> frozenset[str]:
    """The same of a text that is folded already."""
    found: set[str] = set()
    for run in content_runs(folded):
        if run[0].isascii() or len(run) == 1:
            found.add(run)
        else:
            found.update(run[i : i + 2] for i in range(len(run) - 1))
    return frozenset(b for b in found if len(b) > 1)


def coverage(wanted: Collection[str], carried: Collection[str]) -> float:
    """Share of `wanted` that stands in `carried`; 1 where nothing is wanted."""
    return len(set(wanted) & set(carried)) / len(wanted) if wanted else 1.0


def character_coverage(text: str, known: Collection[str], carried: Collection[str]) -> float:
    """Share of a text's content characters that bigrams of `carried` cover, among those that `known` does not.

    Characters, not bigrams: a word boundary inside the text then costs nothing. Single leftover characters do not
    count. Example: character_coverage("产值2331万元", {"产值"}, {"万元"}) == 1.0
    """
    return coverage_in(fold(text), known, carried)


def coverage_in(folded: str, known: Collection[str], carried: Collection[str]) -> float:
    """The same of a text that is folded already."""
    wanted = covered = 0
    for run in content_runs(folded):
        if run[0].isascii():
            if run not in known:
                wanted, covered = wanted + 1, covered + (run in carried)
            continue
        have = _covered(run, known)
        now = _covered(run, carried)
        for stretch in _stretches(have):
            if len(stretch) > 1:
                wanted += len(stretch)
                covered += sum(now[i] for i in stretch)
    return covered / wanted if wanted else 1.0


def weighed_coverage(text: str, carried: Collection[str], weights: Mapping[str, int]) -> float:
    """The same of all characters of a folded text, where a character weighs as its lighter pair of `weights`.

    The lighter pair, because one that lies across two words is rare and says nothing. Example: where 建设 weighs 1 and
    水渠 3, weighed_coverage("水渠建设", {"水渠"}, weights) == 0.75
    """
    wanted = covered = 0
    for run in content_runs(text):
        if run[0].isascii():
            wanted, covered = wanted + EVEN, covered + EVEN * (run in carried)
        elif len(run) > 1:
            each = character_weights(run, weights)
            wanted += sum(each)
            covered += sum(weight for weight, is_in in zip(each, _covered(run, carried), strict=True) if is_in)
    return covered / wanted if wanted else 1.0


def character_weights(run: str, weights: Mapping[str, int]) -> list[int]:
    """What each character of a run weighs; pairs without a weight weigh EVEN."""
    pairs = [weights.get(run[i : i + 2], EVEN) for i in range(len(run) - 1)]
    return [min(pairs[max(0, i - 1) : i + 1]) for i in range(len(run))]


def content_runs(folded: str) -> list[str]:
    """The runs of Han characters and Latin words that coverage counts by, in the text's order.

    Example: content_runs("石矶镇的烤烟面积是多少") == ["石矶镇", "烤烟面积"]
    """
    return _RUN.findall(_plain(folded))


def without_grammar(text: str) -> str:
    """A folded text with grammar and question words blanked out, as long as it was."""
    return _STOP.sub(lambda match: " " * len(match[0]), text)


def _plain(folded: str) -> str:
    """A folded text with grammar, question words and numbers blanked out."""
    return _STOP.sub(" ", _NUMBER.sub(" ", folded))


def _covered(run: str, bigrams: Collection[str]) -> list[bool]:
    """For each character of a run, whether one of the bigrams holds it."""
    marks = [False] * len(run)
    for i in range(len(run) - 1):
        if run[i : i + 2] in bigrams:
            marks[i] = marks[i + 1] = True
    return marks


def _stretches(marks: list[bool]) -> list[list[int]]:
    """Runs of positions that are not marked."""
    found: list[list[int]] = [[]]
    for position, mark in enumerate(marks):
        if mark:
            found.append([])
        else:
            found[-1].append(position)
    return [stretch for stretch in found if stretch]
