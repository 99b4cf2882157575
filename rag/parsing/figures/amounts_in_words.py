"""Amounts that verification reads no figure in: nothing (无一起, 零事故), 两个, 三大, 居首位."""

import re
from collections.abc import Iterator
from decimal import Decimal

from rag.parsing.figures.amount import Amount, at_least, digits, in_slogan, per_each
from rag.parsing.figures.non_quantities import is_no_statement
from rag.text.clauses import CLAUSE_MARKS
from rag.text.figure_patterns import ABOUT_BEHIND
from rag.text.lexicon import concept, table
from rag.text.normalization import HAN
from rag.text.numerals import COUNTING, ZEROS, number_value
from rag.text.units import UNIT

_MISHAPS = table("mishaps")
_MISHAP = concept("mishaps").any
_NOTHING = re.compile(
    rf"(?:{concept('none').any}|未)(?:发生|出现|新增|新发|新)?一(?P<unit>{UNIT})"
    rf"|(?P<zero>[{ZEROS}]|(?<![\d.])0|{concept('none').any}一)(?P<thing>{_MISHAP})"
    rf"|(?P<thing_before>{_MISHAP})[^{CLAUSE_MARKS}]{{0,4}}?(?:为|保持|实现)(?P<zero_behind>[{ZEROS}]|0)(?![\d.])"
)
_ONE_OR_TWO = table("one_or_two")
_FEW = re.compile(
    rf"(?<![{''.join(_ONE_OR_TWO['before'])}])(?P<number>{_ONE_OR_TWO['numeral'].any})(?P<unit>{_ONE_OR_TWO['unit'].any})"
    rf"(?!{_ONE_OR_TWO['behind'].any})(?P<behind>{ABOUT_BEHIND.any})?"
)
_MADE = re.compile(rf"(?:{concept('making', 'at_least').any}|[每各][月周天日年季村]{{1,2}})了?$")
_FIRST = re.compile(rf"{concept('ranked_in').any}(?P<rank>{concept('first_rank').any})(?=[{CLAUSE_MARKS}、\s)）]|$)")
_JOINT = re.compile(
    rf"(?:{concept('focusing').any}|(?<=、)[{HAN}]{{2,4}})(?P<number>[{COUNTING[1:]}])(?P<unit>大)(?=[{HAN}]{{2}})"
)


def amounts_of_nothing(flat: str) -> Iterator[Amount]:
    """无一起, 零事故, 舆情为零: what did not happen, in a levelled text."""
    for m in _NOTHING.finditer(flat):
        if not in_slogan(flat, m.start()):
            thing = m["thing"] or m["thing_before"]
            unit = m["unit"] or next(unit for unit, things in _MISHAPS.items() if thing in things)
            span = m.span() if m["unit"] else m.span("zero" if m["zero"] else "zero_behind")
            yield Amount(*span, "0", None, unit, Decimal(0), unit)


def amounts_in_words(flat: str) -> Iterator[Amount]:
    """The others of a levelled text; some may overlap with figures, which then go first."""
    for read in (_few, _joint, _first):
        yield from (amount for amount in read(flat) if not is_no_statement(amount, flat))


def _few(flat: str) -> Iterator[Amount]:
    """两条, and 一个 behind a word that counts it: most 一个 are articles."""
    for m in _FEW.finditer(flat):
        before, value = flat[: m.start()], number_value(m["number"])
        if value > 1 or _MADE.search(before):
            unit = per_each(before, m["unit"])
            yield Amount(*m.span(), digits(value), at_least(before) or m["behind"], unit, value, unit)


def _first(flat: str) -> Iterator[Amount]:
    """居全市第一: a rank that no measure word stands behind."""
    for m in _FIRST.finditer(flat):
        yield Amount(*m.span("rank"), "1", None, "名(次)", Decimal(1), "名(次)")


def _joint(flat: str) -> Iterator[Amount]:
    """突出三大重点: a count of named things."""
    for m in _JOINT.finditer(flat):
        value = number_value(m["number"])
        yield Amount(m.start("number"), m.end("unit"), digits(value), None, m["unit"], value, m["unit"])
