"""The form of places' names."""

import pytest

from rag.text.place_names import Level, level_of, short_name


@pytest.mark.parametrize(
    ("name", "level", "short"),
    [
        ("石矶镇", "township", "石矶"),
        ("南浦街道", "township", "南浦"),
        ("滑石侗族苗族土家族乡", "township", "滑石"),
        ("乌兰毛都苏木", "township", "乌兰毛都"),
        ("光辉农场", "township", "光辉农场"),
        ("一三六团", "township", "一三六团"),
        ("团镇", "township", "团镇"),
        ("云陂县", "county", "云陂"),
        ("蠡县", "county", "蠡县"),
        ("长阳土家族自治县", "county", "长阳"),
        ("东乡族自治县", "county", "东乡"),
        ("鄂温克族自治旗", "county", "鄂温克"),
        ("顺河回族区", "county", "顺河"),
        ("前郭尔罗斯蒙古族自治县", "county", "前郭尔罗斯"),
        ("六枝特区", "county", "六枝"),
        ("衡州市", "city", "衡州"),
        ("恩施土家族苗族自治州", "city", "恩施"),
        ("伊犁哈萨克自治州", "city", "伊犁"),
        ("大兴安岭地区", "city", "大兴安岭"),
        ("湖南省", "province", "湖南"),
        ("内蒙古自治区", "province", "内蒙古"),
        ("广西壮族自治区", "province", "广西"),
        ("重庆市", "province", "重庆"),
        ("幸福村", "village", "幸福村"),
        ("集团", None, "集团"),
    ],
)
def test_level_and_short_name(name: str, level: Level | None, short: str) -> None:
    assert (level_of(name), short_name(name)) == (level, short)
