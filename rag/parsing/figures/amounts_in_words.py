"""Amounts that are no single number in digits: ranges, nothing (无一起, 零事故), round ones (近万人), 两个, 三大."""

import re
from collections.abc import Iterator
from decimal import Decimal

from rag.parsing.figures.amount import (
    APPROXIMATORS,
    SCALES,
    Amount,
    at_least,
    digits,
    in_slogan,
    per_period,
    split_scale,
)
from rag.text.numerals import number_value
from rag.text.units import UNITS

_CHINESE_UNITS = "|".join(
    sorted((re.escape(word) for word in UNITS if not word.isascii() or word == "%"), key=len, reverse=True)
)
_RANGE = re.compile(
    r"(?<![\d.\-])(?P<low>\d+(?:\.\d+)?)(?P<first>[万亿]?[元亩人户家个米吨名条次%]?)\s?[-—~～–至到]\s?"
    rf"(?P<high>\d+(?:\.\d+)?)(?![\d.\-—])(?P<unit>[万亿]?(?:{_CHINESE_UNITS}))"
)
_NOTHING = re.compile(
    r"(?:无|没有|未)(?:发生|出现|新增|新发|新)?一(?P<unit>[起人例件户名次处宗个笔])"
    r"|(?P<zero>零|(?<![\d.])0)(?P<thing>安全事故|事故|火灾|火情|火险|案件|命案|发案|警情|疫情|舆情|感染|伤亡|死亡"
    r"|溺亡|溺水|越级上访|进京上访|赴京上访|上访|访|扣分|投诉|逾期|违建|事件|纠纷|失误|漏报|新增)"
    r"|(?P<thing_before>事故|火灾|案件|发案|警情|舆情|感染|伤亡|死亡|上访|投诉|违法用地|违建|抛荒|返贫)"
    r"[^，,。；;]{0,4}?(?:为|保持|实现)(?P<zero_behind>零|0)(?![\d.])"
)
_UNITS_OF_NOTHING = {
    **dict.fromkeys(("感染", "伤亡", "死亡", "溺亡", "溺水", "访", "返贫"), "人"),
    "分": "分",
    "抛荒": "亩",
    "投诉": "件",
}
_ROUND = re.compile(
    r"(?P<approx>近|超|逾|上)(?P<number>十万|百万|千万|百|千|万)名?(?P<unit>[人元亩户米吨件份](?!的|口以|大|头|家))"
)
_TENTHS = re.compile(
    rf"(?P<before>{APPROXIMATORS})?(?P<tenths>[一二两三四五六七八九])成(?P<after>左右|以上|多)?(?=[，,。；;、的\s]|$)"
)
_FEW = re.compile(
    r"(?<![第其之统单唯专某任逐每同这那进近再万当划百千十二三四五六七八九一])(?P<number>[一两])(?!项补贴)"
    r"(?P<unit>[个座所处家栋层条台名项件起例场次期套间村口辆])(?![个方手步心把级下样些流体致定直面委系]|维护|确立)"
    r"(?P<after>以上|左右)?"
)
_MADE = re.compile(
    r"(?:建设|建成|新建|修建|兴建|改造|完成|引进|成立|组建|开展|召开|举办|创建|获评|设立|打造|购置|安装|新增|落户|查处"
    r"|办理|处置|发放|培育|保证|至少|不少于|申报|争取|开工|投产|竣工|围绕|抓住|[每各][月周天日年季村]{1,2}|辖|有)了?$"
)
_JOINT = re.compile(
    r"(?:突出|围绕|打好|抓好|聚焦|实施|打造|做强|做好|(?<=、)[\u4e00-\u9fff]{2,4})"
    r"(?P<number>[二三四五六七八九十])(?P<unit>大)(?=[\u4e00-\u9fff]{2})"
)


def worded_amounts(text: str) -> Iterator[Amount]:
    """All of them in a levelled text; some may overlap with figures in digits, which then go second."""
    for read in (_ranges, _nothing, _rounded, _few, _joint):
        yield from (amount for amount in read(text) if not in_slogan(text, amount.start))


def _ranges(text: str) -> Iterator[Amount]:
    """2-3家 and 50元至100元: a value that has no single number."""
    for m in _RANGE.finditer(text):
        if m["first"] in ("", m["unit"]) and m["unit"] not in ("岁", "日"):
            yield Amount(*m.span(), f"{m['low']}-{m['high']}", None, m["unit"], None, split_scale(m["unit"])[1])


def _nothing(text: str) -> Iterator[Amount]:
    """无一起, 零事故, 舆情为零: what did not happen."""
    for m in _NOTHING.finditer(text):
        thing = m["thing"] or m["thing_before"] or ""
        unit = m["unit"] or next((unit for word, unit in _UNITS_OF_NOTHING.items() if thing.endswith(word)), "起")
        span = m.span() if m["unit"] else m.span("zero" if m["zero"] else "zero_behind")
        yield Amount(*span, "0", None, unit, Decimal(0), unit)


def _rounded(text: str) -> Iterator[Amount]:
    """近万人 and 三成."""
    for m in _ROUND.finditer(text):
        scale, unit = split_scale(m["unit"])
        value = number_value(m["number"]) * SCALES[scale]
        yield Amount(*m.span(), digits(value), m["approx"], unit, value, unit)
    for m in _TENTHS.finditer(text):
        value = number_value(m["tenths"]) * 10
        yield Amount(*m.span(), digits(value), m["before"] or m["after"], "%", value, "%")


def _few(text: str) -> Iterator[Amount]:
    """两条, and 一个 behind a word that counts it: most 一个 are articles."""
    for m in _FEW.finditer(text):
        before = text[: m.start()]
        if m["number"] == "两" or _MADE.search(before):
            value, unit = number_value(m["number"]), per_period(before, m["unit"])
            yield Amount(*m.span(), str(value), at_least(before) or m["after"], unit, value, unit)


def _joint(text: str) -> Iterator[Amount]:
    """突出三大重点: a count of named things."""
    for m in _JOINT.finditer(text):
        value = number_value(m["number"])
        yield Amount(m.start("number"), m.end("unit"), str(value), None, m["unit"], value, m["unit"])
