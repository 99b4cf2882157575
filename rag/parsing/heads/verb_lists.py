"""A verb whose objects are listed with their figures: 拆除危房190栋，旧房419栋，杂房388栋."""

from dataclasses import dataclass

from rag.parsing.heads.clause import Clause, Lent
from rag.parsing.heads.matters import Matter
from rag.parsing.heads.words import VERBS
from rag.text.lexicon import concept
from rag.text.units import MEASURED, UNITS

_MEASURED = MEASURED | {*concept("people_units")}  # quite different things are as long, as large or as dear
_REACHED = concept("reached").pattern
LONGEST_NAME = 14  # characters of a thing in such a list


@dataclass(frozen=True, slots=True)
class Listed:
    """The verb, and the units and last characters of the things that it has so far."""

    verb: Lent
    units: tuple[str, ...]
    ends: str

    def goes_on_with(self, clause: Clause) -> bool:
        """Whether a clause is a further thing of the list: nothing but a noun and its figure, alike to the others."""
        name = _only_name(clause)
        if not name or clause.opening != "noun":
            return False
        if VERBS.before(name, len(name)):
            return False  # 河堤绿化7公里
        is_item = clause.text[clause.span.start - 1 : clause.span.start] == "、"
        unit = clause.counted[0].written.unit
        return is_item or (unit in self.units and _measure(unit) not in _MEASURED) or name[-1] in self.ends


def listed_after(before: Listed | None, clause: Clause) -> Listed | None:
    """The list as it is behind a clause; None where none goes on."""
    if before and before.goes_on_with(clause):
        units = (*before.units, clause.counted[0].written.unit)
        return Listed(before.verb, units, before.ends + _only_name(clause)[-1])
    if clause.opening != "verb" or len(clause.counted) != 1:
        return None
    figure = clause.counted[0]
    end = clause.lead + VERBS.at(clause.text, clause.lead)
    if (
        end == clause.lead
        or _REACHED.match(clause.text, clause.lead)
        or figure.start - end < 1
        or clause.span.end - figure.end > 2
    ):
        return None
    verb = clause.lent(Matter("verb", clause.lead, end))
    return Listed(verb, (figure.written.unit,), clause.text[figure.start - 1]) if verb else None


def _only_name(clause: Clause) -> str:
    """What stands before the only figure of a clause that says nothing else; empty where it says more."""
    if not clause.counted:
        return ""
    name = clause.text[clause.lead : clause.counted[0].start]
    is_bare = len(name) <= LONGEST_NAME and (len(clause.counted) > 1 or clause.span.end - clause.counted[0].end <= 2)
    return name if is_bare else ""


def _measure(unit: str) -> str:
    known = UNITS.get(unit)
    return known.measure if known else unit
