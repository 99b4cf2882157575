"""The reports of a library as a list: chosen by what is known of them, in an order, a page at a time, without texts."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

from rag.library.columns import name_key
from rag.library.reader import IN_ORDER, Corrected, Lookup
from rag.library.results import Scope
from rag.library.rows import DEFECT_COLUMNS, corrected, load, read_defect
from rag.parsing.report import Defect, Metadata
from rag.text.normalization import fold
from rag.types import Order

EVERYTHING = Scope()

_ORDERS: dict[Order, str] = {
    "place": IN_ORDER,
    "year": "ORDER BY year DESC, county, town, position",
    "newest": "ORDER BY position DESC",
    "characters": "ORDER BY characters DESC, position",
    "warnings": "ORDER BY warnings DESC, position",
}
_BATCH = 200  # rows read at once
_YEAR = re.compile(r"(?<![0-9a-z])((?:19|20)\d\d)(?![0-9a-z])年?")


@dataclass(frozen=True, slots=True)
class Choice:
    """Which reports; what is left out restricts nothing."""

    scope: Scope = EVERYTHING
    words: str = ""  # each in the place, the title or a file's name, a year, or the begin of the id
    with_warnings: bool = False
    is_sample: bool | None = None


ALL = Choice()


@dataclass(frozen=True, slots=True)
class Listed:
    """A report without its text."""

    id: str
    metadata: Metadata  # with the corrections by hand
    found: Metadata  # without
    by_hand: Metadata
    is_sample: bool
    characters: int
    passages: int
    warnings: int  # what someone should look at
    files: tuple[str, ...]

    @property
    def label(self) -> str:
        """How people call it, such as 衡州县石矶镇 2020."""
        return self.metadata.label

    @property
    def former(self) -> dict[str, str | int | None]:
        """By name, the fields that were corrected by hand, each with what the report itself states."""
        return Corrected(self.found, self.by_hand).former


@dataclass(frozen=True, slots=True)
class FiledDefect:
    """Something wrong with a file of a report."""

    file: str
    defect: Defect


def count(library: Lookup, choice: Choice = ALL) -> int:
    """How many reports there are of a choice."""
    if choice == ALL:
        return library.totals().reports
    where, values = conditions(choice)
    return int(library.rows(f"SELECT count(*) FROM reports WHERE {where}", *values)[0][0])


@dataclass(frozen=True, slots=True)
class Found:
    """A part of the reports of a choice, by their places in the order; what they are is read some at a time."""

    total: int  # of the choice
    positions: Sequence[int]

    def batches(self, library: Lookup) -> Iterator[list[Listed]]:
        """The reports of the part, without those that are gone by now."""
        for start in range(0, len(self.positions), _BATCH):
            yield _at(library, self.positions[start : start + _BATCH])


def find(
    library: Lookup, choice: Choice = ALL, *, order: Order = "place", limit: int | None = None, offset: int = 0
) -> Found:
    """The reports of a choice, in order, from `offset` on at most `limit` of them, and how many there are in all."""
    if choice == ALL:
        return Found(count(library), _positions(library, choice, order, limit, offset))
    every = _positions(library, choice, order)  # each report is looked at anyhow, to be counted
    return Found(len(every), every[offset:][:limit])


def listed(
    library: Lookup, choice: Choice = ALL, *, order: Order = "place", limit: int | None = None, offset: int = 0
) -> list[Listed]:
    """The same reports, read, where nobody asks how many there are in all."""
    part = Found(0, _positions(library, choice, order, limit, offset))
    return [each for batch in part.batches(library) for each in batch]


def ids_of(library: Lookup, choice: Choice = ALL, *, order: Order = "place", limit: int | None = None) -> list[str]:
    """The ids alone."""
    where, values = conditions(choice)
    sql = f"SELECT id FROM reports WHERE {where} {_ORDERS[order]} LIMIT ?"
    return [row[0] for row in library.rows(sql, *values, -1 if limit is None else limit)]


def open_defects_of(library: Lookup, reports: Sequence[Listed]) -> dict[str, list[FiledDefect]]:
    """By id, what is wrong with the files of these reports as far as nobody has put it right by hand."""
    is_named = {each.id: each.metadata.town is not None and each.metadata.year is not None for each in reports}
    found: dict[str, list[FiledDefect]] = {report_id: [] for report_id in is_named}
    sql = f"""SELECT report_id, name, {DEFECT_COLUMNS} FROM sources JOIN defects ON source = position
        WHERE report_id IN ({", ".join("?" * len(found))}) ORDER BY position, number"""
    for report_id, name, *row in library.rows(sql, *found):
        defect = read_defect(row)
        if not (is_named[report_id] and defect.kind == "unnamed"):
            found[report_id].append(FiledDefect(name, defect))
    return found


def conditions(choice: Choice) -> tuple[str, list[object]]:
    """A choice as an SQL condition on `reports`, with its values.

    A scope chooses as `Scope.admits` does: a county is also that of a report of its own, a year also that of plans.
    """
    scope = choice.scope
    found: list[tuple[str, Sequence[object]]] = []
    if scope.towns:
        found.append(_among("town_key", [name_key(town) for town in scope.towns]))
    if scope.county:
        key = name_key(scope.county)
        found.append(("(county_key = ? OR town_key = ?)", [key, key]))
    if scope.years:
        years, values = _among("year", scope.years)
        found.append((f"({years} OR {years.replace('year', 'plan_year', 1)})", [*values, *values]))
    if scope.report_ids is not None:
        found.append(("id IN (SELECT value FROM json_each(?))", [json.dumps(sorted(scope.report_ids))]))
    if choice.is_sample is not None:  # spelt out, since the indexes of samples and of others are partial
        found.append(("is_sample" if choice.is_sample else "NOT is_sample", []))
    if choice.with_warnings:
        found.append(("warnings > 0", []))
    found += [_speaking_of(word) for word in _YEAR.sub(r" \1 ", choice.words.lower()).split()]
    return " AND ".join(sql for sql, _ in found) or "TRUE", [value for _, values in found for value in values]


def _among(column: str, values: Sequence[object]) -> tuple[str, Sequence[object]]:
    return f"{column} IN ({', '.join('?' * len(values))})", values


def _speaking_of(word: str) -> tuple[str, Sequence[object]]:
    """Names of places are stored folded; titles and names of files as they are written, or folded where it is so."""
    forms = list(dict.fromkeys((fold(word), word)))
    own = ["coalesce(province, '') || coalesce(city, '') || county_key || town_key", _TITLE]
    named = " OR ".join("instr(lower(name), ?)" for _ in forms)
    tests = [
        *(f"instr({text}, ?)" for text in own for _ in forms),
        f"id IN (SELECT report_id FROM sources WHERE {named})",
        "year = ?",
        "substr(id, 1, length(?)) = ?",
    ]
    return f"({' OR '.join(tests)})", [*forms, *forms, *forms, word, word, word]


def _positions(library: Lookup, choice: Choice, order: Order, limit: int | None = None, offset: int = 0) -> list[int]:
    where, values = conditions(choice)
    sql = f"SELECT position FROM reports WHERE {where} {_ORDERS[order]} LIMIT ? OFFSET ?"
    return [row[0] for row in library.rows(sql, *values, -1 if limit is None else limit, offset)]


_TITLE = "lower(coalesce(corrections ->> '$[0].title', metadata ->> '$[0].title', ''))"


def _at(library: Lookup, positions: Sequence[int]) -> list[Listed]:
    """The reports in these places, without those that are gone."""
    sql = f"""SELECT position, id, metadata, corrections, is_sample, characters, passages, warnings,
            (SELECT json_group_array(name) FROM (SELECT name FROM sources WHERE report_id = id ORDER BY position))
        FROM reports WHERE position IN ({", ".join("?" * len(positions))})"""
    found = {position: _read(row) for position, *row in library.rows(sql, *positions)}
    return [found[position] for position in positions if position in found]


def _read(row: Any) -> Listed:
    report_id, found, by_hand, is_sample, characters, passages, warnings, files = row
    stated, set_by_hand = cast(Metadata, load(found, Metadata)), cast(Metadata, load(by_hand, Metadata))
    return Listed(
        report_id,
        corrected(stated, set_by_hand),
        stated,
        set_by_hand,
        bool(is_sample),
        characters,
        passages,
        warnings,
        tuple(load(f"[{files}]", tuple[str, ...])),
    )
