"""The columns in which statements go into spreadsheets. Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from rag.parsing.figures.indicators import FigureRow
from rag.text.figure_patterns import ABOUT_BEHIND
from rag.text.numerals import INDEFINITE

_BEHIND = re.compile(rf"[{INDEFINITE}+]|.*{ABOUT_BEHIND.any}")
Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, what stands below it for a row, and how many characters wide it is."""

    heading: str
    cell: Callable[[FigureRow], Cell]
    width: int


STATUSES = {"result": "完成 result", "plan": "计划 plan", "target": "目标 target"}

COLUMNS: tuple[Column, ...] = (
    Column("乡镇 town", lambda row: row.town, 12),
    Column("县区 county", lambda row: row.county, 12),
    Column("年度 year", lambda row: row.year, 10),
    Column("类别 topic", lambda row: row.topic, 16),
    Column("指标 subject", lambda row: row.subject, 34),
    Column("数值 value", lambda row: _number(row), 12),
    Column("约 approx", lambda row: row.approx, 9),
    Column("单位 unit", lambda row: row.unit, 10),
    Column("基数 base value", lambda row: row.value_base, 16),
    Column("基本单位 base unit", lambda row: row.unit_base, 12),
    Column("时间 period", lambda row: row.period_or_asof, 16),
    Column("性质 status", lambda row: STATUSES[row.status], 13),
    Column("原文 quotation", lambda row: row.quote, 60),
    Column("文件 file", lambda row: row.file, 26),
    Column("页 page", lambda row: row.page, 8),
    Column("起 start", lambda row: row.start, 9),
    Column("止 end", lambda row: row.end, 9),
    Column("报告 report", lambda row: row.report, 15),
)


def with_approximation(value: str, approx: str | None) -> str:
    """A value with its approximation where reports put it: 约300, 300余."""
    if not approx:
        return value
    return f"{value}{approx}" if _BEHIND.fullmatch(approx) else f"{approx}{value}"


def row_line(name: str, row: FigureRow) -> str:
    """A row on one line, its place and year as they are to be called: 石矶镇 2020：粮食总产量1.36万吨."""
    mark = "" if row.status == "result" else f"（{STATUSES[row.status].partition(' ')[0]}）"
    return f"{name}：{row.subject}{with_approximation(row.value, row.approx)}{row.unit}{mark}"


def _number(row: FigureRow) -> Cell:
    """The value as a number to count with; a range or a fraction stays as it is written."""
    try:
        number = float(row.value)
    except ValueError:
        return row.value
    return int(number) if number.is_integer() else number
