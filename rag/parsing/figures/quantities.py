"""What kind of quantity a figure gives, whose it is, and whether it is of a part, by the words around it."""

import re
from typing import Literal, get_args

from rag.parsing.figures.amount import Amount
from rag.text.lexicon import concept, table
from rag.text.units import UNITS

Quantity = Literal[
    "per head", "rank", "change", "share", "rate", "cumulative", "new", "money", "stock", "measure", "count"
]  # fmt: skip
"""Of one by another (人均), a place in an order, a difference, a part of a whole in %, another rate in %, all so far,
what was added, an amount of money, all that there is, a size (亩, 吨, 公里), or simply so many."""

KINDS: tuple[Quantity, ...] = get_args(Quantity)
_RATES = ("%", "‰")
_CHANGES = ("个百分点", "百分点", "番")
_RANK = "名(次)"
_MEASURES = {*concept("measured_units", "people_units")} - {"人", "户"}
_WORDS = table("quantity")
_AMONG = concept("among").pattern
_PART = re.compile(rf"{concept('among', 'part_of_a_whole').any}")
_WHOSE = concept("whose").pattern
_BY_WORDS: tuple[Quantity, ...] = ("cumulative", "new", "money", "stock")


def quantity_of(subject: str, before: str, amount: Amount) -> Quantity:
    """The kind of quantity of an amount with this subject; `before` is what its own clause says before it.

    Example: "new" for 新建公厕3座, "per head" for 人均收入2万元, "change" for 收入增长8%
    """
    if "/" in amount.unit or _has("per head", subject, before):
        return "change" if _ends_in_change(subject) else "per head"
    if amount.unit == _RANK or _has("rank", before, ""):
        return "rank"
    if amount.unit in _CHANGES or _ends_in_change(subject):
        return "change"
    if amount.unit in _RATES:
        return "share" if _has("share", subject, before) else "rate"
    for kind in _BY_WORDS:
        if kind == "money" and amount.unit_base.partition("/")[0] != "元":
            continue
        if _has(kind, subject, before):
            return kind
    return "money" if amount.unit_base == "元" else "measure" if _measure(amount.unit_base) in _MEASURES else "count"


def whose_figure(subject: str, head: str) -> str | None:
    """Whose figure it is, where the words name one of several, the subject's own first: 农民 of 农民人均收入."""
    found = _WHOSE.search(subject) or _WHOSE.search(head)
    return found[0] if found else None


def is_of_part(before: str, root: str) -> bool:
    """Whether an amount is of a part: of what `root` counts, or by the words of its clause before it."""
    return bool(_AMONG.search(before)) or (bool(root) and bool(_PART.search(before)))


def _measure(unit: str) -> str:
    known = UNITS.get(unit.lower())
    return known.measure if known else unit


def _has(kind: str, *texts: str) -> bool:
    return any(_WORDS[kind].search(text) for text in texts)


def _ends_in_change(subject: str) -> bool:
    found = list(_WORDS["change"].pattern.finditer(subject))
    return bool(found) and found[-1].end() >= len(subject) - 1
