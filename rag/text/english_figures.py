"""Figures of a Chinese text as English writes them, so that no model has to reckon with 万 and 亿. Pure."""

import re
from decimal import Decimal

from rag.text.figures import Figure, read_figures
from rag.text.lexicon import concept, table
from rag.text.numerals import NUMERALS, OVER
from rag.text.units import UNIT, UNITS

_UNIT = re.compile(UNIT)
_SCALED = re.compile(rf"[{NUMERALS}{OVER}]|{concept('approximation').any}")
_NAMES = {word: english for english, words in table("units_in_english").items() for word in words}
_BEFORE = {"over": "over ", "near": "about ", "under": "under ", "": ""}


def with_english_figures(text: str) -> str:
    """The text with its figures in English, but for plain ones whose unit has no English name here.

    Example: 争取了2000多万元，种植8亩，选派3名 -> 争取了 over 20 million yuan ，种植 8 mu ，选派 3 people
    """
    written = text
    for figure in reversed(read_figures(text)):
        if figure.kind == "quantity" and (_SCALED.search(figure.text) or _name(figure)):
            written = f"{written[: figure.start]} {_english(figure)} {written[figure.end :]}"
    return " ".join(written.split())


def _english(figure: Figure) -> str:
    unit = _unit(figure)
    value = figure.value / UNITS[unit].size if unit else figure.value
    name = _name(figure) or unit
    between = "" if name == "%" or not name else " "
    return f"{_BEFORE[figure.approximation]}{_number(value)}{between}{name}"


def _unit(figure: Figure) -> str:
    return next(reversed(_UNIT.findall(figure.text)), "")


def _name(figure: Figure) -> str:
    return _NAMES.get(_unit(figure), "")


def _number(value: Decimal) -> str:
    """Example: 23310000 -> 23.31 million; 5000 -> 5,000"""
    for size, name in ((10**9, "billion"), (10**6, "million")):
        if value >= size:
            return f"{(value / size).normalize():f} {name}"
    return f"{value.normalize():,f}"
