"""Figures of a claim changed: a digit, also in another spelling, the unit, the approximation, or two in each other's
place."""

import re
from collections.abc import Iterator
from itertools import combinations

from eval.mutants.resemblance import is_figure_told
from eval.mutants.spellings import chosen_spellings
from eval.mutants.statements import (
    DATE_UNITS,
    DIGIT,
    NUMERAL,
    Mutant,
    MutationKind,
    Statement,
    choice,
    counted_figures,
    half_width,
    is_year,
    told,
)
from eval.scoring.numbers import Figure, figures_in
from eval.scoring.scopes import scope_at

PAIRS_SWAPPED = 2
_UNITS = {
    "亩": "公顷", "公顷": "亩", "户": "人", "人": "户", "名": "户", "公里": "米", "米": "公里", "平方米": "亩",
    "吨": "公斤", "公斤": "吨", "元": "万元", "万元": "亿元", "亿元": "万元", "人次": "户", "%": "个百分点",
    "个百分点": "%", "立方米": "平方米", "千米": "米", "斤": "吨", "担": "吨", "万": "亿", "亿": "万", "处": "户",
    "个": "亩", "家": "人", "条": "公里", "座": "公里", "场次": "人次", "起": "人",
}  # fmt: skip
_UNIT_AT_END = re.compile(rf"(?:{'|'.join(sorted(map(re.escape, _UNITS), key=len, reverse=True))})$")
_OVER = re.compile(r"[余多]|以上|超过|超|逾|突破|至少|不少于|不低于")
_ABOUT = re.compile(r"近|约|左右|将近|接近|大约")
_CHINESE_DIGITS = "一二三四五六七八九"


def figures_changed(statement: Statement) -> Iterator[Mutant]:
    """Each figure with another digit, another unit, another approximation."""
    text = told(statement)
    for figure in counted_figures(text):
        if is_year(figure):
            continue
        said = text[figure.start : figure.end]
        changes: list[tuple[MutationKind, str]] = [
            *(("digit", new) for new in _other_digits(said, text)),
            *(("unit", new) for new in _other_units(said)),
            *(("approximation", new) for new in _other_approximations(figure, said)),
        ]
        for kind, new in changes:
            changed = text[: figure.start] + new + text[figure.end :]
            if not _is_same_figure(figure, changed) and not _may_be_true(statement, changed, figure.start):
                yield Mutant(kind, changed, text, f"{said}→{new}")
                if kind == "digit":
                    yield from _in_other_spellings(text, figure, said, new)


def _in_other_spellings(text: str, figure: Figure, said: str, new: str) -> Iterator[Mutant]:
    """A changed digit in a figure that is spelled in another way than the report's."""
    for spelling in chosen_spellings(new, text, 1):
        changed = text[: figure.start] + spelling + text[figure.end :]
        yield Mutant("spelling", changed, text, f"{said}→{spelling}")


def _other_digits(said: str, seed: str) -> Iterator[str]:
    """The first digit changed, and the last."""
    digits = list(DIGIT.finditer(said))
    for match in dict.fromkeys((digits[0], digits[-1])) if digits else ():
        pool = "123456789" if match.start() == digits[0].start() else "0123456789"
        pool = pool if match[0].isascii() else _CHINESE_DIGITS
        others = pool.replace(match[0], "")
        new = others[choice(seed + said + str(match.start()), len(others))]
        yield said[: match.start()] + new + said[match.end() :]


def _other_units(said: str) -> Iterator[str]:
    """Another unit, and 万 or 亿 left out."""
    if match := _UNIT_AT_END.search(said):
        yield said[: match.start()] + _UNITS[match[0]]
    if re.search(r"[\d余多][万亿]", said):
        yield re.sub(r"(?<=[\d余多])[万亿]", "", said, count=1)


def _other_approximations(figure: Figure, said: str) -> Iterator[str]:
    """An approximation dropped or turned into the opposite, or put to an exact figure."""
    is_counted = figure.unit not in DATE_UNITS | {"位次"} and (figure.unit or figure.scaled)
    if figure.high is not None or not is_counted or not figure.arabic:
        return
    if figure.approximation == "exact":
        yield f"近{said}"
        yield re.sub(r"^(\d+)(?![\d.])", r"\1余", said, count=1) if re.match(r"\d+0(?!\d|\.)", said) else f"超过{said}"
        return
    bare = (_OVER if figure.approximation == "over" else _ABOUT).sub("", said)
    if bare != said:
        yield bare
        yield f"近{bare}" if figure.approximation == "over" else f"超过{bare}"


def _is_same_figure(figure: Figure, changed: str) -> bool:
    """Whether the evaluation reads the changed figure as it read the old one."""
    now = _figure_at(changed, figure.start)
    return now is None or (
        now.value == figure.value
        and now.high == figure.high
        and now.same_unit(figure)
        and now.approximation == figure.approximation
    )


def _figure_at(text: str, start: int) -> Figure | None:
    found = [f for f in figures_in(half_width(text)) if f.start <= start < f.end]
    return max(found, key=lambda f: f.end - f.start, default=None)


def _may_be_true(statement: Statement, changed: str, start: int) -> bool:
    """Whether a shown clause has the changed figure beside half of the words of its clause."""
    now = _figure_at(changed, start)
    if now is None:
        return True
    begin, end = scope_at(half_width(changed), 1, start)
    return is_figure_told(now, changed[begin:end], statement.shown)


def figures_swapped(statement: Statement) -> Iterator[Mutant]:
    """Two figures in each other's place: whole ones of one unit first, else their numerals alone."""
    text = told(statement)
    figures = [f for f in counted_figures(text) if f.unit not in DATE_UNITS | {""} and f.high is None]
    pairs = [(a, b) for a, b in combinations(figures, 2) if a.value != b.value]
    pairs.sort(key=lambda pair: (pair[0].unit != pair[1].unit, choice(text + str(pair[0].start), 97)))
    for one, other in pairs[:PAIRS_SWAPPED]:
        first, second = (one.start, one.end), (other.start, other.end)
        if one.unit != other.unit:
            first, second = _numeral(text, one), _numeral(text, other)
        a, b = text[slice(*first)], text[slice(*second)]
        if a != b:
            changed = f"{text[: first[0]]}{b}{text[first[1] : second[0]]}{a}{text[second[1] :]}"
            yield Mutant("swap", changed, text, f"{a}↔{b}")


def _numeral(text: str, figure: Figure) -> tuple[int, int]:
    match = NUMERAL.search(text, figure.start, figure.end)
    return match.span() if match else (figure.start, figure.end)
