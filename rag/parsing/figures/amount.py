"""An amount, and what all ways of reading one share."""

import re
from dataclasses import dataclass
from decimal import Decimal

from rag.text.clauses import CLAUSE_MARKS
from rag.text.figure_rates import OF_A_MU
from rag.text.lexicon import concept
from rag.text.numerals import LARGE
from rag.text.units import UNIT


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity at [start, end) of a sentence.

    Example: 3.2万吨以上 has value "3.2", unit "万吨", approx "以上", value_base 32000, unit_base "吨".
    """

    start: int
    end: int
    value: str
    approx: str | None
    unit: str
    value_base: Decimal | None
    unit_base: str


LONGEST_SLOGAN = 16
_LEAST = re.compile(rf"(?P<word>{concept('at_least').any})[^{CLAUSE_MARKS}\d]{{0,5}}$")
_PER = concept("counted_per").any
_EVERY = re.compile(
    rf"每个?(?P<each>[百千万]?{_PER})|(?P<mean>{_PER})均|{OF_A_MU.replace('(亩)', '(?P<yield>亩)')}|一(?P<day>天)$"
)
_LEAD = re.compile(rf"[^{CLAUSE_MARKS}\d]*$")
_LONGEST_LEAD = 14
_FROM = re.compile(rf"[\d.,]+[{LARGE}]?(?P<unit>{UNIT}){concept('rate_of_change', 'changed_to').any}[到至]$")
_OF_NO_AMOUNT = ("%", "‰", "倍", "番", "个百分点", "百分点")  # are never so much for each
_NAMED_SO = "人"  # 人均收入 is the indicator's own name
_QUOTED = re.compile(r"[“‘\"「『《〈][^”’\"」』》〉]{1,40}[”’\"」』》〉]")


def digits(value: Decimal) -> str:
    """A number without exponent and needless zeros."""
    return format(value.normalize(), "f")


def at_least(before: str) -> str | None:
    """The word that makes an amount behind it a lower bound, a few characters away: 每月至少召开一次."""
    found = _LEAST.search(before)
    return found["word"] if found else None


def per_each(before: str, unit: str) -> str:
    """A unit with what it is counted by: 次/月 for 每月开展一次, 元/亩 for 亩均增收1200元."""
    if "/" in unit or unit in _OF_NO_AMOUNT:
        return unit
    changed = _FROM.search(before)
    if changed and unit.endswith(changed["unit"]):
        before = before[: changed.start()]  # 由每人每年4800元提高到5200元
    lead = _LEAD.search(before, max(0, len(before) - _LONGEST_LEAD))
    told = [
        found[found.lastgroup]
        for found in _EVERY.finditer(before, lead.start() if lead else len(before))
        if found.lastgroup and found["mean"] != _NAMED_SO
    ]
    return "".join([unit, *(f"/{each}" for each in dict.fromkeys(told))])


def in_slogan(text: str, at: int) -> bool:
    """Whether a place is inside a title or a short quotation: “四区一花园”, 《三年行动计划》."""
    return any(
        m.start() < at < m.end() and (m[0][0] in "《〈" or m.end() - m.start() <= LONGEST_SLOGAN)
        for m in _QUOTED.finditer(text)
    )
