"""What the figures of a row count, in the words of its name and of the row."""

import pytest

from rag.parsing.figures.indicators import Indicator, read_indicators
from rag.parsing.parse import parse
from rag.types import SourceFile


def indicators(row: str) -> tuple[Indicator, ...]:
    text = f"石矶镇2022年主要指标统计表\n{row}\n"
    return read_indicators(parse(SourceFile("a.txt", "0", "utf-8", text)).report)


@pytest.mark.parametrize(
    ("row", "subjects"),
    [
        ("指标：税收，2021年税收：860万元。", ["税收"]),
        ("乡镇：全县，全县增速：5.8%。", ["全县增速"]),
        ("乡镇：合计，合计人口：2880人。", ["合计人口"]),
        ("月份：1月，1月当月：40万元，1月累计：45万元，1月累计同比：3%。", ["当月", "累计", "累计同比"]),
        ("时间：2021年，2021年财政收入：400万元，2021年同比：3%。", ["财政收入", "财政收入同比"]),
        ("年份：2021年，2021年柳溪村：12吨，2021年松桥村：9吨。", ["柳溪村", "松桥村"]),
    ],
)
def test_no_figure_and_nothing_twice_in_a_subject(row: str, subjects: list[str]) -> None:
    assert [each.subject for each in indicators(row)] == subjects


@pytest.mark.parametrize(
    ("row", "status"),
    [
        ("项目：一般公共预算收入，一般公共预算收入决算数：1260万元。", "result"),
        ("项目：一般公共预算收入，一般公共预算收入预算数：1260万元。", "plan"),
        ("项目：一般公共预算收入，2022年一般公共预算收入：1260万元。", "result"),
    ],
)
def test_a_budget_in_the_name_of_revenue_is_no_plan(row: str, status: str) -> None:
    assert [each.status for each in indicators(row)] == [status]


def test_months_behind_their_year() -> None:
    found = indicators("时间：2022年1-11月，2022年1-11月财政收入：800万元。")
    assert [(each.subject, each.year, each.period) for each in found] == [("财政收入", 2022, "2022年1-11月")]
