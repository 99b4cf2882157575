"""Some of a library's reports as a set: counted and listed in order without being read."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rag.library.reader import IN_ORDER, Lookup
from rag.parsing.report import Report


@dataclass(frozen=True, slots=True)
class ReportName:
    """What tells a report from others: its place and year."""

    id: str
    town: str | None
    county: str | None
    year: int | None

    @classmethod
    def of(cls, report: Report) -> "ReportName":
        """The name of a report that is read already."""
        return cls(report.id, report.metadata.town, report.metadata.county, report.metadata.year)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many reports there are, of how many places, and of which levels."""

    reports: int = 0
    places: int = 0
    levels: tuple[str, ...] = ()


NOTHING = Tally()


class ReportSet:
    """The reports that an SQL condition on `reports` chooses."""

    def __init__(self, library: Lookup, where: str = "TRUE", values: Sequence[object] = ()) -> None:
        self._library = library
        self._where = where
        self._values = tuple(values)

    def among(self, ids: Collection[str]) -> "ReportSet":
        """Those of them with one of these ids."""
        return self.which("id IN (SELECT value FROM json_each(?))", json.dumps(sorted(ids)))

    def outside(self, ids: Collection[str]) -> "ReportSet":
        """Those of them with none of these ids."""
        return self.which("id NOT IN (SELECT value FROM json_each(?))", json.dumps(sorted(ids)))

    def which(self, condition: str, *values: object) -> "ReportSet":
        """Those of them that another condition chooses too."""
        return ReportSet(self._library, f"({self._where}) AND {condition}", (*self._values, *values))

    def tally(self) -> Tally:
        """How many there are."""
        sql = f"""SELECT count(*), count(DISTINCT coalesce(county, '') || char(9) || coalesce(town, id)),
            json_group_array(DISTINCT level) FROM reports WHERE {self._where}"""
        reports, places, levels = self._library.rows(sql, *self._values)[0]
        return Tally(reports, places, tuple(sorted(level or "" for level in json.loads(levels))))

    def ids(self, limit: int | None = None, offset: int = 0) -> list[str]:
        """Their ids, by county, town and year."""
        sql = f"SELECT id FROM reports WHERE {self._where} {IN_ORDER} LIMIT ? OFFSET ?"
        return [row[0] for row in self._library.rows(sql, *self._values, -1 if limit is None else limit, offset)]

    def names(self, limit: int | None = None, offset: int = 0) -> list[ReportName]:
        """The same with what tells them apart."""
        sql = f"SELECT id, town, county, year FROM reports WHERE {self._where} {IN_ORDER} LIMIT ? OFFSET ?"
        rows = self._library.rows(sql, *self._values, -1 if limit is None else limit, offset)
        return [ReportName(*row) for row in rows]

    def namesakes(self, names: Sequence[ReportName]) -> list[ReportName]:
        """Those of them whose town is called like one of these."""
        towns = json.dumps(sorted({name.town for name in names if name.town}), ensure_ascii=False)
        return self.which("town IN (SELECT value FROM json_each(?))", towns).names()
