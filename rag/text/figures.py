"""Reading figures: every number of a text as value, unit and approximation, in any spelling.

2.2亿元 = 2亿2千万元 = ２２０００万元; 四万三千余人 = 4万3千余人, "余"; 97%以上; 三分之一; 三四百户; -6.7%;
23.31 million yuan.
Numbering (一、 (二) 一是), slogans (四区一花园) and generic ones (一个, 一批) are not figures.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from rag.text.clauses import CLAUSE_BREAK
from rag.text.compound_figures import with_parts
from rag.text.dates import dates_in
from rag.text.figure import Figure, FigureKind, Stands, Written, same_amount, same_figure, shifted
from rag.text.figure_patterns import APPROXIMATION, FIGURE, NUMBERING, SCALED, SHARE, SLOGAN, UNSCALED, WRAPPED
from rag.text.figure_ranges import with_ranges
from rag.text.figure_rates import counted_per
from rag.text.figures_in_words import approximation_of, figures_in_words
from rag.text.lexicon import concept
from rag.text.normalization import HALF_WIDTH, HAN, fold_characters
from rag.text.numerals import INDEFINITE, LARGE, MULTIPLES, NUMERALS, POINT, number_bounds, number_value
from rag.text.units import MEASURED, UNIT, UNITS

__all__ = [
    "Figure",
    "Written",
    "figures_in",
    "level",
    "own_words",
    "read_figures",
    "same_amount",
    "same_figure",
    "shifted",
    "words_around",
    "years_in",
]

_ENGLISH_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
_BEFORE_FIGURE = (
    concept("total", "whole_number", "reaching") | APPROXIMATION["near_before"] | APPROXIMATION["over_before"]
)
LINK = rf"(?:{_BEFORE_FIGURE.any}|[:\s])*"
"""What may stand between a noun and its figure: 总产量已达1.2万吨."""
_SAME_THING = re.compile(rf"[，,、\s]*(?:{concept('total').any}|面积)?")  # for one thing: 46处，3120平方米
_TEN = MULTIPLES[0]
_SINGLE = "一两零"  # that stand for no number: 一个, 两手抓
_MULTIPLE = ("倍", "番")
_DIVISIBLE = MEASURED | {*concept("time_units", "people_units"), "小时", "分钟"}
_SHARES = ("%", "‰", "℃", "个百分点", "百分点")
_SIGNED = MEASURED | {"人", "户"}
_LONGEST_LEAD = 12  # characters before a sign that tell whether it is one
_JOINED = re.compile(rf"(?:[a-z)\]年月日号-]|(?:[\d{LARGE}]|[\d{NUMERALS}{INDEFINITE}](?:{UNIT}))\s?)$")  # 5米-10米
_LINE_START = re.compile(r"(?:^|\n)\s*$")
_RATE_BEFORE = re.compile(rf"{concept('rate_of_change').any}率?(?:为|是)?$")
_SEVERAL = concept("several")
_LOOSE_UNITS = concept("loose_units")
_ROUND_BEFORE = APPROXIMATION["over_round"]
_NONE = concept("none")
_YEAR_BEFORE = re.compile(r"\b(?:in|of|by|for|during|since|until|year|end) $")  # in 2020
_STANDS_ALONE = re.compile(r"(?<!\S)(?:19|20)\d\d(?!\S)")  # 洪山 2020 财政收入
_CODE_BEFORE = re.compile(r"[a-z]$")
_CODE_NOUN = concept("code_noun").pattern
_LEVELLED = {**HALF_WIDTH, **dict.fromkeys(map(ord, "−‒➖"), "-")}


def read_figures(text: str) -> tuple[Figure, ...]:
    """All figures of a text, in order; offsets count in `text` itself."""
    return figures_in(level(text))


def figures_in(folded: str) -> tuple[Figure, ...]:
    """The same of a text that is levelled already."""
    text = WRAPPED.sub(lambda wrap: " " * len(wrap[0]), folded)
    skipped = [m.span() for m in NUMBERING.finditer(text)]
    slogans = [m.span() for m in SLOGAN.finditer(text)]
    found: list[Figure] = []
    taken = 0
    candidates = [*_dates(text), *figures_in_words(text), *_numbers(text, slogans)]
    for figure in sorted(candidates, key=lambda f: f.start):
        if figure.start < taken or any(a <= figure.start < b for a, b in skipped):
            continue
        found.append(figure)
        taken = figure.end
    return tuple(counted_per(figure, text) for figure in with_ranges(with_parts(found, text), text))


def level(text: str) -> str:
    """Simplified, half width and lower case, character by character, so that offsets stay."""
    half = fold_characters(text).translate(_LEVELLED)
    lowered = half.lower()
    return lowered if len(lowered) == len(half) else "".join(c.lower() if len(c.lower()) == 1 else c for c in half)


def _dates(text: str) -> Iterator[Figure]:
    for date in dates_in(text):
        kind: FigureKind = "date" if date.month else "year"
        year, month = date.year or 0, date.month or 0
        value = year * 10000 + month * 100 + (date.day or 0) if date.month else year
        yield Figure(date.start, date.end, text[date.start : date.end], kind, Decimal(value), "", "")


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
    if m["share"] or m["half"] or (number[-1] in "万亿" and len(number) > 1):
        return True
    if not unit:
        return False
    if set(number) <= set(MULTIPLES) and number != _TEN:
        return bool((m["over"] and number in MULTIPLES[:-1]) or _is_round(m))
    if unit in _LOOSE_UNITS and not m["half_behind"] and re.match(f"[{HAN}]", text[m.end("unit") :]):
        return False
    measure = UNITS[unit].measure
    if POINT in number:
        return measure in _DIVISIBLE
    if number in _SINGLE and (measure in _MULTIPLE or (number == "两" and measure in MEASURED) or m["half_behind"]):
        return True
    return number not in _SINGLE or text.endswith(_NONE.words, 0, m.start())  # denied, it counts: 无一例


def _is_round(m: re.Match[str]) -> bool:
    """近百户, 上千人: a round number that is not exact. 成千上万 is none."""
    is_idiom = m["before"] in _ROUND_BEFORE and m.string.endswith(tuple(MULTIPLES), 0, m.start())
    return bool(m["before"]) and not is_idiom


def _figure(m: re.Match[str], text: str) -> Figure:
    written = _written(m)
    unit = UNITS.get(written.unit)
    size = number_value(f"1{written.scale}") * (unit.size if unit else 1)
    measure = unit.measure if unit else ""
    first = "rank" if m["rank"] else "sign" if written.number < 0 else "share" if m["share"] else "number"
    start, end = (m.start() if written.stands == "before" and not m["rank"] else m.start(first)), m.end()
    kind: FigureKind = "quantity"
    if m["rank"] or m["ordinal"]:
        kind, measure = "rank", ""
    elif not unit and _is_year(text, m.start("number"), written.number * size):
        kind = "year"
    elif not unit and _is_code(text, m.start("number"), m.end("number")):
        kind = "code"
    high = None if written.most is None else (written.most * size).normalize()
    value = (written.number * size).normalize()
    return Figure(start, end, text[start:end], kind, value, measure, approximation_of(written), written, high)


def _written(m: re.Match[str]) -> Written:
    numeral, unit = m["number"], SHARE.get(m["share"] or "", m["unit"] or "")
    if numeral[-1] + unit in UNITS and UNSCALED.fullmatch(numeral[:-1]):
        numeral, unit = numeral[:-1], numeral[-1] + unit  # 3千米 and 3万千米, but 4万3千米
    scaled = SCALED.fullmatch(re.sub(rf"[{INDEFINITE}个\s]", "", numeral))
    number, most = number_bounds(scaled["digits"] if scaled else numeral)
    if m["half"] or (m["half_behind"] and UNITS[unit].measure in MEASURED):
        number += Decimal("0.5")
    if m["half"] and not unit:
        unit = m["half"][0]
    number *= _ENGLISH_SCALES.get(m["english"] or "", 1) * (-1 if _is_minus(m, unit) else 1)
    within = next((word for word in (*_SEVERAL, *INDEFINITE) if word in numeral), m["over"])
    is_told = m["before"] not in _ROUND_BEFORE or set(numeral) <= set(MULTIPLES)
    places: tuple[tuple[str | None, Stands], ...] = (
        (m["before"] if is_told else None, "before"),
        (within, "within"),
        (m["after"], "behind"),
    )
    no_place: tuple[str, Stands] = ("", "")
    about, stands = next(((about, stands) for about, stands in places if about), no_place)
    return Written(numeral, number, None, scaled["scale"] if scaled else "", unit, about, stands, most, m["per"] or "")


def _is_minus(m: re.Match[str], unit: str) -> bool:
    """Whether what stands before a number says that it is below nought; a dash may join, or lead a line."""
    sign, before = m["sign"], m.string[max(0, m.start("sign") - _LONGEST_LEAD) : max(0, m.start("sign"))]
    if not sign or unit not in UNITS or UNITS[unit].measure not in _SIGNED:
        return False
    if sign in "–—":
        return bool(_RATE_BEFORE.search(before))
    if sign == "-":
        is_joined = _JOINED.search(before) is not None
        return not is_joined and (unit in _SHARES or not _LINE_START.search(before))
    return True


def _is_year(text: str, start: int, value: Decimal) -> bool:
    """Whether a number without a unit or 年 says when."""
    is_named = _YEAR_BEFORE.search(text[:start]) and 1900 <= value <= 2100
    return bool(is_named or _STANDS_ALONE.match(text, start))


def _is_code(text: str, start: int, end: int) -> bool:
    return bool(_CODE_BEFORE.search(text[:start]) or _CODE_NOUN.match(text, end))


def years_in(text: str) -> set[int]:
    """The years that a text names, those of its dates among them.

    Example: years_in("2020年，截至2021年3月") == {2020, 2021}
    """
    years = {int(f.value) for f in read_figures(text) if f.kind == "year"}
    return years | {int(f.value) // 10000 for f in read_figures(text) if f.kind == "date" and f.value > 10000}


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
