"""Tables as Excel workbooks and as CSV, row by row: typed cells, units in their own column, the quotation beside."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, count, islice
from typing import TYPE_CHECKING, BinaryIO

from rag.parsing.figures.indicators import FigureRow
from rag.tables.columns import COLUMNS, Cell

if TYPE_CHECKING:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

TITLE = "指标 figures"
LONGEST_CELL = 32_767  # characters that Excel takes
MOST_ROWS = 1_048_575  # that Excel takes below a header
_HEADER_FILL = "FFE7EEF5"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: as many headings and widths (in characters) as each row has cells."""

    title: str
    headings: Sequence[str]
    widths: Sequence[int]
    rows: Iterable[Sequence[Cell]]


def write_figures_xlsx(file: BinaryIO, rows: Iterable[FigureRow]) -> None:
    """Statements as a workbook, its header frozen, with filters; on further sheets what one does not hold."""
    write_workbook(file, _sheets_of(iter(rows)))


def _sheets_of(rows: Iterator[FigureRow]) -> Iterator[Sheet]:
    headings, widths = [column.heading for column in COLUMNS], [column.width for column in COLUMNS]
    first = next(rows, None)
    for number in count(1):
        some = islice(chain([first] if first else [], rows), MOST_ROWS)
        title = TITLE if number == 1 else f"{TITLE} {number}"
        yield Sheet(title, headings, widths, ([column.cell(row) for column in COLUMNS] for row in some))
        first = next(rows, None)
        if first is None:
            return


def figures_xlsx(rows: Iterable[FigureRow]) -> bytes:
    """The same as bytes."""
    content = io.BytesIO()
    write_figures_xlsx(content, rows)
    return content.getvalue()


def workbook(*sheets: Sheet) -> bytes:
    """The bytes of an .xlsx file."""
    content = io.BytesIO()
    write_workbook(content, sheets)
    return content.getvalue()


def write_workbook(file: BinaryIO, sheets: Iterable[Sheet]) -> None:
    """Writes an .xlsx file row by row, without holding it in memory."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    for sheet in sheets:
        page = book.create_sheet(sheet.title)
        _dress(page, sheet.widths)
        page.append(_header(page, sheet.headings))
        lines = 1
        for row in sheet.rows:
            page.append(_cells(page, row))
            lines += 1
        page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.headings))}{lines}"
        page.close()
    book.save(file)


def _header(sheet: "WriteOnlyWorksheet", headings: Sequence[str]) -> "list[WriteOnlyCell]":
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font, PatternFill

    cells = [WriteOnlyCell(sheet, heading) for heading in headings]
    for cell in cells:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor=_HEADER_FILL)
        cell.alignment = _alignment()
    return cells


def _cells(sheet: "WriteOnlyWorksheet", row: Sequence[Cell]) -> "list[WriteOnlyCell]":
    """Numbers as numbers, text as text: what begins with = is no formula either."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    cells: list[WriteOnlyCell] = []
    for value in row:
        if isinstance(value, str):
            shown = ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", value)[:LONGEST_CELL]
            cell = WriteOnlyCell(sheet, shown)
            cell.data_type = "s"
        else:
            cell = WriteOnlyCell(sheet, value)
        cell.alignment = _alignment()
        cells.append(cell)
    return cells


@cache
def _alignment() -> "Alignment":
    from openpyxl.styles import Alignment

    return Alignment(vertical="top", wrap_text=True)


def _dress(sheet: "WriteOnlyWorksheet", widths: Sequence[int]) -> None:
    """Widths, the frozen header, and the page as it is printed; before the first row."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.worksheet import Worksheet

    for at, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def write_figures_csv(file: BinaryIO, rows: Iterable[FigureRow]) -> None:
    """Statements as CSV in UTF-8 with a byte-order mark, by which Excel knows the encoding."""
    text = io.TextIOWrapper(file, "utf-8-sig", errors="replace", newline="")
    writer = csv.writer(text)
    writer.writerow([column.heading for column in COLUMNS])
    for row in rows:
        writer.writerow([_safe(column.cell(row)) for column in COLUMNS])
    text.detach()


def figures_csv(rows: Iterable[FigureRow]) -> bytes:
    """The same as bytes."""
    content = io.BytesIO()
    write_figures_csv(content, rows)
    return content.getvalue()


def _safe(cell: Cell) -> Cell:
    """Text that a spreadsheet would take for a formula, behind an apostrophe: a report must not run on a desk."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
