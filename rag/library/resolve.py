"""Which reports of the library a person means by a town's name and a year."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from rag.errors import AmbiguousTown, UnknownReport
from rag.library.columns import name_key
from rag.library.held_places import HeldPlaces
from rag.library.listing import Choice, Listed, listed
from rag.library.place_rows import Way, surroundings
from rag.library.placed import Where, admitted_by
from rag.library.reader import Lookup
from rag.library.results import Scope
from rag.parsing.report import Metadata
from rag.text.normalization import fold
from rag.text.place_names import short_name

_MOST_TOLD = 50  # towns


class Dated(Protocol):
    """What is put in order here: a report, or what a list has of it."""

    @property
    def id(self) -> str: ...
    @property
    def metadata(self) -> Metadata: ...
    @property
    def is_sample(self) -> bool: ...


AnyReport = TypeVar("AnyReport", bound=Dated)


def reports_of_town(held: HeldPlaces, town: str, *, county: str | None = None, year: int | None = None) -> list[Listed]:
    """The reports of one town, newest first, at least one.

    The town may be named in either script, without its level or its people (石矶 for 石矶镇, 滑石乡 for 滑石
    侗族乡), or behind what it lies in.
    Raises UnknownReport where there is none, AmbiguousTown where towns of several counties share the name.
    """
    of_town = _called(town, held.library, admitted_by(chosen_by(Scope(county=county), held)))
    if not of_town:
        raise UnknownReport("no_such_town", town=f"{county or ''}{town}", towns=_towns(held.library) or ("—",))
    places = _places(of_town)
    if len(places) > 1:
        raise AmbiguousTown("several_towns", town=town, places=tuple(places))
    chosen = [report for report in of_town if year is None or report.metadata.year == year]
    if not chosen:
        years = tuple(sorted({report.metadata.year for report in of_town if report.metadata.year}))
        raise UnknownReport("no_report_of_year", town=places[0], year=year or 0, years=years or ("—",))
    return newest_first(chosen)


def chosen_by(scope: Scope, held: HeldPlaces) -> Scope:
    """What a person has chosen, by the library's own names: 石矶 is 石矶镇."""
    towns = tuple(name for town in scope.towns for name in held.called(fold(town).strip()) or (town,))
    county = scope.county and next(iter(held.called(fold(scope.county).strip())), scope.county)
    if county and towns and all(_is_in_no_other(town, county, held.library) for town in towns):
        county = None  # reports that do not say their county are of the same town
    return replace(scope, towns=towns, county=county)


def _is_in_no_other(town: str, county: str, library: Lookup) -> bool:
    """Whether no report puts a town into another county."""
    sql = "SELECT 1 FROM reports WHERE town_key = ? AND county_key NOT IN ('', ?) LIMIT 1"
    return not library.rows(sql, name_key(town), name_key(county))


def newest_first(reports: Iterable[AnyReport]) -> list[AnyReport]:
    """By report year, then by date of publication; unknown ones last."""
    return sorted(reports, key=lambda r: (r.metadata.year or 0, r.metadata.publish_date or "", r.id), reverse=True)


def without_samples(reports: Sequence[AnyReport]) -> list[AnyReport]:
    """The reports that are no samples; all of them where the library holds samples only."""
    return [report for report in reports if not report.is_sample] or list(reports)


def _called(town: str, library: Lookup, inside: Where) -> list[Listed]:
    """The reports whose town bears the name, alone or behind what it lies in; a full name wins over a short one."""
    wanted = fold(town).strip()
    before = {wanted[end:]: wanted[:end] for end in range(len(wanted))}
    for way in ("full", "plain", "short"):
        found = _bearing(way, list(before), library, inside)
        ids = [report_id for report_id, form, metadata in found if before[form] in _ways_to(metadata)]
        if ids:
            return listed(library, Choice(Scope(report_ids=frozenset(ids))))
    return []


def _bearing(way: Way, forms: Sequence[str], library: Lookup, inside: Where) -> list[tuple[str, str, Metadata]]:
    """Ids of reports whose own place is called so, with the form that it is called by and what they lie in."""
    sql = f"""SELECT id, form, town, county, city, province FROM reports
        JOIN place_names ON place_names.report = reports.position AND role = 'own'
        JOIN place_forms USING (name)
        WHERE way = ? AND form IN (SELECT value FROM json_each(?)) AND {inside.sql}"""
    return [
        (report_id, form, Metadata(town=town, county=county, city=city, province=province))
        for report_id, form, town, county, city, province in library.rows(sql, way, json.dumps(forms), *inside.values)
    ]


def _ways_to(metadata: Metadata) -> set[str]:
    """What may be said before the name of a report's place: its county, its city and county, and so on, or nothing."""
    ways = {""}
    for name in surroundings(metadata):  # the narrowest first
        ways |= {fold(form) + way for form in (name, short_name(name)) for way in ways}
    return ways


def _places(reports: Sequence[Listed]) -> list[str]:
    """The different towns among the reports; one that does not state its county is taken for its namesake."""
    places: list[str] = []
    for name in sorted({report.metadata.town or "" for report in reports}):
        counties = {r.metadata.county for r in reports if r.metadata.town == name and r.metadata.county}
        places += [county + name for county in sorted(counties)] or [name]
    return places


def _towns(library: Lookup) -> tuple[str, ...]:
    """The first towns of the library, so that a person sees how they are called."""
    sql = "SELECT DISTINCT name FROM place_names WHERE role = 'own' ORDER BY name LIMIT ?"
    return tuple(row[0] for row in library.rows(sql, _MOST_TOLD))
