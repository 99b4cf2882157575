"""Which town has more, and what they have together: computed by code from figures that were verified one by one."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import reduce
from itertools import pairwise

from rag.answering.messages import claim
from rag.answering.operands import Operand, agree
from rag.text.clauses import CLAUSE_MARK
from rag.text.figures import Figure, read_figures
from rag.text.lexicon import concept, table
from rag.text.units import UNITS
from rag.verification.verdicts import Verdict

_DEGREES, _ONE = table("degrees"), concept("which_one")
_SUM, _ASKS_FIGURE = concept("sum"), concept("asks_figure")
_DIFFERENCE = re.compile(
    rf"{concept('difference').any}|(?<!最){concept('degree').any}[了出]{{0,2}}{concept('how_many').any}"
)
_MORE, _LESS = (
    re.compile(
        rf"(?:{_ONE.any}|[哪谁]).{{0,12}}?{_DEGREES[way].any}|[更最]{_DEGREES[way].any}|{_DEGREES[f'{way}_english'].any}"
    )
    for way in ("more", "less")
)
_LARGE = {Decimal(10**8): "亿", Decimal(10**4): "万"}


@dataclass(frozen=True, slots=True)
class Computed:
    """A computed claim: what it says, the expression it follows from, and the sentences of its operands."""

    text: str
    expression: str
    sentences: tuple[int, ...]
    measure: str


def asks_computing(question: str) -> bool:
    """Whether a question asks for a sum, a difference or a ranking."""
    return bool(_SUM.search(question) or _DIFFERENCE.search(question)) or asks_ranking(question)


def asks_ranking(question: str) -> bool:
    """Whether a question asks which has most or least."""
    return bool(_MORE.search(question) or _LESS.search(question))


def asks_less(question: str) -> bool:
    """Whether a ranking begins with the least."""
    return bool(_LESS.search(question)) and not _MORE.search(question)


def compute(question: str, by_name: Mapping[str, Sequence[Verdict]], measure: str | None = None) -> Computed | None:
    """The sum, difference or ranking a question about several towns or years asks for, in one measure.

    None where it asks for none of them, or a town has no verified figure of the same measure, or these are not of one
    kind: what was added and what there is, a mean and a total, a change and a level.
    """
    operands = _operands(by_name, measure)
    if not operands or not agree(operands):
        return None
    if _SUM.search(question):
        return _sum(operands)
    if _DIFFERENCE.search(question) and len(operands) == 2:
        return _difference(operands)
    if asks_ranking(question):
        return _ranking(question, operands)
    return None


def operands_only(verdicts: Sequence[Verdict], measure: str) -> list[Verdict]:
    """The claims beside a computed one, without what follows the clause of their first figure of its measure.

    Example: 石矶镇完成改造22户，其中C级15户 -> 石矶镇完成改造22户
    """
    return [_operand_of(v, measure) if v.supported else v for v in verdicts]


def _operand_of(verdict: Verdict, measure: str) -> Verdict:
    first = next((f for f in read_figures(verdict.text) if f.kind == "quantity" and f.measure == measure), None)
    if first is None:
        return verdict
    end = CLAUSE_MARK.search(verdict.text, first.end)
    kept = tuple(each for one in verdict.excerpts if (each := one.with_figure(first)))
    text = verdict.text[: end.start()] if end else verdict.text
    return replace(verdict, text=text, excerpts=kept or verdict.excerpts)


def _operands(by_name: Mapping[str, Sequence[Verdict]], measure: str | None) -> list[Operand]:
    """The first figure of each town in a measure, or else in the first that all of them have."""
    figures = {
        name: [(f, v) for v in verdicts for f in read_figures(v.text) if f.kind == "quantity" and f.measure]
        for name, verdicts in by_name.items()
    }
    if len(figures) < 2 or not all(figures.values()):
        return []
    first, *others = figures.values()
    shared = [f.measure for f, _ in first if all(any(g.measure == f.measure for g, _ in o) for o in others)]
    common = next((each for each in shared if measure in (None, each)), None)
    return [
        next(_operand(name, f, v) for f, v in pairs if f.measure == common)
        for name, pairs in figures.items()
        if common is not None
    ]


def _operand(name: str, figure: Figure, verdict: Verdict) -> Operand:
    year = next((each.item.year for each in verdict.excerpts), None)
    return Operand(name, figure, verdict.text, verdict.sentences, year)


def _sum(operands: Sequence[Operand]) -> Computed:
    unit, size = _common_unit(operands)
    values = [operand.figure.value / size for operand in operands]
    total = reduce(lambda a, b: a + b, values)
    expression = f"{'+'.join(_plain(v) for v in values)}={_plain(total)}"
    names = "、".join(_names(operands))
    return _computed(claim("sum", names=names, total=_total(total, unit, operands)), expression, operands)


def _difference(operands: Sequence[Operand]) -> Computed:
    unit, size = _common_unit(operands)
    more, less = sorted(zip(operands, _names(operands), strict=True), key=lambda each: -each[0].figure.value)
    large, small = (operand.figure.value / size for operand, _ in (more, less))
    expression = f"{_plain(large)}-{_plain(small)}={_plain(large - small)}"
    total = _total(large - small, "个百分点" if unit == "%" else unit, operands)
    text = claim("difference", more=more[1], less=less[1], total=total)
    return _computed(text, expression, operands)


def _ranking(question: str, operands: Sequence[Operand]) -> Computed:
    """Two with their figures; of more the first, or those that share its place, for each is quoted in the order."""
    is_less = asks_less(question)
    pairs = sorted(
        zip(operands, _names(operands), strict=True), key=lambda each: each[0].figure.value, reverse=not is_less
    )
    values = [operand.figure.value for operand, _ in pairs]
    said = "，".join(f"{name}{'为' if name.endswith('年') else ''}{o.figure.text}" for o, name in pairs)
    signs = ["=" if one == other else "<" if is_less else ">" for one, other in pairwise(values)]
    expression = "".join(f"{_plain(value)}{sign}" for value, sign in zip(values, [*signs, ""], strict=True))
    if len(set(values)) == 1:
        return _computed(claim("equal", figures=said), expression, operands)
    first = "、".join(operand.name for operand, _ in pairs if operand.figure.value == values[0])
    degrees = _DEGREES["less" if is_less else "more"]
    word = (degrees.all_in(_ASKS_FIGURE.remove(question)) or [next(iter(degrees))])[-1]
    key = "ranked" if len(operands) == 2 else "ranked_first"
    return _computed(claim(key, first=first, degree=word, figures=said), expression, operands)


def _names(operands: Sequence[Operand]) -> list[str]:
    """The parts' names, with the years told of where these differ and the names do not say them."""
    years = [operand.year for operand in operands]
    if len(set(years)) < 2 or None in years or any(operand.name.endswith("年") for operand in operands):
        return [operand.name for operand in operands]
    return [f"{operand.name}{operand.year}年" for operand in operands]


def _total(value: Decimal, unit: str, operands: Sequence[Operand]) -> str:
    said = f"{_plain(value)}{unit}"
    return claim("about", total=said) if any(operand.figure.approximation for operand in operands) else said


def _computed(text: str, expression: str, operands: Sequence[Operand]) -> Computed:
    sentences = tuple(sorted({number for operand in operands for number in operand.sentences}))
    return Computed(text, expression, sentences, operands[0].figure.measure)


def _common_unit(operands: Sequence[Operand]) -> tuple[str, Decimal]:
    """The unit word and its size when all operands are written in it, else the measure's base unit."""
    words = {_unit_word(operand.figure) for operand in operands}
    word = words.pop() if len(words) == 1 else operands[0].figure.measure
    size = UNITS[word].size if word in UNITS else Decimal(1)
    for scale, name in _LARGE.items():
        if all(operand.figure.value / size >= scale for operand in operands):
            return f"{name}{word}", size * scale
    return word, size


def _unit_word(figure: Figure) -> str:
    """The unit as written in a figure: 公里 in 6公里."""
    endings = [word for word in UNITS if word in figure.text and UNITS[word].measure == figure.measure]
    return max(endings, key=len, default=figure.measure)


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")
