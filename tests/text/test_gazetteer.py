"""The list of divisions."""

import pytest

from rag.text.gazetteer import Division, called, divisions, is_ambiguous, listed_level


def test_a_county_with_what_it_lies_in() -> None:
    assert divisions("衡南县") == (Division("衡南县", "county", ("湖南省", "衡阳市")),)


def test_a_township_with_what_it_lies_in() -> None:
    assert divisions("茶市镇") == (Division("茶市镇", "township", ("湖南省", "衡阳市", "衡南县")),)


@pytest.mark.parametrize(
    ("name", "parents"),
    [
        ("嘉定区", ("上海市",)),  # no city between
        ("神农架林区", ("湖北省",)),
        ("余江县", ("江西省", "鹰潭市")),  # a district since 2018
    ],
)
def test_counties_of_other_kinds(name: str, parents: tuple[str, ...]) -> None:
    assert [each.parents for each in divisions(name)] == [parents]


@pytest.mark.parametrize(
    ("short", "names"),
    [
        ("恩施", ["恩施土家族苗族自治州", "恩施市"]),
        ("长阳", ["长阳土家族自治县", "长阳镇"]),
        ("内蒙古", ["内蒙古自治区"]),
        ("莫旗", ["莫力达瓦达斡尔族自治旗"]),
        ("前郭", ["前郭尔罗斯蒙古族自治县"]),
        ("蠡县", ["蠡县"]),
        ("石矶", []),
        ("", []),
    ],
)
def test_what_people_call_so(short: str, names: list[str]) -> None:
    assert sorted(each.name for each in called(short)) == sorted(names)


def test_a_name_within_another_is_not_found() -> None:
    assert not called("施土家族苗族") and not divisions("族自治州")


def test_ambiguity() -> None:
    assert is_ambiguous("朝阳区") and not is_ambiguous("茶市镇")


def test_levels() -> None:
    assert (listed_level("涿州市"), listed_level("衡阳市"), listed_level("石州市")) == ("county", "city", "city")
