"""Figures of a Chinese text as English writes them, so that no model has to reckon with 万 and 亿. Pure."""

import re
from decimal import Decimal

from rag.text.figures import Figure, read_figures
from rag.text.units import UNITS

_SCALED = re.compile(r"[万亿千百十一二三四五六七八九两零余多近约超]|以上|左右|以下|以内|不足")
_UNIT = re.compile("|".join(re.escape(unit) for unit in sorted(UNITS, key=len, reverse=True)))
_NAMES = {
    "元": "yuan", "亩": "mu", "吨": "tons", "公斤": "kg", "公里": "km", "米": "metres", "平方米": "square metres",
    "人": "people", "名": "people", "户": "households", "人次": "participants", "%": "%", "间": "rooms",
}  # fmt: skip
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
