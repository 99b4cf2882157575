"""The subjects of an item's figures in one answer: where their anchors stand and which figures compete for them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from eval.items import Fact, GoldenItem
from eval.scoring.numbers import Figure, figures_in, figures_of
from eval.scoring.scopes import Stretch, is_denied, is_quoted_premise, scope_at
from eval.scoring.towns import stem
from eval.scoring.wording import clauses, places


@dataclass(frozen=True, slots=True)
class Wanted:
    """A fact ready to compare: its value, the unit classes it goes by, and where its anchors stand."""

    fact: Fact
    value: Fraction
    high: Fraction | None
    unit: str
    units: frozenset[str]
    anchors: tuple[Stretch, ...] = ()
    barriers: tuple[Stretch, ...] = ()  # anchors of other facts, and other towns

    @property
    def label(self) -> str:
        return f"{'/'.join(self.fact.anchor[:2]) or '—'} {self.fact.value}{self.fact.unit}"

    def takes(self, figure: Figure) -> bool:
        if (figure.value, figure.high) != (self.value, self.high):
            return False
        return not self.unit or figure.unit in self.units or (self.unit == "元" and not figure.unit and figure.scaled)


@dataclass(frozen=True, slots=True)
class Group:
    """Facts of one unit class against one text."""

    text: str
    wanted: tuple[Wanted, ...]
    figures: tuple[Figure, ...]
    stated: tuple[Figure, ...]  # figures that are not denied
    competing: tuple[Figure, ...]


def read_groups(item: GoldenItem, answer: str, towns: Sequence[str]) -> tuple[Group, ...]:
    """The facts of an item, those of one unit class together, against the text of an answer."""
    text = clauses(answer)
    members: dict[str, list[Wanted]] = defaultdict(list)
    for fact in item.facts:
        wanted = _wanted(fact, item)
        members[wanted.unit].append(wanted)
    return tuple(_group(item, text, figures_in(text), wanted, towns) for wanted in members.values())


def _wanted(fact: Fact, item: GoldenItem) -> Wanted:
    figure = _figure(fact)
    demanded = [f for alternatives in item.must for a in alternatives for f in figures_of(a)]
    units = {figure.unit} | {f.unit for f in demanded if f.value == figure.value}
    if figure.unit == "位次":
        units.add("人")
    if figure.unit == "日":
        units.discard("月")
    if figure.unit == "年":
        units.add("")
    return Wanted(fact, figure.value, figure.high, figure.unit, frozenset(units))


def _figure(fact: Fact) -> Figure:
    spelling = "" if fact.unit == "日期" else fact.unit
    separator = " " if spelling.isascii() else ""
    text = f"第{fact.value}" if spelling == "位" else f"{fact.value}{separator}{spelling}"
    return max(figures_of(text), key=lambda figure: figure.end - figure.start)


def _group(
    item: GoldenItem, text: str, figures: Sequence[Figure], members: Sequence[Wanted], towns: Sequence[str]
) -> Group:
    if any("" in wanted.units for wanted in members):
        members = [replace(wanted, units=wanted.units | {""}) for wanted in members]
    anchored = _anchored(text, members, towns)
    stated = tuple(figures if item.kind == "conflict" else [f for f in figures if not is_denied(text, f)])
    competing = [f for f in stated if any(wanted.takes(f) for wanted in anchored)]
    if item.kind == "wrong_premise":
        assumed = {q.value for q in figures_of(item.question) if q.unit == anchored[0].unit}
        rivals = [f for f in stated if f.unit == anchored[0].unit and f.value in assumed and f not in competing]
        competing += [f for f in rivals if not is_quoted_premise(text, f)]
    group = Group(text, anchored, tuple(figures), stated, tuple(sorted(competing, key=lambda f: f.start)))
    return _without_settled(group)


def _anchored(text: str, members: Sequence[Wanted], towns: Sequence[str]) -> tuple[Wanted, ...]:
    found = [sorted({p for anchor in wanted.fact.anchor for p in places(text, anchor)}) for wanted in members]
    kept = [[p for p in own if not _inside_other(p, index, found)] for index, own in enumerate(found)]
    stems = {stem(town) for town in towns}
    anchored = []
    for index, wanted in enumerate(members):
        others = [p for other, own in enumerate(kept) if other != index for p in own if p not in kept[index]]
        if stems & set(wanted.fact.anchor):
            others += [p for name in stems - set(wanted.fact.anchor) for p in places(text, name)]
        anchored.append(replace(wanted, anchors=tuple(kept[index]), barriers=tuple(others)))
    return tuple(anchored)


def _inside_other(place: Stretch, index: int, found: Sequence[Sequence[Stretch]]) -> bool:
    """经营性 inside 非经营性 is not an anchor of its own."""
    return any(
        other != index and p != place and p[0] <= place[0] and place[1] <= p[1]
        for other, own in enumerate(found)
        for p in own
    )


def _without_settled(group: Group) -> Group:
    """Optional facts that stand complete in a clause of their own are out of the others' way."""
    competing, wanted = list(group.competing), list(group.wanted)
    for index, optional in enumerate(group.wanted):
        if not optional.fact.optional:
            continue
        kept = []
        for place in optional.anchors:
            scope = scope_at(group.text, 0, place[0])
            inside = [f for f in competing if scope[0] <= f.start < scope[1]]
            if _alone(optional, inside, scope, group.wanted):
                competing.remove(inside[0])
            else:
                kept.append(place)
        if len(kept) < len(optional.anchors):  # said rightly once is enough for an optional fact
            kept = []
        wanted[index] = replace(optional, anchors=tuple(kept))
    return Group(group.text, tuple(wanted), group.figures, group.stated, tuple(competing))


def _alone(optional: Wanted, inside: Sequence[Figure], scope: Stretch, everyone: Sequence[Wanted]) -> bool:
    if len(inside) != 1 or not optional.takes(inside[0]):
        return False
    others = [w for w in everyone if w is not optional]
    if any(w.takes(inside[0]) for w in others):
        return False
    return not any(scope[0] <= p[0] < scope[1] for w in others if not w.fact.optional for p in w.anchors)
