"""A report's details as a form shows them, and what a person changed in the form."""

from collections.abc import Mapping

from rag.parsing.report import Report

EDITABLE = ("town", "level", "county", "year", "plan_year", "issuer")


def edit_values(report: Report) -> list[str]:
    """What the form shows, in the order of its fields."""
    values = (getattr(report.metadata, name) for name in EDITABLE)
    return ["" if value is None else str(value) for value in values]


def changed_values(report: Report, given: Mapping[str, str]) -> dict[str, str]:
    """The fields whose value is another than the report has."""
    held = dict(zip(EDITABLE, edit_values(report), strict=True))
    return {name: value.strip() for name, value in given.items() if value.strip() != held[name]}
