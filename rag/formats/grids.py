"""Tables that ruling lines show: the cells between the lines, merged where a line is missing. Pure.

Lines that meet make one table, as in the "lattice" of Camelot and in A. Nurminen, Algorithmic extraction of data in
tables in PDF documents (2013).
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from rag.formats.glyph_rows import pieces
from rag.formats.printed import Box, Glyph, Grid, Line
from rag.text.clauses import SENTENCE_MARKS

_MEETS = 3.0  # points that the ends of lines may be apart where they meet
_MOST_PAIRS = 250_000  # of lines that are looked at whether they meet; charts and maps have more
_MOST_CELLS = 10_000
_SHORTEST = 5.0
_FEWEST_ROWS = 2


def grids(rulings: Sequence[Box], glyphs: Sequence[Glyph]) -> tuple[tuple[Grid, ...], list[Glyph]]:
    """The tables, and the characters that stand in none."""
    found = []
    rest = list(glyphs)
    for group in _groups(rulings):
        lattice = _Lattice(group)
        if not lattice.is_table():
            continue
        inside = [glyph for glyph in rest if lattice.place.holds((glyph.left + glyph.right) / 2, glyph.middle)]
        if not any(not glyph.text.isspace() for glyph in inside):
            continue
        cells = lattice.cells(inside)
        if _is_framed_text(cells):
            continue
        found.append(Grid(tuple(row for each in cells for row in _split(each)), lattice.place))
        taken = set(map(id, inside))
        rest = [glyph for glyph in rest if id(glyph) not in taken]
    return tuple(found), rest


def _is_framed_text(cells: Sequence[Sequence[tuple[Line, ...]]]) -> bool:
    return sum(1 for row in cells if len({each for each in row if each}) > 1) == 0


def _groups(rulings: Sequence[Box]) -> list[list[Box]]:
    """The lines, those that meet together."""
    across = _joined_up([box for box in rulings if box.right - box.left > box.bottom - box.top], is_across=True)
    down = _joined_up([box for box in rulings if box.right - box.left <= box.bottom - box.top], is_across=False)
    if len(across) * len(down) > _MOST_PAIRS:
        return []
    parent = list(range(len(across) + len(down)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = index = parent[parent[index]]
        return index

    for first, line in enumerate(across):
        for second, other in enumerate(down, start=len(across)):
            if _meet(line, other):
                parent[root(first)] = root(second)
    groups: dict[int, list[Box]] = defaultdict(list)
    for index, line in enumerate([*across, *down]):
        groups[root(index)].append(line)
    return sorted(
        (group for group in groups.values() if len(group) > 2), key=lambda group: min(each.top for each in group)
    )


def _joined_up(lines: Sequence[Box], *, is_across: bool) -> list[Box]:
    """Lines that go on in each other as one: many programs draw the edges of each cell for itself."""

    def along(box: Box) -> tuple[float, float]:
        return (box.left, box.right) if is_across else (box.top, box.bottom)

    def beside(box: Box) -> float:
        return box.top if is_across else box.left

    joined: list[Box] = []
    for line in sorted(lines, key=lambda box: (round(beside(box)), along(box))):
        last = joined[-1] if joined else None
        if last and abs(beside(last) - beside(line)) <= 1 and along(line)[0] <= along(last)[1] + _MEETS:
            stop = max(along(last)[1], along(line)[1])
            right, bottom = (stop, last.bottom) if is_across else (last.right, stop)
            joined[-1] = Box(last.left, last.top, right, bottom)
        else:
            joined.append(line)
    return [box for box in joined if max(box.right - box.left, box.bottom - box.top) >= _SHORTEST]


def _meet(across: Box, down: Box) -> bool:
    beside = across.left - _MEETS <= down.left <= across.right + _MEETS
    return beside and down.top - _MEETS <= across.top <= down.bottom + _MEETS


class _Lattice:
    """The lines of one table, and the cells between them."""

    def __init__(self, lines: Sequence[Box]) -> None:
        self._across = [line for line in lines if line.right - line.left > line.bottom - line.top]
        self._down = [line for line in lines if line.right - line.left <= line.bottom - line.top]
        self._x = _places([line.left for line in lines] + [line.right for line in lines])
        self._y = _places([line.top for line in lines] + [line.bottom for line in lines])
        self.place = Box(self._x[0], self._y[0], self._x[-1], self._y[-1])

    def is_table(self) -> bool:
        """Whether there are cells beside each other, and not too many."""
        columns, count = len(self._x) - 1, (len(self._x) - 1) * (len(self._y) - 1)
        return columns > 1 and 1 < count <= _MOST_CELLS

    def cells(self, glyphs: Sequence[Glyph]) -> list[list[tuple[Line, ...]]]:
        """The lines in each cell, row by row; a merged cell's in each of its places."""
        owner = self._owners()
        held: dict[tuple[int, int], list[Glyph]] = defaultdict(list)
        for glyph in glyphs:
            column = bisect_right(self._x, (glyph.left + glyph.right) / 2) - 1
            row = bisect_right(self._y, glyph.middle) - 1
            held[owner[min(row, len(self._y) - 2), min(column, len(self._x) - 2)]].append(glyph)
        lines = {place: tuple(pieces(inside)) for place, inside in held.items()}
        return [
            [lines.get(owner[row, column], ()) for column in range(len(self._x) - 1)] for row in range(len(self._y) - 1)
        ]

    def _owners(self) -> dict[tuple[int, int], tuple[int, int]]:
        """For each place the first of those merged with it."""
        right = {(row, column): self._parts_columns(row, column) for row, column in self._cells()}
        below = {(row, column): self._parts_rows(row, column) for row, column in self._cells()}
        owner: dict[tuple[int, int], tuple[int, int]] = {}
        for row, column in self._cells():
            if column and not right[row, column - 1]:
                owner[row, column] = owner[row, column - 1]
            elif row and not below[row - 1, column]:
                owner[row, column] = owner[row - 1, column]
            else:
                owner[row, column] = row, column
        return owner

    def _cells(self) -> Iterator[tuple[int, int]]:
        return ((row, column) for row in range(len(self._y) - 1) for column in range(len(self._x) - 1))

    def _parts_columns(self, row: int, column: int) -> bool:
        """Whether a line stands at the right of a cell."""
        middle = (self._y[row] + self._y[row + 1]) / 2
        x = self._x[column + 1]
        return any(abs(line.left - x) <= _MEETS and line.top <= middle <= line.bottom for line in self._down)

    def _parts_rows(self, row: int, column: int) -> bool:
        """Whether a line lies below a cell."""
        middle = (self._x[column] + self._x[column + 1]) / 2
        y = self._y[row + 1]
        return any(abs(line.top - y) <= _MEETS and line.left <= middle <= line.right for line in self._across)


