"""Reading amounts: the figures of a sentence that state a quantity, as they are written.

A view of the figures that verification reads by: this adds what is no statement, what has no number in digits, and the
units and words around a figure that verification has no use for.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from rag.parsing.figures.amount import Amount, at_least, digits, in_slogan, per_period
from rag.parsing.figures.amounts_in_words import amounts_in_words, amounts_of_nothing
from rag.parsing.figures.non_quantities import is_no_statement
from rag.text.clauses import CLAUSE_MARKS
from rag.text.figure_patterns import ABOUT_BEFORE, ABOUT_BEHIND
from rag.text.figures import Figure
from rag.text.lexicon import concept, table
from rag.text.normalization import HAN
from rag.text.numerals import number_value
from rag.text.parsed_text import ParsedText
from rag.text.units import UNIT

_LATE = concept("bound") | ABOUT_BEHIND
_EARLY = re.compile(r"(?<=[值入额资积量到达])过$|高达约$|约达$|约有$|可达$|(?<=[达值])上$")
_MISTYPED = re.compile(r"(?<![\d.])(?P<whole>\d{4,})、$")  # 44836、4千瓦

_FURTHER = table("further_units")  # that verification has no measure for
_FURTHER_UNIT = re.compile(rf"\s?(?P<unit>{(_FURTHER['counted'] | _FURTHER['in_names']).any})")
_YEARS = re.compile(rf"\s?(?P<unit>{_FURTHER['lasting'].any})")
_LASTING = re.compile(rf"{concept('lasting').any}(?:{(concept('before_amount') | ABOUT_BEFORE).any})?$")
_PER = re.compile(rf"(?:/(?:{UNIT}|{_FURTHER['per'].any}))+")
_RANKED = concept("ranked_in")
_BEHIND_A_RANK = re.compile(rf"[{CLAUSE_MARKS}、\s）)的]|$")
_PEOPLE = re.compile(rf"\s?[{HAN}]{{0,4}}?{concept('people').any}")
_MONEY = concept("money")
_RANGE = frozenset("-—~～–至到")
_NO_RANGE = ("岁", "日")  # 0-3岁儿童
_NO_OCCASIONS = ("次", "场次", "人次", "%")  # 家次 is a unit, 场次次 is none


def read_amounts(parsed: ParsedText) -> tuple[Amount, ...]:
    """The amounts of a sentence, in order; offsets count in the sentence itself."""
    flat, figures = parsed.folded, parsed.figures
    found = [*_ranges(figures, flat), *amounts_of_nothing(flat)]  # before the figures within them
    for amount in (*_single(figures, flat), *amounts_in_words(flat)):
        if not any(amount.start < other.end and other.start < amount.end for other in found):
            found.append(amount)
    return tuple(sorted(found, key=lambda amount: amount.start))


def _ranges(figures: Sequence[Figure], flat: str) -> Iterator[Amount]:
    """2-3家 and 50元至100元: a value that has no single number."""
    for low, high in pairwise(figures):
        first, last = low.written, high.written
        is_plain = all(each.kind == "quantity" and flat[each.start].isdigit() for each in (low, high))
        if not is_plain or flat[low.end : high.start].strip() not in _RANGE or flat[low.start - 1 : low.start] in "-.":
            continue
        is_of_one_unit = f"{first.scale}{first.unit}" in ("", f"{last.scale}{last.unit}")
        if is_of_one_unit and last.unit and last.unit not in _NO_RANGE and not in_slogan(flat, low.start):
            value, unit = f"{digits(first.number)}-{digits(last.number)}", f"{last.scale}{last.unit}"
            yield Amount(low.start, high.end, value, last.about or None, unit, None, last.unit)


def _single(figures: Sequence[Figure], flat: str) -> Iterator[Amount]:
    for figure in figures:
        amount = _rank(figure, flat) if figure.kind == "rank" else _quantity(figure, flat)
        if amount is not None and not is_no_statement(amount, flat):
            yield amount


def _rank(figure: Figure, flat: str) -> Amount | None:
    """第四名 behind 列, 居, 全县; 第七次 and 第一批 only number things."""
    written = figure.written
    if not figure.text.startswith("第") or not flat.endswith(_RANKED.words, 0, figure.start):
        return None
    if written.unit not in ("名", "位") and not _BEHIND_A_RANK.match(flat, figure.end):
        return None
    unit = "位" if written.unit == "位" else "名(次)"
    return Amount(figure.start, figure.end, digits(written.number), None, unit, written.number, unit)


def _quantity(figure: Figure, flat: str) -> Amount | None:
    written = figure.written
    if figure.kind != "quantity":
        return None
    if written.whole is not None:
        if "/" in figure.text:
            return None  # may as well be a date or a serial number
        value = f"{digits(written.number)}/{digits(written.whole)}"
        return Amount(figure.start, figure.end, value, None, "", figure.value, "")
    start, number = _from_the_start(figure, flat)
    unit, end = _unit(figure, flat)
    unit = unit or _unsaid_unit(written.scale, flat, start, end)
    if not unit:
        return None
    about: str | None = written.about
    if not about:
        about, start, end = _approximation_beside(flat, start, end)
    unit = per_period(flat[:start], unit)
    base = number * number_value(f"1{written.scale}")
    return Amount(start, end, digits(number), about, f"{written.scale}{unit}", base, unit)


def _from_the_start(figure: Figure, flat: str) -> tuple[int, Decimal]:
    """Where a figure begins, and its number: 44836.4 of 44836、4千瓦."""
    number = figure.written.number
    mistyped = _MISTYPED.search(flat[: figure.start])
    if mistyped and flat[figure.start].isdigit() and len(digits(number)) == 1:
        return mistyped.start(), Decimal(f"{mistyped['whole']}.{number}")
    return figure.start, number


def _unit(figure: Figure, flat: str) -> tuple[str, int]:
    """The unit with the place behind it, also one that verification does not read or reads in part.

    Example: 家次, 元/年/人, 门, 年 behind 长达
    """
    unit, end = figure.written.unit, figure.end
    if figure.written.stands == "behind":
        return unit, end
    if not unit:
        return _further_unit(figure, flat)
    if unit not in _NO_OCCASIONS and flat.startswith("次", end) and not flat.startswith("次数", end):
        return f"{unit}次", end + 1
    per = _PER.match(flat, end)
    return (unit + per[0], per.end()) if per else (unit, end)


def _further_unit(figure: Figure, flat: str) -> tuple[str, int]:
    lasting = _YEARS.match(flat, figure.end)
    if lasting and _LASTING.search(flat[: figure.start]):
        return lasting["unit"], lasting.end()
    more = _FURTHER_UNIT.match(flat, figure.end)
    is_in_digits = figure.written.numeral[:1].isdigit()
    is_unit = more and (is_in_digits or more["unit"] not in _FURTHER["in_names"])
    return (more["unit"], more.end()) if more and is_unit else ("", figure.end)


def _unsaid_unit(scale: str, flat: str, start: int, end: int) -> str:
    """元 for 贷款84万, 人 for 8.21万常住人口; none where no 万 or 亿 stands behind the number."""
    if scale and _MONEY.search(flat[max(0, start - 12) : end + 6]):
        return "元"
    return "人" if scale and _PEOPLE.match(flat, end) else ""


def _approximation_beside(flat: str, start: int, end: int) -> tuple[str | None, int, int]:
    """The approximating word around a figure that has none itself, and the stretch of both."""
    if late := _LATE.pattern.match(flat, end):
        return late[0], start, late.end()
    if early := _EARLY.search(flat[:start]):
        return early[0], early.start(), end
    return at_least(flat[:start]), start, end
