"""Who did it changed: two actors of a claim exchanged, or another actor of the same report put in one's place."""

import re
from collections.abc import Iterator
from itertools import pairwise

from eval.mutants.actors import Actor, actors_in
from eval.mutants.resemblance import is_said_with
from eval.mutants.statements import Mutant, Statement, choice, clause_at, told

ACTORS_REPLACED = 3  # of one claim
NAMES_FOR_ONE = 3  # put in the place of one actor
_MUTUAL = re.compile(r"结对|合并|联合|共同|互|交界|毗邻|接壤|相邻|签约|签订|合作(?!社)")
_AND_OTHERS = re.compile(r"(?:[、和及][^，；。、]{2,12})*等")  # 石磬村、枫垭村等5个村 may be the new one, too
_JOINING = re.compile(r"[、，,和与及同至到等以\s—~-]*")


def agents_changed(statement: Statement) -> Iterator[Mutant]:
    """Neighbouring actors exchanged, then some of them replaced.

    Example: "青笋公司带动石磬村增收" gives "石磬村带动青笋公司增收" and, with 双合村 in its report,
    "青笋公司带动双合村增收"
    """
    text = told(statement)
    found = actors_in(text)
    yield from _exchanged(text, found)
    chosen = sorted(found, key=lambda actor: choice(text + actor.name, 1000))[:ACTORS_REPLACED]
    for actor in chosen:
        yield from _replaced(statement, text, actor)


def _exchanged(text: str, found: list[Actor]) -> Iterator[Mutant]:
    """Two actors with words between them, not two members of one list, and nothing that holds both ways."""
    for one, other in pairwise(found):
        between = text[one.end : other.start]
        is_alike = one.name in other.name or other.name in one.name
        if is_alike or _JOINING.fullmatch(between) or _MUTUAL.search(text):
            continue
        changed = f"{text[: one.start]}{other.name}{between}{one.name}{text[other.end :]}"
        yield Mutant("agent", changed, text, f"{one.name}↔{other.name}")


def _replaced(statement: Statement, text: str, actor: Actor) -> Iterator[Mutant]:
    """An actor of the same kind, unless a shown sentence says the clause of it."""
    clause = clause_at(text, actor.start)
    if _AND_OTHERS.match(text, actor.end):
        return
    others = [
        name
        for name in statement.actors
        if name[:-1] not in text
        and actor.name not in name
        and _is_alike(actor, name)
        and not is_said_with(name, clause, statement.shown)
    ]
    first = choice(text + actor.name, len(others)) if others else 0
    for new in (others[first:] + others[:first])[:NAMES_FOR_ONE]:
        yield Mutant("agent", text[: actor.start] + new + text[actor.end :], text, f"{actor.name}→{new}")


def _is_alike(actor: Actor, name: str) -> bool:
    """Whether a name is one of the same kind, and of offices one of the same sort."""
    is_same_kind = any(other.kind == actor.kind for other in actors_in(name))
    return is_same_kind and (actor.kind != "office" or name[-2:] == actor.name[-2:])
