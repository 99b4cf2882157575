"""The shapes of the lines around the body. Lines are folded, as in the program."""

import pytest

from rag.text.letterhead import (
    has_page_data,
    is_addressee,
    is_date,
    is_letterhead,
    is_publication,
    is_signature,
    is_title,
    title_core,
)
from rag.text.normalization import fold


@pytest.mark.parametrize(
    "line",
    [
        "石矶镇2020年工作总结和2021年工作计划",
        "石磯鎮2020年度工作總結暨2021年度工作計劃",
        "关于石矶镇2023年工作情况和2024年工作计划的报告",
        "二〇二二年工作总结",
        "石矶镇人民政府工作报告",
        "石矶镇2022年主要经济指标完成情况统计表",
        "云陂县2022年国民经济和社会发展统计公报",
        "石矶镇2022年财政收入月报（单位：万元）",
    ],
)
def test_titles(line: str) -> None:
    assert is_title(fold(line))


@pytest.mark.parametrize("line", ["工作总结", "2020年，全镇完成了工作总结", "石矶镇位于河边。", "一、2020年工作情况"])
def test_what_is_no_title(line: str) -> None:
    assert not is_title(fold(line))


def test_versions_of_one_title_have_one_core() -> None:
    versions = ["石矶镇2020年工作总结暨2021年工作计划", "关于石矶镇2020年度工作总结与2021年度工作计划的报告"]
    assert len({title_core(version) for version in versions}) == 1


@pytest.mark.parametrize(
    "line",
    [
        "来源：石矶镇 发布时间：2021-01-05",
        "发布日期：2021年1月5日",
        "2021-01-05 09:30 来源：党政办",
        "來源：石磯鎮人民政府",
        "索 引 号：431200/2021-00123 发布机构：石矶镇",
        "公开日期：2021-01-05",
        "一审：张三 二审：李四",
        "2021-01-05 09:30:12",
    ],
)
def test_publication_lines(line: str) -> None:
    assert is_publication(fold(line))


@pytest.mark.parametrize(
    ("line", "is_page"),
    [
        ("来源：石矶镇 发布时间：2021-01-05 浏览次数：12", True),
        ("作者：石矶镇 【字体：大 中 小】", True),
        ("来源：石矶镇党政办", False),
        ("发布日期2021-01-05", False),
    ],
)
def test_page_data(line: str, is_page: bool) -> None:
    assert has_page_data(fold(line)) == is_page


@pytest.mark.parametrize(
    "line",
    [
        "中共石矶镇委员会",
        "衡州县石矶镇人民政府",
        "中共石矶镇委员会 石矶镇人民政府",
        "南浦街道办事处",
        "石矶镇人民政府 2021年1月5日",
    ],
)
def test_signatures(line: str) -> None:
    assert is_signature(fold(line))


def test_a_sentence_about_the_government_is_no_signature() -> None:
    assert not is_signature(fold("石矶镇人民政府新建食堂一座。"))


@pytest.mark.parametrize("line", ["2021年12月29日", "二〇二一年十二月二十九日", "2021-12-29", "（2021年12月）"])
def test_dates(line: str) -> None:
    assert is_date(fold(line))


def test_a_clause_with_a_date_is_no_date() -> None:
    assert not is_date(fold("2021年12月29日，全镇"))


@pytest.mark.parametrize("line", ["县委：", "各位代表：", "同志们：", "县人民政府办公室："])
def test_addressees(line: str) -> None:
    assert is_addressee(fold(line))


def test_the_occasion_under_a_title_is_letterhead() -> None:
    assert is_letterhead(fold("——2021年1月5日在石矶镇第三届人民代表大会第二次会议上"))
