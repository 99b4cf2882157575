"""Which reports figures are asked of: those of towns that a person names, or all but samples."""

from collections.abc import Iterable

from rag.library.figure_store import real_reports
from rag.library.held_places import HeldPlaces
from rag.library.listing import Choice
from rag.library.resolve import chosen_by, reports_of_town
from rag.library.results import Scope


def chosen_reports(held: HeldPlaces, towns: Iterable[str], county: str | None) -> Choice:
    """The reports of the towns; without a name those of the county, or all.

    Raises UnknownReport and AmbiguousTown as `reports_of_town` does.
    """
    found = [report.id for town in towns for report in reports_of_town(held, town, county=county)]
    if found:
        return Choice(Scope(report_ids=frozenset(found)))
    return real_reports(held.library, Choice(chosen_by(Scope(county=county), held)))
