"""Spreadsheets: .xlsx with the values as they are shown, .csv in any encoding. Each sheet is text, a table, or both."""

import csv
import datetime
import io
import re
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from rag.errors import UnreadableFile
from rag.formats.extract import Extract
from rag.formats.plain import decode_text
from rag.formats.tables import table_lines
from rag.formats.zip_package import Package

_Place = tuple[int, int]  # row and column, from 1
MOST_CELLS = 500_000
_SHEET_NAME = re.compile(r"sheet\s*\d*|工作表\s*\d*", re.IGNORECASE)
_DECIMALS = re.compile(r"0\.(0+)")
_LITERAL = re.compile(r'"([^"]*)"')
_MERGED = re.compile(rb'<mergeCell\b[^>]*\bref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_DELIMITERS = ",\t;"
_SAMPLE = 20  # lines that the delimiter is judged by


def read_workbook(content: bytes) -> Extract:
    """The lines of all visible sheets, each named where there are several. Raises UnreadableFile."""
    import openpyxl

    package = Package(content)
    package.check_parts()
    workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    sheets = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
    lines: list[str] = []
    for sheet in sheets:
        rows = table_lines(_filled(_shown_rows(sheet), _merged_cells(package, sheet._worksheet_path)))
        if rows and len(sheets) > 1 and not _SHEET_NAME.fullmatch(sheet.title):
            lines.append(sheet.title)
        lines += rows
    workbook.close()
    return Extract("\n".join(lines) + "\n", "xlsx")


def _merged_cells(package: Package, part: str) -> Mapping[_Place, _Place]:
    """For each cell that is part of a merged one, the cell that holds its value.

    openpyxl tells merged cells only where it holds the whole sheet in memory, and then gives room to every cell of
    whatever range a file names.
    """
    from openpyxl.utils.cell import range_boundaries

    owners: dict[_Place, _Place] = {}
    sheet = next((package.read(member) for member in package.members if member.name == part.lstrip("/")), b"")
    for match in _MERGED.finditer(sheet):
        left, top, right, bottom = range_boundaries(match.group(1).decode())
        if (right - left + 1) * (bottom - top + 1) + len(owners) <= MOST_CELLS:
            owners |= {
                (row, column): (top, left) for row in range(top, bottom + 1) for column in range(left, right + 1)
            }
    return owners


def _filled(rows: Iterator[list[str]], owners: Mapping[_Place, _Place]) -> Iterator[list[str]]:
    """The rows with a merged cell's value in each of its places."""
    values: dict[_Place, str] = {}
    for row, cells in enumerate(rows, start=1):
        for column, cell in enumerate(cells, start=1):
            owner = owners.get((row, column))
            if owner == (row, column):
                values[owner] = cell
            elif owner is not None:
                cells[column - 1] = values.get(owner, "")
        yield cells


def read_csv(content: bytes) -> Extract:
    """The rows of a text file whose cells are parted by commas, tabs or semicolons. Raises UnreadableFile."""
    decoded = decode_text(content)
    head = decoded.text.split("\n", _SAMPLE)[:_SAMPLE]
    delimiter = max(_DELIMITERS, key=lambda mark: min((line.count(mark) for line in head if line.strip()), default=0))
    try:
        rows = list(csv.reader(io.StringIO(decoded.text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise UnreadableFile("not_valid_csv", reason=str(error)) from error
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
        raise UnreadableFile("too_many_cells", most=MOST_CELLS)


def _shown(value: object, number_format: str) -> str:
    """A value as its cell shows it: 0.086 in the format 0.0% is 8.6%, dates are written in Chinese."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime.datetime | datetime.date):
        return f"{value.year}年{value.month}月{value.day}日"
    if not isinstance(value, int | float):
        return str(value).strip()
    unit = "".join(_LITERAL.findall(number_format.split(";")[0]))
    decimals = _DECIMALS.search(number_format)
    places = len(decimals.group(1)) if decimals else 0
    if "%" in number_format:
        return f"{_rounded(Decimal(str(value)) * 100, places)}%"
    if decimals or number_format in ("0", "#,##0"):
        return f"{_rounded(value, places)}{unit}"
    return f"{value if isinstance(value, int) else format(value, '.15g')}{unit}"


def _rounded(value: float | Decimal, places: int) -> Decimal:
    """As a spreadsheet rounds: halves away from zero."""
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
