"""Every spelling of a figure in `spellings.txt` is read as it says there."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from rag.text.figures import read_figures
from rag.text.units import UNITS

LINES = Path(__file__).with_name("spellings.txt").read_text(encoding="utf-8").splitlines()
SPELLINGS = [line for line in LINES if line and not line.startswith("#")]
LEAST_SPELLINGS = 400
_APPROXIMATIONS = {">": "over", "~": "near", "<": "under", "": ""}
_EXPECTED = re.compile(
    r"(?:(?P<about>[>~<]) )?(?P<value>-?\d+(?:\.\d+|/\d+)?)(?:\.\.(?P<most>-?[\d.]+))?"
    r"(?: (?P<unit>[^/\s]+))?(?P<per>(?: /\S+)*)"
)

Said = tuple[Decimal, Decimal | None, str, str, frozenset[str]]
"""Least, most, measure, approximation, and what it is counted by."""


def expected(text: str) -> Said:
    """What `spellings.txt` says of a figure, in the base unit of its measure."""
    found = _EXPECTED.fullmatch(text)
    assert found, text
    unit = found["unit"] or ""
    size = UNITS[unit].size if unit in UNITS else Decimal(1)
    part, _, whole = found["value"].partition("/")
    least = Decimal(part) / Decimal(whole or 1) * size
    most = Decimal(found["most"]) * size if found["most"] else None
    measure = UNITS[unit].measure if unit in UNITS else unit
    about = "near" if most is not None else _APPROXIMATIONS[found["about"] or ""]
    return least.normalize(), most, measure, about, frozenset(found["per"].replace("/", "").split())


def read(text: str) -> list[Said]:
    return [(f.value, f.high, f.measure, f.approximation, f.per) for f in read_figures(text)]


@pytest.mark.parametrize("line", SPELLINGS)
def test_a_spelling_is_read(line: str) -> None:
    text, _, said = (part.strip() for part in line.rpartition("|"))
    figures = [] if said == "-" else [expected(one.strip()) for one in said.split(";")]
    assert read(text.encode("ascii", "backslashreplace").decode("unicode_escape")) == figures


def test_there_are_enough_of_them_and_none_stands_twice() -> None:
    assert len(set(SPELLINGS)) == len(SPELLINGS) >= LEAST_SPELLINGS
