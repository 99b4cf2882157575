"""What becomes of a file beside what the library holds already, by rule.

* The bytes are there: unchanged, or a duplicate where they are there under another name.
* A file of that name is there and is an earlier state of it: the new one replaces it.
* A report says the same to the letter, in whatever form: the file becomes another source of it.
* Otherwise it is a report of its own. Where it is another version of one that is there, of the same town and year,
  both stand side by side: only a person knows which of two files counts, and can `remove` the other.
"""

from collections.abc import Sequence

from rag.library.library import Library
from rag.parsing.report import Report, ReportSource
from rag.parsing.same_text import VERSION_SHARE, issue, may_be_same, same_text, shared_text
from rag.types import Notice


class Held:
    """What the library held before a file came."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._reports = {report.id: report for report in library.every_report()}
        self._corrected = library.corrected()

    def twin(self, report: Report) -> Report | None:
        """The report that says the same."""
        if report.id in self._reports:
            return self._reports[report.id]
        candidates = (held for held in self._reports.values() if self._may_be(held, report))
        return next((held for held in candidates if same_text(held, report)), None)

    def predecessor(self, report: Report, name: str, arrived: set[str]) -> ReportSource | None:
        """The source that a file of this name takes the place of: an earlier state of it, not another town's 总结.txt.

        Files that arrived in the same run are no earlier states.
        """
        for source in self._library.sources_by_name(name):
            old = self._reports[source.report_id]
            if source.file.sha256 not in arrived and self._may_be(old, report) and _is_version(old, report):
                return source
        return None

    def versions(self, report: Report) -> list[Report]:
        """Other reports of the same town and year."""
        return [held for held in self._reports.values() if held.id != report.id and _same_issue(held, report)]

    def _may_be(self, held: Report, report: Report) -> bool:
        corrected = self._corrected.get(held.id)
        states = [held.metadata, *([corrected.found] if corrected else [])]
        return any(may_be_same(state, report.metadata) for state in states)


def beside(report: Report, versions: Sequence[Report]) -> list[Notice]:
    """Says which versions of a report stand beside it, and how much text they have in common; empty without any."""
    others = tuple(f"{old.id} ({int(100 * shared_text(old, report))}%)" for old in versions)
    return [Notice("stands_beside", versions=others)] if others else []


def _same_issue(one: Report, other: Report) -> bool:
    is_known = one.metadata.town is not None and one.metadata.year is not None
    same = issue(one.metadata)[1:] == issue(other.metadata)[1:]
    return is_known and same and may_be_same(one.metadata, other.metadata)


def _is_version(old: Report, new: Report) -> bool:
    return old.id == new.id or _same_issue(old, new) or shared_text(old, new) >= VERSION_SHARE
