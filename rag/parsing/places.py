"""Which town, county, city and province a report is about. All lines are folded in place."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rag.parsing.source_lines import LocatedLine, Said
from rag.text.dates import YEAR
from rag.text.lexicon import concept, table
from rag.text.normalization import HAN

PlaceField = Literal["town", "county", "city", "province"]

_LEVEL = table("place_level")
_TOWN_END, _COUNTY_END, _CITY_END = _LEVEL["town"].any, _LEVEL["county"].any, _LEVEL["city"].any
_COUNTY_OR_CITY_END = (_LEVEL["county"] | _LEVEL["city"]).any
_PROVINCE_END = _LEVEL["province"].any
_ANY = f"[{HAN}]"
_PROVINCE = rf"(?:{_ANY}{{2,3}}{_PROVINCE_END}|{concept('province_name').any})"
_CITY = rf"(?:{_ANY}{{2,4}}?{_CITY_END}|{_ANY}{{2,10}}?{_LEVEL['prefecture'].any})"
_BESIDE = table("beside_place")
_LEAD = rf"(?:{(concept('about', 'party') | _BESIDE['lead']).any}[《“\"]?)"
_PLACE = re.compile(
    rf"{YEAR}?{_LEAD}?"
    rf"(?P<province>{_PROVINCE})?(?P<city>{_CITY}(?={_ANY}+{_COUNTY_END}))?"
    rf"(?P<county>{_ANY}{{2,7}}?{_COUNTY_OR_CITY_END})?{_BESIDE['government'].any}?"
    rf"(?P<town>{_ANY}{{1,6}}?{_TOWN_END})(?!{_TOWN_END})"
)
_OFFICE = rf"{(_BESIDE['government'] | _BESIDE['site_owner']).any}?{_BESIDE['site'].any}?"
_BREADCRUMB_NAMES: tuple[tuple[PlaceField, re.Pattern[str]], ...] = (
    ("province", re.compile(rf"(?P<name>{_PROVINCE}){_OFFICE}")),
    ("county", re.compile(rf"(?:{_ANY}{{2,4}}?{_CITY_END})?(?P<name>{_ANY}{{2,7}}?{_COUNTY_END}){_OFFICE}")),
    ("city", re.compile(rf"(?P<name>{_CITY}){_OFFICE}")),
    ("town", re.compile(rf"(?P<name>{_ANY}{{1,6}}?{_TOWN_END})")),
)
_BREADCRUMB_PART = re.compile(r"[^>»›→|:\s]+")
# 我镇, 乡镇, 特色小镇: no names. In running text 东城镇 cannot be told from 县城镇, so more is left out there.
_NO_PLACE = table("not_a_place")
_NO_NAME = re.compile(rf"(?:{_NO_PLACE['before_town'].any}|{_NO_PLACE['kind_of_town'].any}.{{0,2}}){_TOWN_END}")
_NO_NAME_IN_BODY = re.compile(rf".*{(_NO_PLACE['before_town'] | _NO_PLACE['before_town_in_text']).any}{_TOWN_END}")
_TOWN_IN_BODY = _LEVEL["town"].pattern
_BEFORE_TOWN = re.compile(rf"{_ANY}{{1,4}}$")
_STEM = rf"[^\W\da-z_{''.join(_NO_PLACE['in_county_name'])}]"
_COUNTY_END_IN_BODY = "县"  # 区 and 旗 end too many other words there
_COUNTY_LEAD = (_BESIDE["lies_in"] | _BESIDE["county_lead"]).any
_COUNTY_IN_BODY = re.compile(
    rf"{_COUNTY_LEAD}(?P<name>{_STEM}{{2,3}}?{_COUNTY_END_IN_BODY})(?!{_NO_PLACE['behind_county'].any})"
)
_LIES_IN = _BESIDE["lies_in"].any
_LOCATED = re.compile(
    rf"{_LIES_IN}(?P<province>{_STEM}{{2,3}}{_PROVINCE_END})?"
    rf"(?P<city>{_STEM}{{2,3}}{_CITY_END}(?={_STEM}{{2,7}}{_COUNTY_OR_CITY_END}))?(?P<county>{_STEM}{{2,3}}{_COUNTY_END_IN_BODY})?"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A place named at [start, end) of a line."""

    field: PlaceField
    name: str
    start: int
    end: int


def places_before_town(line: str) -> tuple[Named, ...]:
    """The town a title or signature begins with, and what stands before its name.

    Example: places_before_town("衡州县石矶镇2020年工作总结") names the county 衡州县 and the town 石矶镇.
    """
    match = _PLACE.match(line)
    return _groups(match) if match and not _NO_NAME.fullmatch(match["town"]) else ()


