"""Which reports a scope admits."""

import pytest

from rag.library.results import Scope
from tests.support.made_parts import made_report

REPORT = made_report("石矶镇", "衡州县", 2020)


@pytest.mark.parametrize(
    ("scope", "is_admitted"),
    [
        pytest.param(Scope(), True, id="nothing restricts"),
        pytest.param(Scope(towns=("大塘镇", "石矶镇"), county="衡州县", years=(2020,)), True, id="all that is asked"),
        pytest.param(Scope(towns=("石磯鎮",), county=" 衡州縣 "), True, id="in the other script"),
        pytest.param(Scope(county=""), True, id="an empty name restricts nothing"),
        pytest.param(Scope(years=(2021,)), True, id="the year of its plans"),
        pytest.param(Scope(years=(2019,)), False, id="another year"),
        pytest.param(Scope(years=(2019,)).of_any_year, True, id="another year, whatever the year"),
        pytest.param(Scope(towns=("大塘镇",)), False, id="another town"),
        pytest.param(Scope(county="青岚县"), False, id="another county"),
    ],
)
def test_a_scope_admits_by_town_county_and_year(scope: Scope, is_admitted: bool) -> None:
    assert scope.admits(REPORT) == is_admitted


def test_a_report_without_a_county_is_of_none() -> None:
    assert not Scope(county="衡州县").admits(made_report("石矶镇", None, 2020))
