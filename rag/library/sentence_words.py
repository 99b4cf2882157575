"""Words of the sentence index: pairs of characters that tell exactly, or nearly, what a folded sentence holds. Pure.

A sentence is kept in two spellings: `fold` (its length may differ from the text's) and `level` (a character for a
character), from which the words of coverage are read. Nearly always they differ in the width of marks alone.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.text.bigrams import content_runs
from rag.text.figures import level
from rag.text.lexicon import concept
from rag.text.normalization import fold

ODD = "__"
"""Marks a sentence whose two spellings differ in more than marks: what pairs say of one is not said of the other."""

_ASIDE = "_"  # begins a pair that stands in the sentence only once quotation marks are gone, or in the other spelling
_RUN = re.compile(r"[^\W_]+")
_QUOTES = str.maketrans(dict.fromkeys('“”"「」『』'))
_NARROW = str.maketrans("，：；！？（）％", ",:;!?()%")


@dataclass(frozen=True, slots=True)
class Spelled:
    """A sentence as the index keeps it."""

    text: str  # folded
    other: str | None  # its level form where that differs in more than the width of marks
    tokens: str


def spelled(sentence: str) -> Spelled:
    """The spellings and tokens of a sentence.

    Example: the tokens of 修“油茶”路 are 修 油茶 茶 路 _修油 _茶路
    """
    text, other = fold(sentence), level(sentence)
    is_odd = other.translate(_NARROW) != text
    return Spelled(text, other if is_odd else None, index_tokens(text, other if is_odd else None))


def index_tokens(text: str, other: str | None) -> str:
    """What is indexed of the spellings, each token once; made again from them when a sentence is taken out."""
    plain = _pairs(text)
    aside = _pairs(unquoted(text))
    if other is not None:
        aside |= _pairs(other) | _pairs(unquoted(other)) | {ODD}
    return " ".join([*plain, *(each if each == ODD else _ASIDE + each for each in aside if each not in plain)])


def unquoted(text: str) -> str:
    """A text without quotation marks."""
    return text.translate(_QUOTES)


def holds(words: str) -> tuple[str, bool]:
    """An FTS5 query for the sentences whose folded text holds folded words, and whether it tells exactly.

    Empty where the words are marks alone, of which no index is kept. Example: holds("油茶") == ('"油茶"', True)
    """
    runs = _RUN.findall(words)
    terms = [f'"{run[i : i + 2]}"' for run in runs for i in range(len(run) - 1)]
    terms += [f'"{run}"*' for run in runs if len(run) == 1]
    return " AND ".join(dict.fromkeys(terms)), len(terms) == 1 and runs == [words]


def holds_unquoted(words: str) -> str:
    """The same for the text without quotation marks in either spelling; names too many rather than too few."""
    runs = _RUN.findall(words)
    terms = [either(run[i : i + 2]) for run in runs for i in range(len(run) - 1)]
    terms += [f'("{run}"* OR "{_ASIDE}{run}"*)' for run in runs if len(run) == 1]
    return " AND ".join(dict.fromkeys(terms))


def either(pair: str) -> str:
    """An FTS5 query for a pair in either spelling, quotation marks or not."""
    return f'("{pair}" OR "{_ASIDE}{pair}")'


@dataclass(frozen=True, slots=True)
class Wanted:
    """Words whose characters a sentence is to cover."""

    runs: tuple[str, ...]  # of Han characters, two at least
    latin: tuple[str, ...]  # whole words

    @property
    def size(self) -> int:
        """How many characters there are; a Latin word counts as one."""
        return sum(len(run) for run in self.runs) + len(self.latin)


def wanted(words: str) -> Wanted:
    """What `rag.text.bigrams.character_coverage` counts of the words."""
    runs = content_runs(fold(words))
    latin = tuple(run for run in runs if run[0].isascii())
    return Wanted(tuple(run for run in runs if len(run) > 1 and not run[0].isascii()), latin)


def pairs_of(run: str) -> list[str]:
    """The pairs of a run, one for each place but the last."""
    return [run[i : i + 2] for i in range(len(run) - 1)]


@lru_cache(maxsize=4096)
def concealed(pair: str) -> Sequence[str]:
    """What has to stand in a text for the pair to be there and yet not to count, since grammar overlaps with it.

    Example: concealed("个体") has 几个体 among others (几个 is a question word), concealed("油茶") has none
    """
    first, last = pair[0], pair[1]
    found = []
    for word in concept("asking_words", "grammar_words"):
        if word.isascii():
            continue
        if pair in word:
            found.append(word)
        if word.endswith(first):
            found.append(word + last)
        if word.startswith(last):
            found.append(first + word)
    return tuple(dict.fromkeys(found))


def _pairs(text: str) -> set[str]:
    """Pairs of the runs of letters and digits, and the last character of each run by itself."""
    found: set[str] = set()
    for run in _RUN.findall(text):
        found.update(run[i : i + 2] for i in range(len(run) - 1))
        found.add(run[-1])
    return found
