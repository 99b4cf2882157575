"""Town, county, city and province of a report, each from the best place that states it, the others kept beside."""

from collections import Counter
from collections.abc import Iterator, Sequence

from rag.located import LocatedLine, Said
from rag.places import (
    Named,
    counties_in_text,
    most_frequent_town,
    places_before_town,
    places_in_breadcrumb,
    places_in_text,
)


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
