"""Spreadsheets: .xlsx with the values as they are shown, .csv in any encoding. Each sheet is text, a table, or both."""

import csv
import datetime
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rag.errors import UnreadableFile
from rag.formats.extract import Extract
from rag.formats.number_formats import shown_date, shown_number, shown_text
from rag.formats.plain import decode_text
from rag.formats.sheet_parts import MOST_CELLS, SheetPart, filled, place_of, read_sheet_part
from rag.formats.strict_sheets import usual
from rag.formats.tables import TableWriter
from rag.formats.zip_package import Package
from rag.text.place_chain import level_of_place
from rag.types import Notice

_SHEET_NAME = re.compile(r"sheet\s*\d*|工作表\s*\d*", re.IGNORECASE)
_DELIMITERS = ",\t;|"
_DELIMITER_LINE = re.compile(r"sep=(?P<mark>.)\r?\n")
_AS_TEXT = re.compile(r'="(?P<text>[^"]*)"')
_DECIMAL_COMMA = re.compile(r"(-?\d{1,3}(?:\.\d{3})+|-?\d+),(\d{1,2}|\d{4,})")
_SAMPLE = 20  # lines that the delimiter is judged by
_MOST_LISTED = 5


@dataclass(slots=True)
class _Unread:
    """What a workbook has and its text has not."""

    rows: int = 0
    columns: int = 0
    sheets: int = 0
    cells: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()

    def notices(self) -> Iterator[Notice]:
        """What to tell the person of it."""
        if self.cells:
            yield Notice("formulas_without_values", cells=self.cells[:_MOST_LISTED], count=len(self.cells))
        if self.errors:
            yield Notice("cells_with_errors", cells=self.errors[:_MOST_LISTED], count=len(self.errors))
        if self.rows:
            yield Notice("hidden_rows_left_out", count=self.rows)
        if self.columns:
            yield Notice("hidden_columns_left_out", count=self.columns)
        if self.sheets:
            yield Notice("hidden_sheets_left_out", count=self.sheets)


def read_workbook(content: bytes) -> Extract:
    """The lines of all visible sheets, each named where there are several. Raises UnreadableFile."""
    import openpyxl

    package = Package(content)
    package.check_parts()
    content = usual(content, package)
    workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    sheets = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
    unread = _Unread(sheets=sum(any(any(row) for row in _rows(s)) for s in workbook.worksheets if s not in sheets))
    lines: list[str] = []
    for sheet in sheets:
        part = read_sheet_part(_part(package, sheet._worksheet_path))
        place = sheet.title if len(sheets) > 1 and level_of_place(sheet.title) else ""
        rows = TableWriter(of=place).lines(_visible(list(filled(_rows(sheet), part.owners)), part, unread))
        unread.cells += _seen(part.without_value, sheet.title, part, len(sheets))
        unread.errors += _seen(part.errors, sheet.title, part, len(sheets))
        if rows and len(sheets) > 1 and not _SHEET_NAME.fullmatch(sheet.title):
            lines.append(sheet.title)
        lines += rows
    workbook.close()
    return Extract("\n".join(lines) + "\n", "xlsx", notes=tuple(unread.notices()))


def _part(package: Package, path: str) -> bytes:
    return next((package.read(member) for member in package.members if member.name == path.lstrip("/")), b"")


def _rows(sheet: Any) -> Iterator[list[str]]:
    seen = 0
    for row in sheet.iter_rows():
        seen += len(row)
        _count_cells(seen)
        yield [_shown(cell.value, cell.number_format) if cell.value is not None else "" for cell in row]


def _visible(rows: Sequence[Sequence[str]], part: SheetPart, unread: _Unread) -> list[list[str]]:
    """The rows and columns that are not hidden; counts those that are and hold something."""
    shown = [row for number, row in enumerate(rows, start=1) if number not in part.hidden_rows]
    unread.rows += sum(any(row) for number, row in enumerate(rows, start=1) if number in part.hidden_rows)
    width = max((len(row) for row in shown), default=0)
    hidden = {column for column in range(width) if part.is_hidden_column(column + 1)}
    unread.columns += sum(any(row[column] for row in shown if column < len(row)) for column in hidden)
    return [[cell for column, cell in enumerate(row) if column not in hidden] for row in shown]


def _seen(cells: Iterable[str], title: str, part: SheetPart, sheets: int) -> tuple[str, ...]:
    """The cells that are not hidden, with their sheet where there are several."""
    places = ((cell, place_of(cell)) for cell in cells)
    return tuple(
        f"{title}!{cell}" if sheets > 1 else cell
        for cell, place in places
        if place is None or not (place[0] in part.hidden_rows or part.is_hidden_column(place[1]))
    )


def read_csv(content: bytes) -> Extract:
    """The rows of a text file whose cells are parted by commas, tabs, semicolons or bars. Raises UnreadableFile."""
    decoded = decode_text(content)
    text = decoded.text
    said = _DELIMITER_LINE.match(text)
    text, mark = (text[said.end() :], said["mark"]) if said else (text, _delimiter(text))
    try:
        rows = [[_cell(cell, mark) for cell in row] for row in _parted(text, mark)]
    except csv.Error as error:
        raise UnreadableFile("not_valid_csv", reason=str(error)) from error
    _count_cells(sum(len(row) for row in rows))
    return Extract("\n".join(TableWriter().lines(rows)) + "\n", f"csv {decoded.encoding}")


def _cell(cell: str, mark: str) -> str:
    """A cell without what keeps a number as text, ="0860"; 860,5 between semicolons has a comma for its point."""
    kept = _AS_TEXT.fullmatch(cell.strip())
    number = _DECIMAL_COMMA.fullmatch(cell.strip()) if mark == ";" else None
    return kept["text"] if kept else f"{number[1].replace('.', '')}.{number[2]}" if number else cell


def _delimiter(text: str) -> str:
    """The mark that parts the most of the first lines into equally many cells; a title above may have none."""
    head = "\n".join(text.splitlines()[:_SAMPLE])

    def fit(mark: str) -> tuple[int, int]:
        widths = Counter(len(row) for row in _parted(head, mark, strict=False) if len(row) > 1)
        return max(((count, width) for width, count in widths.items()), default=(0, 0))

    return max(_DELIMITERS, key=fit)


def _parted(text: str, mark: str, *, strict: bool = True) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    except csv.Error:
        if strict:
            raise
        return []


def _count_cells(count: int) -> None:
    if count > MOST_CELLS:
        raise UnreadableFile("too_many_cells", most=MOST_CELLS)


def _shown(value: object, number_format: str) -> str:
    """A value as its cell shows it: 0.086 in the format 0.0% is 8.6%, dates are written in Chinese."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime.date | datetime.time | datetime.timedelta):
        return shown_date(value, number_format)
    if isinstance(value, int | float):
        return shown_number(value, number_format)
    return shown_text(str(value).strip(), number_format)
