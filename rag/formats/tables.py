"""Tables as lines of text in which each figure stands with the words of its row and its column. Pure.

Rows and columns are gone once a table is text, so every row becomes a line that can be cited by itself:
"村名：柳溪村，柳溪村人口：1200人。" Figures of several years, or of a plan and its result, become a sentence each,
because a claim with one figure must not find the other in its quotation.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rag.formats.table_blanks import with_labels
from rag.formats.table_cells import Row, levelled
from rag.formats.table_columns import Columns, read_columns, unit_of
from rag.formats.table_names import (
    Name,
    is_bare,
    is_value,
    is_year,
    joined,
    one_line,
    units_of_table,
    with_unit,
)
from rag.formats.table_parts import LONG, Part, is_entries, parts_of
from rag.text.lexicon import concept

_CONTINUED = concept("table_continued")
_LINES_ABOVE = 2  # of text above a table that may name its unit


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a table row by row, merged cells repeated in each of their places."""

    rows: Sequence[Sequence[str]]


class TableWriter:
    """Writes the tables of one document, in their order, as lines.

    It remembers the lines above, which may name the unit of a table, and the table before: where nothing stands
    between them and the second has no head of its own, that is the first gone on, as it is on a new page.
    """

    def __init__(self, of: str = "") -> None:
        self._of = of  # the place that all figures are of, which names the sheet
        self._above: list[str] = []
        self._before: Columns | None = None

    def pass_line(self, line: str) -> None:
        """Takes note of a line of text between tables."""
        if line.strip() and line.strip("（）() \t") not in _CONTINUED:
            self._above = [*self._above, line][-_LINES_ABOVE:]
            self._before = None

    def is_open(self, width: int) -> bool:
        """Whether a row of so many cells that comes next may belong to the table before."""
        return self._before is not None and bool(self._before.head) and self._before.width == width

    def lines(self, rows: Iterable[Sequence[str]]) -> list[str]:
        """The lines of a table.

        Example: [["指标", "2021年"], ["粮食总产量（吨）", "13900"]] gives
        ["指标：粮食总产量（吨），2021年粮食总产量：13900吨。"]
        """
        grid = levelled(rows)
        if not grid:
            return []
        if len(grid[0]) < 2 or _is_layout(grid):
            lines = [line for row in grid for line in _cell_lines(row)]
            for line in lines:
                self.pass_line(line)
            return lines
        return [line for part in parts_of(grid) for line in self._part_lines(part)]

    def _part_lines(self, part: Part) -> list[str]:
        captions = [line for row in part.captions for line in _cell_lines(row)]
        for line in captions:
            self.pass_line(line)
        columns = self._columns(part)
        if columns is None:
            return captions
        self._above, self._before = [], columns
        return captions + [line for row in part.rows for line in _row_lines(row, columns)]

    def _columns(self, part: Part) -> Columns | None:
        before = self._before
        if before is not None and self._goes_on(before, part):
            if list(before.head) != part.head:
                part.rows[:0] = part.head
            return before
        if not part.rows and not part.head:
            return None
        above = units_of_table(self._above)
        within = units_of_table([cell for row in part.head for cell in row], are_titles=False)
        part.rows[:] = with_labels(part.head, part.rows)
        columns = read_columns(part.head, part.rows, *(above if any(above) else within))
        return replace(columns, of=self._of)

    @staticmethod
    def _goes_on(before: Columns, part: Part) -> bool:
        """Whether a table has the head of the one right before it, or none where that had one."""
        rows = [*part.head, *part.rows]
        if not before.head or not rows or len(rows[0]) != before.width or part.captions:
            return False
        return part.head == list(before.head) or not part.head


def written(blocks: Iterable["str | Grid"]) -> Iterator[str]:
    """The lines of a document from its lines and its tables."""
    writer = TableWriter()
    for block in blocks:
        if isinstance(block, Grid):
            yield from writer.lines(block.rows)
        else:
            writer.pass_line(block)
            yield block


def is_table(rows: Sequence[Sequence[str]]) -> bool:
    """Whether rows have more than one column, so that they are more than text in a frame."""
    return any(is_entries(tuple(cell.strip() for cell in row)) for row in rows)


def _is_layout(grid: Sequence[Row]) -> bool:
    """Whether cells hold the body of a text: a frame around paragraphs, not entries."""
    cells = [cell for row in grid for cell in dict.fromkeys(row) if cell]
    return sum(len(cell) for cell in cells if len(cell) > 5 * LONG) > sum(len(cell) for cell in cells) * 0.5


def _cell_lines(row: Row) -> list[str]:
    return [line.strip() for cell in dict.fromkeys(row) for line in cell.split("\n") if line.strip()]


def _row_lines(row: Row, columns: Columns) -> list[str]:
    if not is_entries(row):
        return _cell_lines(row)  # a heading or a note across the table
    entries: list[tuple[Name | None, str]] = []
    paragraphs: list[str] = []
    for column in _shown_columns(row, columns):
        cell = _as_entry(row[column], column, columns)
        name = _name(row, column, cell, columns)
        if "\n" in cell or len(cell) > LONG or cell.endswith(("。", "；")):
            title = name.text() if name else columns.titles[column]
            first, *others = _cell_lines((cell,))
            paragraphs += [f"{title}：{first}" if title else first, *others]
        elif name is not None and is_value(cell):
            has_unit = not is_bare(cell)
            unit = unit_of((*row[:column], cell, *row[column + 1 :]), column, columns)
            entries.append((name, f"{name.text(with_unit=has_unit)}：{with_unit(cell, unit)}"))
        else:
            title = name.text(with_unit=True) if name else columns.titles[column]
            entries.append((None, f"{title}：{cell}" if title else cell))
    return ([_sentences(entries)] if entries else []) + paragraphs


def _shown_columns(row: Row, columns: Columns) -> list[int]:
    """The columns to tell: without serial numbers, units, the rest of merged cells, and a label that others repeat."""
    filled = [column for column, cell in enumerate(row) if cell and column not in (columns.units, *columns.serial)]
    kept = [column for column in filled if not _continues_merged(row, column, columns)]
    is_repeated = columns.label in kept and not columns.titles[columns.label or 0] and len(kept) > 1
    return [column for column in kept if column != columns.label or not is_repeated]


def _continues_merged(row: Row, column: int, columns: Columns) -> bool:
    """Whether a cell is the rest of one that spans columns of the same name."""
    return column > 0 and row[column] == row[column - 1] and columns.titles[column] == columns.titles[column - 1]


def _as_entry(cell: str, column: int, columns: Columns) -> str:
    """A cell; a label without the line ends that only its width has put there, a year with its word."""
    if column != columns.label and column not in columns.labels:
        return cell
    line = one_line(cell)
    return cell if len(line) > LONG else f"{line}年" if line.isdigit() and is_year(line) else line


def _name(row: Row, column: int, cell: str, columns: Columns) -> Name | None:
    """The words of the row and of the column that a cell belongs to; none where it stands for itself."""
    if column == columns.label or column in columns.labels:
        return None
    if is_value(cell) or len(cell) > LONG or not columns.names[column].thing:
        return joined([columns.of_row(row), columns.names[column]])
    return None


def _sentences(entries: Sequence[tuple[Name | None, str]]) -> str:
    """The entries of a row: a sentence each where they tell of several times."""
    times = {name.time for name, _ in entries if name is not None}
    return f"{('。' if len(times) > 1 else '，').join(text for _, text in entries)}。"
