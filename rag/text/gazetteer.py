"""The administrative divisions of China by name. They confirm and tell apart what a report calls itself, no more.

A name that is not in the list may still be a place: towns are invented for examples, counties become districts.
The head of the list, `divisions.txt`, says where it is from. It is read when first asked, and searched as it stands:
an index of its forty thousand names would take longer to make than thousands of searches.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from rag.text.place_names import Level, level_of, short_name

_FILE = Path(__file__).with_name("divisions.txt")
_LEVELS: tuple[Level, ...] = ("province", "city", "county")
_BEFORE, _BEHIND, _OTHER = "\t \n", " \n", "="
_NO_CITY = "-"
_SEPARATORS = re.compile(r"[\s=]+")


@dataclass(frozen=True, slots=True)
class Division:
    """A place of the list with the names of those that it lies in, the widest first."""

    name: str
    level: Level
    parents: tuple[str, ...]

    @property
    def short(self) -> str:
        """As people call it: 恩施 for 恩施土家族苗族自治州."""
        return short_name(self.name)


def divisions(name: str) -> tuple[Division, ...]:
    """The places of this full name; several where towns or districts share it, none where the list has none.

    Example: divisions("衡南县") == (Division("衡南县", "county", ("湖南省", "衡阳市")),)
    """
    return tuple(each for each in called(name) if each.name == name) if name in _listing().names else ()


@lru_cache(maxsize=4096)
def called(name: str) -> tuple[Division, ...]:
    """The places that people call so, by their full or their short name, the widest first.

    Example: called("恩施") are 恩施土家族苗族自治州 and its 恩施市; called("内蒙古") the region alone
    """
    found = {division for written, division in _beginning_with(name) if name in _names(written)}
    return tuple(sorted(found, key=lambda each: (len(each.parents), each.parents, each.name)))


def down_to_counties() -> Iterator[Division]:
    """All places of the list that are wider than a township."""
    for path in _listing().paths:
        if path[-1] != _NO_CITY:
            yield Division(path[-1], _LEVELS[len(path) - 1], tuple(each for each in path[:-1] if each != _NO_CITY))


def is_ambiguous(name: str) -> bool:
    """Whether several places are called so."""
    return len(called(name)) > 1


def listed_level(name: str) -> Level | None:
    """The level of a full name: by the list where all that bear it agree (涿州市 is a county), else by its form."""
    levels = {each.level for each in divisions(name)}
    return levels.pop() if len(levels) == 1 else level_of(name)


@dataclass(frozen=True, slots=True)
class _Listing:
    text: str
    starts: tuple[int, ...]  # of the lines
    paths: tuple[tuple[str, ...], ...]  # each line's place with those above it
    names: frozenset[str]  # in full: most of what is asked for is none


@cache
def _listing() -> _Listing:
    text = _FILE.read_text(encoding="utf-8")
    starts: list[int] = []
    paths: list[tuple[str, ...]] = []
    depths: list[int] = []
    path: tuple[str, ...] = ()
    start = 0
    for line in text.splitlines(keepends=True):
        if not line.startswith("#"):
            depth = len(line) - len(line.lstrip("\t"))
            kept = sum(each < depth for each in depths)
            name = line.split(maxsplit=1)[0].partition(_OTHER)[0]
            path, depths = (*path[:kept], name), [*depths[:kept], depth]
            starts.append(start)
            paths.append(path)
        start += len(line)
    names = frozenset(_SEPARATORS.split(text[starts[0] :]))
    return _Listing(text, tuple(starts), tuple(paths), names)


def _beginning_with(name: str) -> Iterator[tuple[str, Division]]:
    """What the list writes that begins with a name, or has it behind "=", with its place."""
    listing = _listing()
    at = listing.text.find(name, listing.starts[0]) if name else -1
    while at >= 0:
        end = next(position for position in range(at, len(listing.text)) if listing.text[position] in _BEHIND)
        begin = at
        while listing.text[begin - 1] not in _BEFORE:
            begin -= 1
        written = listing.text[begin:end]
        if begin == at or listing.text[at - 1] == _OTHER:
            yield written, _division(listing, begin, written.partition(_OTHER)[0])
        at = listing.text.find(name, end)


def _division(listing: _Listing, begin: int, name: str) -> Division:
    line = bisect_right(listing.starts, begin) - 1
    path = tuple(each for each in listing.paths[line] if each != _NO_CITY)
    if listing.text[begin - 1] == " ":
        return Division(name, "township", path)
    depth = begin - listing.starts[line]
    return Division(name, _LEVELS[depth], path[:-1])


def _names(written: str) -> tuple[str, ...]:
    name, *others = written.split(_OTHER)
    return (name, short_name(name), *others)
