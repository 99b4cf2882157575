"""A report's details as a form shows them, and the form's values as corrections by hand."""

from collections.abc import Mapping

from rag.errors import InputError
from rag.types import Report
from rag.workspace import Workspace
from ui.words import Words

EDITABLE = ("town", "county", "year", "plan_year", "issuer")
_YEARS = ("year", "plan_year")


def edit_values(report: Report) -> list[str]:
    """What the form shows, in the order of its fields."""
    values = (getattr(report.metadata, name) for name in EDITABLE)
    return ["" if value is None else str(value) for value in values]


def corrected(workspace: Workspace, report_id: str, values: Mapping[str, str], words: Words) -> None:
    """Stores what differs from what the report has. Raises InputError for a year that is none."""
    held = workspace.library.report(report_id).metadata
    changes: dict[str, str | int] = {}
    for name, value in values.items():
        given = value.strip()
        if given and given != str(getattr(held, name) or ""):
            changes[name] = _year(given, words) if name in _YEARS else given
    if changes:
        workspace.edit(report_id, **changes)


def _year(given: str, words: Words) -> int:
    if not (given.isascii() and given.isdecimal() and 1949 <= int(given) <= 2100):
        raise InputError(words.say("not_a_year", given))
    return int(given)
