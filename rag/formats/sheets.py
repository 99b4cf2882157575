"""Spreadsheets: .xlsx with the values as they are shown, .csv in any encoding. Each sheet is text, a table, or both."""

import csv
import datetime
import io
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from rag.errors import UnreadableFile
from rag.formats.extract import Extract
from rag.formats.package import Package
from rag.formats.plain import decode_text
from rag.formats.tables import table_lines

MOST_CELLS = 500_000
_SHEET_NAME = re.compile(r"sheet\s*\d*|工作表\s*\d*", re.IGNORECASE)
_DECIMALS = re.compile(r"0\.(0+)")
_DELIMITERS = ",\t;"
_SAMPLE = 20  # lines that the delimiter is judged by


def read_workbook(content: bytes) -> Extract:
    """The lines of all visible sheets, each named where there are several. Raises UnreadableFile."""
    import openpyxl

    Package(content)  # its limits hold here too
    workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    sheets = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
    lines: list[str] = []
    for sheet in sheets:
        rows = table_lines(_shown_rows(sheet))
        if rows and len(sheets) > 1 and not _SHEET_NAME.fullmatch(sheet.title):
            lines.append(sheet.title)
        lines += rows
    workbook.close()
    return Extract("\n".join(lines) + "\n", "xlsx")


def read_csv(content: bytes) -> Extract:
    """The rows of a text file whose cells are parted by commas, tabs or semicolons. Raises UnreadableFile."""
    decoded = decode_text(content)
    head = decoded.text.split("\n", _SAMPLE)[:_SAMPLE]
    delimiter = max(_DELIMITERS, key=lambda mark: min((line.count(mark) for line in head if line.strip()), default=0))
    try:
        rows = list(csv.reader(io.StringIO(decoded.text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise UnreadableFile(f"不是正确的 csv：{error}；请另存为 xlsx。(not valid csv)") from error
    _count_cells(sum(len(row) for row in rows))
    return Extract("\n".join(table_lines(rows)) + "\n", f"csv {decoded.encoding}")


def _shown_rows(sheet: Any) -> Iterator[list[str]]:
    seen = 0
    for row in sheet.iter_rows():
        seen += len(row)
        _count_cells(seen)
        yield [_shown(cell.value, cell.number_format) if cell.value is not None else "" for cell in row]


def _count_cells(count: int) -> None:
    if count > MOST_CELLS:
        raise UnreadableFile(f"单元格超过 {MOST_CELLS} 个；请只保留要用的部分。(more cells than can be read)")


def _shown(value: object, number_format: str) -> str:
    """A value as its cell shows it: 0.086 in the format 0.0% is 8.6%, dates are written in Chinese."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime.datetime | datetime.date):
        return f"{value.year}年{value.month}月{value.day}日"
    if not isinstance(value, int | float):
        return str(value).strip()
    decimals = _DECIMALS.search(number_format)
    places = len(decimals.group(1)) if decimals else 0
    if "%" in number_format:
        return f"{round(Decimal(str(value)) * 100, places)}%"
    if decimals:
        return f"{round(Decimal(str(value)), places)}"
    if number_format in ("0", "#,##0"):
        return f"{round(Decimal(str(value)))}"
    return f"{value:.15g}" if isinstance(value, float) else str(value)
