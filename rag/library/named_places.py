"""The places that a question names: those of the library, of the gazetteer, and others by the form of their names.

Which of them may be answered from which sentences is decided elsewhere; here they are only found.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rag.library.held_places import HeldPlaces
from rag.text.clauses import CLAUSE_MARKS
from rag.text.gazetteer import called, divisions, listed_level
from rag.text.lexicon import concept, table
from rag.text.normalization import HAN
from rag.text.place_names import Level

RANK: dict[Level | None, int] = {"province": 0, "city": 1, "county": 2, "township": 3, "bureau": 3, "village": 4}
"""The levels from the widest on."""

_LONGEST = 15  # characters of a name
_STEM = range(2, 5)  # characters before the level of a name that is known by its form alone
_KEYS = ("province", "region", "city", "prefecture", "league", "county", "town", "banner_township", "farm")
_LEVEL_END = "|".join(sorted((end for key in _KEYS for end in table("place_level")[key]), key=len, reverse=True))
_ENDS = re.compile(rf"(?:{_LEVEL_END})")
_ENDS_BY_FORM = concept("place_name_end")
_NO_NAME = concept("no_place_name")
_AREAS = concept("common_area")
_BEFORE = re.compile(rf"(?:{concept('before_place', 'question_words').any}|[^{HAN}])$")
_OTHERS = concept("name_prefix")
_JOINED_BEFORE = re.compile(rf"(?:{concept('and').any}|[跟同比])$")
_JOINED_BEHIND = re.compile(rf"(?:{concept('and').any}|[跟同比])")
_OF = re.compile(rf"(?:[{CLAUSE_MARKS}\s]|的|下辖|所辖|境内|下面|20\d\d年)*")
_AT_HEAD = re.compile(rf"(?:^|[{CLAUSE_MARKS}\s?？]|请问|\d\d年|[在到跟和比与])$")
_SPOKEN_OF = re.compile(rf"20\d\d|\d\d年|的|那|这|有|全|{concept('how_many').any}|$")
_YEAR_BEHIND = re.compile(r"20\d\d|\d\d年")
_HAN, _ALL_HAN = re.compile(rf"[{HAN}]"), re.compile(rf"[{HAN}]+")
_ENDS_OF_WORDS = table("place_level")["county"] | table("place_level")["city"] | table("place_level")["province"]


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
    """Whether a folded sentence names a place, not one whose name only has its characters: 大石桥镇, or 吉林市 of 吉林."""
    at = folded.find(name) if name else -1
    while at >= 0:
        is_longer = is_short and _ENDS_BY_FORM.pattern.match(folded, at + len(name))
        if not is_longer and not _is_of_other_name(folded, at):
            return True
        at = folded.find(name, at + 1)
    return False


def named_places(folded: str, held: HeldPlaces) -> tuple[NamedPlace, ...]:
    """The places that a folded text names, in its order; a wider one right before a place only qualifies it.

    Example: "衡州县石矶镇和大塘的油茶" names 石矶镇 within 衡州县, and 大塘镇
    """
    found = _apart([*_known(folded, held)])
    found = _apart([*found, *_by_form(folded, held, found)])
    found = [*found, *_short(folded, held, found)] or _unheld(folded, held)
    return tuple(_qualified(sorted(found, key=lambda each: each.start), folded))


def _known(folded: str, held: HeldPlaces) -> Iterator[NamedPlace]:
    """Full names that the library or, at each level's end the longest, the gazetteer has."""
    for start, stop in _spans(folded, held):
        if not _is_of_other_name(folded, start):
            yield from (NamedPlace(name, start, stop) for name in held.full(folded[start:stop]))
    for end in _ENDS.finditer(folded):
        starts = range(max(0, end.end() - _LONGEST), end.start())
        start = next((each for each in starts if _is_listed(folded[each : end.end()], folded[:each])), end.end())
        name = folded[start : end.end()]
        if name and name not in _AREAS and not held.full(name) and not _cuts_a_short_name(folded, start, held):
            yield NamedPlace(name, start, end.end())


def _spans(folded: str, held: HeldPlaces) -> Iterator[tuple[int, int]]:
    """All stretches as long as the library's names are, the longest first."""
    return ((start, start + n) for n in held.lengths for start in range(len(folded) - n + 1))


def _is_listed(name: str, before: str) -> bool:
    """Whether the gazetteer has a name; one of two characters, such as 蠡县, must begin where a name can."""
    return bool(divisions(name)) and (len(name) > _STEM[0] or not before or bool(_BEFORE.search(before)))


def _cuts_a_short_name(folded: str, start: int, held: HeldPlaces) -> bool:
    """Whether a place of the library begins before a position and ends behind it: 平城区 in 顺平城区."""
    spans = (folded[begin : begin + n] for n in held.lengths for begin in range(max(0, start - n + 1), start))
    return any(held.short(span) for span in spans)


def _is_of_other_name(folded: str, start: int) -> bool:
    """Whether a character before a name makes another name of it: 东石矶镇."""
    before = folded[:start]
    return bool(before) and before[-1] in _OTHERS and (len(before) == 1 or bool(_BEFORE.search(before[:-1])))


