"""Which town has more, and what they have together: computed by code from figures that were verified one by one."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import reduce

from rag.answering.messages import claim
from rag.text.clauses import CLAUSE_MARK
from rag.text.figures import Figure, read_figures
from rag.text.lexicon import concept, table
from rag.text.normalization import fold
from rag.text.units import UNITS
from rag.verification.verdicts import Verdict

_SUM, _DIFFERENCE = concept("sum"), concept("difference")
_DEGREES, _ONE = table("degrees"), concept("which_one")
_MORE, _LESS = (
    re.compile(rf"(?:{_ONE.any}|[哪谁]).{{0,12}}?{_DEGREES[way].any}|{_DEGREES[f'{way}_english'].any}")
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


@dataclass(frozen=True, slots=True)
class _Operand:
    town: str
    figure: Figure
    verdict: Verdict

    @property
    def sentences(self) -> tuple[int, ...]:
        return self.verdict.sentences

    @property
    def is_new(self) -> bool:
        """Whether it counts what was added, not what there is: 新造600亩."""
        return bool(concept("newly").search(self._before))

    @property
    def is_mean(self) -> bool:
        """Whether it is for each of many: 人均收入1.2万元."""
        return bool(concept("mean").search(self._before))

    @property
    def _before(self) -> str:
        return CLAUSE_MARK.split(fold(self.verdict.text)[: self.figure.start])[-1]


def compute(question: str, by_town: Mapping[str, Sequence[Verdict]]) -> Computed | None:
    """The sum, difference or ranking a question about several towns asks for; None where it asks for none of them,
    or a town has no verified figure of the same measure, or one counts what was added and the other what there is, or
    one is a mean and the other a total."""
    operands = _operands(by_town)
    if not operands or len({(operand.is_new, operand.is_mean) for operand in operands}) > 1:
        return None
    sentences = tuple(sorted({number for operand in operands for number in operand.sentences}))
    if _SUM.search(question):
        return _sum(operands, sentences)
    if _DIFFERENCE.search(question) and len(operands) == 2:
        return _difference(operands, sentences)
    if _MORE.search(question) or _LESS.search(question):
        return _ranking(question, operands, sentences)
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


def _operands(by_town: Mapping[str, Sequence[Verdict]]) -> list[_Operand]:
    """The first figure of each town in the first measure that all of them have."""
    figures = {
        town: [(f, v) for v in verdicts for f in read_figures(v.text) if f.kind == "quantity" and f.measure]
        for town, verdicts in by_town.items()
    }
    if len(figures) < 2 or not all(figures.values()):
        return []
    first, *others = figures.values()
    shared = next((f.measure for f, _ in first if all(any(g.measure == f.measure for g, _ in o) for o in others)), None)
    return [
        next(_Operand(town, f, v) for f, v in pairs if f.measure == shared)
        for town, pairs in figures.items()
        if shared is not None
    ]


def _sum(operands: Sequence[_Operand], sentences: tuple[int, ...]) -> Computed:
    unit, size = _common_unit(operands)
    values = [operand.figure.value / size for operand in operands]
    total = reduce(lambda a, b: a + b, values)
    expression = f"{'+'.join(_plain(v) for v in values)}={_plain(total)}"
    said = f"{_plain(total)}{unit}"
    if any(operand.figure.approximation for operand in operands):
        said = claim("about", total=said)
    names = "、".join(operand.town for operand in operands)
    return Computed(
        claim("sum", names=names, total=said, expression=expression), expression, sentences, _measure(operands)
    )


def _difference(operands: Sequence[_Operand], sentences: tuple[int, ...]) -> Computed:
    unit, size = _common_unit(operands)
    more, less = sorted(operands, key=lambda operand: -operand.figure.value)
    large, small = more.figure.value / size, less.figure.value / size
    expression = f"{_plain(large)}-{_plain(small)}={_plain(large - small)}"
    total = f"{_plain(large - small)}{unit}"
    text = claim("difference", more=more.town, less=less.town, total=total, expression=expression)
    return Computed(text, expression, sentences, _measure(operands))


def _ranking(question: str, operands: Sequence[_Operand], sentences: tuple[int, ...]) -> Computed:
    is_less = bool(_LESS.search(question)) and not _MORE.search(question)
    ranked = sorted(operands, key=lambda operand: operand.figure.value, reverse=not is_less)
    first, second = ranked[0].figure.value, ranked[1].figure.value
    said = "，".join(f"{o.town}{'为' if o.town.endswith('年') else ''}{o.figure.text}" for o in ranked)
    if first == second:
        expression = f"{_plain(first)}={_plain(second)}"
        return Computed(claim("equal", figures=said), expression, sentences, _measure(operands))
    degrees = _DEGREES["less" if is_less else "more"]
    word = (degrees.all_in(question) or [next(iter(degrees))])[-1]
    expression = f"{_plain(first)}{'<' if is_less else '>'}{_plain(second)}"
    text = claim("ranked", first=ranked[0].town, degree=word, figures=said)
    return Computed(text, expression, sentences, _measure(operands))


def _common_unit(operands: Sequence[_Operand]) -> tuple[str, Decimal]:
    """The unit word and its size when all operands are written in it, else the measure's base unit."""
    words = {_unit_word(operand.figure) for operand in operands}
    word = words.pop() if len(words) == 1 else operands[0].figure.measure
    size = UNITS[word].size if word in UNITS else Decimal(1)
    for scale, name in _LARGE.items():
        if all(operand.figure.value / size >= scale for operand in operands):
            return f"{name}{word}", size * scale
    return word, size


def _measure(operands: Sequence[_Operand]) -> str:
    return operands[0].figure.measure


def _unit_word(figure: Figure) -> str:
    """The unit as written in a figure: 公里 in 6公里."""
    endings = [word for word in UNITS if word in figure.text and UNITS[word].measure == figure.measure]
    return max(endings, key=len, default=figure.measure)


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")
