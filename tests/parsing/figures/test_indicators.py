"""Statements of a whole report: period, status, topic, and offsets that lead back into the file."""

import pytest

from rag.parsing.figures.indicators import FigureRow, Indicator, figure_rows, read_indicators
from rag.parsing.parse import parse
from rag.parsing.report import ReportSource
from rag.types import SourceFile

TEXT = """石矶镇2020年工作总结暨2021年工作计划
一、2020年工作总结
全年硬化公路3公里，共带动200余人就业。截至11月底，改造危房28户。耕地恢复任务数318亩，目前完成85亩。
2019年建成的冷库储量500吨。招商引资比计划少300万元，雨露计划资助学生93人。
确定建设2000亩的示范基地。
二、2021年工作计划
新造油茶林1200亩，引进企业2-3家。
"""


def made() -> tuple[list[Indicator], list[FigureRow], str]:
    file = SourceFile("石矶.txt", "0" * 64, "utf-8", TEXT)
    parsed = parse(file)
    source = ReportSource(parsed.report.id, file, parsed.offsets, ())
    return list(read_indicators(parsed.report)), list(figure_rows(parsed.report, source)), TEXT


def of(value: str) -> Indicator:
    (one,) = (indicator for indicator in made()[0] if indicator.value == value)
    return one


@pytest.mark.parametrize(
    ("value", "period", "year", "status"),
    [
        ("3", "2020年全年", 2020, "result"),
        ("28", "截至11月底", 2020, "result"),
        ("318", "2020年", 2020, "target"),
        ("85", "目前", 2020, "result"),
        ("500", "2019年", 2019, "result"),
        ("300", "2020年", 2020, "result"),
        ("93", "2020年", 2020, "result"),
        ("2000", "2020年", 2020, "plan"),
        ("1200", "2021年", 2021, "plan"),
        ("2-3", "2021年", 2021, "plan"),
    ],
)
def test_a_statement_has_its_period_and_status(value: str, period: str, year: int, status: str) -> None:
    one = of(value)
    assert (one.period, one.year, one.status) == (period, year, status)


def test_a_statement_has_topic_and_section() -> None:
    assert (of("1200").topic, of("1200").section) == ("农业农村", "二、2021年工作计划")


def test_every_row_quotes_its_file_to_the_letter() -> None:
    _, rows, text = made()
    assert len(rows) == 10 + 1
    assert all(text[row.start : row.end] == row.quote and row.quote for row in rows)


def test_a_figure_lies_inside_its_quotation() -> None:
    assert all(i.quote.start <= i.figure.start < i.figure.end <= i.quote.end for i in made()[0])


def test_a_row_has_numbers_to_count_with() -> None:
    by_value = {row.value: row for row in made()[1]}
    assert (by_value["200"].value_base, by_value["200"].approx, by_value["2-3"].value_base) == (200, "余", None)