def places_in_breadcrumb(line: str) -> Iterator[Named]:
    """The places that are a step of a page's path of their own: 首页 > 衡州县 > 石矶镇."""
    for part in _BREADCRUMB_PART.finditer(line) if ">" in line else ():
        for field, pattern in _BREADCRUMB_NAMES:
            match = pattern.fullmatch(part[0])
            if match and not match["name"].endswith(_NO_PLACE["area"].words) and not _NO_NAME.fullmatch(match["name"]):
                yield Named(field, match["name"], part.start() + match.start("name"), part.start() + match.end("name"))
                break


def counties_in_text(line: str, town: str | None) -> Iterator[Named]:
    """Counties that running text names: "是衡州县交通要道", "在衡州县石矶镇"."""
    patterns = [_COUNTY_IN_BODY]
    if town:
        name = re.escape(town)
        patterns.append(
            re.compile(rf"(?:^|[^{HAN}]|{_COUNTY_LEAD})(?P<name>{_STEM}{{2,3}}{_COUNTY_OR_CITY_END}){name}")
        )
    for pattern in patterns:
        for match in pattern.finditer(line):
            yield Named("county", match["name"], *match.span("name"))


def places_in_text(line: str) -> Iterator[Named]:
    """Province, city and county where running text says what the town lies in: 位于湖南省衡阳市衡南县."""
    for match in _LOCATED.finditer(line):
        if match["province"] or match["city"]:
            yield from _groups(match)


def most_frequent_town(body: Sequence[str]) -> str | None:
    """The name most often met, with as many characters before 镇 as always stand there.

    Example: "在石矶镇", "让石矶镇", "石矶镇位于" give 石矶镇: met three times, "在石矶镇" once.
    """
    counts = Counter(name for line in body for name in _possible_towns(line))
    return max(counts, key=lambda name: (counts[name] * (1 if len(name) > 2 else 0.6), len(name)), default=None)


def _groups(match: re.Match[str]) -> tuple[Named, ...]:
    fields: tuple[PlaceField, ...] = ("province", "city", "county", "town")
    groups = match.groupdict()
    return tuple(Named(each, groups[each], *match.span(each)) for each in fields if groups.get(each))


def _possible_towns(line: str) -> Iterator[str]:
    """At each 镇, 乡 or 街道 the names that could end there, with one to four characters before it."""
    for match in _TOWN_IN_BODY.finditer(line):
        if before := _BEFORE_TOWN.search(line[max(0, match.start() - 4) : match.start()]):
            stem = before.group()
            names = (stem[start:] + match.group() for start in range(len(stem)))
            yield from (name for name in names if not _NO_NAME_IN_BODY.fullmatch(name))


def read_town(
    titles: Sequence[LocatedLine], dropped: Sequence[LocatedLine], body: Sequence[LocatedLine]
) -> tuple[Said, ...]:
    """The town: from titles and signatures, else from the breadcrumb, else the name met most in the body."""
    named = [*_named(titles, "town"), *(_said(line, each) for line, each in _steps(dropped) if each.field == "town")]
    named += [each for each in _named(dropped, "town") if each not in named]
    if named:
        return tuple(named)
    town = most_frequent_town([line.text for line in body])
    line = next((line for line in body if town and town in line.text), None)
    if town is None or line is None:
        return ()
    start = line.text.index(town)
    return (Said("town", town, line, start, start + len(town)),)


def read_surroundings(
    town: str | None, frame: Sequence[LocatedLine], dropped: Sequence[LocatedLine], body: Sequence[LocatedLine]
) -> tuple[Said, ...]:
    """County, city and province: before the town's name, in the breadcrumb, or where the text says it lies in them."""
    headed = [(line, places_before_town(line.text)) for line in (*frame, *dropped)]
    before = [
        _said(line, each) for line, found in headed for each in found if each.field != "town" and found[-1].name == town
    ]
    steps = [_said(line, each) for line, each in _steps(dropped) if each.field != "town"]
    stated = [*before, *steps, *(_said(line, each) for line in body for each in places_in_text(line.text))]
    if not any(each.field == "county" for each in stated):
        stated += _county_of_text(town, body)
    return tuple(stated)


def _named(lines: Sequence[LocatedLine], field: str) -> list[Said]:
    return [_said(line, each) for line in lines for each in places_before_town(line.text) if each.field == field]


def _steps(dropped: Sequence[LocatedLine]) -> Iterator[tuple[LocatedLine, Named]]:
    return ((line, each) for line in dropped for each in places_in_breadcrumb(line.text))


def _county_of_text(town: str | None, body: Sequence[LocatedLine]) -> list[Said]:
    named = [_said(line, each) for line in body for each in counties_in_text(line.text, town)]
    most = Counter(each.value for each in named).most_common(1)
    return [next(each for each in named if each.value == most[0][0])] if most else []


def _said(line: LocatedLine, named: Named) -> Said:
    return Said(named.field, named.name, line, named.start, named.end)
