"""What a figure is counted by: 人 of 人均5000元, 吨 of 3200元/吨, 户 and 年 of 每户每年600元."""

import re
from dataclasses import replace

from rag.text.clauses import CLAUSE_BREAK
from rag.text.figure import Figure
from rag.text.figure_patterns import PER
from rag.text.lexicon import concept, table
from rag.text.numerals import INDEFINITE, MULTIPLES
from rag.text.units import UNIT

LONGEST_CLAUSE = 80  # characters before a figure that are looked at
_COUNTED_PER = concept("counted_per").any
OF_A_MU = rf"(?<![\d{MULTIPLES}{INDEFINITE}])(亩)[产增]"
"""亩产 and 亩增, but not 3000亩增收12万元."""
_BEFORE = re.compile(rf"每({_COUNTED_PER})|({_COUNTED_PER})均|{OF_A_MU}")
_BEHIND = re.compile(rf"(?:/|每|\ per\ )[百千万]?({UNIT}|{table('further_units')['per'].any})")
_RATE = re.compile(PER)


def counted_per(figure: Figure, text: str) -> Figure:
    """The figure of a levelled text with what it is counted by, in the words of its clause before it or behind it."""
    if figure.kind != "quantity":
        return figure
    lead = CLAUSE_BREAK.split(text[max(0, figure.start - LONGEST_CLAUSE) : figure.start])[-1]
    words = {unit for found in _BEFORE.finditer(_RATE.sub("", lead)) for unit in found.groups() if unit}
    behind = {found[1] for found in _BEHIND.finditer(figure.written.rate)}
    return replace(figure, per=frozenset(words | behind)) if words or behind else figure
