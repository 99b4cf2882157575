"""Which reports of the library a person means by a town's name and a year. Pure."""

from collections.abc import Iterable, Sequence

from rag.errors import AmbiguousTown, UnknownReport
from rag.library.results import Scope
from rag.parsing.report import Report
from rag.text.normalization import fold


def reports_of_town(
    reports: Iterable[Report], town: str, *, county: str | None = None, year: int | None = None
) -> list[Report]:
    """The reports of one town, newest first, at least one.

    The town may be named in either script, without its last character (石矶 for 石矶镇), or behind its county.
    Raises UnknownReport where there is none, AmbiguousTown where towns of several counties share the name.
    """
    held = list(reports)
    of_town = _called(town, [report for report in held if Scope(county=county).admits(report)])
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


def newest_first(reports: Iterable[Report]) -> list[Report]:
    """By report year, then by date of publication; unknown ones last."""
    return sorted(reports, key=lambda r: (r.metadata.year or 0, r.metadata.publish_date or "", r.id), reverse=True)


def without_samples(reports: Sequence[Report]) -> list[Report]:
    """The reports that are no samples; all of them where the library holds samples only."""
    return [report for report in reports if not report.is_sample] or list(reports)


def _called(town: str, reports: Sequence[Report]) -> list[Report]:
    """The reports whose town bears the name; by its full name if any does, else by the name without 镇 or 乡."""
    wanted = fold(town).strip()
    if not wanted:
        return []
    named = [(fold(r.metadata.county or ""), fold(r.metadata.town), r) for r in reports if r.metadata.town]
    full = [report for county, name, report in named if wanted in (name, county + name)]
    return full or [report for county, name, report in named if wanted in (name[:-1], county + name[:-1])]


def _places(reports: Sequence[Report]) -> list[str]:
    """The different towns among the reports; one that does not state its county is taken for its namesake."""
    places: list[str] = []
    for name in sorted({report.metadata.town or "" for report in reports}):
        counties = {r.metadata.county for r in reports if r.metadata.town == name and r.metadata.county}
        places += [county + name for county in sorted(counties)] or [name]
    return places
