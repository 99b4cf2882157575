"""What a sheet's own part says of its cells: merged ones, hidden rows and columns, formulas without a saved result.

openpyxl tells these only where it holds the whole sheet in memory, and then gives room to every cell of whatever range
a file names.
"""

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

_Place = tuple[int, int]  # row and column, from 1
MOST_CELLS = 500_000
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_TRUE = ("1", "true")


@dataclass(slots=True)
class SheetPart:
    """What is to be known of a sheet beside its values."""

    owners: dict[_Place, _Place] = field(default_factory=dict)  # for a cell within a merged one, that with its value
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[range] = field(default_factory=list)
    without_value: list[str] = field(default_factory=list)  # names of cells whose formula has no saved result
    errors: list[str] = field(default_factory=list)  # names of cells that show an error such as #DIV/0!

    def is_hidden_column(self, column: int) -> bool:
        """Whether a column, from 1, is hidden or has no width."""
        return any(column in columns for columns in self.hidden_columns)


def read_sheet_part(xml: bytes) -> SheetPart:
    """Reads a sheet's part once; an empty one says nothing."""
    from lxml import etree

    part = SheetPart()
    if not xml:
        return part
    row = 0
    parser = etree.iterparse(io.BytesIO(xml), events=("start", "end"), resolve_entities=False, no_network=True)
    for event, element in parser:
        name = _local(element.tag)
        if event == "start":
            if name == "row":
                row = int(element.get("r") or row + 1)
                _note_row(part, row, element)
            continue
        if name == "c":
            _note_cell(part, element)
        elif name == "col":
            _note_columns(part, element)
        elif name == "mergeCell":
            part.owners |= _merged(element.get("ref") or "", MOST_CELLS - len(part.owners))
        if name in ("c", "row", "mergeCell"):
            element.clear()
    return part


def _local(tag: Any) -> str:
    return tag.removeprefix(_MAIN).removeprefix(_STRICT) if isinstance(tag, str) else ""


def _note_row(part: SheetPart, row: int, element: Any) -> None:
    if element.get("hidden") in _TRUE or element.get("ht") in ("0", "0.0"):
        part.hidden_rows.add(row)


def _note_columns(part: SheetPart, element: Any) -> None:
    if element.get("hidden") in _TRUE or element.get("width") in ("0", "0.0"):
        part.hidden_columns.append(range(int(element.get("min") or 1), int(element.get("max") or 1) + 1))


def _note_cell(part: SheetPart, cell: Any) -> None:
    names = {_local(child.tag): child for child in cell}
    value = names.get("v")
    if cell.get("t") == "e":
        part.errors.append(cell.get("r") or "")
    elif "f" in names and (value is None or not value.text) and cell.get("t") != "str":
        part.without_value.append(cell.get("r") or "")


def _merged(reference: str, most: int) -> Mapping[_Place, _Place]:
    bounds = _bounds(reference)
    if bounds is None:
        return {}
    top, left, bottom, right = bounds
    if (right - left + 1) * (bottom - top + 1) > most:
        return {}
    return {(row, column): (top, left) for row in range(top, bottom + 1) for column in range(left, right + 1)}


def _bounds(reference: str) -> tuple[int, int, int, int] | None:
    """Top, left, bottom and right of a range: B2:C3 is 2, 2, 3, 3."""
    first, _, last = reference.partition(":")
    corners = [place_of(first), place_of(last)]
    if None in corners:
        return None
    (top, left), (bottom, right) = (corner for corner in corners if corner is not None)
    return top, left, bottom, right


def place_of(cell: str) -> _Place | None:
    """Row and column of a cell's name: B3 is 3, 2."""
    letters = cell.rstrip("0123456789")
    number = cell[len(letters) :]
    if not number or not letters.isascii() or not letters.isalpha() or len(letters) > 3:
        return None
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(number), column


def filled(rows: Iterable[list[str]], owners: Mapping[_Place, _Place]) -> Iterator[list[str]]:
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
