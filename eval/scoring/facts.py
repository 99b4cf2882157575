"""Whether the figures of an answer stand with their own subjects.

A golden item's `facts` name figures and the words their subject goes by. Figures of one unit class compete: in the
smallest stretch of text that holds an anchor and any competing figure, the nearest one, with no other subject's anchor
in between, must be the anchor's own. "A、B分别为x、y" is read in order; so are figures without any anchor.

Example: facts 春 53人, 秋 67人. "秋季67人，春季53人" holds, "春季67人，秋季53人" does not.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise

from eval.items import GoldenItem
from eval.scoring.numbers import Figure, figures_of
from eval.scoring.scopes import LEVELS, Stretch, is_corrected_after, scope_at, scopes
from eval.scoring.shortcoming import MISSING, Shortcoming
from eval.scoring.subjects import Group, Wanted, read_groups

_TELLING = 200  # smaller numbers meet by chance
_DENIAL = "不没未无非误错题问说称"


def misplaced_facts(item: GoldenItem, answer: str, towns: Sequence[str] = ()) -> tuple[Shortcoming, ...]:
    """What is wrong with the figures of an answer, one reason each; empty where all stand where they belong."""
    if not item.facts:
        return ()
    groups = read_groups(item, answer, towns)
    reasons = [reason for group in groups for reason in (*_repeated_premise(item, group), *_faults(group))]
    return (*reasons, *_borrowed_units(groups))


def _faults(group: Group) -> list[Shortcoming]:
    paired = _paired(group)
    reasons: list[Shortcoming] = []
    loose: list[Wanted] = []
    for index, wanted in enumerate(group.wanted):
        if wanted.fact.optional:
            said = wanted.anchors and any(wanted.takes(f) for f in group.figures)
            if said and index not in paired and _reaches(group, wanted, levels=2) is False:
                reasons.append(Shortcoming("另一对象的数字 (belongs elsewhere)", wanted.label))
        elif not any(wanted.takes(f) for f in group.stated):
            reasons.append(Shortcoming(MISSING, wanted.label))
        elif not wanted.anchors:
            loose.append(wanted)
        elif index not in paired and not _reaches(group, wanted):
            reasons.append(Shortcoming("不在其对象处 (not at its subject)", wanted.label))
    return reasons + _out_of_order([w for w in loose if w.fact.anchor], group.stated)


def _borrowed_units(groups: Sequence[Group]) -> list[Shortcoming]:
    """Figures of one fact that carry the unit of another: 2023亩 where the facts are 2023年 and 4000亩."""
    everyone = [wanted for group in groups for wanted in group.wanted]
    telling = {w.value for w in everyone if w.value >= _TELLING and w.unit}
    units = {group.wanted[0].unit for group in groups}
    return [
        Shortcoming("单位错了 (unit of another figure)", f"{float(figure.value):g} {figure.unit}")
        for figure in groups[0].figures
        if figure.value in telling and figure.unit in units and not any(w.takes(figure) for w in everyone)
    ]


def _reaches(group: Group, wanted: Wanted, levels: int = LEVELS) -> bool | None:
    """True where an anchor reaches its own figure, False where only others', None where none at all."""
    seen: bool | None = None
    for place in wanted.anchors:
        for level in range(levels):
            reached = _nearest(group, wanted, place, scope_at(group.text, level, place[0]))
            if reached:
                if any(wanted.takes(f) for f in reached):
                    return True
                seen = False
                break
    return seen


def _nearest(group: Group, wanted: Wanted, place: Stretch, scope: Stretch) -> list[Figure]:
    """The competing figures next behind, next before and inside an anchor, unless another subject is in between."""
    start, end = place
    behind = next((f for f in group.competing if f.start >= end and f.start < scope[1]), None)
    if behind and _barred(wanted, end, behind.start):
        behind = None
    before = next((f for f in reversed(group.competing) if f.end <= start and f.start >= scope[0]), None)
    if before and (_barred(wanted, before.end, start) or _bracketed(group.text[before.end : start])):
        before = None
    if group.text[start:end] == "=":
        before = None
    inside = next((f for f in group.competing if f.start < end and f.end > start), None)
    return [figure for figure in (behind, before, inside) if figure]


def _barred(wanted: Wanted, start: int, end: int) -> bool:
    return any(start <= p[0] and p[1] <= end for p in wanted.barriers)


def _bracketed(between: str) -> bool:
    """A figure in brackets that are closed again belongs to what stands before them."""
    closing, opening = between.find(")"), between.find("(")
    return closing >= 0 and (opening < 0 or closing < opening)


def _paired(group: Group) -> set[int]:
    """Facts told as "A、B分别为x、y": as many figures as anchors, in their order."""
    paired: set[int] = set()
    for level in range(LEVELS):
        for start, end in scopes(group.text, level):
            events: list[tuple[int, int | Figure]] = [
                (p[0], index) for index, w in enumerate(group.wanted) for p in w.anchors if start <= p[0] < end
            ]
            events += [(f.start, f) for f in group.competing if start <= f.start < end]
            events.sort(key=lambda event: event[0])
            runs = [[e[1] for e in run] for _, run in groupby(events, key=lambda event: isinstance(event[1], int))]
            told = any(word in group.text[start:end] for word in ("分别", "依次", "respectively"))
            for first, second in pairwise(runs):
                paired |= _in_order(group, first, second, reversible=told)
    return paired


def _in_order(group: Group, first: Iterable[object], second: Iterable[object], *, reversible: bool) -> set[int]:
    names = list(dict.fromkeys(e for e in first if isinstance(e, int)))
    figures = [e for e in second if isinstance(e, Figure)]
    if not names and reversible:
        names = list(dict.fromkeys(e for e in second if isinstance(e, int)))
        figures = [e for e in first if isinstance(e, Figure)]
    if len(names) < 2 or len(names) != len(figures):
        return set()
    fits = all(group.wanted[index].takes(figure) for index, figure in zip(names, figures, strict=True))
    return set(names) if fits else set()


def _out_of_order(loose: Sequence[Wanted], stated: Sequence[Figure]) -> list[Shortcoming]:
    """Facts that a terse answer gives without their subjects must stand in the order of the question."""
    last = -1
    for wanted in loose:
        shared = any(other is not wanted and other.value == wanted.value for other in loose)
        own = [f.start for f in stated if wanted.takes(f)]
        later = [place for place in own if place > last or shared]
        if not later:
            return [Shortcoming("次序不对 (out of order)", wanted.label)]
        last = max(last, later[0]) if not shared else last
    return []


def _repeated_premise(item: GoldenItem, group: Group) -> list[Shortcoming]:
    """The false figure of the question, said again of the same subject as if it were so."""
    if item.kind != "wrong_premise":
        return []
    assumed = {f.value for f in figures_of(item.question) if f.unit == group.wanted[0].unit}
    for wanted in group.wanted:
        if wanted.fact.optional or wanted.value in assumed:
            continue
        for place in wanted.anchors:
            scope = scope_at(group.text, 0, place[0])
            reached = _nearest(group, wanted, place, scope)
            if reached and all(f.value in assumed for f in reached) and not _is_doubted(group.text, scope):
                return [Shortcoming("重复了错误前提 (false premise repeated)", wanted.label)]
    return []


def _is_doubted(text: str, scope: Stretch) -> bool:
    clause = text[scope[0] : scope[1]]
    doubted = any(c in clause for c in _DENIAL) or any(word in clause for word in ("前提", "premise", "not"))
    return doubted or is_corrected_after(text, max(0, scope[1] - 1))
