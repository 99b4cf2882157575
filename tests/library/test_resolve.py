"""Which reports a town's name means."""

from collections.abc import Sequence

import pytest

from rag.errors import AmbiguousTown, UnknownReport
from rag.library import resolve
from rag.library.in_memory import places_of
from rag.library.resolve import chosen_by, newest_first, without_samples
from rag.library.results import Scope
from rag.parsing.report import Report
from tests.support.made_parts import made_report

SHIJI_2020 = made_report("石矶镇", "衡州县", 2020)
SHIJI_2021 = made_report("石矶镇", "衡州县", 2021)
QINGLAN = made_report("柳溪镇", "青岚县", 2021)
YUNPI = made_report("柳溪镇", "云陂县", 2021)
HELD = [SHIJI_2020, SHIJI_2021, QINGLAN, YUNPI]


def reports_of_town(
    reports: Sequence[Report], town: str, *, county: str | None = None, year: int | None = None
) -> list[Report]:
    by_id = {report.id: report for report in reports}
    return [by_id[each.id] for each in resolve.reports_of_town(places_of(reports), town, county=county, year=year)]


@pytest.mark.parametrize("name", ["石矶镇", "石磯鎮", "石矶", "衡州县石矶镇", " 石矶镇 "])
def test_a_town_is_found_newest_first(name: str) -> None:
    assert reports_of_town(HELD, name) == [SHIJI_2021, SHIJI_2020]


def test_a_year_narrows() -> None:
    assert reports_of_town(HELD, "石矶镇", year=2020) == [SHIJI_2020]


def test_namesakes_need_their_county() -> None:
    with pytest.raises(AmbiguousTown, match=r"several_towns.*云陂县柳溪镇', '青岚县柳溪镇"):
        reports_of_town(HELD, "柳溪镇")
    assert reports_of_town(HELD, "柳溪镇", county="青岚县") == [QINGLAN]
    assert reports_of_town(HELD, "云陂县柳溪镇") == [YUNPI]


def test_a_full_name_wins_over_a_short_one() -> None:
    township, other = made_report("平江镇", None), made_report("平江镇乡", None)
    assert reports_of_town([township, other], "平江镇") == [township]


def test_a_short_name_of_two_towns_is_ambiguous() -> None:
    with pytest.raises(AmbiguousTown, match=r"several_towns.*石矶乡"):
        reports_of_town([SHIJI_2020, made_report("石矶乡", "衡州县", 2020)], "石矶")


def test_a_report_without_county_counts_for_its_namesake() -> None:
    silent = made_report("石矶镇", None, 2022)
    assert reports_of_town([*HELD, silent], "石矶镇")[0] == silent


def test_an_unknown_town_is_told_with_the_known_ones() -> None:
    with pytest.raises(UnknownReport, match=r"no_such_town.*大塘乡.*柳溪镇', '石矶镇"):
        reports_of_town(HELD, "大塘乡")


def test_an_unknown_year_is_told_with_the_known_ones() -> None:
    with pytest.raises(UnknownReport, match=r"no_report_of_year.*1999.*2020, 2021"):
        reports_of_town(HELD, "石矶镇", year=1999)


@pytest.mark.parametrize("name", ["", " "])
def test_no_name_is_no_town(name: str) -> None:
    with pytest.raises(UnknownReport):
        reports_of_town([*HELD, made_report("镇", None)], name)


def test_newest_is_by_year_then_by_publication() -> None:
    early, late = made_report(publish_date="2021-01-01"), made_report(publish_date="2021-03-01")
    assert newest_first([early, SHIJI_2021, late]) == [SHIJI_2021, late, early]


def test_samples_count_only_among_themselves() -> None:
    sample = made_report(is_sample=True)
    assert without_samples([sample, QINGLAN]) == [QINGLAN]
    assert without_samples([sample]) == [sample]


HIGHER = [
    made_report("内蒙古自治区", None),
    made_report("云陂县", None),
    made_report("滑石侗族苗族乡", "云陂县"),
    made_report("南浦街道", "澄江区"),
]


@pytest.mark.parametrize(
    ("name", "town"),
    [
        ("内蒙古", "内蒙古自治区"),
        ("云陂", "云陂县"),
        ("滑石乡", "滑石侗族苗族乡"),
        ("云陂滑石", "滑石侗族苗族乡"),
        ("南浦", "南浦街道"),
        ("澄江区南浦街道", "南浦街道"),
    ],
)
def test_a_place_of_any_level_is_found_by_every_form_of_its_name(name: str, town: str) -> None:
    assert [report.metadata.town for report in reports_of_town(HIGHER, name)] == [town]


@pytest.mark.parametrize("name", ["澄江区", "云陂乡", "青岚县滑石乡", "滑石镇"])
def test_a_place_above_beside_or_elsewhere_is_unknown(name: str) -> None:
    with pytest.raises(UnknownReport, match="no_such_town"):
        reports_of_town(HIGHER, name)


def test_a_county_by_its_short_name_narrows() -> None:
    assert reports_of_town(HELD, "柳溪镇", county="青岚") == [QINGLAN]
    namesake = [*HIGHER, made_report("滑石侗族苗族乡", "青岚县")]
    assert chosen_by(Scope(("滑石乡",), "云陂"), places_of(namesake)) == Scope(("滑石侗族苗族乡",), "云陂县")


def test_a_town_of_one_county_is_one_place_with_and_without_it() -> None:
    assert chosen_by(Scope(("滑石乡",), "云陂"), places_of(HIGHER)) == Scope(("滑石侗族苗族乡",))
    assert chosen_by(Scope(("滑石乡",), "青岚县"), places_of(HIGHER)) == Scope(("滑石侗族苗族乡",), "青岚县")
