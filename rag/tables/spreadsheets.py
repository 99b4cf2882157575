"""Tables as Excel workbooks: typed cells, units in their own column, the quotation beside."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rag.parsing.figures.indicators import FigureRow
from rag.tables.columns import COLUMNS, Cell

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

TITLE = "指标 figures"
LONGEST_CELL = 32_767  # characters that Excel takes
_HEADER_FILL = "FFE7EEF5"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: as many headings and widths (in characters) as each row has cells."""

    title: str
    headings: Sequence[str]
    widths: Sequence[int]
    rows: Iterable[Sequence[Cell]]


def figures_xlsx(rows: Iterable[FigureRow]) -> bytes:
    """Statements as a workbook of one sheet, its header frozen, with filters."""
    cells = ([column.cell(row) for column in COLUMNS] for row in rows)
    return workbook(Sheet(TITLE, [c.heading for c in COLUMNS], [c.width for c in COLUMNS], cells))


def workbook(*sheets: Sheet) -> bytes:
    """The bytes of an .xlsx file."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        page = book.create_sheet(sheet.title)
        for line, row in enumerate((sheet.headings, *sheet.rows), start=1):
            for at, value in enumerate(row, start=1):
                _write(page, line, at, value)
        _dress(page, sheet.widths)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _write(sheet: "Worksheet", line: int, at: int, value: Cell) -> None:
    """Numbers as numbers, text as text: what begins with = is no formula either."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if value is None:
        return
    cell = sheet.cell(line, at)
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", value)[:LONGEST_CELL]
        cell.data_type = "s"
    else:
        cell.value = value


def _dress(sheet: "Worksheet", widths: Sequence[int]) -> None:
    """Header, widths, wrapping, and the page as it is printed."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    for at, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    for cells in sheet.iter_rows():
        for cell in cells:
            cell.alignment = Alignment(vertical="top", wrap_text=True)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor=_HEADER_FILL)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def figures_csv(rows: Iterable[FigureRow]) -> bytes:
    """Statements as CSV in UTF-8 with a byte-order mark, by which Excel knows the encoding."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([column.heading for column in COLUMNS])
    writer.writerows([_safe(column.cell(row)) for column in COLUMNS] for row in rows)
    return text.getvalue().encode("utf-8-sig", errors="replace")


def _safe(cell: Cell) -> Cell:
    """Text that a spreadsheet would take for a formula, behind an apostrophe: a report must not run on a desk."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
