"""Tables as lines of text in which each figure stands with the words of its row and its column. Pure.

Rows and columns are gone once a table is text, so every row becomes a sentence that can be cited by itself:
"村名：柳溪村，柳溪村人口：1200人。" Figures of several years become a sentence each, because a claim with one year's
figure must not find the other year in its quotation.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rag.text.dates import YEAR
from rag.text.lexicon import concept
from rag.text.numerals import MULTIPLES
from rag.text.units import UNITS

_SERIAL = concept("serial_column")
_UNIT_LABEL = concept("unit_label")
_FIGURE = re.compile(r"[-+−]?[\d,，]*\d(?:\.\d+)?\s*(?:%|‰|％)?")
_YEAR = re.compile(r"(?:19|20)\d\d(?=年|$)")
_YEAR_WORD = re.compile(rf"{YEAR}(?<!\d)")
_BARE = re.compile(r"[-+−]?[\d,，]*\d(?:\.\d+)?")
_UNIT_IN_HEADER = re.compile(rf"[（(]\s*(?:{_UNIT_LABEL.any}\s*[:：]\s*)?([^（）()\d，,、]{{1,6}})\s*[）)]\s*$")
_UNIT_OF_TABLE = re.compile(rf"[（(]?\s*{_UNIT_LABEL.any}\s*[:：]\s*([^\s，,、;；（）()]{{1,6}})\s*[）)]?")
_HEADER_ROWS = 3
_LONG = 60  # characters from which a cell is a paragraph, not an entry
_LONGEST_LABEL = 20


@dataclass(frozen=True, slots=True)
class _Columns:
    """What the header says: a name for each column, the columns that hold serial numbers or units, the label's."""

    names: tuple[str, ...]
    serial: frozenset[int]
    units: int | None
    label: int | None
    unit: str | None  # of the whole table

    @property
    def have_years(self) -> bool:
        return len({match.group() for name in self.names if (match := _YEAR.search(name))}) > 1


def table_lines(rows: Iterable[Sequence[str]]) -> list[str]:
    """The lines of a table whose cells are given row by row, merged cells repeated in each of their places.

    Example: [["指标", "2021年"], ["粮食总产量（吨）", "13900"]] gives
    ["指标：粮食总产量（吨），2021年粮食总产量（吨）：13900吨。"]
    """
    kept = [tuple(cell.strip() for cell in row) for row in rows]
    kept = [row for row in kept if any(row)]
    width = max((len(row) for row in kept), default=0)
    grid = [row + ("",) * (width - len(row)) for row in kept]
    if width < 2 or _is_layout(grid):
        return [line for row in grid for line in _cell_lines(row)]
    first = next((index for index, row in enumerate(grid) if _is_entries(row)), len(grid))
    captions = [line for row in grid[:first] for line in _cell_lines(row)]
    count = _header_rows(grid[first:])
    columns = _columns(grid[first : first + count], grid[first + count :], captions)
    return captions + [line for row in grid[first + count :] for line in _row_lines(row, columns)]


def is_table(rows: Sequence[Sequence[str]]) -> bool:
    """Whether rows have more than one column, so that they are more than text in a frame."""
    return any(_is_entries(tuple(cell.strip() for cell in row)) for row in rows)


def _is_layout(grid: Sequence[Sequence[str]]) -> bool:
    """Whether cells hold the body of a text: a frame around paragraphs, not entries."""
    cells = [cell for row in grid for cell in dict.fromkeys(row) if cell]
    return sum(len(cell) for cell in cells if len(cell) > 5 * _LONG) > sum(len(cell) for cell in cells) * 0.5


def _is_entries(row: Sequence[str]) -> bool:
    return len({cell for cell in row if cell}) > 1


def _cell_lines(row: Sequence[str]) -> list[str]:
    return [line.strip() for cell in dict.fromkeys(row) for line in cell.split("\n") if line.strip()]


def _header_rows(grid: Sequence[Sequence[str]]) -> int:
    """How many rows stand above the first with a figure; one where none has, none where the first has already."""
    is_pairs = len(grid[0]) == 2 if grid else False  # names and what they stand for
    for index, row in enumerate(grid[: _HEADER_ROWS + 1]):
        if any(_is_value(cell) and not (index == 0 and _YEAR.match(cell)) for cell in row[1:]):
            return index
        if index and not is_pairs and _is_text_row(grid[0], row):
            return index
    return 1 if len(grid) > 1 and not is_pairs else 0


def _is_value(cell: str) -> bool:
    """Whether a cell is a figure, with or without a unit."""
    match = _FIGURE.match(cell)
    return match is not None and (match.end() == len(cell) or _is_unit(cell[match.end() :].strip()))


