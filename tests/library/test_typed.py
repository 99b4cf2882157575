"""Places and reports found by what somebody is typing."""

from dataclasses import replace

import pytest

from rag.library.library import Library
from rag.library.typed import Place, first_places, has_place, names_called, places_called, reports_called, years
from tests.support.made_parts import made_report, made_source

SHIJI, LIUXI, NAMESAKE = Place("衡州县", "石矶镇"), Place("青岚县", "柳溪镇"), Place("云陂县", "柳溪镇")
COUNTY = Place(None, "青岚县")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    library = Library.open(tmp_path_factory.mktemp("typed") / "library.sqlite3")
    for place in (SHIJI, LIUXI, NAMESAKE, COUNTY):
        for year in (2020, 2021):
            report = made_report(place.town, place.county, year)
            library.add(report, made_source(report, f"{place.county}{place.town}-{year}.txt"))
    nameless = made_report(None, None, 2019)
    library.add(replace(nameless, metadata=replace(nameless.metadata, title="某局工作总结")), made_source(nameless))
    return library


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("石", [SHIJI]),
        ("石矶镇", [SHIJI]),
        ("石磯", [SHIJI]),
        ("shij", [SHIJI]),
        ("Shi Ji", [SHIJI]),
        ("shi'ji", [SHIJI]),
        ("衡州县石矶", [SHIJI]),
        ("衡州 石", [SHIJI]),
        ("hengzhoushiji", [SHIJI]),
        ("衡州", [SHIJI]),
        ("矶镇", [SHIJI]),
        ("柳溪", [LIUXI, NAMESAKE]),
        ("云陂柳", [NAMESAKE]),
        ("青岚", [COUNTY, LIUXI]),
        ("大塘", []),
        ("%", []),
        (" ", []),
    ],
)
def test_a_place_is_found_as_far_as_it_has_been_typed(library: Library, typed: str, found: list[Place]) -> None:
    assert sorted(places_called(library, typed, 30), key=str) == sorted(found, key=str)


def test_places_that_are_called_so_come_before_those_in_a_county_that_is(library: Library) -> None:
    assert places_called(library, "青岚", 30) == [COUNTY, LIUXI]


def test_no_more_are_found_than_wanted(library: Library) -> None:
    assert len(places_called(library, "柳", 1)) == 1
    assert len(first_places(library, 2)) == 2


def test_the_first_places_are_all_where_they_are_few(library: Library) -> None:
    assert first_places(library, 30) == [COUNTY, NAMESAKE, SHIJI, LIUXI]


def test_a_place_is_held_with_its_county_only(library: Library) -> None:
    assert has_place(library, LIUXI) and has_place(library, COUNTY)
    assert not has_place(library, Place("衡州县", "柳溪镇"))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("石矶", ["衡州县石矶镇 2021", "衡州县石矶镇 2020"]),
        ("石矶镇2020年", ["衡州县石矶镇 2020"]),
        ("云陂 柳溪 2021", ["云陂县柳溪镇 2021"]),
        ("shiji2020", ["衡州县石矶镇 2020"]),
        ("石矶镇2018年", []),
        ("某局", ["未知乡镇 2019"]),
        ("青岚县柳溪镇-2020", ["青岚县柳溪镇 2020"]),
    ],
)
def test_a_report_is_found_by_place_and_year_or_by_its_title(library: Library, typed: str, found: list[str]) -> None:
    assert [report.label for report in reports_called(library, typed, 30)] == found


def test_a_name_leads_to_the_full_names_of_places(library: Library) -> None:
    assert [names_called(library, name) for name in ("石磯", "青岚县", "石")] == [["石矶镇"], ["青岚县"], []]


def test_years_are_those_of_reports_and_plans(library: Library) -> None:
    assert years(library) == [2022, 2021, 2020, 2019]