def _places(values: list[float]) -> list[float]:
    """Values that are nearly the same as one."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _MEETS:
            places.append(value)
    return places


def _split(row: Sequence[tuple[Line, ...]]) -> Iterator[tuple[str, ...]]:
    """A row's texts; several rows where lines lie only around them, as under many heads: figures below each other."""
    heights = [[line[0].top for line in _lines(cell)] for cell in row if cell]
    aligned = len({len(each) for each in heights}) == 1 and len(heights[0]) >= _FEWEST_ROWS
    level = aligned and all(max(each) - min(each) < _MEETS for each in zip(*heights, strict=True))
    figures = [cell for cell in row if cell and all(line[0].text[:1].isdecimal() for line in _lines(cell))]
    if level and figures:
        for index in range(len(heights[0])):
            yield tuple(_joined(_lines(cell)[index : index + 1]) if cell else "" for cell in row)
    else:
        yield tuple(_joined(_lines(cell)) for cell in row)


def _lines(cell: Sequence[Line]) -> list[list[Line]]:
    return [list(each) for _, each in groupby(cell, key=lambda line: round(line.top + line.size / 2))]


def _joined(lines: Sequence[Sequence[Line]]) -> str:
    """The text of a cell: its lines are wrapped, but for those after the end of a sentence."""
    texts = [" ".join(piece.text for piece in line) for line in lines]
    joined = texts[0] if texts else ""
    for before, text in pairwise(texts):
        ends = before[-1] in SENTENCE_MARKS
        is_latin = before[-1].isascii() and before[-1].isalpha() and text[0].isascii() and text[0].isalpha()
        joined += ("\n" if ends else " " if is_latin else "") + text
    return joined
