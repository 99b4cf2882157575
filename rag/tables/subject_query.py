"""What a comparison is about: the words of a subject that count, and the measure it asks for. Pure."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rag.text.bigrams import character_coverage, content_bigrams, without_grammar
from rag.text.glossary import chinese_for, in_official_words
from rag.text.lexicon import concept, table
from rag.text.normalization import HAN, fold
from rag.text.units import UNITS

LEXICAL_SHARE = 0.7  # of a subject's score; the rest is the vectors'
LEAST = 0.65  # below this a subject does not speak of the matter
LEAST_IN_WORDS = (LEAST - (1 - LEXICAL_SHARE)) / LEXICAL_SHARE  # of the matter's words; below, no meaning makes up

FoundBy = Literal["words", "meaning"]
_MEASURES = table("measures_of_a_subject")
_BESIDE_THE_POINT = re.compile(
    rf"{concept('quantity_nouns', 'asked_as_done').any}|多少?[^\s]?|(?<=\s)[亩吨元人户个家次处]"
    rf"|^{concept('whole_town', 'every_place').any}|^{concept('asked_verbs').any}(?=\s|$)"
)


@dataclass(frozen=True, slots=True)
class Matter:
    """The words that a row must speak of, and the measures it may be in; none: whatever most towns report."""

    words: str
    measures: tuple[str, ...]


def matter_of(subject: str) -> Matter:
    """Reads a subject as people type it, in either script, in English words that the glossary knows, or as a question.

    Example: matter_of("油茶"), matter_of("油茶种植面积") and matter_of("种了多少亩油茶") all have the words "油茶".
    """
    text = fold(subject)
    if not re.search(rf"[{HAN}]", text):
        text = chinese_for(subject) or text
    text = in_official_words(text)
    measures = next((tuple(units.split("/")) for units, words in _MEASURES.items() if words.search(text)), ())
    if text.endswith("率"):
        measures = measures or ("%",)
    bare = _BESIDE_THE_POINT.sub(" ", without_grammar(_BESIDE_THE_POINT.sub(" ", text)))
    words = "".join(re.findall(rf"[{HAN}]+|[a-z0-9]+", bare))
    return Matter(words or text.strip(), measures)


@lru_cache(maxsize=10_000)
def measure_of(unit_base: str) -> str:
    """The measure of a unit, such as 米 for 公里; the unit itself where it is in no table.

    What is counted by something has a measure of its own: 元/亩 is never beside 元.
    """
    unit, slash, per = unit_base.partition("/")
    known = UNITS.get(unit.lower())
    return f"{known.measure}{slash}{per}" if known else unit_base


def word_score(matter: Matter, subject: str) -> float:
    """How much of the matter's words a subject carries, from 0 to 1; 0 without the first of them.

    Example: 茶油产量 carries nothing of 石油产量
    """
    if matter.words[:2] not in fold(subject):
        return 0.0
    return character_coverage(matter.words, frozenset(), content_bigrams(subject)) if len(matter.words) > 1 else 1.0


def fuse(word: float, meaning: float) -> float:
    """One score from 0 to 1."""
    return round(LEXICAL_SHARE * word + (1 - LEXICAL_SHARE) * meaning, 6)
