"""Units of township reports: which words mean the same measure, and how they convert."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit's measure and its size in that measure's base unit: 公里 is ("米", 1000)."""

    measure: str
    size: Decimal


def _table() -> dict[str, Unit]:
    rows: dict[str, Unit] = {}

    def add(measure: str, size: str, words: str) -> None:
        for word in words.split("|"):
            rows[word] = Unit(measure, Decimal(size))

    add("元", "1", "元|块钱|人民币|yuan|rmb|cny")
    add("亩", "1", "亩|mu")
    add("亩", "15", "公顷|hectares|hectare")
    add("平方米", "1", "平方米|平方|平米|㎡|m²|m2|square metres|square meters|sqm")
    add("平方米", "1000000", "平方公里|平方千米|km²|square kilometres|square kilometers")
    add("立方米", "1", "立方米|立方|m³|m3|cubic metres|cubic meters")
    add("米", "1", "米|metres|meters|metre|meter")
    add("米", "1000", "公里|千米|km|kilometres|kilometers|kilometre|kilometer")
    add("公斤", "1", "公斤|千克|kg")
    add("公斤", "0.5", "斤")
    add("公斤", "50", "担")
    add("公斤", "1000", "吨|tons|tonnes|tonne|ton")
    add("人", "1", "人|名|位|口|口人|个人|people|persons|person|residents|villagers|members")
    add("人次", "1", "人次|participants|visits")
    add("户", "1", "户|户次|households|household|families")
    add("%", "1", "%|percent|per cent")
    add("百分点", "1", "个百分点|百分点|percentage points")
    add("千瓦", "1", "千瓦|kw")
    add("千瓦", "1000", "兆瓦|mw")
    add("千瓦时", "1", "千瓦时|度电")
    add("场", "1", "场次|场|sessions|meetings")
    add("次", "1", "次|times")
    add("台", "1", "台次|台|台套|machines")
    add("栋", "1", "栋|幢|buildings")
    add("年", "1", "years")
    add("天", "1", "天|日|days")
    counted = """
        个 家 处 起 例 条 块 间 支 份 期 篇 冢 幅 座 盏 项 所 辆 艘 架 部 只 头 羽 尾 匹 株 棵
        套 件 宗 桩 批 张 面 口井 口塘
        村 社区 镇 乡 组 枚 册 本 封 笔 类 段 岁 小时 分钟 公分 厘米 层 颗 粒 把 扇 根 盆 桶 顶 双 对 届 轮 台班
    """
    for word in counted.split():
        add(word, "1", word)
    return rows


UNITS = _table()
"""Word (lower case) to Unit."""

_LOOSE = {"个", ""}
_EXACT = frozenset({"人", "户", "人次", "元", "亩", "平方米", "立方米", "米", "公斤", "%", "百分点", "千瓦", "千瓦时"})


def same_measure(one: str, other: str) -> bool:
    """Whether two measures may describe the same figure: 15个 and 15家 may, 15户 and 15人 may not.

    A bare number (measure "") fits any measure: the words around it decide.
    """
    if one == other or "" in (one, other):
        return True
    return (one in _LOOSE or other in _LOOSE) and not ({one, other} & _EXACT)


def are_interchangeable(one: str, other: str) -> bool:
    """Whether a mistake may put one measure's figure in the other's place: equal ones, and any two that only count."""
    return same_measure(one, other) or not {one, other} & _EXACT
