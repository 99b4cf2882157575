"""Places and reports of a library to choose from, found by what somebody is typing.

Only the beginnings of names are looked up, which indexes do; what stands inside of names is looked for where no
beginning fits.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.library.listing import Choice, Listed, listed
from rag.library.place_rows import Way
from rag.library.reader import Lookup
from rag.library.results import Scope
from rag.text.normalization import fold
from rag.text.place_names import full_place

_SIGNS = re.compile(r"[\s'’·,，-]+")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)年?")
_LONGEST = 40  # characters of a name with what it lies in
_LAST = "\U0010ffff"  # behind every character
_WAYS: tuple[Way, ...] = ("full", "plain", "short", "sound")


@dataclass(frozen=True, slots=True)
class Place:
    """A town, or what else reports, with the county that the reports put it in."""

    county: str | None
    town: str

    @property
    def label(self) -> str:
        """Such as 青岚县柳溪镇."""
        return full_place(self.county, self.town)


def first_places(library: Lookup, limit: int) -> list[Place]:
    """The first places by county and name."""
    sql = "SELECT DISTINCT county, town FROM reports WHERE town IS NOT NULL ORDER BY county, town LIMIT ?"
    return [Place(*row) for row in library.rows(sql, limit)]


def has_place(library: Lookup, place: Place) -> bool:
    """Whether there is a report of a place."""
    sql = "SELECT 1 FROM reports WHERE county IS ? AND town = ? LIMIT 1"
    return bool(library.rows(sql, place.county, place.town))


def places_called(library: Lookup, typed: str, limit: int) -> list[Place]:
    """At most `limit` places that are called so, or whose county is: with their county before it, in either script,
    without their level, or in pinyin, as far as has been typed.

    Example: places_called(library, "liux", 30) -> [Place("青岚县", "柳溪镇")], and so for 柳, 青岚柳溪, 青岚 and 柳溪鎮
    """
    wanted = _SIGNS.sub("", fold(typed))[:_LONGEST]
    if not wanted:
        return []
    found: dict[Place, None] = {}
    for places in (
        _beginning(library, wanted, "own", limit),
        _behind_a_county(library, wanted, limit),
        _beginning(library, wanted, "county", limit),
    ):
        found |= dict.fromkeys(places)
    return (list(found) or _holding(library, wanted, limit))[:limit]


def names_called(library: Lookup, name: str) -> list[str]:
    """The full names of the places that bear a name, with or without its level or peoples, in either script.

    Example: names_called(library, "石磯") -> ["石矶镇"]
    """
    sql = "SELECT DISTINCT name FROM place_forms WHERE way = ? AND form = ? ORDER BY name"
    found = ([row[0] for row in library.rows(sql, way, fold(name).strip())] for way in ("full", "plain", "short"))
    return next((names for names in found if names), [])


def reports_called(library: Lookup, typed: str, limit: int) -> list[Listed]:
    """At most `limit` reports of the places that are called so and of the year typed, newest first.

    What is no place's name is looked for in titles and names of files.
    """
    year = _YEAR.search(fold(typed))
    name = _YEAR.sub(" ", fold(typed)).strip()
    if not name:
        return listed(library, Choice(words=typed), order="newest", limit=limit)
    found: list[str] = []
    for place in places_called(library, name, limit):
        sql = """SELECT id FROM reports WHERE county IS ?1 AND town = ?2 AND (?3 IS NULL OR year = ?3)
            ORDER BY year DESC, position LIMIT ?4"""
        rows = library.rows(sql, place.county, place.town, year and int(year[1]), limit - len(found))
        found += [row[0] for row in rows]
    if not found:
        return listed(library, Choice(words=typed), order="newest", limit=limit)
    by_id = {each.id: each for each in listed(library, Choice(Scope(report_ids=frozenset(found))))}
    return [by_id[report_id] for report_id in found if report_id in by_id]


def years(library: Lookup) -> list[int]:
    """The years that reports or their plans are of, newest first."""
    found: set[int] = set()
    for column in ("year", "plan_year"):
        sql = f"""WITH RECURSIVE each(year) AS (SELECT max({column}) FROM reports
            UNION ALL SELECT (SELECT max({column}) FROM reports WHERE {column} < each.year) FROM each
            WHERE each.year IS NOT NULL) SELECT year FROM each WHERE year IS NOT NULL"""
        found |= {row[0] for row in library.rows(sql)}
    return sorted(found, reverse=True)


def _beginning(library: Lookup, wanted: str, role: str, limit: int) -> Iterator[Place]:
    """Places a form of whose name, or of the name of their county, begins so; forms of names before pinyin."""
    sql = """SELECT DISTINCT county, town FROM place_forms
        CROSS JOIN place_names ON place_names.name = place_forms.name AND role = ?
        CROSS JOIN reports ON position = report
        WHERE way = ? AND form >= ? AND form < ? AND town IS NOT NULL LIMIT ?"""
    for way in _WAYS:
        yield from (Place(*row) for row in library.rows(sql, role, way, wanted, f"{wanted}{_LAST}", limit))


def _behind_a_county(library: Lookup, wanted: str, limit: int) -> Iterator[Place]:
    """Places whose county's name is the first part of what is wanted and whose own begins with the rest."""
    counties = """SELECT DISTINCT place_forms.name FROM place_forms
        JOIN place_names ON place_names.name = place_forms.name AND role = 'county' WHERE way = ? AND form = ?"""
    towns = """SELECT DISTINCT county, town FROM reports WHERE county = ?1 AND town IS NOT NULL AND EXISTS
        (SELECT 1 FROM place_forms WHERE name = town AND substr(form, 1, length(?2)) = ?2) LIMIT ?3"""
    for end in range(1, len(wanted)):
        before, rest = wanted[:end], wanted[end:]
        for county in dict.fromkeys(row[0] for way in _WAYS for row in library.rows(counties, way, before)):
            yield from (Place(*row) for row in library.rows(towns, county, rest, limit))


def _holding(library: Lookup, wanted: str, limit: int) -> list[Place]:
    """Places inside of whose name, or of that of their county, it stands."""
    sql = """SELECT DISTINCT county, town FROM reports
        WHERE town IS NOT NULL AND instr(county_key || town_key, ?) LIMIT ?"""
    return [Place(*row) for row in library.rows(sql, wanted, limit)]
