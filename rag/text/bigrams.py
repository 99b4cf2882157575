"""Which words a text turns on, and how far another text carries them.

Character bigrams stand for words: Chinese has no spaces, and a bigram index needs no dictionary that would age.
"""

import re
from collections.abc import Collection

from rag.text.normalization import fold

_QUESTION_WORDS = (
    "请问|请|多少|几个|几家|几口|几起|几次|几条|哪些|哪个|哪几个|哪几|哪里|哪|什么|怎么样|怎么|怎样|如何|为什么|是否|有没有|是不是|吗|呢|吧|了没有"
    "|分别|各是|各有|一共|总共|共计|合计|大概|大约|具体|情况|叫|名字|介绍|说说|告诉|主要|属于|对吗|"
    "how many|how much|what|which|who|where|when|did|does|was|were|is|are|the|of|in|and|to|by|for|a|an|its|their|town"
)
_GRAMMAR = "的|了|是|把|被|也|都|又|其中|我镇|我乡|我们|关于|对于|这|那"
_STOP = re.compile(
    "|".join(
        (rf"\b{re.escape(w)}\b" if w.isascii() else re.escape(w))
        for w in sorted({*_QUESTION_WORDS.split("|"), *_GRAMMAR.split("|")} - {""}, key=len, reverse=True)
    )
)
_NUMBER = re.compile(r"\d[\d.,]*\s*[%％]?")
_RUN = re.compile(r"[a-z]{2,}|[\u3400-\u9fff]+")


def content_bigrams(text: str) -> frozenset[str]:
    """The folded character bigrams (Latin words whole) of a text, without grammar, question words and figures.

    Example: content_bigrams("太和镇的烤烟面积是多少") == {"太和", "和镇", "烤烟", "烟面", "面积"}
    """
    return bigrams_in(fold(text))


def bigrams_in(folded: str) -> frozenset[str]:
    """The same of a text that is folded already."""
    found: set[str] = set()
    for run in _RUN.findall(_plain(folded)):
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
    for run in _RUN.findall(_plain(folded)):
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
