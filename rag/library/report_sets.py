"""Some of a library's reports as a set: counted and listed in order without being read."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rag.library.placed import Placed, Where, among, but, placed
from rag.library.reader import Lookup

_ALL = Where()


@dataclass(frozen=True, slots=True)
class Tally:
    """How many reports there are, of how many places, and of which levels; a level may be unknown."""

    reports: int = 0
    places: int = 0
    levels: tuple[str | None, ...] = ()


NOTHING = Tally()


class ReportSet:
    """The reports of a condition."""

    def __init__(self, library: Lookup, where: Where = _ALL) -> None:
        self._library = library
        self._where = where

    def among(self, ids: Collection[str]) -> "ReportSet":
        """Those of them with one of these ids."""
        return ReportSet(self._library, self._where & among("id", ids))

    def outside(self, ids: Collection[str]) -> "ReportSet":
        """Those of them with none of these ids."""
        return ReportSet(self._library, self._where & but(among("id", ids)))

    def of_county(self, county: str) -> "ReportSet":
        """Those of them that say that they are of a county."""
        return ReportSet(self._library, self._where & Where("county = ?", (county,)))

    def ids(self) -> set[str]:
        """All their ids."""
        return {row[0] for row in self._library.rows(f"SELECT id FROM reports WHERE {self._where.sql}", *self._values)}

    def tally(self) -> Tally:
        """How many there are."""
        sql = f"""SELECT count(*), count(DISTINCT coalesce(county, '') || char(9) || coalesce(town, id)),
            json_group_array(DISTINCT level) FROM reports WHERE {self._where.sql}"""
        reports, places, levels = self._library.rows(sql, *self._values)[0]
        return Tally(reports, places, tuple(json.loads(levels)))

    def placed(self, limit: int, offset: int = 0) -> list[Placed]:
        """Some of them, by county, town and year."""
        return placed(self._library, self._where, limit=limit, offset=offset)

    def namesakes(self, some: Sequence[Placed]) -> list[Placed]:
        """Those of them whose place is called like that of one of these."""
        towns = {each.metadata.town for each in some if each.metadata.town}
        return placed(self._library, self._where & among("town", towns))

    @property
    def _values(self) -> tuple[object, ...]:
        return self._where.values
