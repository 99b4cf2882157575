"""Reading figures: every number of a text as value, unit and approximation, in any spelling.

2.2亿元 = 2亿2千万元 = ２２０００万元; 四万三千余人 = 4万3千余人, "余"; 97%以上; 三分之一; 23.31 million yuan.
Numbering (一、 (二) 一是), slogans (四区一花园) and generic ones (一个, 一批) are not figures.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal, cast

from rag.text.clauses import CLAUSE_BREAK
from rag.text.dates import dates_in
from rag.text.figure_patterns import APPROXIMATION, FIGURE, FRACTION, NUMBERING, SCALED, SLOGAN, UNSCALED
from rag.text.lexicon import concept
from rag.text.normalization import HALF_WIDTH, fold_characters
from rag.text.numerals import INDEFINITE, MULTIPLES, number_value
from rag.text.units import UNITS, same_measure

FigureKind = Literal["quantity", "year", "date", "rank", "code"]
Approximation = Literal["", "over", "near", "under"]


_Stands = Literal["", "before", "within", "behind"]


@dataclass(frozen=True, slots=True)
class Written:
    """How a quantity is written: 3000多万元 is 3000 万 元, and 多 says that it is not exact. Empty for a date."""

    numeral: str = ""  # 3000多万
    number: Decimal = Decimal(0)  # 3000; of a fraction its part
    whole: Decimal | None = None  # of a fraction: 3 of 三分之一
    scale: str = ""  # 万, 亿 or 万亿 behind Arabic digits
    unit: str = ""  # lower case
    about: str = ""  # the word that says it is not exact
    stands: _Stands = ""  # where that word stands; within: before the unit


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a text at [start, end); `value` is in the base unit of `measure` (2.2亿元: 220000000, 元)."""

    start: int
    end: int
    text: str
    kind: FigureKind
    value: Decimal
    measure: str  # "" where no unit stands by it
    approximation: Approximation
    written: Written = Written()


_ENGLISH_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
_MEANING = {word: key.partition("_")[0] for key, words in APPROXIMATION.items() for word in words}
_BEFORE_FIGURE = (
    concept("total", "whole_number", "reaching") | APPROXIMATION["near_before"] | APPROXIMATION["over_before"]
)
LINK = rf"(?:{_BEFORE_FIGURE.any}|[:\s])*"
"""What may stand between a noun and its figure: 总产量已达1.2万吨."""
_SAME_THING = re.compile(rf"[，,、\s]*(?:{concept('total').any}|面积)?")  # for one thing: 46处，3120平方米
_SINGLE = "一两零"  # that stand for no number: 一个, 两手抓
_NONE = concept("none")
_YEAR_BEFORE = re.compile(r"\b(?:in|of|by|for|during|since|until|year|end) $")  # in 2020
_STANDS_ALONE = re.compile(r"(?<!\S)(?:19|20)\d\d(?!\S)")  # 洪山 2020 财政收入
_CODE_BEFORE = re.compile(r"[a-z]$")
_CODE_NOUN = concept("code_noun").pattern


def read_figures(text: str) -> tuple[Figure, ...]:
    """All figures of a text, in order; offsets count in `text` itself."""
    return figures_in(level(text))


def figures_in(folded: str) -> tuple[Figure, ...]:
    """The same of a text that is levelled already."""
    skipped = [m.span() for m in NUMBERING.finditer(folded)]
    slogans = [m.span() for m in SLOGAN.finditer(folded)]
    found: list[Figure] = []
    taken = 0
    for figure in sorted([*_dates(folded), *_fractions(folded), *_numbers(folded, slogans)], key=lambda f: f.start):
        if figure.start < taken or any(a <= figure.start < b for a, b in skipped):
            continue
        found.append(figure)
        taken = figure.end
    return tuple(found)


def level(text: str) -> str:
    """Simplified, half width and lower case, character by character, so that offsets stay."""
    half = fold_characters(text).translate(HALF_WIDTH)
    lowered = half.lower()
    return lowered if len(lowered) == len(half) else "".join(c.lower() if len(c.lower()) == 1 else c for c in half)


def _dates(text: str) -> Iterator[Figure]:
    for date in dates_in(text):
        kind: FigureKind = "date" if date.month else "year"
        year, month = date.year or 0, date.month or 0
        value = year * 10000 + month * 100 + (date.day or 0) if date.month else year
        yield Figure(date.start, date.end, text[date.start : date.end], kind, Decimal(value), "", "")


def _fractions(text: str) -> Iterator[Figure]:
    for m in FRACTION.finditer(text):
        if m["whole"] in ("百", "千"):
            continue
        whole, part = map(number_value, (m["whole"], m["part"]) if m["whole"] else (m["b"], m["a"]))
        if whole:
            written = Written(m[0], part, whole)
            yield Figure(m.start(), m.end(), m[0], "quantity", (part / whole).normalize(), "", "", written)


def _numbers(text: str, slogans: list[tuple[int, int]]) -> Iterator[Figure]:
    for m in FIGURE.finditer(text):
        if _is_figure(m, text, slogans):
            yield _figure(m, text)


