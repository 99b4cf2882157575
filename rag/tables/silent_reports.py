"""The reports that give no result on a subject, counted without reading them, and where their towns lie."""

import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from rag.library.columns import name_key
from rag.library.library import Library
from rag.library.listing import Choice, conditions
from rag.library.reader import IN_ORDER
from rag.tables.comparison import Gap, Wanted


@dataclass(frozen=True, slots=True)
class Silent:
    """Some of them, and how many there are."""

    gaps: tuple[Gap, ...] = ()
    count: int = 0


def silent_reports(library: Library, reports: Choice, told: Collection[int], wanted: Wanted) -> Silent:
    """The reports that say nothing; `told` are the positions of those that give a result.

    Whose figures nobody has read is none of them. Of a year, only that year's reports are asked; where plans are
    compared, none is.
    """
    if wanted.status not in (None, "result"):
        return Silent()
    where, values = conditions(reports)
    if wanted.year is not None:
        where, values = f"{where} AND year = ?", [*values, wanted.year]
    told_here = json.dumps(sorted(told))
    sql = f"""SELECT id, town, county, year FROM reports WHERE {where} AND read_by != ''
        AND position NOT IN (SELECT value FROM json_each(?)) {IN_ORDER} LIMIT ? OFFSET ?"""
    limit = -1 if wanted.gaps is None else wanted.gaps
    gaps = tuple(Gap(*row) for row in library.rows(sql, *values, told_here, limit, wanted.offset))
    sql = f"""SELECT count(*) FROM reports WHERE {where}
        AND position IN (SELECT value FROM json_each(?)) AND read_by != ''"""
    return Silent(gaps, _asked(library, reports, wanted.year) - int(library.rows(sql, *values, told_here)[0][0]))


def _asked(library: Library, reports: Choice, year: int | None) -> int:
    """How many reports of a choice have figures that were read."""
    if reports.scope.is_open and year is None:
        # the plus keeps SQLite from walking through all that are no samples
        samples = " AND NOT +is_sample" if reports.is_sample is False else ""
        unread = library.rows(f"SELECT count(*) FROM reports WHERE read_by = ''{samples}")[0][0]
        left_out = library.rows("SELECT count(*) FROM reports WHERE is_sample")[0][0] if samples else 0
        return library.totals().reports - int(unread) - int(left_out)
    where, values = conditions(reports)
    if year is not None:
        where, values = f"{where} AND year = ?", [*values, year]
    return int(library.rows(f"SELECT count(*) FROM reports WHERE {where} AND read_by != ''", *values)[0][0])


def counties_of(library: Library, reports: Choice, towns: Collection[str]) -> dict[str, set[str]]:
    """By the names of towns, the counties in which the reports of a choice know one."""
    where, values = conditions(reports)
    sql = f"""SELECT DISTINCT town, county FROM reports WHERE town_key IN (SELECT value FROM json_each(?))
        AND county IS NOT NULL AND {where}"""
    counties: dict[str, set[str]] = defaultdict(set)
    for town, county in library.rows(sql, json.dumps(sorted(map(name_key, towns))), *values):
        counties[town].add(county)
    return counties
