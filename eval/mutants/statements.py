"""A true claim, a false one made of it, and what makers of false claims read in a text."""

import hashlib
import re
from dataclasses import dataclass
from typing import Literal

from eval.scoring.numbers import Figure, figures_in
from eval.scoring.scopes import scope_at, scopes
from eval.scoring.wording import clauses

ValueKind = Literal["digit", "unit", "approximation", "year", "town", "name", "polarity", "plan", "swap", "spelling"]
"""Something is said that the report does not say."""

RelationKind = Literal[
    "agent", "restriction", "skipped", "level", "aspect", "stock", "part", "coordinated", "cause", "direction", "head"
]
"""Figures and names are the report's own, and what they are said of, or how they hang together, is not."""

MutationKind = ValueKind | RelationKind

NUMERAL = re.compile(r"[\d.]+|[零〇一二两三四五六七八九十百千万亿]+")
DIGIT = re.compile(r"\d|[一二三四五六七八九]")
DATE_UNITS = frozenset({"年", "月", "日", "日期"})
QUOTED = re.compile(r"[“\"「『《]([^”\"」』》]{2,16})[”\"」』》]")
PLANNED = re.compile(r"计划|打算|规划|准备|拟|将(?!近)|争取|力争|目标|预计|下一步|明年|来年|要(?!求|素|点)")
_CLOCK = re.compile(r"\d{1,2}[:：]\d\d")
_FOOTNOTE = re.compile(r"[(（\[]\s*\d{1,2}\s*[)）\]]")
_LIST_NUMBER = re.compile(r"(?:^|[,，。；;:：])\s*[(（]?$")
_NUMBERING = re.compile(
    r"^\s*(?:[(（][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}(?:、|是(?!否))|\d{1,2}[、.](?!\d))\s*"
)
_TO_FULL_WIDTH = str.maketrans({",": "，", ";": "；", ":": "：", "!": "！", "?": "？"})
_TO_HALF_WIDTH = str.maketrans({"，": ",", "；": ";", "：": ":", "！": "!", "？": "?"})
LONGEST_STATEMENT = 70


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence stands: characters [start, end) of the clean text of a report."""

    report_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A sentence that the verifier is given, with whose and of when it is."""

    text: str
    town: str
    year: int


@dataclass(frozen=True, slots=True)
class Statement:
    """A true claim in simplified script, and what it can be confused with."""

    text: str
    town: str
    year: int  # of the statement: a plan's is the year planned for
    is_plan: bool = False
    names: tuple[str, ...] = ()  # words of the text that answer a question for a name
    shown: tuple[Shown, ...] = ()
    other_towns: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()  # of other reports
    actors: tuple[str, ...] = ()  # villages, firms and offices that its own report names
    before: str = ""  # the sentence before it in its report, where that is shown
    place: Place | None = None  # of the sentence that it was made of


@dataclass(frozen=True, slots=True)
class Mutant:
    """A false claim, the true one that it was made of, and the difference."""

    kind: MutationKind
    text: str
    original: str
    change: str


def statement_text(sentence: str, quote: str) -> str:
    """A sentence as an answer would say it, in simplified script: of a long one the clauses that the quotation is in.

    Empty where it cannot be told simply.
    """
    folded = clauses(sentence)
    wanted = clauses(quote)
    begin = folded.find(wanted)
    if begin < 0:
        begin, wanted = 0, folded
    if len(folded) > LONGEST_STATEMENT:
        inside = [s for s in scopes(folded, 1) if s[0] < begin + len(wanted) and begin < s[1]]
        folded = folded[inside[0][0] : inside[-1][1]] if inside else folded
    text = _NUMBERING.sub("", folded).strip().rstrip(".。,;:").translate(_TO_FULL_WIDTH)
    return text if half_width(text) == clauses(text) else ""


def full_text(statement: Statement) -> str:
    """The statement with its town and year, where it does not name one, and with 计划 where it is a plan."""
    has_year = any(is_year(f) for f in figures_in(half_width(statement.text)))
    has_town = stem_of(statement.town) in statement.text
    year = "" if has_year else f"{statement.year}年"
    return f"{'' if has_town else statement.town}{year}{told(statement)}"


def told(statement: Statement) -> str:
    """The statement, a plan with a word that says so."""
    needs_word = statement.is_plan and not PLANNED.search(statement.text)
    return f"计划{statement.text}" if needs_word else statement.text


def half_width(text: str) -> str:
    """The text with half-width punctuation, each character in its place."""
    return text.translate(_TO_HALF_WIDTH)


def clause_spans(text: str) -> list[tuple[int, int]]:
    """Where the clauses of a text stand that commas, semicolons and full stops part.

    Example: clause_spans("修路3公里，造林5亩") == [(0, 5), (6, 10)]
    """
    return [(begin, end) for begin, end in scopes(half_width(text), 1) if text[begin:end].strip()]


def clause_at(text: str, place: int) -> str:
    """The clause that holds a place."""
    begin, end = scope_at(half_width(text), 1, place)
    return text[begin:end]


def choice(seed: str, count: int) -> int:
    """A number below `count` that hangs on the seed alone."""
    return int(hashlib.sha256(seed.encode()).hexdigest()[:8], 16) % count


def stem_of(town: str) -> str:
    """A town's name without 镇 or 乡."""
    return clauses(town)[:-1] if len(town) > 2 else clauses(town)


def is_year(figure: Figure) -> bool:
    """Whether a figure is a calendar year."""
    return figure.unit == "年" and 1900 <= figure.value <= 2100


def counted_figures(text: str) -> list[Figure]:
    """The figures of a text that count something, none inside another."""
    found = figures_in(half_width(text))
    labels = [m.span() for pattern in (QUOTED, _CLOCK, _FOOTNOTE) for m in pattern.finditer(text)]
    kept: list[Figure] = []
    for figure in sorted(found, key=lambda f: (f.start, -f.end)):
        inside = kept and figure.start < kept[-1].end
        is_label = any(a <= figure.start < b for a, b in labels)
        has_digit = DIGIT.search(text, figure.start, figure.end) or "十" in text[figure.start : figure.end]
        is_number_of_list = not figure.unit and _LIST_NUMBER.search(text[: figure.start])
        if has_digit and not (inside or is_label or figure.idiomatic or is_number_of_list):
            kept.append(figure)
    return kept
