"""What becomes of a file beside what the library holds already, by rule.

* The bytes are there: unchanged, or a duplicate where they are there under another name.
* A file of that name is there and is an earlier state of it: the new one replaces it.
* A report says the same to the letter, in whatever form: the file becomes another source of it.
* Otherwise it is a report of its own. Where it is another version of one that is there, of the same town and year,
  both stand side by side: only a person knows which of two files counts, and can `remove` the other.

Only reports that an index names are loaded and compared.
"""

import json
from collections.abc import Collection, Sequence
from typing import Any

from rag.library.columns import name_key
from rag.library.library import Library
from rag.library.reader import IN_ORDER
from rag.parsing.report import Metadata, Report, ReportSource
from rag.parsing.same_text import VERSION_SHARE, LetterForms, issue, may_be_same, same_text, shared_text
from rag.types import Notice

_TOWN_STATED = "json_extract(metadata, '$[0].town')"
"""What a report itself states, whatever a person set instead; there is an index on it."""

_NEAR = f"town_key IN ('', ?1) OR {_TOWN_STATED} = ?2 OR {_TOWN_STATED} IS NULL"
"""Condition: of a town, by its key and its name, or of none that is known."""

_LIKE = f"""WITH alike AS (
        SELECT report FROM letter_forms WHERE form = ?3
        UNION SELECT report FROM letter_forms WHERE form IN (SELECT value FROM json_each(?4)) AND is_whole
        UNION SELECT position FROM reports WHERE read_by = '' AND (?2 IS NULL OR {_NEAR}))
    SELECT id FROM alike JOIN reports ON position = alike.report {IN_ORDER}"""
"""Asks for reports that may say the same; those that an earlier release stored have no fingerprints."""


def twin(library: Library, report: Report, forms: LetterForms) -> Report | None:
    """The report that says the same."""
    if library.rows("SELECT 1 FROM reports WHERE id = ?", report.id):
        return library.find(report.id)
    for (report_id,) in library.rows(_LIKE, *_town(report.metadata), forms.whole, json.dumps(sorted(forms.inner))):
        held = library.find(report_id)
        if held is not None and _may_be(library, held, report) and same_text(held, report):
            return held
    return None


def predecessor(library: Library, report: Report, name: str, arrived: Collection[str]) -> ReportSource | None:
    """The source that a file of this name takes the place of: an earlier state of it, not another town's 总结.txt.

    Files that `arrived` (their hashes) in the same run are no earlier states.
    """
    for report_id, sha256 in _of_the_name(library, report.metadata, name):
        old = None if sha256 in arrived else library.find(report_id)
        if old is not None and _may_be(library, old, report) and _is_version(old, report):
            return library.source_by_sha256(sha256)
    return None


def versions(library: Library, report: Report) -> list[Report]:
    """Other reports of the same town and year."""
    town, year = report.metadata.town, report.metadata.year
    if town is None or year is None:
        return []
    sql = f"SELECT id FROM reports WHERE town_key = ? AND year = ? AND town = ? AND id != ? {IN_ORDER}"
    held = library.reports(row[0] for row in library.rows(sql, name_key(town), year, town, report.id))
    return [each for each in held if may_be_same(each.metadata, report.metadata)]


def beside(report: Report, others: Sequence[Report]) -> list[Notice]:
    """Says which versions of a report stand beside it, and how much text they have in common; empty without any."""
    shares = tuple(f"{old.id} ({int(100 * shared_text(old, report))}%)" for old in others)
    return [Notice("stands_beside", versions=shares)] if shares else []


def _of_the_name(library: Library, metadata: Metadata, name: str) -> list[Any]:
    """Report id and hash of the files of a name that may be the town's, newest first.

    Hundreds of folders may each hold a 总结.txt: where the town is known they are found by it, not by their name.
    """
    if metadata.town is None:
        return library.rows("SELECT report_id, sha256 FROM sources WHERE name = ? ORDER BY position DESC", name)
    sql = f"""SELECT report_id, sha256 FROM reports CROSS JOIN sources ON report_id = id
        WHERE ({_NEAR}) AND +name = ?3 ORDER BY sources.position DESC"""
    return library.rows(sql, *_town(metadata), name)


def _town(metadata: Metadata) -> tuple[str, str | None]:
    return name_key(metadata.town), metadata.town


def _may_be(library: Library, held: Report, report: Report) -> bool:
    """Whether nothing says that they are of different places or years, neither the report nor a correction of it."""
    states = (held.metadata, library.corrected_of(held.id).found)
    return any(may_be_same(state, report.metadata) for state in states)


def _is_version(old: Report, new: Report) -> bool:
    return old.id == new.id or _same_issue(old, new) or shared_text(old, new) >= VERSION_SHARE


def _same_issue(one: Report, other: Report) -> bool:
    is_known = one.metadata.town is not None and one.metadata.year is not None
    same = issue(one.metadata)[1:] == issue(other.metadata)[1:]
    return is_known and same and may_be_same(one.metadata, other.metadata)
