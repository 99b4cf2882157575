"""Supported but wrong: claims marked supported that their quotations do not carry, or that contradict a golden figure.

This is the number that must be zero. It is computed from the claim, its quotations and the golden item alone.
"""

import ast
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from eval.items import GoldenItem
from eval.scoring.facts import misplaced_facts
from eval.scoring.numbers import Figure, figures_in, figures_of, whole_figure
from eval.scoring.replies import GivenClaim
from eval.scoring.scopes import is_denied, is_quoted_premise, scope_at
from eval.scoring.shortcoming import FORBIDDEN, MISSING, Shortcoming
from eval.scoring.stance import script_of, wrong_tense
from eval.scoring.towns import stem, wrong_winner
from eval.scoring.units import MEASURES
from eval.scoring.wording import bigrams, clauses, digit_strings, holds, places, unwrapped

_SAME_SUBJECT = 0.7  # share of a clause's letter pairs that stand in the golden clause
_TELLING_PAIRS = 3
_LIST_MARK = re.compile(r"\s*[(]?$")
_OPERATORS: Mapping[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def uncarried_figures(claim: GivenClaim) -> tuple[str, ...]:
    """Figures of a claim that its quotations do not carry with value, unit and approximation.

    A year may also come from the citation's own year. In a computed claim the result follows from the expression,
    whose operands must be quoted.
    """
    text = clauses(claim.text)
    quoted = [f for c in claim.citations for f in figures_of(unwrapped(c.quote))]
    years = {Fraction(y) for c in claim.citations for y in (c.year, c.report_year) if y}
    computed = _computed(claim, quoted)
    loose = [f for f in figures_in(text) if not (f.idiomatic or _is_list_mark(text, f) or is_denied(text, f))]
    english = script_of(claim.text) == "en"
    return tuple(
        text[f.start : f.end]
        for f in loose
        if not any(_carries(q, f, english=english) or (claim.kind == "computed" and _is_past(q, f)) for q in quoted)
        and not (f.unit in ("年", "") and f.value in years)
        and f.value not in computed
        and not computed & {Fraction(written) for written in digit_strings(text[f.start : f.end])}
    )


def _carries(quoted: Figure, claimed: Figure, *, english: bool) -> bool:
    if not quoted.same_value(claimed) or quoted.approximation != claimed.approximation:
        return False
    if quoted.same_unit(claimed):
        return True
    countable = not {quoted.unit, claimed.unit} & MEASURES
    return countable and (english or "个" in (quoted.unit, claimed.unit))


def _is_past(quoted: Figure, bound: Figure) -> bool:
    """Whether a quoted figure is above or below the bound that a comparison names: 1.52万亩 for 超过1万亩."""
    if not quoted.same_unit(bound):
        return False
    return (
        quoted.value > bound.value
        if bound.approximation == "over"
        else (bound.approximation == "under" and quoted.value < bound.value)
    )


def _is_list_mark(text: str, figure: Figure) -> bool:
    """1. or (2) before a list entry counts nothing."""
    written = text[figure.start : figure.end]
    opens = not text[: figure.start].strip() or _LIST_MARK.search(text[max(0, figure.start - 2) : figure.start])
    return bool(
        opens and written.isdigit() and len(written) <= 2 and text[figure.end : figure.end + 1] in tuple(".、):")
    )


def _computed(claim: GivenClaim, quoted: Sequence[Figure]) -> set[Fraction]:
    """Operands and result of a computed claim; empty where it is none, or an operand is not quoted."""
    if claim.kind != "computed" or not claim.expression:
        return set()
    expression = clauses(claim.expression).split("=")[0]
    operands = {Fraction(number) for number in digit_strings(expression)}
    written = {Fraction(number) for c in claim.citations for number in digit_strings(unwrapped(c.quote))}
    result = evaluate(expression)
    if result is None or operands - written - {f.value for f in quoted} - {Fraction(1), Fraction(100)}:
        return set()
    results = {result * scale for scale in (1, 10**4, 10**8)}  # in the unit of the operands, or multiplied out
    return operands | results | {round(value, digits) for value in results for digits in (1, 2)}


def evaluate(expression: str) -> Fraction | None:
    """Value of a sum, difference, product or quotient, units passed over; None where it is something else.

    Example: "87公里 + 185.31公里" -> 272.31
    """
    bare = re.sub(r"[^\d.+\-*/()]", "", expression.replace("×", "*").replace("÷", "/").replace("−", "-"))
    try:
        return _value(ast.parse(bare, mode="eval").body)
    except (SyntaxError, ValueError, ZeroDivisionError, RecursionError):
        return None


def _value(node: ast.expr) -> Fraction:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return Fraction(str(node.value))
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        return _OPERATORS[type(node.op)](_value(node.left), _value(node.right))
    raise ValueError


def contradictions(item: GoldenItem, claim: GivenClaim, towns: Sequence[str]) -> tuple[Shortcoming, ...]:
    """How a claim contradicts the golden figures; empty where it does not."""
    misplaced = [fault for fault in misplaced_facts(item, claim.text, towns) if fault.kind != MISSING]
    banned = [Shortcoming(FORBIDDEN, ban) for ban in item.must_not if holds(claim.text, ban)]
    winner = wrong_winner(item, claim.text) if any(stem(w) in clauses(claim.text) for w in item.winner) else ()
    return (
        *misplaced,
        *banned,
        *winner,
        *wrong_tense(item, claim.text),
        *_other_town(item, claim),
        *_other_value(item, claim),
    )


def _other_town(item: GoldenItem, claim: GivenClaim) -> list[Shortcoming]:
    """A claim about the item's town that rests on other towns' reports only."""
    cited = [c for c in claim.citations if c.role == "evidence"]
    if item.doc == "multi" or not cited or any(c.file == item.doc for c in cited):
        return []
    text = clauses(claim.text)
    if any(c.town and places(text, stem(c.town)) for c in cited):
        return []
    return [Shortcoming("引自别的乡镇 (quoted from another town)", cited[0].town or cited[0].file)]


def _other_value(item: GoldenItem, claim: GivenClaim) -> list[Shortcoming]:
    """Another value than the golden one, of the same unit class and said of the same subject."""
    if item.kind in ("conflict", "temporal_trap", "comparison", "aggregate"):
        return []
    text = clauses(claim.text)
    truths = [(f, subject) for p in item.evidence for f, subject in _told(clauses(unwrapped(p.quote)))]
    values = {f.value for f, _ in truths} | {f.value for f in figures_of(item.answer)}
    demanded = [f for alternatives in item.must for a in alternatives if (f := whole_figure(a)) and f.unit]
    found = []
    for figure, subject in _told(text):
        if figure.value in values or is_denied(text, figure) or is_quoted_premise(text, figure):
            continue
        golden = [s for f, s in truths if f.unit == figure.unit and any(d.value == f.value for d in demanded)]
        if figure.unit and any(_alike(_own(subject, item), s) for s in golden):
            found.append(Shortcoming("与标准数字不符 (another value)", text[figure.start : figure.end]))
    return found


def _told(text: str) -> list[tuple[Figure, str]]:
    """Figures, years apart, each with the words of its clause before it."""
    figures = [f for f in figures_in(text) if f.unit not in ("年", "日期", "月", "日", "位次")]
    return [(f, text[scope_at(text, 1, f.start)[0] : f.start]) for f in figures]


def _own(subject: str, item: GoldenItem) -> str:
    """The words of a clause without the town, which every clause may name."""
    return subject.replace(stem(item.town or "") or "\0", "")


def _alike(subject: str, golden: str) -> bool:
    pairs = bigrams(subject)
    shared = pairs & bigrams(golden)
    return len(shared) >= _TELLING_PAIRS and len(shared) >= _SAME_SUBJECT * len(pairs)
