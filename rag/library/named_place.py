"""A place that a text names, how wide it is, and whether a sentence names it."""

import re
from dataclasses import dataclass

from rag.text.gazetteer import listed_level
from rag.text.lexicon import Concept, concept
from rag.text.normalization import HAN, fold
from rag.text.place_names import Level, short_name

RANK: dict[Level | None, int] = {"province": 0, "city": 1, "county": 2, "township": 3, "bureau": 3, "village": 4}
"""The levels from the widest on."""

ENDS = concept("place_name_end")
"""How names end, but where a longer word has the end: 市, not in 市场."""

_MEASURED = Concept(tuple(word for word in concept("measure") if len(word) > 1))  # 长 is the begin of names
BEFORE = re.compile(rf"(?:{(concept('before_place', 'question_words') | _MEASURED).any}|[^{HAN}])$")
"""At the end of a text: a name may begin behind it."""

_OTHERS = concept("name_prefix")
_GOES_ON = re.compile(rf"(?:{concept('peoples').any}*(?:自治)?){ENDS.any}")


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place named at [start, end) of a folded text."""

    name: str  # as the library calls it, else as it is written
    start: int
    end: int
    is_short: bool = False
    within: tuple[str, ...] = ()  # the wider places named right before it, the widest first
    misspelt: str = ""  # as it is written, where another name must be meant

    @property
    def rank(self) -> int:
        """How wide it is, 0 for a province."""
        return rank_of(self.name)

    @property
    def label(self) -> str:
        """With what it is said to lie in."""
        return f"{''.join(self.within)}{self.name}"


def rank_of(name: str) -> int:
    """How wide a place is, 0 for a province; what ends like no place counts as a township."""
    return RANK.get(listed_level(name), RANK["township"])


def is_named(name: str, folded: str, *, is_short: bool = False) -> bool:
    """Whether a folded sentence names a place, not one whose name only begins or ends so: 大石桥镇, 吉林市."""
    at = folded.find(name) if name else -1
    while at >= 0:
        is_longer = is_short and _GOES_ON.match(folded, at + len(name))
        if not is_longer and not is_of_other_name(folded, at):
            return True
        at = folded.find(name, at + 1)
    return False


def is_of_other_name(folded: str, start: int) -> bool:
    """Whether a character before a name makes another name of it: 东石矶镇."""
    before = folded[:start]
    return bool(before) and before[-1] in _OTHERS and (len(before) == 1 or bool(BEFORE.search(before[:-1])))


def is_same_place(one: str, other: str) -> bool:
    """Whether two names of places that others lie in mean one: a county that became a district is still the same."""
    return fold(one) == fold(other) or (fold(short_name(one)), rank_of(one)) == (
        fold(short_name(other)),
        rank_of(other),
    )
