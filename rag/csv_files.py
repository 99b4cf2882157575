"""Tables as CSV that a spreadsheet opens without questions."""

import csv
import io
from collections.abc import Iterable

from rag.columns import COLUMNS, Cell
from rag.parsing.figures.indicators import FigureRow

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
