"""The metadata of a report as columns of its row, by which it is found."""

from rag.parsing.report import Metadata
from rag.text.normalization import fold

METADATA_COLUMNS = (
    "town", "level", "county", "city", "province", "year", "plan_year", "town_key", "county_key",
)  # fmt: skip


def metadata_values(metadata: Metadata) -> tuple[str | int | None, ...]:
    """Metadata, with the corrections made by hand, as METADATA_COLUMNS."""
    return (
        metadata.town,
        metadata.level,
        metadata.county,
        metadata.city,
        metadata.province,
        metadata.year,
        metadata.plan_year,
        name_key(metadata.town),
        name_key(metadata.county),
    )


def name_key(name: str | None) -> str:
    """A name as it is compared: in simplified script, without blanks around it; empty where there is none."""
    return fold(name or "").strip()
