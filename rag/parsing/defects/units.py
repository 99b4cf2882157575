"""Figures that cannot be as they stand: a unit that does not fit its noun, one that is missing, 近70余, 1余幅."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.text.clauses import CLAUSE_MARKS
from rag.text.figures import LINK, Figure
from rag.text.lexicon import Concept, concept, table
from rag.text.normalization import HAN
from rag.text.numerals import LARGE, MULTIPLES, OVER
from rag.text.parsed_text import ParsedText
from rag.text.units import UNITS

LOOSE_FIGURE = re.compile(rf"(?<![\d.])\d[{OVER}](?=[{HAN}])(?![{MULTIPLES}])")
_MEASURED = concept("measured_units")
_CONTINUOUS = frozenset({*_MEASURED, *concept("time_units"), ""})
_EXACT_OVER = re.compile(rf"(?<![\d.、-])\d+[1-46-9]{OVER[0]}(?=[{HAN}])(?![{MULTIPLES}])")
_EXACT_AMOUNT_OVER = re.compile(rf"\d{{2,}}[1-46-9]{OVER[0]}")  # 328余亩: land and money are measured, so 12余亩 may be
_NEAR = table("approximation")["near_before"].any
_NEAR_OVER = re.compile(rf"{_NEAR}\s?\d[\d.,]*[{MULTIPLES}]*[{OVER}][{MULTIPLES}]*(?!{concept('over_compound').any})")
_LINK_END = re.compile(rf"{LINK}$")
_NOUNS = tuple(
    (re.compile(rf"{nouns.any}{LINK}$"), frozenset(measures.split()))  # the measures cannot be the nouns'
    for measures, nouns in table("noun_and_measures").items()
)
_AMOUNT = rf"\d[\d.]*[{OVER}]?"
_CLAUSE_END = rf"(?=[{CLAUSE_MARKS}、)]|$)"
_NO_UNIT = re.compile(rf"{concept('money_noun').any}{LINK}(?P<figure>{_AMOUNT}[{LARGE}]){_CLAUSE_END}")
_NO_PERCENT = re.compile(rf"{concept('compared_with').any}{concept('change').any}\d[\d.]*{_CLAUSE_END}")
_HALF_UNIT = re.compile(rf"{_AMOUNT}[{LARGE}]?{concept('half_unit').any}")
_MEASURE_WORD = Concept(tuple(word for word, unit in UNITS.items() if unit.measure in _MEASURED)).any
_COMMA_FOR_POINT = re.compile(
    rf"(?<![\d.、])(?P<first>\d{{3,}})、(?P<second>\d{{1,2}})(?P<unit>[{LARGE}]?{_MEASURE_WORD})"
)


@dataclass(frozen=True, slots=True)
class Misfit:
    """A figure that cannot be as it stands, at [start, end) of the text, with what is wrong in Chinese."""

    start: int
    end: int
    said: str


def unit_misfits(said: ParsedText) -> Iterator[Misfit]:
    """Units that do not fit in one folded sentence.

    Example: "农业机械总动力达到6975台" gives "“总动力”与“6975台”的单位不合"
    """
    text = said.text
    for figure in said.figures:
        if figure.kind == "quantity" and (misfit := _misfit(text, figure)):
            yield misfit
    for match in _NO_UNIT.finditer(text):
        yield Misfit(*match.span(), f"“{match['figure']}”没有单位，疑缺“元”")
    for match in _NO_PERCENT.finditer(text):
        yield Misfit(*match.span(), f"“{match[0]}”没有单位，疑缺“%”")
    for match in _HALF_UNIT.finditer(text):
        yield Misfit(*match.span(), f"“{match[0]}”的单位不全，疑为“平方米”")


def loose_figures(said: ParsedText) -> Iterator[Misfit]:
    """Figures whose amount cannot be told: exact and 余 at once, 近 and 余 at once, 、 in place of the point.

    Example: "接待群众近70余人次" gives "“近70余”既说不到又说超出"
    """
    text = said.text
    for match in _NEAR_OVER.finditer(text):
        yield Misfit(*match.span(), f"“{match[0]}”既说不到又说超出")
    for figure in said.figures:
        is_counted = figure.measure not in _CONTINUOUS
        exact = _EXACT_OVER.match(text, figure.start)
        if is_counted and LOOSE_FIGURE.match(text, figure.start):
            yield Misfit(figure.start, figure.end, f"“{figure.text}”说法不通，疑似笔误")
        if exact and (is_counted or _EXACT_AMOUNT_OVER.match(exact[0])):
            yield Misfit(figure.start, figure.end, f"“{exact[0]}”是精确数又带“余”")
    for match in _COMMA_FOR_POINT.finditer(text):
        yield Misfit(*match.span(), f"“{match[0]}”疑为“{match['first']}.{match['second']}{match['unit']}”之误")


def _misfit(text: str, figure: Figure) -> Misfit | None:
    before = text[max(0, figure.start - 16) : figure.start]
    for noun, wrong in _NOUNS:
        if (match := noun.search(before)) and figure.measure in wrong:
            start = figure.start - len(before) + match.start()
            name = _LINK_END.sub("", match[0])
            return Misfit(start, figure.end, f"“{name}”与“{figure.text}”的单位不合")
    return None