def _by_form(folded: str, held: HeldPlaces, known: Sequence[NamedPlace]) -> Iterator[NamedPlace]:
    """Other names with a level at their end."""
    for end in _ENDS_BY_FORM.pattern.finditer(folded):
        if any(each.start < end.end() and end.start() < each.end for each in known):
            continue
        floor = max((each.end for each in known if each.end <= end.start()), default=0)
        if (name := _formed(folded, end.start(), end.end(), floor, held)) and not _NO_NAME.search(name):
            near = held.near(name)
            yield NamedPlace(near or name, end.end() - len(name), end.end(), misspelt=name if near else "")


def _formed(folded: str, at: int, stop: int, floor: int, held: HeldPlaces) -> str | None:
    """The name that ends at a level's end: what reports have of it, else what stands between it and a word before."""
    begin = at
    while begin > floor and _HAN.match(folded[begin - 1]) and not _BEFORE.search(folded[floor:begin]):
        begin -= 1
    lengths = [length for length in reversed(_STEM) if length <= at - begin]
    heard = [folded[at - length : stop] for length in lengths or _STEM[:1] if at - length >= floor]
    spoken = next(
        (name for name in heard if held.speak_of_place(name) and not _is_of_other_name(folded, stop - len(name))), None
    )
    meant = spoken or next((name for name in heard if not held.full(name) and held.near(name)), None)
    if meant or not lengths:
        return meant
    if at - begin in _STEM:
        return folded[begin:stop]
    return None if folded[at:stop] in _ENDS_OF_WORDS else folded[at - _STEM[0] : stop]


def _short(folded: str, held: HeldPlaces, full: Sequence[NamedPlace]) -> Iterator[NamedPlace]:
    """Places of the library by names without their level; beside a full name only what is joined to it."""
    taken = list(full)
    for start, stop in _spans(folded, held):
        names = held.short(folded[start:stop])
        if not names or any(each.start < stop and start < each.end for each in taken):
            continue
        if _stands_alone(folded, start, stop, held, names) and (not full or _is_joined(folded, start, stop, full)):
            found = [NamedPlace(name, start, stop, is_short=True) for name in names]
            taken += found
            yield from found


def _stands_alone(folded: str, start: int, stop: int, held: HeldPlaces, names: Iterable[str]) -> bool:
    """Whether a short name is no part of another name or word: of 石矶乡, or the 安全 of 安全生产."""
    if _is_of_other_name(folded, start) or _ENDS_BY_FORM.pattern.match(folded, stop):
        return False
    behind, before = folded[stop : stop + 1], folded[max(0, start - 1) : start]
    if _HAN.match(behind) and not _SPOKEN_OF.match(folded, stop) and not _JOINED_BEHIND.match(folded, stop):
        return not held.is_word(folded[start : stop + 1], names)
    if _HAN.match(before) and not _BEFORE.search(folded[:start]):
        return not held.is_word(folded[start - 1 : stop], names)
    return True


def _is_joined(folded: str, start: int, stop: int, full: Sequence[NamedPlace]) -> bool:
    return (
        any(each.end == start or each.start == stop for each in full)
        or bool(_JOINED_BEFORE.search(folded[:start]))
        or bool(_JOINED_BEHIND.match(folded, stop))
    )


def _unheld(folded: str, held: HeldPlaces) -> list[NamedPlace]:
    """A place that no report is of, by its short name: of the gazetteer, or one that reports speak of by its full."""
    for start in range(len(folded)):
        if not _AT_HEAD.search(folded[:start]):
            continue
        for length in (4, 3, 2):
            stop = start + length
            name = _meant(folded[start:stop], folded[stop:], held) if stop <= len(folded) else ""
            if name and not _ENDS_BY_FORM.pattern.match(folded, stop):
                return [NamedPlace(name, start, stop, is_short=True)]
    return []


def _meant(short: str, behind: str, held: HeldPlaces) -> str:
    """The full name that a short one at the head of a clause stands for; empty where it may be any word.

    The short names of counties and towns are words as well (合作, 资源, 安全): they count before a year, and where no
    report has them at all, or has the full name.
    """
    if not _ALL_HAN.fullmatch(short) or _NO_NAME.search(short):
        return ""
    is_spoken_of, is_of_a_year = bool(_SPOKEN_OF.match(behind)), bool(_YEAR_BEHIND.match(behind))
    listed = [each for each in called(short) if each.name != short]
    wide = [each.name for each in listed if each.level in ("province", "city")]
    spoken = [name for end in _ENDS_BY_FORM.words if is_spoken_of and held.speak_of_place(name := f"{short}{end}")]
    is_unheard = not held.speak_of(short)
    counties = [each.name for each in listed if each.level == "county" and (is_of_a_year or is_unheard)]
    towns = [each.name for each in listed if is_spoken_of and is_unheard]
    return next(iter((*wide, *spoken, *counties, *towns)), "")


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
            other.start < each.end
            and each.start < other.end
            and len(range(other.start, other.end)) > each.end - each.start
            for other in found
        )
    ]