def _is_text_row(header: Sequence[str], row: Sequence[str]) -> bool:
    """Whether a row without figures is an entry all the same: the header above it names each of its cells."""
    named = [cell for cell in header if cell]
    return len(set(named)) == len(named) == len(header) or any(len(cell) > _LONG for cell in row)


def _columns(header: Sequence[Sequence[str]], rows: Sequence[Sequence[str]], captions: Sequence[str]) -> _Columns:
    width = len(rows[0]) if rows else len(header[0]) if header else 0
    names = tuple(_column_name([row[column] for row in header]) for column in range(width))
    serial = frozenset(column for column, name in enumerate(names) if _squeezed(name).lower() in _SERIAL)
    units = next((column for column, name in enumerate(names) if _squeezed(name) in _UNIT_LABEL), None)
    label = next((column for column in range(width) if column not in serial), None)
    if label is None or all(_is_value(row[label]) for row in rows if row[label]):
        label = None
    found = [match for line in captions if (match := _UNIT_OF_TABLE.search(line))]
    return _Columns(names, serial, units, label, found[-1].group(1) if found else None)


def _column_name(cells: Sequence[str]) -> str:
    parts = dict.fromkeys(_one_line(cell) for cell in cells)
    return "".join(f"{part}年" if _YEAR.fullmatch(part) else part for part in parts)


def _row_lines(row: Sequence[str], columns: _Columns) -> list[str]:
    if not _is_entries(row):
        return _cell_lines(row)  # a heading or a note across the table
    entries: list[str] = []
    paragraphs: list[str] = []
    for column in _shown_columns(row, columns):
        name, cell = _name(row, column, columns), row[column]
        if len(cell) > _LONG or "\n" in cell or cell.endswith(("。", "；")):
            first, *others = _cell_lines([cell])
            paragraphs += [f"{name}：{first}" if name else first, *others]
        else:
            entries.append(f"{name}：{cell}{_unit(row, column, columns)}" if name else cell)
    joint = "。" if columns.have_years else "，"  # a sentence of its own for each year's figure
    return ([f"{joint.join(entries)}。"] if entries else []) + paragraphs


def _shown_columns(row: Sequence[str], columns: _Columns) -> list[int]:
    """The columns to tell: without serial numbers, units, the rest of merged cells, and a label that others repeat."""
    filled = [column for column, cell in enumerate(row) if cell and column not in (columns.units, *columns.serial)]
    kept = [column for column in filled if not _continues_merged(row, column, columns)]
    is_repeated = columns.label in kept and not columns.names[columns.label or 0] and len(kept) > 1
    return [column for column in kept if column != columns.label or not is_repeated]


def _continues_merged(row: Sequence[str], column: int, columns: _Columns) -> bool:
    """Whether a cell is the rest of one that spans columns of the same name."""
    return column > 0 and row[column] == row[column - 1] and columns.names[column] == columns.names[column - 1]


def _name(row: Sequence[str], column: int, columns: _Columns) -> str:
    """The words of the row and of the column that a cell belongs to."""
    name = columns.names[column]
    match = _UNIT_IN_HEADER.search(name)
    if match and _is_unit(match.group(1)) and _BARE.fullmatch(row[column]):
        name = name[: match.start()]
    if column == columns.label or columns.label is None:
        return name
    is_own = _is_value(row[column]) or len(row[column]) > _LONG or not name
    label = _one_line(row[columns.label])
    if not is_own or len(label) > _LONGEST_LABEL:
        return name
    year = match.end() if (match := _YEAR_WORD.match(name)) else 0
    return name[:year] + label + name[year:]


def _unit(row: Sequence[str], column: int, columns: _Columns) -> str:
    """The unit of a bare figure, from the nearest place that names one: its column, its row, its table."""
    if not _BARE.fullmatch(row[column]):
        return ""
    label = row[columns.label] if columns.label is not None and columns.label != column else ""
    for text in (columns.names[column], label):
        if (match := _UNIT_IN_HEADER.search(text)) and _is_unit(match.group(1)):
            return match.group(1)
    if columns.units is not None and _is_unit(row[columns.units]):
        return row[columns.units]
    return columns.unit if columns.unit and _is_unit(columns.unit) else ""


def _is_unit(text: str) -> bool:
    """Whether a text is a unit and nothing else, such as 万元, not the first of several."""
    return (text.lstrip(MULTIPLES) or text) in UNITS


def _squeezed(name: str) -> str:
    return "".join(name.split())


def _one_line(cell: str) -> str:
    return "".join(part.strip() for part in cell.split("\n"))
