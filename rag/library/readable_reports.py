"""What of a library may speak for a question: whole reports by a condition, others cut down to some sentences.

No report is read but those asked for. `rag.library.binding` decides which these are.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from rag.library.placed import Placed, Where, admitted_by, among, has_any, placed
from rag.library.reader import Lookup
from rag.library.results import Scope
from rag.parsing.orders import without_orders
from rag.parsing.report import Report, Sentence

_MOST_KEPT = 32  # changed reports
_YEARS = """WITH RECURSIVE years(each) AS (
        SELECT min(year) FROM reports
        UNION ALL SELECT (SELECT min(year) FROM reports WHERE year > each) FROM years WHERE each IS NOT NULL)
    SELECT each FROM years WHERE each IS NOT NULL"""


@dataclass(frozen=True, slots=True)
class Part:
    """Which sentences of a report may be read: by their numbers, and looked at again once it is loaded."""

    numbers: tuple[int, ...]
    is_readable: Callable[[Report, Sentence], bool]

    def of(self, report: Report) -> Report | None:
        """The report of nothing but these sentences; None where none of them is there any more."""
        numbered = (report.sentences[number] for number in self.numbers if number < len(report.sentences))
        starts = {sentence.start for sentence in numbered if self.is_readable(report, sentence)}
        plain = without_orders(report)
        sentences = tuple(sentence for sentence in plain.sentences if sentence.start in starts)
        if not sentences:
            return None
        chunks = tuple(c for c in plain.chunks if any(c.start <= s.start < c.end for s in sentences))
        headings = tuple(h for h in plain.headings if h.start in starts)
        return replace(plain, sentences=sentences, chunks=chunks, headings=headings)


class ReadableReports:
    """The reports of a library that may be read for one question, without orders to a model."""

    def __init__(self, library: Lookup, whole: Where | None = None, parts: Mapping[str, Part] | None = None) -> None:
        """`whole`: which reports are read whole, None: all. `parts`: by id, those of the others that are cut down."""
        self.library = library
        self._whole = whole
        self.parts = dict(parts or {})
        self._changed: dict[str, Report | None] = {}

    @property
    def is_everything(self) -> bool:
        """Whether every report may be read whole."""
        return self._whole is None

    @property
    def whole(self) -> Where:
        """Those that are read whole, as a condition on the table `reports`."""
        return self._whole or Where()

    def conditions(self) -> Where:
        """All of them, those that are cut down too."""
        if self._whole is None:
            return Where()
        return self._whole | among("id", self.parts) if self.parts else self._whole

    def within(self, scope: Scope) -> "ReadableReports":
        """Those of them that a scope admits."""
        if scope.is_open:
            return self
        chosen = admitted_by(scope)
        return ReadableReports(
            self.library,
            chosen if self._whole is None else self._whole & chosen,
            {report_id: self.parts[report_id] for report_id in _among(self.library, self.parts, chosen)},
        )

    def __bool__(self) -> bool:
        return bool(self.parts) or self.has()

    def has(self, condition: Where | None = None) -> bool:
        """Whether one of them is of a condition."""
        return has_any(self.library, self.conditions() & condition if condition else self.conditions())

    def count(self) -> int:
        """How many there are."""
        if self._whole is None:
            return self.library.totals().reports
        where = self.conditions()
        return int(self.library.rows(f"SELECT count(*) FROM reports WHERE {where.sql}", *where.values)[0][0])

    def passages(self) -> int:
        """How many passages they have, uncut."""
        if self._whole is None:
            return self.library.totals().passages
        where = self.conditions()
        return int(self.library.rows(f"SELECT total(passages) FROM reports WHERE {where.sql}", *where.values)[0][0])

    @cached_property
    def ids(self) -> frozenset[str] | None:
        """Their ids; None for every report."""
        if self._whole is None:
            return None
        where = self.conditions()
        return frozenset(
            row[0] for row in self.library.rows(f"SELECT id FROM reports WHERE {where.sql}", *where.values)
        )

    def metadata(self, scope: Scope | None = None) -> list[Placed]:
        """Their places and years, of those that a scope admits; for few."""
        return placed(self.library, self.conditions() & admitted_by(scope) if scope else self.conditions())

    def years(self) -> list[int]:
        """The years that they are about, rising."""
        where = self.conditions()
        sql = f"SELECT DISTINCT year FROM reports WHERE year IS NOT NULL AND ({where.sql}) ORDER BY year"
        return [row[0] for row in self.library.rows(_YEARS if self.is_everything else sql, *where.values)]

    def get(self, report_id: str) -> Report | None:
        """A report as far as it may be read; None where it may not be read at all."""
        if report_id not in self._changed:
            part = self.parts.get(report_id)
            if part is None and not self._is_whole(report_id):
                return None
            report = self.library.find(report_id)
            readable = report and (without_orders(report) if part is None else part.of(report))
            if readable is report:
                return report
            if len(self._changed) == _MOST_KEPT:
                self._changed.clear()
            self._changed[report_id] = readable
        return self._changed[report_id]

    def only(self) -> Report | None:
        """The one report, where there is exactly one."""
        where = self.conditions()
        rows = self.library.rows(f"SELECT id FROM reports WHERE {where.sql} LIMIT 2", *where.values)
        return self.get(rows[0][0]) if len(rows) == 1 else None

    def __iter__(self) -> Iterator[Report]:
        """All of them, by county, town and year, one after the other; not for questions about one place."""
        for each in placed(self.library, self.conditions()):
            if (report := self.get(each.id)) is not None:
                yield report

    def _is_whole(self, report_id: str) -> bool:
        return self._whole is None or has_any(self.library, Where("id = ?", (report_id,)) & self._whole)


def _among(library: Lookup, ids: Mapping[str, object], chosen: Where) -> list[str]:
    """The ids of reports of a condition among some."""
    among_them = among("id", ids) & chosen
    return [row[0] for row in library.rows(f"SELECT id FROM reports WHERE {among_them.sql}", *among_them.values)]
