"""A library of many small reports, for tests of what depends on their number."""

from itertools import product
from pathlib import Path

from rag.library.library import Library
from rag.library.row_writer import Stored
from tests.support.made_parts import made_report, made_source

_FIRST, _SECOND = "石柳青云滑沙桐枫梅兰竹松柏杉樟桂桃李杏枣", "矶溪岭陂塘坪冲港洲湾桥铺垸寨坝坳洞泉井源"
_COUNTIES = [f"{first}{second}县" for first, second in product("衡岳常邵永怀湘娄益郴", "州山阳水宁江安平化源")]
YEARS = (2019, 2020, 2021, 2022, 2023)


def many_reports(count: int, *, years: int = len(YEARS)) -> list[Stored]:
    """Reports of invented towns, for each town one of every year; report number 7 is the same for every count."""
    return [_stored(number, years) for number in range(count)]


def filled(path: Path, count: int, *, years: int = len(YEARS)) -> Library:
    """A library of that many reports in a file."""
    library = Library.open(path)
    stored = many_reports(count, years=years)
    for start in range(0, count, 500):
        library.add_many(stored[start : start + 500])
    return library


def _stored(number: int, years: int) -> Stored:
    place, year = divmod(number, years)
    name, county = divmod(place, len(_COUNTIES))
    first, second = divmod(name, len(_SECOND))
    again, first = divmod(first, len(_FIRST))
    town = f"{_FIRST[first]}{_SECOND[second]}{_FIRST[again] if again else ''}镇"
    report = made_report(town, _COUNTIES[county], YEARS[year])
    return Stored(report, made_source(report, f"{number:05}-{report.label}.txt"))
