"""What keeps a library in order: corrections by hand, removal, indexes made again, a backup put back."""

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from rag.errors import InputError
from rag.library.backups import put_back
from rag.library.indexing import OnProgress, Stores, bring_in_step, make_again
from rag.library.lock import library_lock
from rag.library.parser_version import pipeline_version
from rag.library.reading_again import renew_outdated
from rag.library.reparsing import renew_report
from rag.parsing.report import Metadata, Report
from rag.settings import Settings
from rag.text.place_names import LEVELS

CORRECTABLE = tuple(field.name for field in fields(Metadata))
"""What can be corrected by hand."""

_YEARS = ("year", "plan_year")
_DATES = ("publish_date", "signing_date")
_EARLIEST, _LATEST = 1949, 2100
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def edit_report(report_id: str, changes: Mapping[str, str | None], *, settings: Settings, stores: Stores) -> Report:
    """Corrects metadata by hand, field by field; gives the report as it is then, under the id it then has.

    A text is the right value (empty: the report does not state it), None takes an earlier correction back.
    Raises InputError for a value that cannot be, UnknownReport, or LibraryBusy where another process writes.

    Example: edit_report(report_id, {"town": "石矶镇", "year": "2021", "county": None}, settings=…, stores=…)
    """
    if unknown := [name for name in changes if name not in CORRECTABLE]:
        raise InputError("no_such_field", fields=tuple(unknown), known=CORRECTABLE)
    values: dict[str, Any] = {name: None if text is None else _checked(name, text) for name, text in changes.items()}
    library = stores.library
    with library_lock(settings):
        report = library.report(report_id)
        library.correct(report.id, replace(library.corrections(report.id), **values))
        if {"year", "plan_year"} & changes.keys():  # plans and results are told apart, and figures dated, by them
            renew_report(library, report.id)
        bring_in_step(stores)
    return library.report(report.id)


def remove_report(report_id: str, *, settings: Settings, stores: Stores) -> None:
    """Removes a report everywhere. Raises UnknownReport, or LibraryBusy where another process writes."""
    with library_lock(settings):
        stores.library.remove(report_id)
        bring_in_step(stores)


def rebuild(*, settings: Settings, stores: Stores, on_progress: OnProgress = lambda done, total: None) -> None:
    """Cleans again what an older state of the program cleaned, then makes both derived indexes from the library.

    Quick while the cache still holds the embeddings.
    """
    library = stores.library
    with library_lock(settings):
        total = len(library.outdated(pipeline_version())) + library.totals().reports
        read = renew_outdated(library, lambda done, _: on_progress(done, total))
        stores.vectors.refresh(library.generation())
        make_again(stores, lambda done, of: on_progress(read + done, read + of))


def restore(file: Path, *, settings: Settings, open_stores: Callable[[], Stores], on_progress: OnProgress) -> None:
    """Puts a backup in the place of the library, then makes the indexes from it.

    Raises InputError for a file that is no backup, LibraryNewer for one of a newer version, LibraryBusy; until the
    backup is whole in its place, the library stays as it is.
    """
    with library_lock(settings):
        put_back(file, settings.library_path)
        make_again(open_stores(), on_progress)


def _checked(name: str, text: str) -> str | int:
    value = " ".join(text.split())
    if name in _YEARS:
        if not value.isdecimal() or not _EARLIEST <= int(value) <= _LATEST:
            raise InputError("must_be_year", name=name, value=text, earliest=_EARLIEST, latest=_LATEST)
        return int(value)
    if name == "level" and value not in ("", *LEVELS):
        raise InputError("no_such_level", value=text, known=LEVELS)
    if name in _DATES and value and not _DATE.fullmatch(value):
        raise InputError("must_be_date", name=name, value=text)
    return value
