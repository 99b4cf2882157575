"""Periods over sentences, paragraphs and sections."""

import pytest

from rag.parsing.figures.indicators import Indicator, read_indicators
from rag.parsing.parse import parse
from rag.types import SourceFile

TEXT = """石矶镇2022年工作总结暨2023年工作计划
一、“十三五”时期发展成就
累计造林3.1万亩。
2020年实现产值4.2亿元，是2015年的2.1倍。引进企业43家。
二、2021年工作回顾
修建公路51公里。
三、2022年工作总结
1-10月完成财政收入980万元；税收430万元。全年脱贫64户。
这五年，发展质量提升。产值跨越新台阶。新建学校7所。
事故由上年的25起下降到17起，下降32%。合格率由2016年的83%提高到91%。
2016年合作医疗开展以来，兑付补偿资金135万元。
2024年的主要目标是：产值增长8%；收入增长6.5%。
四、2023年工作计划
上半年新建公厕9座，“十五五”时期新建公厕19座。比上年的18座多出一倍。
"""


def of(value: str, unit: str) -> Indicator:
    report = parse(SourceFile("石矶.txt", "0" * 64, "utf-8", TEXT)).report
    (one,) = (row for row in read_indicators(report) if (row.value, row.unit) == (value, unit))
    return one


@pytest.mark.parametrize(
    ("value", "unit", "period", "year"),
    [
        pytest.param("3.1", "万亩", "“十三五”时期", 2020, id="of the section's years"),
        pytest.param("4.2", "亿元", "2020年", 2020, id="a year among several"),
        pytest.param("43", "家", "2020年", 2020, id="goes on in its paragraph"),
        pytest.param("51", "公里", "2021年", 2021, id="of the section's year"),
        pytest.param("980", "万元", "2022年1-10月", 2022, id="months"),
        pytest.param("430", "万元", "2022年1-10月", 2022, id="over a semicolon"),
        pytest.param("64", "户", "2022年全年", 2022, id="not over a full stop"),
        pytest.param("7", "所", "这五年", 2022, id="of its paragraph's years"),
        pytest.param("25", "起", "2021年", 2021, id="compared with, of the year before"),
        pytest.param("17", "起", "2022年", 2022, id="compared"),
        pytest.param("83", "%", "2016年", 2016, id="compared with, of a year far off"),
        pytest.param("91", "%", "2022年", 2022, id="what it came to"),
        pytest.param("135", "万元", "2016年合作医疗开展以来", 2022, id="since an event"),
        pytest.param("6.5", "%", "2024年", 2024, id="a list behind a colon"),
        pytest.param("9", "座", "2023年上半年", 2023, id="months of the plan's year"),
        pytest.param("19", "座", "“十五五”时期", 2030, id="years to come"),
        pytest.param("18", "座", "2022年", 2022, id="the year before the plan's"),
    ],
)
def test_an_amount_has_its_period_and_year(value: str, unit: str, period: str, year: int) -> None:
    one = of(value, unit)
    assert (one.period, one.year) == (period, year)


def test_every_point_of_a_list_of_targets_is_a_target() -> None:
    assert [of("8", "%").status, of("6.5", "%").status] == ["target", "target"]


def test_subjects_are_without_times_and_labels() -> None:
    assert [of("980", "万元").subject, of("25", "起").subject] == ["财政收入", "事故"]


@pytest.mark.parametrize(
    ("line", "value", "period", "year", "status"),
    [
        pytest.param("“十三五”末贫困率降至2%。", "2", "“十三五”末", 2020, "result", id="end of a plan"),
        pytest.param("10月份增长5%，年末人口3万人。", "3", "2022年末", 2022, "result", id="end of the year"),
        pytest.param("三季度末贷款2亿元。", "2", "2022年三季度末", 2022, "result", id="end of a quarter"),
        pytest.param("在建项目5个，明年将建成2个。", "2", "2023年", 2023, "plan", id="next year"),
        pytest.param("茶园比2017年翻两番。", "2", "2022年", 2022, "result", id="doubled since a year"),
        pytest.param("去年完成税收15万元，今年完成18万元。", "15", "2021年", 2021, "result", id="beside this year"),
        pytest.param("去年完成税收15万元。", "15", "2022年", 2022, "result", id="as spoken in January"),
        pytest.param("合格率由去年的85%提升至今年的97%。", "97", "2022年", 2022, "result", id="up to this year's"),
        pytest.param("产值达到去年的120%。", "120", "2022年", 2022, "result", id="measured by last year's"),
        pytest.param("两年多来投资3亿元。", "3", "两年多来", 2022, "result", id="two years and more"),
        pytest.param("4月1日—6月30日投资3亿元。", "3", "2022年4月1日—6月30日", 2022, "result", id="days"),
        pytest.param("财政收入1亿元，超任务5万元。", "5", "2022年", 2022, "result", id="more than the task"),
    ],
)
def test_times_of_a_line(line: str, value: str, period: str, year: int, status: str) -> None:
    text = f"石矶镇2022年工作总结\n一、2022年工作情况\n{line}\n"
    report = parse(SourceFile("石矶.txt", "0" * 64, "utf-8", text)).report
    (one,) = (row for row in read_indicators(report) if row.value == value)
    assert (one.period, one.year, one.status) == (period, year, status)
