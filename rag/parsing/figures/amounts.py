"""Reading amounts: the figures of a sentence that state a quantity, as they are written.

A view of the figures that verification reads by: this adds what is no statement, what has no number in digits, and the
units and words around a figure that verification has no use for.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from rag.parsing.figures.amount import Amount, at_least, digits, per_each
from rag.parsing.figures.amounts_in_words import amounts_in_words, amounts_of_nothing
from rag.parsing.figures.non_quantities import is_no_statement
from rag.text.clauses import CLAUSE_BREAK, CLAUSE_MARKS
from rag.text.figure_patterns import ABOUT_BEFORE, ABOUT_BEHIND
from rag.text.figures import Figure
from rag.text.lexicon import concept, table
from rag.text.normalization import HAN
from rag.text.numerals import INDEFINITE, LARGE, number_value
from rag.text.parsed_text import ParsedText

_LATE = concept("bound") | ABOUT_BEHIND
_EARLY = re.compile(r"(?<=[值入额资积量到达次数])过$|高达约$|约达$|约有$|可达$|(?<=[达值])上$")
_MISTYPED = re.compile(r"(?<![\d.])(?P<whole>\d{4,})、$")  # 44836、4千瓦

_FURTHER = table("further_units")  # that verification has no measure for
_FURTHER_UNIT = re.compile(rf"\s?(?P<unit>{(_FURTHER['counted'] | _FURTHER['in_names']).any})")
_YEARS = re.compile(rf"\s?(?P<unit>{_FURTHER['lasting'].any})")
_LASTING = re.compile(rf"{concept('lasting').any}(?:{(concept('before_amount') | ABOUT_BEFORE).any})?$")
_VARIANTS = {variant: word for word, variants in table("unit_variants").items() for variant in variants}
_SEVERAL = tuple(concept("several"))
_RANKED = concept("ranked_in")
_BEHIND_A_RANK = re.compile(rf"[{CLAUSE_MARKS}、\s）)的]|$")
_PEOPLE = re.compile(rf"\s?[{HAN}]{{0,4}}?{concept('people').any}")
_MONEY = concept("money")
_HEADCOUNT = concept("headcount")
_LEAD = re.compile(rf"[^{CLAUSE_MARKS}\d]*$")
_LONGEST_LEAD, _LONGEST_TAIL = 12, 6
_GE = "个"  # as in 3个亿, which is always money
_NO_OCCASIONS = ("次", "场次", "人次", "%")  # 家次 is a unit, 场次次 is none


def read_amounts(parsed: ParsedText) -> tuple[Amount, ...]:
    """The amounts of a sentence, in order; offsets count in the sentence itself."""
    flat = parsed.folded
    found = [*amounts_of_nothing(flat)]  # before the figures within them
    for amount in (*_single(parsed.figures, flat), *amounts_in_words(flat)):
        if not is_no_statement(amount, flat) and not any(
            amount.start < other.end and other.start < amount.end for other in found
        ):
            found.append(amount)
    return tuple(sorted(found, key=lambda amount: amount.start))


def _single(figures: Sequence[Figure], flat: str) -> Iterator[Amount]:
    for figure in figures:
        amount = _rank(figure, flat) if figure.kind == "rank" else _quantity(figure, flat)
        if amount is not None:
            yield amount


def _rank(figure: Figure, flat: str) -> Amount | None:
    """第四名 behind 列, 居, 全县; 第七次 and 第一批 only number things."""
    written = figure.written
    if not figure.text.startswith("第") or not flat.endswith(_RANKED.words, 0, figure.start):
        return None
    if written.unit not in ("名", "位") and not _BEHIND_A_RANK.match(flat, figure.end):
        return None
    unit = "位" if written.unit == "位" else "名(次)"
    if written.most is not None:
        return Amount(figure.start, figure.end, _bounds(figure), None, unit, None, unit)
    return Amount(figure.start, figure.end, digits(written.number), None, unit, written.number, unit)


def _quantity(figure: Figure, flat: str) -> Amount | None:
    written = figure.written
    if figure.kind != "quantity":
        return None
    if written.whole is not None:
        return _fraction(figure)
    start, number = _from_the_start(figure, flat)
    unit, end = _unit(figure, flat)
    unit = unit or _unsaid_unit(figure, flat, end)
    if not unit:
        return None
    about: str | None = written.about
    if not about:
        about, start, end = _approximation_beside(flat, start, end)
    unit = per_each(flat[:start], unit)
    if written.most is not None:
        return Amount(start, end, _bounds(figure), about, f"{written.scale}{unit}", None, unit)
    base = number * number_value(f"1{written.scale}")
    return Amount(start, end, digits(number), about, f"{written.scale}{unit}", base, unit)


def _fraction(figure: Figure) -> Amount | None:
    written = figure.written
    if written.whole is None or "/" in figure.text:
        return None  # may as well be a date or a serial number
    value = f"{digits(written.number)}/{digits(written.whole)}"
    return Amount(figure.start, figure.end, value, written.about or None, "", figure.value, "")


def _bounds(figure: Figure) -> str:
    """2-3 of 2-3家 and 两三家; 几十 as it is."""
    written = figure.written
    if written.numeral.startswith(_SEVERAL) or written.most is None:
        return written.numeral
    return f"{digits(written.number)}-{digits(written.most)}"


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
    written, end = figure.written, figure.end
    unit = f"{_VARIANTS.get(written.unit, written.unit)}{written.rate}"
    if written.stands == "behind" or written.rate:
        return unit, end
    if not unit:
        return _further_unit(figure, flat)
    if unit not in _NO_OCCASIONS and flat.startswith("次", end) and not flat.startswith("次数", end):
        return f"{unit}次", end + 1
    return unit, end


def _further_unit(figure: Figure, flat: str) -> tuple[str, int]:
    lasting = _YEARS.match(flat, figure.end)
    if lasting and _LASTING.search(flat[: figure.start]):
        return lasting["unit"], lasting.end()
    more = _FURTHER_UNIT.match(flat, figure.end)
    is_in_digits = figure.written.numeral[:1].isdigit()
    is_unit = more and (is_in_digits or more["unit"] not in _FURTHER["in_names"])
    return (more["unit"], more.end()) if more and is_unit else ("", figure.end)


def _unsaid_unit(figure: Figure, flat: str, end: int) -> str:
    """元 for 贷款84万 and 3个亿, 人 for 人口2.35万 and 8.21万常住人口; none where no 万 or 亿 ends the number."""
    numeral = figure.written.numeral.rstrip(INDEFINITE)
    if not numeral.endswith(tuple(LARGE)):
        return ""
    lead = _LEAD.search(flat, max(0, figure.start - _LONGEST_LEAD), figure.start)
    money = max((m.end() for m in _MONEY.pattern.finditer(lead[0])), default=-1) if lead else -1
    if lead and any(m.end() > money for m in _HEADCOUNT.pattern.finditer(lead[0])):
        return "人"
    around = CLAUSE_BREAK.split(flat[max(0, figure.start - _LONGEST_LEAD) : figure.start])[-1]
    around += CLAUSE_BREAK.split(flat[end : end + _LONGEST_TAIL])[0]
    if _GE in numeral or _MONEY.search(around):
        return "元"
    return "人" if _PEOPLE.match(flat, end) else ""


def _approximation_beside(flat: str, start: int, end: int) -> tuple[str | None, int, int]:
    """The approximating word around a figure that has none itself, and the stretch of both."""
    if late := _LATE.pattern.match(flat, end):
        return late[0], start, late.end()
    if early := _EARLY.search(flat[:start]):
        return early[0], early.start(), end
    return at_least(flat[:start]), start, end
