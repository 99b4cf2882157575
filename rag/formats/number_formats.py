"""Number formats of spreadsheets: a number or a date as its cell shows it. Pure.

After ECMA-376 part 1, 18.8.31: sections for positive, negative, zero and text; conditions; digit placeholders 0 # ?;
commas that scale by a thousand; literals in quotation marks, behind a backslash and behind "!", which Excel in Chinese
writes within digits, so that 0!.0000"万元" shows 12600000 as 1260.0000万元. Where a cell's look says less than its
value (thousands separators, fractions, exponents, colour or brackets for a minus), the value is written plainly.
"""

import datetime
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from operator import eq, ge, gt, le, lt, ne
from typing import Literal, cast

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]|(?P<general>General)'
    r"|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|(?P<plain>[Ee][+-]|/)|(?P<other>.)",
    re.DOTALL | re.IGNORECASE,
)
_SECTION_END = re.compile(r'(?:"[^"]*"?|[\\!].|\[[^\]]*\]|[^;])*')
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {"<": lt, ">": gt, "<=": le, ">=": ge, "=": eq, "<>": ne}
_CURRENCY = re.compile(r"\$([^-]*)")
_MINUS = frozenset("-−－△▲▽▼负")  # that show a number as negative
_DATE_LETTERS = re.compile(r"y+|m+|d+|h+|s+|e+", re.IGNORECASE)
_NO_DATE_LETTERS = re.compile(r'"[^"]*"|[\\!_*].|\[[^\]]*\]|AM/PM|A/P|General', re.IGNORECASE)
_POSITIVE, _NEGATIVE, _ZERO, _TEXT = range(4)
_EXACTLY = Context(prec=400)  # the digits of any number that a sheet can hold

_Kind = Literal["literal", "digit", "point", "comma", "percent", "general", "plain"]


@dataclass(frozen=True, slots=True)
class _Token:
    kind: _Kind
    text: str


@dataclass(frozen=True, slots=True)
class _Section:
    tokens: tuple[_Token, ...]
    condition: tuple[str, Decimal] | None

    def applies(self, value: Decimal) -> bool:
        return self.condition is None or _COMPARE[self.condition[0]](value, self.condition[1])

    def has(self, kind: _Kind) -> bool:
        return any(token.kind == kind for token in self.tokens)


def shown_number(value: float | Decimal, number_format: str) -> str:
    """A number as its cell shows it.

    Example: shown_number(12600000, '0!.0000"万元"') == "1260.0000万元"
    """
    number = Decimal(str(value))
    sections = [_section(text) for text in _sections(number_format)][:_TEXT]
    index = _chosen(sections, number)
    if index is None or number_format == "@":
        return _plainly(number)
    section = sections[index]
    is_own = index == _NEGATIVE and section.condition is None and number < 0  # of negative numbers: shown without sign
    text = _filled(section, abs(number))
    if number >= 0:
        return text
    if is_own and any(token.kind == "literal" and set(token.text) & _MINUS for token in section.tokens):
        return _with_minus(text)
    return f"-{_without_brackets(text)}" if text else ""


def shown_date(value: datetime.date | datetime.time | datetime.timedelta, number_format: str) -> str:
    """A date or a time with the parts that its cell shows, in Chinese.

    Example: the format yyyy/m shows the first of June 2022 as 2022年6月
    """
    if isinstance(value, datetime.timedelta):
        return str(value)
    letters = _date_letters(number_format)
    text = ""
    if isinstance(value, datetime.date):
        shows = {letter for letter in "ymd" if letter in letters} or (set() if letters else set("ymd"))
        text += f"{value.year}年" if "y" in shows else ""
        text += f"{value.month}月" if "m" in shows else ""
        text += f"{value.day}日" if "d" in shows else ""
    if isinstance(value, datetime.datetime | datetime.time) and set("hns") & set(letters):
        text += f"{value.hour:02d}:{value.minute:02d}"
    return text


def shown_text(value: str, number_format: str) -> str:
    """A text as its cell shows it: the format @"村" adds a word."""
    sections = _sections(number_format)
    own = (
        sections[_TEXT] if len(sections) > _TEXT else sections[0] if "@" in sections[0] and len(sections) == 1 else "@"
    )
    return "".join(
        value if token.text == "@" else token.text for token in _section(own).tokens if token.kind == "literal"
    )


def _sections(number_format: str) -> list[str]:
    sections, position = [], 0
    while position <= len(number_format):
        match = _SECTION_END.match(number_format, position)
        end = match.end() if match else len(number_format)
        sections.append(number_format[position:end])
        position = end + 1
    return sections


