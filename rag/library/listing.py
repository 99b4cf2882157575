"""The reports of a library as a list: chosen by what is known of them, in an order, a page at a time."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

from rag.library.columns import name_key
from rag.library.reader import IN_ORDER, Lookup
from rag.library.results import Scope
from rag.library.rows import corrected, load
from rag.parsing.report import Metadata
from rag.text.normalization import fold

EVERYTHING = Scope()
Order = Literal["place", "year", "newest", "characters", "warnings"]

_ORDERS: dict[Order, str] = {
    "place": IN_ORDER,
    "year": "ORDER BY coalesce(year, 0) DESC, coalesce(county, ''), coalesce(town, ''), position",
    "newest": "ORDER BY position DESC",
    "characters": "ORDER BY characters DESC, position",
    "warnings": "ORDER BY warnings DESC, position",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """Which reports; what is left out restricts nothing."""

    scope: Scope = EVERYTHING
    words: str = ""  # in the place, the title, a file's name, or at the begin of the id
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


def count(library: Lookup, choice: Choice = ALL) -> int:
    """How many reports there are of a choice."""
    where, values = conditions(choice)
    return int(library.rows(f"SELECT count(*) FROM reports WHERE {where}", *values)[0][0])


def listed(
    library: Lookup, choice: Choice = ALL, *, order: Order = "place", limit: int | None = None, offset: int = 0
) -> list[Listed]:
    """The reports of a choice, in order, from `offset` on at most `limit` of them."""
    where, values = conditions(choice)
    sql = f"""SELECT id, metadata, corrections, is_sample, characters, passages, warnings,
            (SELECT json_group_array(name) FROM (SELECT name FROM sources WHERE report_id = id ORDER BY position))
        FROM reports WHERE {where} {_ORDERS[order]} LIMIT ? OFFSET ?"""
    return [_read(row) for row in library.rows(sql, *values, -1 if limit is None else limit, offset)]


def ids_of(library: Lookup, choice: Choice = ALL, *, order: Order = "place", limit: int | None = None) -> list[str]:
    """The ids alone."""
    where, values = conditions(choice)
    sql = f"SELECT id FROM reports WHERE {where} {_ORDERS[order]} LIMIT ?"
    return [row[0] for row in library.rows(sql, *values, -1 if limit is None else limit)]


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
    if choice.is_sample is not None:
        found.append(("is_sample = ?", [choice.is_sample]))
    if choice.with_warnings:
        found.append(("warnings > 0", []))
    found += [_speaking_of(word) for word in fold(choice.words).split()]
    return " AND ".join(sql for sql, _ in found) or "TRUE", [value for _, values in found for value in values]


def _among(column: str, values: Sequence[object]) -> tuple[str, Sequence[object]]:
    return f"{column} IN ({', '.join('?' * len(values))})", values


def _speaking_of(word: str) -> tuple[str, Sequence[object]]:
    sql = """(instr(coalesce(province, '') || coalesce(city, '') || county_key || town_key, ?) OR year = ?
        OR instr(lower(metadata), ?) OR substr(id, 1, length(?)) = ?
        OR EXISTS (SELECT 1 FROM sources WHERE report_id = reports.id AND instr(lower(name), ?)))"""
    return sql, [word, word, word, word, word, word]


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
