"""Reports by what they are found by, without their texts."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

from rag.library.listing import Choice, conditions
from rag.library.reader import IN_ORDER, Lookup
from rag.library.results import Scope
from rag.parsing.report import Metadata


class Where(NamedTuple):
    """A condition on the table `reports`, in SQL, with its values."""

    sql: str = "TRUE"
    values: tuple[object, ...] = ()

    def __and__(self, other: "Where") -> "Where":
        return Where(f"({self.sql}) AND ({other.sql})", (*self.values, *other.values))

    def __or__(self, other: "Where") -> "Where":
        return Where(f"({self.sql}) OR ({other.sql})", (*self.values, *other.values))


@dataclass(frozen=True, slots=True)
class Placed:
    """A report with its place and years; the rest of its metadata is None."""

    id: str
    metadata: Metadata


def among(column: str, values: Collection[str] | Collection[int]) -> Where:
    """A column has one of the values, however many."""
    return Where(f"{column} IN (SELECT value FROM json_each(?))", (json.dumps(sorted(values)),))


def but(where: Where) -> Where:
    """The reports that are not of a condition."""
    return Where(f"NOT ({where.sql})", where.values)


def admitted_by(scope: Scope) -> Where:
    """What a scope admits."""
    sql, values = conditions(Choice(scope))
    return Where(sql, tuple(values))


def placed(library: Lookup, where: Where, *, limit: int = -1, offset: int = 0) -> list[Placed]:
    """The reports of a condition, by county, town and year; limit -1 is none."""
    sql = f"""SELECT id, town, level, county, city, province, year, plan_year FROM reports
        WHERE {where.sql} {IN_ORDER} LIMIT ? OFFSET ?"""
    return [
        Placed(
            report_id,
            Metadata(
                town=town, level=level, county=county, city=city, province=province, year=year, plan_year=plan_year
            ),
        )
        for report_id, town, level, county, city, province, year, plan_year in library.rows(
            sql, *where.values, limit, offset
        )
    ]


def has_any(library: Lookup, where: Where) -> bool:
    """Whether there is a report of a condition."""
    return bool(library.rows(f"SELECT 1 FROM reports WHERE {where.sql} LIMIT 1", *where.values))
