"""What asking for figures costs does not grow with the reports that have nothing to do with it."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from rag.library.figure_store import FigureChoice, figures
from rag.library.listing import Choice
from rag.library.results import Scope
from rag.tables.comparison import Wanted
from tests.support.figure_reports import stored_report
from tests.tables.test_compare import House

_STEP = 20  # instructions of SQLite between two calls
SPEAKING = [
    stored_report(f"石矶{number}镇", 2021, f"油茶面积{number}00亩。改造危房28户。") for number in "一二三四五六"
]
_DIGITS = "零一二三四五六七八九"


@contextmanager
def counted(house: House) -> Iterator[Callable[[], int]]:
    """How often SQLite worked through so many instructions for the library."""
    connection: sqlite3.Connection = house.library._connection
    count = 0

    def tick() -> None:
        nonlocal count
        count += 1

    connection.set_progress_handler(tick, _STEP)
    yield lambda: count
    connection.set_progress_handler(None, 0)


def beside(home: Path, reports: int) -> House:
    """A library in which six reports speak of 油茶, beside so many others."""
    house = House(home)
    names = ("".join(_DIGITS[int(digit)] for digit in f"{number:03}") for number in range(reports))
    house.library.add_many(SPEAKING)
    house.library.add_many(stored_report(f"南浦{name}镇", 2020, "粮食总产量31吨。慰问党员63名。") for name in names)
    return house


def of_a_town(house: House) -> object:
    rows = figures(house.library, FigureChoice(Choice(Scope(("石矶一镇",)))))
    return len(rows)


def compared(house: House) -> object:
    comparison = house.compare("油茶", Wanted(gaps=20))
    return len(comparison.rows), len(comparison.gaps)


def of_a_county(house: House) -> object:
    return house.compare("油茶", Wanted(county="无名县")).rows


@pytest.mark.parametrize("ask", [of_a_town, compared, of_a_county])
def test_ten_times_the_reports_cost_no_more(tmp_path: Path, ask: Callable[[House], object]) -> None:
    costs, found = [], []
    for reports in (100, 1000):
        house = beside(tmp_path / str(reports), reports)
        ask(house)  # follows the subjects that came
        with counted(house) as count:
            found.append(ask(house))
            costs.append(count())
        house.close()
    assert found[0] == found[1]
    assert costs[1] <= 1.3 * costs[0]
