"""Which reports a question may be answered from, and the refusals that need no search."""

from dataclasses import dataclass, replace
from typing import Literal

from rag.answering.answers import Choice
from rag.answering.places_asked import in_turn
from rag.answering.questions import Question
from rag.library.binding import readable
from rag.library.held_places import HeldPlaces
from rag.library.placed import Where, admitted_by, but
from rag.library.readable_reports import ReadableReports
from rag.library.results import Scope
from rag.text.normalization import fold
from rag.types import Notice


@dataclass(frozen=True, slots=True)
class Missing:
    """What the library does not have: a town, or a year of the towns it has."""

    reason: Literal["no_such_town", "no_such_year"]
    towns: str
    years: str = ""
    have: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A place that was chosen, and another that is asked about."""

    chosen: str
    asked: str
    choices: tuple[Choice, ...]


def narrow(asked: Question, scope: Scope, readable: ReadableReports) -> Scope:
    """The question's own scope inside the one the person set; `readable` is what it may be answered from.

    A year that no report is about, but a report mentions, does not narrow: the figures of 去年 stand in this year's.
    """
    towns = scope.towns or asked.towns
    scope = Scope(
        towns=towns if all(readable.has(Where("town = ?", (town,))) for town in towns) else (),
        county=scope.county or asked.scope.county,
        years=scope.years or asked.years,
    )
    if scope.county and readable.has(but(admitted_by(Scope(county=scope.county)))):
        scope = replace(scope, county=None)  # what does not say its county was taken to lie in it
    return scope if scope.years and readable.has(admitted_by(replace(scope, county=None))) else replace(scope, years=())


def missing(asked: Question, scope: Scope, readable: ReadableReports, held: HeldPlaces) -> Missing | None:
    """The place or year that the library does not have; None where there is something to search."""
    named = [each.label for each in asked.places] or [*scope.towns, *filter(None, [scope.county])]
    if named and not readable:
        return Missing("no_such_town", towns="、".join(named))
    years = scope.years or asked.years
    if not years or any(_speaks_of(readable, year, held) for year in years):
        return None
    towns = scope.towns or asked.towns
    have = "、".join(str(year) for year in readable.years())
    return Missing("no_such_year", "、".join(towns), "、".join(str(year) for year in years), have)


def conflict(asked: Question, scope: Scope, readable_there: ReadableReports, held: HeldPlaces) -> Conflict | None:
    """The place asked about, where the library has reports of it and none of them lies in the scope chosen.

    Whoever asks may mean either: the same question of the place chosen, or without the choice.
    """
    if scope.of_any_year.is_open or not asked.places or readable_there:
        return None
    if not readable(asked.places, held, asks_within=asked.asks_within):
        return None
    chosen = [*scope.towns] or [scope.county or ""]
    named = "、".join(each.label for each in asked.places)
    choices = (Choice(_of_chosen(asked, chosen[0]), scope), Choice(asked.text, Scope(years=scope.years)))
    return Conflict("、".join(chosen), named, choices if len(asked.places) == 1 else choices[1:])


def _of_chosen(asked: Question, place: str) -> str:
    """The same question of another place."""
    names = [each.name for each in asked.places]
    moved = (in_turn(text, names, place) for text in (asked.text, fold(asked.text)))
    before = f"{place} " if asked.language == "en" else place
    return next((text for text in moved if place in text), f"{before}{asked.text}")


def notices_on(asked: Question) -> tuple[Notice, ...]:
    """What a person should know of the places asked about: one taken for another's misspelling, one not there."""
    taken = [Notice("place_taken_for", asked=each.misspelt, place=each.name) for each in asked.places if each.misspelt]
    unknown = asked.unknown_towns if len(asked.unknown_towns) < len(asked.places) else ()
    return (*taken, *([Notice("place_not_held", places=unknown)] if unknown else []))


def _speaks_of(readable: ReadableReports, year: int, held: HeldPlaces) -> bool:
    return readable.has(admitted_by(Scope(years=(year,)))) or held.speak_of(f"{year}年", reports=readable.ids)
