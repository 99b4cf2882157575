"""Words at a place of a folded text, looked up rather than searched: a clause is read with hundreds of verbs."""

from collections.abc import Iterable

from rag.text.item_numbers import label_length
from rag.text.lexicon import Concept, concept
from rag.text.time_spans import time_spans


class WordSet:
    """Words to be looked up at a place, the longest first."""

    def __init__(self, words: Concept | Iterable[str]) -> None:
        self._words = frozenset(words)
        self._exceptions = words.exceptions if isinstance(words, Concept) else ()
        self._lengths = sorted({len(word) for word in self._words}, reverse=True)
        self._first = frozenset(word[0] for word in self._words)

    def at(self, text: str, place: int) -> int:
        """The length of the longest word that begins at a place; 0 where none does."""
        if text[place : place + 1] not in self._first:
            return 0
        if self._exceptions and text.startswith(self._exceptions, place):
            return 0
        return next((size for size in self._lengths if text[place : place + size] in self._words), 0)

    def first(self, text: str, start: int, end: int) -> int:
        """The first place from `start` on where a word begins; `end` where none does."""
        return next((place for place in range(start, end) if self.at(text, place)), end)

    def before(self, text: str, end: int) -> int:
        """The length of the longest word that ends at a place; 0 where none does."""
        return next((size for size in self._lengths if size <= end and text[end - size : end] in self._words), 0)


VERBS = WordSet((*concept("clause_verb"), *concept("activity", "making")))
PREPOSITIONS = WordSet(concept("preposition"))
_LEAD = concept(
    "now", "the_year", "part_of_year", "lately", "own_town", "whole_town", "own_place", "also", "linking", "turning",
    "total", "in_order", "already", "intention", "zeal", "manner", "before_subject",
).pattern  # fmt: skip
_ADVERBS = WordSet(concept("clause_adverb"))
_BLANKS = '，,、/ \t\u3000“"‘'
_LONGEST_TIME = 20


def lead_length(clause: str) -> int:
    """How many characters of a clause are labels, times and words that only lead up to what it says.

    Example: 8 of "2020年我镇共修路3公里"
    """
    at = label_length(clause)
    while at < len(clause):
        if clause[at] in _BLANKS:
            at += 1
            continue
        length = _time_length(clause[at : at + _LONGEST_TIME]) or _adverb_length(clause, at)
        if not length:
            found = None if _disposes(clause, at) else _LEAD.match(clause, at)
            length = found.end() - at if found else 0
        if not length:
            break
        at += length
    return at


def _time_length(words: str) -> int:
    if not any(sign.isdigit() or sign in "年月季今去上前近十半五一本" for sign in words[:6]):
        return 0
    span = next(time_spans(words), None)
    return span.end if span and span.start == 0 else 0


def _adverb_length(clause: str, at: int) -> int:
    """A short adverb counts before a verb alone: 总 of 总投资 is none."""
    length = _ADVERBS.at(clause, at)
    return length if length > 1 or VERBS.at(clause, at + length) else 0


def _disposes(clause: str, at: int) -> bool:
    """Whether 将 does something to what follows, as 把 does, and does not say that it will be done."""
    return clause[at] == "将" and not VERBS.at(clause, at + 1) and not _ADVERBS.at(clause, at + 1)