def _section(text: str) -> _Section:
    condition = None
    tokens: list[_Token] = []
    for match in _TOKEN.finditer(text):
        kind, found = match.lastgroup, match[match.lastgroup] if match.lastgroup else ""
        if kind == "bracket":
            if read := _CONDITION.fullmatch(found):
                condition = (read[1], Decimal(read[2]))
            elif currency := _CURRENCY.match(found):
                tokens.append(_Token("literal", currency[1]))
        elif kind in ("quoted", "escaped", "other"):
            tokens.append(_Token("literal", found))
        elif kind is not None:
            tokens.append(_Token(cast(_Kind, kind), found))
    return _Section(tuple(tokens), condition)


def _chosen(sections: Sequence[_Section], number: Decimal) -> int | None:
    """The section for a number; None where conditions leave it out."""
    if any(section.condition for section in sections):
        return next((index for index, section in enumerate(sections) if section.applies(number)), None)
    if number < 0 and len(sections) > _NEGATIVE:
        return _NEGATIVE
    return _ZERO if number == 0 and len(sections) > _ZERO else _POSITIVE


def _filled(section: _Section, number: Decimal) -> str:
    """The section's tokens with the digits of a number, which is not negative, in their places."""
    if section.has("plain"):
        return _plainly(number)
    last = max((index for index, token in enumerate(section.tokens) if token.kind == "digit"), default=-1)
    thousands = sum(token.kind == "comma" for token in _right_behind(section.tokens, last))
    scaled = number * Decimal(100) ** sum(token.kind == "percent" for token in section.tokens) / 1000**thousands
    before, behind = _digits(section, scaled)
    text = ""
    has_point = False
    for token in section.tokens:
        if token.kind == "digit":
            text += next(behind if has_point else before)
        elif token.kind == "point" and not has_point:
            has_point = True
            text += "."
        elif token.kind == "general":
            text += _plainly(scaled)
        elif token.kind in ("literal", "percent"):
            text += token.text
    return re.sub(r"(?<=\d)\.(?!\d)", "", text).strip()


def _right_behind(tokens: Sequence[_Token], last: int) -> Iterator[_Token]:
    """The commas behind the last digit, or behind the last before the point."""
    for token in tokens[last + 1 :]:
        if token.kind != "comma":
            return
        yield token


def _digits(section: _Section, number: Decimal) -> tuple[Iterator[str], Iterator[str]]:
    """For each placeholder before the point, and for each behind it, the digits that it shows."""
    point = next((index for index, token in enumerate(section.tokens) if token.kind == "point"), len(section.tokens))
    before = [token.text for token in section.tokens[:point] if token.kind == "digit"]
    behind = [token.text for token in section.tokens[point:] if token.kind == "digit"]
    rounded = number.quantize(Decimal(1).scaleb(-len(behind)), ROUND_HALF_UP, _EXACTLY)
    whole, _, decimals = format(rounded, "f").partition(".")
    whole = whole.lstrip("0").rjust(len(before), " ") if before else ""
    surplus = len(whole) - len(before)
    places = [whole[: surplus + 1], *whole[surplus + 1 :]] if before else []
    needed = next((index for index, holder in enumerate(before) if holder == "0"), len(before))
    shown = [place.strip() or ("0" if index >= needed else "") for index, place in enumerate(places)]
    kept = max((index + 1 for index, holder in enumerate(behind) if holder == "0" or decimals[index] != "0"), default=0)
    return iter(shown), iter([digit if index < kept else "" for index, digit in enumerate(decimals)])


def _plainly(number: Decimal) -> str:
    """A number as Excel shows it without a format: at most 15 digits, none that says nothing."""
    text = format(number, "f") if number == number.to_integral_value() else format(float(number), ".15g")
    return text.partition(".")[0] if re.fullmatch(r"-?\d+\.0+", text) else text


def _with_minus(text: str) -> str:
    return "-" + "".join(character for character in text if character not in _MINUS)


def _without_brackets(text: str) -> str:
    return text[1:-1].strip() if text.startswith("(") and text.endswith(")") else text


def _date_letters(number_format: str) -> str:
    """The letters of a format that show parts of a date, "n" for minutes: yyyy-mm-dd hh:mm gives "ymdhn"."""
    bare = _NO_DATE_LETTERS.sub(" ", _sections(number_format)[0])
    letters = ""
    for match in _DATE_LETTERS.finditer(bare):
        letter = match[0][0].lower().replace("e", "y")
        if letter == "d" and len(match[0]) > 2:
            continue  # the day of the week
        letters += "n" if letter == "m" and letters.endswith("h") else letter
    return re.sub("m(?=s)", "n", letters)
