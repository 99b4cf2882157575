"""Figures of a Chinese text as English writes them, so that no model has to reckon with 万 and 亿. Pure."""

import re
from decimal import Decimal

from rag.text.figures import Figure, read_figures
from rag.text.lexicon import concept, table
from rag.text.numerals import NUMERALS, OVER, TENS
from rag.text.units import UNITS

_IN_WORDS = re.compile(rf"[{NUMERALS}{OVER}{TENS}]|{concept('approximation').any}")
_NAMES = {word: english for english, words in table("units_in_english").items() for word in words}
_BEFORE = {"over": "over ", "near": "about ", "under": "under ", "": ""}
_JOINED = ("%", "‰", "℃", "")  # right behind the number


def with_english_figures(text: str) -> str:
    """The text with its figures in English, but for plain ones whose unit has no English name here.

    Example: 争取了2000多万元，种植8亩，选派3名 -> 争取了 over 20 million yuan ，种植 8 mu ，选派 3 people
    """
    written = text
    for figure in reversed(read_figures(text)):
        if figure.kind == "quantity" and _is_to_be_told(figure):
            written = f"{written[: figure.start]} {_english(figure)} {written[figure.end :]}"
    return " ".join(written.split())


def _is_to_be_told(figure: Figure) -> bool:
    """Whether English writes a figure otherwise; 翻番 has no unit that it could have."""
    unit = figure.written.unit
    return unit in _NAMES or ((unit in UNITS or not unit) and bool(_IN_WORDS.search(figure.text)))


def _english(figure: Figure) -> str:
    written = figure.written
    unit = written.unit
    if written.whole is not None:
        value = f"{written.number:f}/{written.whole:f}"
    else:
        bounds = (figure.value, figure.high) if figure.high is not None else (figure.value,)
        value = "-".join(_number(each / UNITS[unit].size if unit else each) for each in bounds)
    name = _NAMES.get(unit, unit)
    return f"{_BEFORE[figure.approximation]}{value}{'' if name in _JOINED else ' '}{name}{written.rate}"


def _number(value: Decimal) -> str:
    """Example: 23310000 -> 23.31 million; 5000 -> 5,000"""
    for size, name in ((10**9, "billion"), (10**6, "million")):
        if abs(value) >= size:
            return f"{(value / size).normalize():f} {name}"
    return f"{value.normalize():,f}"
