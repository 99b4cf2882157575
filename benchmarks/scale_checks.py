"""Whether answers say what is true of the generated reports: counts, lists, figures, compared values.

Each check gives its faults in words, none where all is right.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from benchmarks.generated_reports import Stated, Truth
from benchmarks.generated_words import TOPICS
from benchmarks.scale_questions import Survey

_TOWN = re.compile(r"(?:(?P<county>[㐀-鿿]{2}县))?(?P<town>[㐀-鿿]{2}[镇乡])[（(]?(?:(?P<year>20\d\d)年)?")
_COUNT = re.compile(r"(\d+)(?=/\d| ?个(?:[乡镇]|报告))")
_NEAR = 1e-6  # of a value, relative


def survey_faults(survey: Survey, said: str, known: Sequence[Truth]) -> list[str]:
    """Names that should not be there, names that are missing without being counted, a count that is wrong.

    `said` is all that the answer tells: its sentence and its expression. A list that is cut must say how many there
    are, as reports or as towns.
    """
    wanted = [each for each in known if each.file in survey.files]
    named = set(_named_in(said, known))
    right = {each.file for each in wanted}
    faults = [f"names {file}" for file in sorted(named) if file not in right]
    counts = [int(number) for number in _COUNT.findall(said)]
    true_counts = {len(wanted), len({(each.town, each.county) for each in wanted})}
    faults += [f"counts {count} instead of {len(wanted)}" for count in counts if count not in true_counts]
    missing = [each.file for each in wanted if each.file not in named]
    if missing and not counts:
        faults.append(f"leaves out {len(missing)} of {len(wanted)}, such as {missing[0]}")
    if not named:
        faults.append("names no town")
    return faults


def _named_in(said: str, known: Sequence[Truth]) -> Iterator[str]:
    """The files of the reports that a list of names means: a name without county or year is every report of it.

    Where only some of the reports of a name are meant, county or year must stand there; so a name alone that has one
    right report and one wrong one counts as naming both.
    """
    by_town: dict[str, list[Truth]] = defaultdict(list)
    for each in known:
        by_town[each.town].append(each)
    for found in _TOWN.finditer(said):
        reports = [each for each in by_town.get(found["town"], ()) if found["county"] in (None, each.county)]
        yield from (each.file for each in reports if found["year"] in (None, str(each.year)))


def base(value: str, unit: str) -> tuple[float, str]:
    """A value with 万 multiplied out, and its bare unit.

    Example: base("2.78", "万人次") == (27800.0, "人次")
    """
    return (round(float(value) * 10_000, 4), unit[1:]) if unit.startswith("万") else (float(value), unit)


def figure_faults(town: tuple[str, str], rows: Iterable[Mapping[str, Any]], known: Sequence[Truth]) -> list[str]:
    """Generated figures of a town that are in no row with their value, unit, year and status."""
    held = Counter(
        (round(float(row["value_base"]), 4), row["unit_base"].split("/")[0], row["year"], row["status"] == "result")
        for row in rows
        if row["value_base"] is not None
    )
    faults = []
    for each in known:
        if (each.town, each.county) != town:
            continue
        for stated in each.figures:
            key = (*base(stated.value, stated.unit), stated.year, stated.status == "result")
            held[key] -= 1
            if held[key] < 0:
                faults.append(f"{each.town} {each.year}: no row of {stated.subject} {stated.value}{stated.unit}")
    return faults


def comparison_faults(subject: str, rows: Iterable[Mapping[str, Any]], known: Sequence[Truth]) -> list[str]:
    """Values of the subject that the comparison lacks or tells otherwise; for a topic also rows of other reports.

    A subject of the 5,000 has neighbours of nearly the same name, whose rows may stand beside.
    """
    told: dict[tuple[Any, ...], list[float]] = defaultdict(list)
    for row in rows:
        figure = row["figure"]
        place = (row["town"], row["county"], row["year"], row["status"] == "result")
        told[place].append(float(figure["value_base"]))
    faults, right = [], set()
    for each, stated in _whole_figures(subject, known):
        place = (each.town, each.county, stated.year, stated.status == "result")
        right.add(place)
        value = base(stated.value, stated.unit)[0]
        if not any(abs(value - other) <= _NEAR * value for other in told.get(place, ())):
            what = f"tells {told[place]}" if told.get(place) else "says nothing"
            faults.append(f"{each.town} {stated.year}: {what} where {stated.value}{stated.unit} is right")
    if subject in {topic.subject.name for topic in TOPICS}:
        faults += [f"{place[0]} {place[2]}: says nothing of it" for place in told if place not in right]
    return faults


def _whole_figures(subject: str, known: Sequence[Truth]) -> Iterator[tuple[Truth, Stated]]:
    for each in known:
        for stated in each.figures:
            if stated.subject == subject and stated.kind == "whole":
                yield each, stated
