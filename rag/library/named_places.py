"""The places that a question names: those of the library, of the gazetteer, and others by the form of their names.

Which of them may be answered from which sentences is decided elsewhere; here they are only found.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from rag.library.held_places import HeldPlaces, stretches
from rag.library.named_place import BEFORE, ENDS, NamedPlace, is_of_other_name
from rag.library.other_bodies import other_bodies
from rag.library.unheld_places import by_form, by_short_name
from rag.text.clauses import CLAUSE_MARKS
from rag.text.gazetteer import divisions
from rag.text.lexicon import concept, table
from rag.text.normalization import HAN

_LONGEST = 15  # characters of a name
_KEYS = ("province", "region", "city", "prefecture", "league", "county", "town", "banner_township", "farm")
_LEVEL_END = "|".join(sorted((end for key in _KEYS for end in table("place_level")[key]), key=len, reverse=True))
_ENDS = re.compile(rf"(?:{_LEVEL_END})")
_AREAS = concept("common_area")
_JOINED_BEFORE = re.compile(rf"(?:{concept('and').any}|[跟同比])$")
_JOINED_BEHIND = re.compile(rf"(?:{concept('and').any}|[跟同比])")
_OF = re.compile(rf"(?:[{CLAUSE_MARKS}\s]|的|下辖|所辖|境内|下面|20\d\d年)*")
_SPOKEN_OF = re.compile(rf"20\d\d|\d\d年|的|那|这|有|全|{concept('how_many').any}|$")
_HAN = re.compile(rf"[{HAN}]")
_WORDS = concept("no_part_of_a_name")


def named_places(folded: str, held: HeldPlaces) -> tuple[NamedPlace, ...]:
    """The places that a folded text names, in its order; a wider one right before a place only qualifies it.

    Example: "衡州县石矶镇和大塘的油茶" names 石矶镇 within 衡州县, and 大塘镇
    """
    held.look_into(folded)
    found = _apart([*_known(folded, held)])
    found = _apart([*found, *by_form(folded, held, found)])
    found = [*found, *_short(folded, held, found)]
    found = [*found, *other_bodies(folded, held, found)] or by_short_name(folded, held)
    return tuple(_qualified(sorted(found, key=lambda each: each.start), folded))


def _known(folded: str, held: HeldPlaces) -> Iterator[NamedPlace]:
    """Full names that the library or, at each level's end the longest, the gazetteer has."""
    for start, stop in stretches(folded):
        names = held.full(folded[start:stop])
        if names and not is_of_other_name(folded, start):
            yield from (NamedPlace(name, start, stop) for name in names)
    words = [*_WORDS.pattern.finditer(folded)]
    for end in _ENDS.finditer(folded):
        starts = range(max(0, end.end() - _LONGEST), end.start())
        inside = {at for word in words for at in range(word.start() + 1, word.end())}  # 明村镇 in 文明村镇
        listed = (each for each in starts if each not in inside and _is_listed(folded[each : end.end()], folded[:each]))
        start = next(listed, end.end())
        name = folded[start : end.end()]
        if name and name not in _AREAS and not held.full(name) and not _cuts_a_short_name(folded, start, held):
            yield NamedPlace(name, start, end.end())


def _is_listed(name: str, before: str) -> bool:
    """Whether the gazetteer has a name; one of two characters, such as 蠡县, must begin where a name can."""
    return bool(divisions(name)) and (len(name) > 2 or not before or bool(BEFORE.search(before)))


def _cuts_a_short_name(folded: str, start: int, held: HeldPlaces) -> bool:
    """Whether a place of the library begins before a position and ends behind it: 溪城区 in 柳溪城区."""
    over = ((begin, end) for begin, end in stretches(folded) if begin < start < end)
    return any(held.short(folded[begin:end]) for begin, end in over)


def _short(folded: str, held: HeldPlaces, full: Sequence[NamedPlace]) -> Iterator[NamedPlace]:
    """Places of the library by names without their level; beside a full name only what is joined to it."""
    taken = list(full)
    for start, stop in stretches(folded):
        names = held.short(folded[start:stop])
        if not names or any(each.start < stop and start < each.end for each in taken):
            continue
        if _stands_alone(folded, start, stop, held, names) and (not full or _is_joined(folded, start, stop, full)):
            found = [NamedPlace(name, start, stop, is_short=True) for name in names]
            taken += found
            yield from found


def _stands_alone(folded: str, start: int, stop: int, held: HeldPlaces, names: Iterable[str]) -> bool:
    """Whether a short name is no part of another name or word: of 石矶乡, or the 安全 of 安全生产."""
    if is_of_other_name(folded, start) or ENDS.pattern.match(folded, stop):
        return False
    behind, before = folded[stop : stop + 1], folded[max(0, start - 1) : start]
    if _HAN.match(behind) and not _SPOKEN_OF.match(folded, stop) and not _JOINED_BEHIND.match(folded, stop):
        return not held.is_word(folded[start : stop + 1], names)
    if _HAN.match(before) and not BEFORE.search(folded[:start]):
        return not held.is_word(folded[start - 1 : stop], names)
    return True


def _is_joined(folded: str, start: int, stop: int, full: Sequence[NamedPlace]) -> bool:
    return (
        any(each.end == start or each.start == stop for each in full)
        or bool(_JOINED_BEFORE.search(folded[:start]))
        or bool(_JOINED_BEHIND.match(folded, stop))
    )


def _qualified(found: Sequence[NamedPlace], folded: str) -> Iterator[NamedPlace]:
    """The places without those that only say where a narrower one lies; what stands right before it is kept with it."""
    narrowest = max((each.rank for each in found), default=0)
    within: list[NamedPlace] = []
    for place in found:
        while within and not (within[-1].rank < place.rank and _OF.fullmatch(folded[within[-1].end : place.start])):
            within.pop()
        names = tuple(dict.fromkeys((*within[-1].within, within[-1].name))) if within else ()
        qualified = replace(place, within=names) if names else place
        if place.rank == narrowest or _is_compared(place, found, folded):
            yield qualified
        within.append(qualified)


def _is_compared(place: NamedPlace, found: Sequence[NamedPlace], folded: str) -> bool:
    """Whether a wider place is asked about beside a narrower one: 衡州县和石矶镇."""
    return any(
        other is not place
        and _JOINED_BEHIND.fullmatch(folded[min(place.end, other.end) : max(place.start, other.start)])
        for other in found
    )


def _apart(found: Sequence[NamedPlace]) -> list[NamedPlace]:
    """The places without those inside a longer one."""
    return [
        each
        for each in found
        if not any(
            other.start < each.end and each.start < other.end and each.end - each.start < other.end - other.start
            for other in found
        )
    ]
