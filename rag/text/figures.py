"""Reading figures: every number of a text as value, unit and approximation, in any spelling.

2.2亿元 = 2亿2千万元 = ２２０００万元; 四万三千余人 = 4万3千余人, "余"; 97%以上; 三分之一; 23.31 million yuan.
Numbering (一、 (二) 一是), slogans (四区一花园) and generic ones (一个, 一批) are not figures.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from rag.text.clauses import CLAUSE_BREAK
from rag.text.normalization import fold_characters
from rag.text.units import UNITS, same_measure

FigureKind = Literal["quantity", "year", "date", "rank", "code"]
Approximation = Literal["", "over", "near", "under"]


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


_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_ENGLISH_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9}

_ARABIC = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_CHINESE = r"[零〇一二两三四五六七八九十百千万亿]+(?!瓦|克)"  # 千瓦 and 千克 are units
_SCALE = r"(?:[余多来几]?[十百千万亿]+(?!瓦|克))"
_NUMBER = rf"(?:{_ARABIC}|{_CHINESE}){_SCALE}?(?:(?:{_ARABIC}|{_CHINESE}){_SCALE}?)*"
_UNIT = "|".join(
    re.escape(word) + (r"(?![a-z])" if word[-1].isascii() and word[-1].isalpha() else "")
    for word in sorted(UNITS, key=len, reverse=True)
)
_BEFORE = {
    "near": "将近|接近|大约|约莫|大概|约为|近|约|nearly|about|around|approximately|almost|roughly",
    "over": "不少于|不低于|超过|突破|至少|超|逾|over|more than|at least",
    "under": "不足|不到|不超过|至多|少于|低于|under|less than|fewer than",
}
_AFTER = {"over": "以上|有余|余|多|\\+|or more", "near": "左右|上下|or so", "under": "以下|以内"}

_NOT_AGREED = "(?<![签合违预节制邀条契附最])"  # 签约298户, 附近3户

_FIGURE = re.compile(
    rf"""
    (?P<before>{_NOT_AGREED}(?:{"|".join(_BEFORE.values())}))?\ ?
    (?P<rank>第|no\.\ ?)?
    (?P<half>百分之|千分之)?
    (?P<number>{_NUMBER})
    (?P<over>[余多来几]|\+)?
    (?:\ (?P<english>thousand|million|billion))?
    (?P<ordinal>(?:st|nd|rd|th)\b)?
    (?:\ ?(?P<unit>{_UNIT}))?
    (?P<after>以上|有余|左右|上下|以下|以内|(?:余|多)(?![年次种方项元样])|\ or\ more|\ or\ so)?
    """,
    re.VERBOSE,
)
_FRACTION = re.compile(rf"(?P<whole>{_CHINESE}|\d+)分之(?P<part>{_CHINESE}|\d+)|(?P<a>\d+)/(?P<b>\d+)(?![\d/])")
_DATE = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?:\s?年度?(?:(?P<month>\d{1,2})月(?:份|(?P<day>\d{1,2})(?:[日号]|(?![\w.])))?)?"
    r"|[-/.](?P<month3>\d{1,2})[-/.](?P<day3>\d{1,2})(?:[日号])?)"
    r"|(?<!\d)(?P<month2>1[0-2]|0?[1-9])月(?:份|(?P<day2>\d{1,2})[日号])?"
)
_SLOGAN = re.compile(r"[“\"「『《][^”\"」』》]{1,24}[”\"」』》]")
_NUMBERING = re.compile(
    r"(?m)^[ \t　]*(?:[(（][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|\d{1,2}[、.](?!\d))"
    r"|[(（][一二三四五六七八九十\d]{1,2}[)）]|[一二三四五六七八九十]{1,3}是|(?<=[。；;])\d{1,2}、"
)
_SAME_THING = re.compile(r"[，,、\s]*(?:共计?|合计|面积|计)?")  # between figures for one thing: 46处，3120平方米
_GENERIC_NUMBERS = frozenset("一两几")
_YEAR_BEFORE = re.compile(r"\b(?:in|of|by|for|during|since|until|year|end) $")  # in 2020
_STANDS_ALONE = re.compile(r"(?<!\S)(?:19|20)\d\d(?!\S)")  # 洪山 2020 财政收入
_CODE_BEFORE = re.compile(r"[a-z]$")
_CODE_AFTER = re.compile(r"^(?:国道|省道|县道|号|热线|工作法|行动|工程)")


def read_figures(text: str) -> tuple[Figure, ...]:
    """All figures of a text, in order; offsets count in `text` itself."""
    return figures_in(level(text))


def figures_in(folded: str) -> tuple[Figure, ...]:
    """The same of a text that is levelled already."""
    skipped = [m.span() for m in _NUMBERING.finditer(folded)]
    slogans = [m.span() for m in _SLOGAN.finditer(folded)]
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
    wide = {c: c - 0xFEE0 for c in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}
    lowered = fold_characters(text).translate(wide)
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in lowered)


def _dates(text: str) -> Iterator[Figure]:
    for m in _DATE.finditer(text):
        month, day = (m[name] or m[f"{name}2"] or m[f"{name}3"] for name in ("month", "day"))
        if not month:
            yield Figure(m.start(), m.end(), m[0], "year", Decimal(m["year"]), "", "")
            continue
        value = int(m["year"] or 0) * 10000 + int(month) * 100 + int(day or 0)
        yield Figure(m.start(), m.end(), m[0], "date", Decimal(value), "", "")


def _fractions(text: str) -> Iterator[Figure]:
    for m in _FRACTION.finditer(text):
        if m["whole"] in ("百", "千"):
            continue
        whole, part = (m["whole"], m["part"]) if m["whole"] else (m["b"], m["a"])
        divisor = number_value(whole)
        if divisor:
            yield Figure(m.start(), m.end(), m[0], "quantity", (number_value(part) / divisor).normalize(), "", "")


def _numbers(text: str, slogans: list[tuple[int, int]]) -> Iterator[Figure]:
    for m in _FIGURE.finditer(text):
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
    if not unit or number in ("万", "亿", "千", "千万", "百", "十", "百千万"):
        return bool(m["over"] and unit and number in ("十", "百", "千", "万"))
    if number in _GENERIC_NUMBERS or set(number) <= set("万千百亿零"):
        return _denied(text, m.start())
    return True


def _denied(text: str, start: int) -> bool:
    """一 counts as a figure where it is denied: 无一例, 没有一起."""
    return bool(re.search(r"(?:无|没有|未发生|未出现|零)$", text[max(0, start - 3) : start]))


def _figure(m: re.Match[str], text: str) -> Figure:
    unit = UNITS.get(m["unit"] or "")
    value = number_value(m["number"]) * _ENGLISH_SCALES.get(m["english"] or "", 1)
    measure = unit.measure if unit else ""
    if unit:
        value *= unit.size
    if m["half"]:
        value, measure = (value, "%") if m["half"] == "百分之" else (value / 10, "%")
    before = m["before"] or ""
    first = "rank" if m["rank"] else "half" if m["half"] else "number"
    start, end = (m.start() if before and not m["rank"] else m.start(first)), m.end()
    kind: FigureKind = "quantity"
    if m["rank"] or m["ordinal"]:
        kind, measure = "rank", ""
    elif not unit and _is_year(text, m.start("number"), value):
        kind = "year"
    elif not unit and _is_code(text, m.start("number"), m.end("number")):
        kind = "code"
    approximation = _approximation(before, (m["over"] or "") + (m["after"] or "").strip(), m["number"])
    return Figure(start, end, text[start:end], kind, value.normalize(), measure, approximation)


def _is_year(text: str, start: int, value: Decimal) -> bool:
    """Whether a number without a unit or 年 says when."""
    is_named = _YEAR_BEFORE.search(text[:start]) and 1900 <= value <= 2100
    return bool(is_named or _STANDS_ALONE.match(text, start))


def _is_code(text: str, start: int, end: int) -> bool:
    return bool(_CODE_BEFORE.search(text[:start]) or _CODE_AFTER.search(text[end : end + 4]))


def _approximation(before: str, after: str, number: str) -> Approximation:
    if before in _BEFORE["near"].split("|") or after in ("左右", "上下", "or so"):
        return "near"
    if before in _BEFORE["under"].split("|") or after in ("以下", "以内"):
        return "under"
    if before or after or re.search("[余多来几]", number):
        return "over"
    return ""


def number_value(number: str) -> Decimal:
    """The value of a number in Arabic or Chinese digits with scales.

    Example: number_value("4万3千余") == 43000; number_value("2亿2千万") == 220000000; number_value("1,234.5") == 1234.5
    """
    total = section = Decimal(0)
    current: Decimal | None = None
    for token in re.findall(r"\d[\d,]*(?:\.\d+)?|.", re.sub("[余多来几]", "", number)):
        if token[0].isdigit() and token[0].isascii():
            current = Decimal(token.replace(",", ""))
        elif token in _DIGITS:
            current = (current or 0) * 10 + Decimal(_DIGITS[token])
        elif token in "十百千":
            section += (Decimal(1) if current is None else current) * _SCALES[token]
            current = None
        else:
            section = (section + (current or 0)) or Decimal(1)
            total = (total + section) * _SCALES[token] if token == "亿" else total + section * _SCALES[token]
            section, current = Decimal(0), None
    return total + section + (current or 0)


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
