"""A figure: what it says, how it is written, and when two are the same."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from rag.text.units import same_measure

FigureKind = Literal["quantity", "year", "date", "rank", "code"]
Approximation = Literal["", "over", "near", "under"]
Stands = Literal["", "before", "within", "behind"]


@dataclass(frozen=True, slots=True)
class Written:
    """How a quantity is written: 3000多万元 is 3000 万 元, and 多 says that it is not exact. Empty for a date."""

    numeral: str = ""  # 3000多万
    number: Decimal = Decimal(0)  # 3000; of a fraction its part, of a range its least
    whole: Decimal | None = None  # of a fraction: 3 of 三分之一
    scale: str = ""  # 万, 亿 or 万亿 behind Arabic digits
    unit: str = ""  # lower case
    about: str = ""  # the word that says it is not exact
    stands: Stands = ""  # where that word stands; within: before the unit
    most: Decimal | None = None  # of a range: 5 of 3-5万元
    rate: str = ""  # 元/吨 has /吨


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a text at [start, end); `value` is in the base unit of `measure` (2.2亿元: 220000000, 元).

    A range (三四百户, 2-3家, 几十人) has its least as `value` and its greatest as `high`. `per` is what it is counted
    by: 吨 of 3200元/吨, 人 of 人均5000元.
    """

    start: int
    end: int
    text: str
    kind: FigureKind
    value: Decimal
    measure: str  # "" where no unit stands by it
    approximation: Approximation
    written: Written = Written()
    high: Decimal | None = None
    per: frozenset[str] = frozenset()


def same_figure(claimed: Figure, found: Figure) -> bool:
    """Whether a claimed figure is the found one: value, unit and approximation.

    2000多万元 is not 2000万元; 余, 多, 以上 and 超 are each other's equals, and so are 近, 约 and 左右.
    """
    return same_amount(claimed, found) and claimed.approximation == found.approximation


def same_amount(claimed: Figure, found: Figure) -> bool:
    """Like `same_figure`, but whatever the approximation."""
    if claimed.kind == found.kind == "date":
        return _same_date(claimed, found)
    if claimed.value != found.value or claimed.high != found.high:
        return False
    if claimed.kind != found.kind and {claimed.kind, found.kind} - {"quantity", "code"}:
        return False
    return same_measure(claimed.measure, found.measure)


def _same_date(claimed: Figure, found: Figure) -> bool:
    """Month and day, and the year where both have one."""
    (year, day), (own_year, own_day) = (divmod(int(one.value), 10000) for one in (claimed, found))
    return day == own_day and (year == own_year or not (year and own_year))


def shifted(figure: Figure, by: int) -> Figure:
    """The figure in a text that begins elsewhere."""
    return replace(figure, start=figure.start + by, end=figure.end + by)
