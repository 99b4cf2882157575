"""How a clause opens, which tells whether it says itself what it is about."""

import re
from collections.abc import Sequence
from typing import Literal

from rag.parsing.heads.words import PREPOSITIONS, VERBS, WordSet
from rag.text.figures import Figure
from rag.text.lexicon import concept

Opening = Literal["anaphor", "figure", "verb", "measure", "noun"]
"""A word that points back (其中), a figure, a verb or preposition, a bare measure, or a noun of its own."""

ANAPHORS = WordSet(concept("anaphor"))
_MEASURE = re.compile(rf"{concept('general_modifier').any}*{concept('measure', 'rate_of_change').any}")
_NOUN_BEHIND = concept("measure", "noun_behind_verb").pattern
_RANKED = concept("ranked_in").pattern
_OF_ALL = ("全", "第", "前", "名")


def opening_of(text: str, start: int, lead: int, end: int, figures: Sequence[Figure]) -> Opening:
    """How the clause at [start, end) of a folded sentence opens; its words begin behind `lead`.

    Example: "verb" for 共检查单位180家, "measure" for 养殖面积1000亩, "noun" for 合作社3家
    """
    if ANAPHORS.at(text, lead) or (ANAPHORS.at(text, start) and not VERBS.at(text, lead)):
        return "anaphor"
    is_modifier = any(text.startswith("的", figure.end) for figure in figures[:1])
    if any(figure.start <= lead < figure.end for figure in figures):
        return "noun" if is_modifier else "figure"
    found = _MEASURE.match(text, lead, end)
    if found and _ends_there(text, found.end(), end, figures):
        return "noun" if is_modifier else "measure"
    ranked = _RANKED.match(text, lead, end)
    if ranked and text.startswith(_OF_ALL, ranked.end()):
        return "anaphor"
    if PREPOSITIONS.at(text, lead):
        return "verb"
    length = VERBS.at(text, lead)
    if length and not _NOUN_BEHIND.match(text, lead + length, end):
        return "verb"
    return "noun"


def _ends_there(text: str, place: int, end: int, figures: Sequence[Figure]) -> bool:
    """Whether only the figure follows, within a few characters that lead up to it."""
    return place == end or any(place <= figure.start <= place + 4 for figure in figures)
