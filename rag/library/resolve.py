"""Which reports of the library a person means by a town's name and a year. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from rag.errors import AmbiguousTown, UnknownReport
from rag.library.held_places import HeldPlaces
from rag.library.place_rows import surroundings
from rag.library.results import Scope
from rag.parsing.report import Metadata, Report
from rag.text.normalization import fold
from rag.text.place_names import short_name


def reports_of_town(
    reports: Iterable[Report], town: str, *, county: str | None = None, year: int | None = None
) -> list[Report]:
    """The reports of one town, newest first, at least one.

    The town may be named in either script, without its level or its people (石矶 for 石矶镇, 滑石乡 for 滑石
    侗族乡), or behind what it lies in.
    Raises UnknownReport where there is none, AmbiguousTown where towns of several counties share the name.
    """
    held = HeldPlaces(reports)
    inside = filter(chosen_by(Scope(county=county), held).admits, held)
    of_town = _called(town, HeldPlaces(inside))
    if not of_town:
        towns = tuple(sorted({report.metadata.town for report in held if report.metadata.town}))
        raise UnknownReport("no_such_town", town=f"{county or ''}{town}", towns=towns or ("—",))
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
    return replace(scope, towns=towns, county=county)


def newest_first(reports: Iterable[Report]) -> list[Report]:
    """By report year, then by date of publication; unknown ones last."""
    return sorted(reports, key=lambda r: (r.metadata.year or 0, r.metadata.publish_date or "", r.id), reverse=True)


def without_samples(reports: Sequence[Report]) -> list[Report]:
    """The reports that are no samples; all of them where the library holds samples only."""
    return [report for report in reports if not report.is_sample] or list(reports)


def _called(town: str, held: HeldPlaces) -> list[Report]:
    """The reports whose town bears the name, alone or behind what it lies in; a full name wins over a short one."""
    wanted = fold(town).strip()
    parts = [(wanted[:end], wanted[end:]) for end in range(len(wanted))]
    for named in (held.full, held.short):
        found = [
            report
            for before, name in parts
            for place in named(name)
            for report in held.of(place)
            if before in _ways_to(report.metadata)
        ]
        if found:
            return found
    return []


def _ways_to(metadata: Metadata) -> set[str]:
    """What may be said before the name of a report's place: its county, its city and county, and so on, or nothing."""
    ways = {""}
    for name in surroundings(metadata):  # the narrowest first
        ways |= {fold(form) + way for form in (name, short_name(name)) for way in ways}
    return ways


def _places(reports: Sequence[Report]) -> list[str]:
    """The different towns among the reports; one that does not state its county is taken for its namesake."""
    places: list[str] = []
    for name in sorted({report.metadata.town or "" for report in reports}):
        counties = {r.metadata.county for r in reports if r.metadata.town == name and r.metadata.county}
        places += [county + name for county in sorted(counties)] or [name]
    return places
