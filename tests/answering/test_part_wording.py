"""How the parts of a comparison ask, whatever words it is asked in."""

import pytest

from rag.answering.decomposition import Part
from rag.answering.part_wording import about_one
from tests.support.asked_library import of_place
from tests.support.held import parts_of, understand
from tests.support.told_reports import told

SHIJI, DATANG, LIUXI = (
    told("石矶镇", "种植油茶4800亩。"),
    told("大塘镇", "种植油茶300亩。"),
    told("柳溪镇", "种植油茶90亩。"),
)
REPORTS = (SHIJI, DATANG, LIUXI)


def parts(question: str) -> tuple[Part, ...]:
    asked = understand(question, REPORTS)
    return parts_of(asked, asked.scope, REPORTS)


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        ("石矶镇的油茶面积比大塘镇多多少亩？", "石矶镇的油茶面积有多少亩？", "大塘镇的油茶面积有多少亩？"),
        ("石矶镇的绿化率比大塘镇高几个百分点？", "石矶镇的绿化率有多少？", "大塘镇的绿化率有多少？"),
        ("石矶镇比大塘镇的油茶多几亩？", "石矶镇的油茶有多少亩？", "大塘镇的油茶有多少亩？"),
        ("油茶产值更高的是石矶镇还是大塘镇？", "石矶镇油茶产值有多少？", "大塘镇油茶产值有多少？"),
        ("油茶产值增长更快的是石矶镇还是大塘镇？", "石矶镇油茶产值增长百分之几？", "大塘镇油茶产值增长百分之几？"),
        ("石矶镇和大塘镇谁家的油茶多？各有多少亩？", "石矶镇的油茶有多少亩？", "大塘镇的油茶有多少亩？"),
        ("石矶镇跟大塘镇比，谁的油茶多", "石矶镇的油茶有多少", "大塘镇的油茶有多少"),
        ("石矶镇和大塘镇2020年油茶产值哪个高，分别是多少", "石矶镇2020年油茶产值是多少", "大塘镇2020年油茶产值是多少"),
        ("石矶镇新修的公路，和大塘镇硬化的公路，哪边多？", "石矶镇新修的公路有多少？", "大塘镇硬化的公路有多少？"),
    ],
)
def test_each_part_asks_for_its_own_figure(question: str, first: str, second: str) -> None:
    assert [part.question.text for part in parts(question)] == [first, second]


def test_three_places_named_together() -> None:
    asked = [part.question.text for part in parts("石矶镇、大塘镇、柳溪镇这仨镇，哪个镇种的油茶最多？")]
    assert asked == ["石矶镇的种的油茶有多少？", "大塘镇的种的油茶有多少？", "柳溪镇的种的油茶有多少？"]


def test_growth_is_no_degree() -> None:
    assert about_one("石矶镇和大塘镇的油茶增长多少？", "石矶镇", ("石矶镇", "大塘镇")).startswith("石矶镇的油茶")


def test_a_year_inside_a_towns_own_words_is_its_own() -> None:
    asked = parts("石矶镇农户2020年种的油茶，和大塘镇农户2021年种的油茶，哪边多？")
    assert [part.question.years for part in asked] == [(2020,), (2021,)]


def test_which_county_is_one_of_those_named_and_which_town_one_inside_them() -> None:
    reports = (of_place("云陂县", "油茶面积12万亩。"), of_place("青岚县", "油茶面积9万亩。"))
    assert understand("云陂县和青岚县，哪个县的油茶多？", reports).towns == ("云陂县", "青岚县")
    assert understand("云陂县和青岚县，哪个镇的油茶多？", reports).asks_within