def _is_figure(m: re.Match[str], text: str, slogans: list[tuple[int, int]]) -> bool:
    number, unit = m["number"], m["unit"]
    if any(c.isdigit() and c.isascii() for c in number):
        return True
    if m["rank"]:
        return bool(unit) or number not in ("一",)
    if any(a < m.start("number") < b and b - a < 16 for a, b in slogans) and unit not in ("元", "人", "户", "亩"):
        return False
    if m["half"] or (number[-1] in "万亿" and len(number) > 1):
        return True
    if not unit or set(number) <= set(MULTIPLES):
        return bool(m["over"] and unit and number in MULTIPLES[:-1])
    return number not in _SINGLE or text.endswith(_NONE.words, 0, m.start())  # denied, it counts: 无一例


def _figure(m: re.Match[str], text: str) -> Figure:
    written = _written(m)
    unit = UNITS.get(written.unit)
    value = written.number * number_value(f"1{written.scale}") * (unit.size if unit else 1)
    measure = unit.measure if unit else ""
    first = "rank" if m["rank"] else "half" if m["half"] else "number"
    start, end = (m.start() if m["before"] and not m["rank"] else m.start(first)), m.end()
    kind: FigureKind = "quantity"
    if m["rank"] or m["ordinal"]:
        kind, measure = "rank", ""
    elif not unit and _is_year(text, m.start("number"), value):
        kind = "year"
    elif not unit and _is_code(text, m.start("number"), m.end("number")):
        kind = "code"
    approximation = cast(Approximation, _MEANING.get(written.about, "over") if written.about else "")
    return Figure(start, end, text[start:end], kind, value.normalize(), measure, approximation, written)


def _written(m: re.Match[str]) -> Written:
    numeral, unit = m["number"], m["unit"] or ""
    if numeral[-1] + unit in UNITS and UNSCALED.fullmatch(numeral[:-1]):
        numeral, unit = numeral[:-1], numeral[-1] + unit  # 3千米 and 3万千米, but 4万3千米
    scaled = SCALED.fullmatch(re.sub(f"[{INDEFINITE}]", "", numeral))
    number = number_value(scaled["digits"] if scaled else numeral) * _ENGLISH_SCALES.get(m["english"] or "", 1)
    if m["half"]:
        number, unit = number if m["half"] == "百分之" else number / 10, "%"
    within = next((character for character in numeral if character in INDEFINITE), m["over"])
    places: tuple[tuple[str | None, _Stands], ...] = (
        (m["before"], "before"),
        (within, "within"),
        (m["after"], "behind"),
    )
    for about, stands in places:
        if about:
            return Written(numeral, number, None, scaled["scale"] if scaled else "", unit, about, stands)
    return Written(numeral, number, None, scaled["scale"] if scaled else "", unit)


def _is_year(text: str, start: int, value: Decimal) -> bool:
    """Whether a number without a unit or 年 says when."""
    is_named = _YEAR_BEFORE.search(text[:start]) and 1900 <= value <= 2100
    return bool(is_named or _STANDS_ALONE.match(text, start))


def _is_code(text: str, start: int, end: int) -> bool:
    return bool(_CODE_BEFORE.search(text[:start]) or _CODE_NOUN.match(text, end))


def same_figure(claimed: Figure, found: Figure) -> bool:
    """Whether a claimed figure is the found one: value, unit and approximation.

    2000多万元 is not 2000万元; 余, 多, 以上 and 超 are each other's equals, and so are 近, 约 and 左右.
    """
    return same_amount(claimed, found) and claimed.approximation == found.approximation


def same_amount(claimed: Figure, found: Figure) -> bool:
    """Like `same_figure`, but whatever the approximation."""
    if claimed.kind == found.kind == "date":
        return _same_date(claimed, found)
    if claimed.value != found.value:
        return False
    if claimed.kind != found.kind and {claimed.kind, found.kind} - {"quantity", "code"}:
        return False
    return same_measure(claimed.measure, found.measure)


def _same_date(claimed: Figure, found: Figure) -> bool:
    """Month and day, and the year where both have one."""
    (year, day), (own_year, own_day) = (divmod(int(one.value), 10000) for one in (claimed, found))
    return day == own_day and (year == own_year or not (year and own_year))


def years_in(text: str) -> set[int]:
    """The years that a text names, those of its dates among them.

    Example: years_in("2020年，截至2021年3月") == {2020, 2021}
    """
    years = {int(f.value) for f in read_figures(text) if f.kind == "year"}
    return years | {int(f.value) // 10000 for f in read_figures(text) if f.kind == "date" and f.value > 10000}


def shifted(figure: Figure, by: int) -> Figure:
    """The figure in a text that begins elsewhere."""
    return replace(figure, start=figure.start + by, end=figure.end + by)


def words_around(text: str, figure: Figure) -> str:
    """See `own_words`, for a text that was not read yet."""
    return own_words(text, figure, read_figures(text))


def own_words(text: str, figure: Figure, figures: Sequence[Figure]) -> str:
    """The words a figure owns: from the figure before it to the end of its own clause or the next figure.

    A figure that follows another with no word between them shares what that one owns: 拆除违建46处，3120平方米.
    Example: in "拆除违建46处，修路3公里" the figure 3公里 owns "，修路 "
    """
    before = max((other for other in figures if other.end <= figure.start), key=lambda f: f.end, default=None)
    begin = before.end if before else 0
    following = min((other.start for other in figures if other.start >= figure.end), default=len(text))
    stop = CLAUSE_BREAK.search(text, figure.end)
    end = min(following, stop.start() if stop else len(text))
    shared = own_words(text, before, figures) if before and _SAME_THING.fullmatch(text[begin : figure.start]) else ""
    return f"{shared}{text[begin : figure.start]} {text[figure.end : end]}"
