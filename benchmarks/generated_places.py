"""Invented towns and counties: ten thousand names, no two alike but for pairs of namesakes in different counties."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

TOWNS = 10_000
COUNTIES = 500
_NAMESAKE_EVERY = 40  # one town in so many has the name of another county's
_FIRST = (
    "青云石清鹤松梅竹兰桂荷莲枫柳桃杏枣桑檀楠樟榆槐柏桐棠银铜锡玉珠璧琼瑶朝暮晨晴霞虹霜雪雾露碧翠丹紫赤黛苍墨素"
    "鹿麒鹰雁鹭莺燕鸥鸿鹃澄泓沁沐泽润涵渊漾漪峻巍岚峥屹岱岑蒲蓼菱荻苇芷蕙芸茗菊葵蓉薇芙菡萝藤蕨苔藻砚笔琴棋鼓钟铃皓皎旭曦峦薰芳莎茉梓栗橘橙柚榛楸榕桦"
)
_SECOND = (
    "溪塘岭坪湾洲冲坳垭坝浦渡埠滩潭泉桥亭阁楼祠庄寨堡屯店铺墟圩园垌畈坑岗岩崖峰嶂峡沟涧瀑井窝坞岙岛渚汀澜沙背"
    "陂堰墩垄坡岔垴塬坎栈舍苑榭廊坊巷碑塔轩庵渠汊泊淀沱湫浒墅垅畔川甸崮峁砦"
)
_COUNTY_FIRST = "岫灞澧湎潆泠渌涟漯浈溆溇洑洧浠涔淦淝渑湉溧滏滟潋濂"
_COUNTY_SECOND = "阜陵原丰宜泰康宁平远昌隆裕盈恒泽润屏郊郡"
_KINDS = ("镇", "镇", "镇", "乡")


@dataclass(frozen=True, slots=True)
class Place:
    """A town with its county, by their full names."""

    town: str
    county: str


@cache
def places() -> tuple[Place, ...]:
    """All towns, always in the same order, so that the first hundred are the same for every size."""
    chance = random.Random(1501)
    names, counties = _pairs(_FIRST, _SECOND, chance), _pairs(_COUNTY_FIRST, _COUNTY_SECOND, chance)[:COUNTIES]
    found: list[Place] = []
    for number, name in enumerate(names[:TOWNS]):
        county = f"{counties[number * 7 % COUNTIES]}县"
        if number % _NAMESAKE_EVERY == _NAMESAKE_EVERY - 1:
            found.append(Place(found[-1].town, county))
        else:
            found.append(Place(f"{name}{chance.choice(_KINDS)}", county))
    return tuple(found)


@cache
def unheld_places() -> tuple[Place, ...]:
    """Towns of the same kind that no report is of."""
    chance = random.Random(1502)
    held = {place.town[:-1] for place in places()}
    names = [name for name in _pairs(_FIRST, _SECOND, chance) if name not in held]
    return tuple(Place(f"{name}镇", "") for name in names[:200])


def _pairs(first: Sequence[str], second: Sequence[str], chance: random.Random) -> list[str]:
    names = [one + other for one in first for other in second]
    chance.shuffle(names)
    return names
