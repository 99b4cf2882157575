"""What a comparison is about: the words of a subject that count, and the measure it asks for. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, pstdev
from typing import Literal

from rag.parsing.figures.indicators import FigureRow
from rag.text.bigrams import character_coverage, content_bigrams, without_grammar
from rag.text.glossary import chinese_for, in_official_words
from rag.text.lexicon import concept, table
from rag.text.normalization import HAN, fold
from rag.text.units import UNITS

HEADLESS = 0.5  # of what a row carries without the matter's first word: 茶油产量 is no 石油产量
LEXICAL_SHARE = 0.7  # of a row's score; the rest is the vectors'
LEAST = 0.65  # below this a row does not speak of the matter
STANDS_OUT = 4.5  # standard deviations above the mean of all rows, for a likeness in meaning alone to count
IN_QUOTE_ONLY = 0.4  # of a subject that stands in a row's quotation and not in the row's own subject

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


def measure_of(row: FigureRow) -> str:
    """The measure of a row's unit, such as 米 for 公里; the unit itself where it is in no table.

    What is counted by something has a measure of its own: 元/亩 is never beside 元.
    """
    unit, slash, per = row.unit_base.partition("/")
    known = UNITS.get(unit.lower())
    return f"{known.measure}{slash}{per}" if known else row.unit_base


def word_scores(matter: Matter, rows: Sequence[FigureRow]) -> list[float]:
    """For each row, how much of the matter's words it carries, from 0 to 1."""
    return [round(max(_carried(matter, row.own), IN_QUOTE_ONLY * _carried(matter, row.quote)), 6) for row in rows]


def fuse(words: Sequence[float], similarities: Sequence[float]) -> tuple[list[float], FoundBy]:
    """One score from 0 to 1 for each row; by meaning alone, and only what stands out, where no row has the words."""
    if not words:
        return [], "words"
    low, high = min(similarities), max(similarities)
    meanings = [(each - low) / ((high - low) or 1.0) for each in similarities]
    both = [
        round(LEXICAL_SHARE * word + (1 - LEXICAL_SHARE) * meaning, 6)
        for word, meaning in zip(words, meanings, strict=True)
    ]
    if max(both) >= LEAST:
        return both, "words"
    bar = fmean(similarities) + STANDS_OUT * (pstdev(similarities) or 1.0)
    return [round(m, 6) if s >= bar else 0.0 for m, s in zip(meanings, similarities, strict=True)], "meaning"


def _carried(matter: Matter, text: str) -> float:
    if len(matter.words) < 2:
        return float(matter.words in fold(text))
    carried = character_coverage(matter.words, frozenset(), content_bigrams(text))
    return carried if matter.words[:2] in fold(text) else HEADLESS * carried
