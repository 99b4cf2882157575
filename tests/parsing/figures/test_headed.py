"""Subjects with their heads, kinds of quantity, whose, parts and base values."""

import pytest

from rag.parsing.figures.indicators import FigureRow
from tests.support.figure_reports import rows_of


def row(text: str, value: str) -> FigureRow:
    (found,) = (each for each in rows_of("柳河镇", 2020, text) if each.value == value)
    return found


@pytest.mark.parametrize(
    ("text", "value", "subject", "head", "own"),
    [
        ("一是加大河道治理力度。共投入40万元。", "40", "河道治理：投入", "河道治理", "投入"),
        ("通过站所改革，涉改54人。", "54", "站所改革：涉改", "站所改革", "涉改"),
        ("拆除危房190栋，旧房41栋。", "41", "拆除旧房", "拆除", "旧房"),
        ("出栏黑羊12只、土鸡48羽。", "48", "出栏土鸡", "出栏", "土鸡"),
        ("发展合作社3家，养殖面积100亩。", "100", "发展合作社养殖面积", "发展合作社", "发展合作社养殖面积"),
        ("森林覆盖率达到40%。", "40", "森林覆盖率", "", "森林覆盖率"),
    ],
)
def test_the_head_stands_before_the_subject(text: str, value: str, subject: str, head: str, own: str) -> None:
    found = row(text, value)
    assert (found.subject, found.head, found.own) == (subject, head, own)


@pytest.mark.parametrize(
    ("text", "value", "subject"),
    [
        ("农民人均纯收入预计达到2万元。", "2", "农民人均纯收入"),
        ("完成地区生产总值98亿元。", "98", "地区生产总值"),
        ("固定资产投资完成15亿元。", "15", "固定资产投资"),
        ("甲坪、乙坪等9个项目正在建设。", "9", "甲坪、乙坪等项目"),
        ("天青20兆瓦光伏电站并网。", "20", "天青光伏电站并网"),
        ("贫困户共计599户已全面脱贫。", "599", "贫困户脱贫"),
        ("对相关部门每周两次进行调度。", "2", "相关部门调度"),
        ("争取200万元用于修建水厂、铺设管道以及改造街道。", "200", "用于修建水厂、铺设管道以及改造街道"),
        ("东坪村500亩以及其余各村100亩双季稻示范点建设。", "500", "东坪村双季稻示范点建设"),
        ("省属企业由66户整合至12户。", "12", "省属企业"),
        ("地区生产总值增长5%、高于全国1个百分点。", "1", "地区生产总值高于全国"),
    ],
)
def test_a_subject_is_a_name_and_no_remains(text: str, value: str, subject: str) -> None:
    assert row(text, value).subject == subject


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("农民人均收入2万元。", "2", "per head"),
        ("财政收入同比增长8%。", "8", "change"),
        ("失业率为3%。", "3", "rate"),
        ("新建公厕3座。", "3", "new"),
        ("五年来累计植树50株。", "50", "cumulative"),
        ("发放补贴20万元。", "20", "money"),
        ("全镇现有党员412名。", "412", "stock"),
        ("旅游业占比达12%。", "12", "share"),
        ("综合考核名列全县第四名。", "4", "rank"),
        ("茶园面积650亩。", "650", "measure"),
        ("开展演出9场。", "9", "count"),
    ],
)
def test_the_kind_of_quantity_is_told(text: str, value: str, kind: str) -> None:
    assert row(text, value).quantity == kind


def test_it_is_told_whose_figure_it_is() -> None:
    text = "农村居民人均收入2万元。城镇居民人均收入3万元。财政收入5万元。"
    assert [row(text, value).whose for value in "235"] == ["农村居民", "城镇居民", None]


def test_a_part_is_no_whole() -> None:
    text = "建成便民中心15个，其中镇级1个。"
    assert [row(text, value).is_part for value in ("15", "1")] == [False, True]


@pytest.mark.parametrize(
    ("text", "value", "year", "is_base"),
    [
        ("组建率由52%提高到76%。", "52", None, True),
        ("组建率由52%提高到76%。", "76", 2020, False),
        ("产量由2018年的2吨增加到2020年的3吨。", "2", 2018, True),
        ("事故25起，比上年的28起下降10%。", "28", 2019, True),
        ("低保标准从每月450元提高到每月500元。", "450", None, True),
    ],
)
def test_a_base_value_has_its_own_year(text: str, value: str, year: int | None, is_base: bool) -> None:
    found = row(text, value)
    assert (found.year, found.is_base) == (year, is_base)
