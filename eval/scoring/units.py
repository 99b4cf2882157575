"""Units as the evaluation knows them: every spelling leads to a class and a scale within it."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Unit:
    """A class of units that convert into each other, and how much of its base one unit is."""

    name: str
    scale: Fraction = Fraction(1)


_TABLE: dict[str, dict[str, str]] = {
    "平方米": {
        "1": "平方米 平方 平米 m2 sqm sq.m 平 square_metres square_meters square_metre square_meter",
        "1000000": "平方公里 平方千米 km2",
    },
    "立方米": {"1": "立方米 立方 m3 方"},
    "米": {"1": "米 m metres meters metre meter", "1000": "公里 千米 km kilometres kilometers kilometre kilometer"},
    "亩": {"1": "亩 mu", "15": "公顷 hectares hectare ha"},
    "户": {"1": "户 households household families family"},
    "人": {"1": "人 个人 口人 名 位 口 people persons person residents individuals villagers members students"},
    "人次": {"1": "人次 人(次) 名(次)"},
    "元": {"1": "元 块钱 yuan rmb cny"},
    "公斤": {"1": "公斤 千克 kg", "1000": "吨 tonnes tons tonne ton", "1/2": "斤"},
    "%": {"1": "% percent per_cent", "10": "成"},
    "百分点": {"1": "个百分点 百分点 percentage_points percentage_point"},
    "台": {"1": "台 台套 machines machine units unit sets"},
    "件": {"1": "件 petitions cases"},
    "栋": {"1": "栋 幢 座 buildings building"},
    "场": {"1": "场次 场"},
    "个": {"1": "个"},
    "日": {"1": "日 号 天 days day"},
    "年": {"1": "年 years year"},
    "月": {"1": "月 月份 个月 months month"},
    "村": {"1": "个村 villages"},
}
_PLAIN = (
    "家 处 起 例 条 块 间 支 份 期 篇 次 冢 担 千瓦 幅 盏 宗 棵 株 头 羽 只 辆 项 批 所 口井 套 层 级 组 班 门 "
    "种 笔 届 车 眼 艘 届 小时 分钟 分 岁 面"
)


def _units() -> dict[str, Unit]:
    found = {spelling: Unit(spelling) for spelling in _PLAIN.split()}
    for name, scales in _TABLE.items():
        for scale, spellings in scales.items():
            for spelling in spellings.split():
                found[spelling.replace("_", " ")] = Unit(name, Fraction(scale))
    found["个村"] = Unit("个")  # 14个村 counts as 14个
    return found


UNITS: dict[str, Unit] = _units()
NEEDS_ARABIC = frozenset("方家年天号面门层级所分口班组平条日位")
"""Units that also end set phrases, such as 四方, 百年 or 千方百计: they count only behind Arabic digits."""

MEASURES = frozenset(
    {"元", "米", "平方米", "立方米", "亩", "公斤", "担", "%", "百分点", "千瓦", "户", "人", "人次", "年", "月", "日"}
)
"""Classes that no other word may stand for; counting words such as 家, 处 and 个 may."""
