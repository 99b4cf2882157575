"""Whether an answer is right: every demand met, nothing forbidden said, figures with their subjects, no dump.

Wording is compared first as it stands (`wording.holds`), then figure by figure as values, so that 6公里 meets a demand
for 6000米, and 0.2亿元 trips over a ban on 2000万元.
"""

from collections.abc import Sequence

from eval.items import GoldenItem
from eval.scoring.facts import misplaced_facts
from eval.scoring.numbers import Figure, figures_in, figures_of, whole_figure
from eval.scoring.scopes import is_denied
from eval.scoring.shortcoming import FORBIDDEN, MISSING, Shortcoming
from eval.scoring.stance import script_of, wrong_language, wrong_polarity, wrong_tense
from eval.scoring.towns import wrong_towns, wrong_winner
from eval.scoring.wording import clauses, digit_strings, holds, unwrapped

_FREE_LENGTH = 80
_LENGTH_FACTOR = 3
_FOREIGN_FIGURES = 2


def shortcomings(item: GoldenItem, answer: str, towns: Sequence[str] = ()) -> tuple[Shortcoming, ...]:
    """Why an answer that was given is not right, one reason each; empty for a right one.

    `towns` are all towns of the eval set: their names close the reach of another town's figures.
    """
    return (
        *_unmet(item, answer),
        *_forbidden(item, answer),
        *_too_long(item, answer),
        *_foreign(item, answer),
        *wrong_language(item.question, answer),
        *misplaced_facts(item, answer, towns or item.towns),
        *wrong_winner(item, answer),
        *wrong_towns(item, answer),
        *wrong_polarity(item, answer),
        *wrong_tense(item, answer),
    )


def evidence_text(item: GoldenItem) -> str:
    """All evidence quotations of an item, a line each."""
    return "\n".join(unwrapped(passage.quote) for passage in item.evidence)


def _unmet(item: GoldenItem, answer: str) -> list[Shortcoming]:
    return [
        Shortcoming(MISSING, alternatives[0])
        for alternatives in item.must
        if not any(meets(answer, a, item, alternatives) for a in alternatives)
    ]


def meets(answer: str, demand: str, item: GoldenItem, alternatives: Sequence[str] = ()) -> bool:
    """Whether an answer holds one demanded phrase, as wording or, where it is a figure, as a value.

    A bare number beside alternatives with units is compared as wording only: 100以上 must not be met by 100人以上
    where the demand is 100吨以上.
    """
    figure = whole_figure(demand)
    if figure is None:
        return holds(answer, demand)
    allowed = _approximations(figure, item)
    stated = [f for f in figures_of(answer) if f.same_value(figure) and f.says_unit_of(figure)]
    fitting = any(f.approximation in allowed for f in stated)
    if holds(answer, demand):
        return fitting or not stated
    if not figure.unit and any((other := whole_figure(a)) and other.unit for a in alternatives):
        return False
    return fitting


def _approximations(demanded: Figure, item: GoldenItem) -> frozenset[str]:
    """How exact a figure may be said: as demanded, or as the evidence or the reference answer has it."""
    ground = figures_of(f"{evidence_text(item)}\n{item.answer}")
    same = [f for f in ground if f.same_value(demanded) and f.same_unit(demanded)]
    return frozenset({demanded.approximation, *(f.approximation for f in same)})


def _forbidden(item: GoldenItem, answer: str) -> list[Shortcoming]:
    text = clauses(answer)
    stated = [f for f in figures_in(text) if not is_denied(text, f)]
    return [Shortcoming(FORBIDDEN, ban) for ban in item.must_not if holds(answer, ban) or _stated(stated, ban)]


def _stated(stated: Sequence[Figure], ban: str) -> bool:
    figure = whole_figure(ban)
    if figure is None or not figure.unit:
        return False
    same = [f for f in stated if f.same_value(figure) and f.unit == figure.unit]
    return any(f.approximation == figure.approximation for f in same)


def _too_long(item: GoldenItem, answer: str) -> list[Shortcoming]:
    """A dump of sentences is not an answer; English takes about twice the letters of Chinese."""
    limit = max(_FREE_LENGTH, _LENGTH_FACTOR * len(item.answer)) * (2 if script_of(item.question) == "en" else 1)
    return [Shortcoming("过长 (too long)", f"{len(answer)} > {limit}")] if len(answer) > limit else []


def _foreign(item: GoldenItem, answer: str) -> list[Shortcoming]:
    """Figures that stand neither in the question, the conversation, the reference answer nor the evidence."""
    history = "\n".join(message.content for message in item.history)
    known = "\n".join([item.question, history, item.answer, evidence_text(item), *map(str, (item.year, *item.years))])
    values = {(f.value, f.high) for f in figures_of(known)}
    figures = [f for f in figures_of(answer) if f.arabic and (f.value, f.high) not in values]
    written = digit_strings(answer) - digit_strings(known)
    text = clauses(answer)
    foreign = {d for f in figures for d in digit_strings(text[f.start : f.end])} & written
    if len(foreign) <= _FOREIGN_FIGURES:
        return []
    return [Shortcoming("证据之外的数字过多 (figures from elsewhere)", "、".join(sorted(foreign))[:60])]
