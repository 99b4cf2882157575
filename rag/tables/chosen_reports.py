"""Which reports figures are asked of: those of towns that a person names, or all but samples."""

import json
from collections.abc import Iterable

from rag.library.figure_store import real_reports
from rag.library.library import Library
from rag.library.listing import Choice
from rag.library.resolve import reports_of_town
from rag.library.results import Scope
from rag.parsing.report import Report
from rag.text.normalization import fold


def chosen_reports(library: Library, towns: Iterable[str], county: str | None) -> Choice:
    """The reports of the towns; without a name those of the county, or all.

    Raises UnknownReport and AmbiguousTown as `reports_of_town` does.
    """
    everywhere = real_reports(library, Choice(Scope(county=county)))
    found = [report.id for town in towns for report in _of_town(library, town, county)]
    return Choice(Scope(report_ids=frozenset(found))) if found else everywhere


def _of_town(library: Library, town: str, county: str | None) -> list[Report]:
    """The reports of one town, found by the places' names; all are read only to say which towns there are."""
    wanted = fold(town).strip()
    sql = """SELECT DISTINCT reports.id FROM place_forms
            JOIN place_names ON place_names.name = place_forms.name AND role = 'own'
            JOIN reports ON reports.position = place_names.report
        WHERE form IN (SELECT value FROM json_each(?))"""
    named = library.rows(sql, json.dumps([wanted[at:] for at in range(len(wanted))]))
    reports = library.reports(row[0] for row in named)
    return reports_of_town(reports or library.every_report(), town, county=county)
