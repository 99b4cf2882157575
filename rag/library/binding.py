"""Which sentences of the library may speak for the places that a question names.

Whatever reads reports for an answer reads those given here, so that no way to an answer can leave them: a report of a
place asked about is whole, any other is cut down to the sentences that name the place, and most are not there at all.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rag.library.held_places import HeldPlaces
from rag.library.named_place import NamedPlace, is_named, is_same_place, rank_of
from rag.library.place_rows import surroundings, without_people
from rag.library.placed import Where, admitted_by, among, placed
from rag.library.readable_reports import Part, ReadableReports
from rag.library.results import Scope
from rag.library.sentence_index import SentencePlace
from rag.parsing.report import Metadata, Report, Sentence
from rag.text.gazetteer import listed_level
from rag.text.lexicon import concept
from rag.text.normalization import HAN, fold
from rag.text.place_names import short_name

EVERYTHING = Scope()
_OF_ITSELF = re.compile(rf"{concept('of_all_or_ours').any}(?P<level>[{HAN}])")
_CALLED_SHORT = ("province", "city")


def readable(
    places: Sequence[NamedPlace], held: HeldPlaces, *, scope: Scope = EVERYTHING, asks_within: bool = False
) -> ReadableReports:
    """What of the reports in a scope may speak for the places; all of these where no place is named.

    `asks_within`: asked is which of the places inside those named, so that the reports of these count as well.
    """
    inside = None if scope.is_open else admitted_by(scope)
    if not places:
        return ReadableReports(held.library, inside)
    sought = [_sought(place, held, asks_within) for place in places]
    whole = among("id", [report_id for each in sought for report_id in each.own])
    for each in sought:
        whole = whole | _inside(each) if each.asks_within else whole
    parts: dict[str, _Speaking] = {}
    for each in sought:
        for report_id, numbers in _speaking(each, held, inside):
            parts.setdefault(report_id, _Speaking([], set())).add(each, numbers)
    for report in placed(held.library, among("id", parts) & whole):
        del parts[report.id]
    whole = whole & inside if inside else whole
    return ReadableReports(held.library, whole, {report_id: each.part() for report_id, each in parts.items()})


@dataclass(frozen=True, slots=True)
class _Sought:
    """A place, and the words by which sentences of other places' reports can speak for it; a place with reports of its
    own needs none.
    """

    place: NamedPlace
    own: tuple[str, ...]  # ids of the reports of the place itself
    lying_in: tuple[str, ...]  # what reports call the place where they say that they lie in it
    full: tuple[str, ...] = ()
    short: str = ""
    asks_within: bool = False


def _sought(place: NamedPlace, held: HeldPlaces, asks_within: bool) -> _Sought:
    own = tuple(report.id for report in held.of(place.name) if is_of(report.metadata, place))
    lying_in = held.same_as(place.name)
    if own:
        return _Sought(place, own, lying_in, asks_within=asks_within)
    full = tuple(fold(name) for name in (place.name, without_people(place.name)) if name)
    short = fold(short_name(place.name))
    is_usual = listed_level(place.name) in _CALLED_SHORT or not any(held.speak_of(name) for name in full)
    return _Sought(place, (), lying_in, full, short if is_usual and short != full[0] else "", asks_within)


@dataclass(frozen=True, slots=True)
class _Speaking:
    """Places that a report of another place speaks of, and the sentences in which it may."""

    sought: list[_Sought]
    numbers: set[int]

    def add(self, sought: _Sought, numbers: Iterable[int]) -> None:
        self.sought.append(sought)
        self.numbers.update(numbers)

    def part(self) -> Part:
        return Part(tuple(sorted(self.numbers)), self._speaks)

    def _speaks(self, report: Report, sentence: Sentence) -> bool:
        folded = report.said(sentence).folded
        return any(_names(each, folded) or _means_whole(each, report.metadata, folded) for each in self.sought)


def _speaking(sought: _Sought, held: HeldPlaces, inside: Where | None) -> Iterator[tuple[str, set[int]]]:
    """Reports of other places with the numbers of the sentences that can be of the place."""
    if not sought.full:
        return
    found: dict[str, set[int]] = {}
    for words in filter(None, (*sought.full, sought.short)):
        for place in held.saying(words):
            if _names(sought, place.text):
                found.setdefault(place.report_id, set()).add(place.number)
    for each in _of_the_whole(sought, held):
        found.setdefault(each.report_id, set()).add(each.number)
    chosen = among("id", found) & inside if inside else among("id", found)
    for report in placed(held.library, chosen):
        if _may_speak_of(report.metadata, sought):
            yield report.id, found[report.id]


def _of_the_whole(sought: _Sought, held: HeldPlaces) -> Iterator[SentencePlace]:
    """Where a place's own bureaus say 全县 or 我县."""
    bureaus = [each.id for each in placed(held.library, Where("level = 'bureau'") & _inside(sought))]
    level = sought.place.name[-1:]
    if bureaus:
        for word in concept("of_all_or_ours"):
            yield from held.saying(f"{word}{level}", reports=bureaus)


def _inside(sought: _Sought) -> Where:
    """The reports of what lies in a place."""
    sql = "SELECT report FROM place_names WHERE role != 'own' AND name IN (SELECT value FROM json_each(?))"
    return Where(f"position IN ({sql})", (json.dumps(sought.lying_in),))


def is_of(metadata: Metadata, place: NamedPlace) -> bool:
    """Whether a report is of a place itself; what it does not say of where it lies is taken to agree."""
    if not metadata.town or fold(metadata.town) != fold(place.name):
        return False
    around = {rank_of(name): name for name in surroundings(metadata)}
    return all(is_same_place(around.get(rank_of(name), name), name) for name in place.within if name != metadata.town)


def _lies_in(metadata: Metadata, sought: _Sought) -> bool:
    return any(is_same_place(sought.place.name, name) for name in surroundings(metadata))


def _may_speak_of(mine: Metadata, sought: _Sought) -> bool:
    """Whether the sentences of another place's report that name the place can be of it.

    What lies in a place tells its own figures, not the place's, but for the place's own bureaus; and a place that is
    said to lie in one county is not its namesake in another.
    """
    own = (mine.town or "", *surroundings(mine))
    is_near = all(any(is_same_place(name, each) for each in own) for name in sought.place.within[-1:])
    return is_near and (mine.level == "bureau" or not _lies_in(mine, sought))


def _names(sought: _Sought, folded: str) -> bool:
    return any(is_named(name, folded) for name in sought.full) or is_named(sought.short, folded, is_short=True)


def _means_whole(sought: _Sought, metadata: Metadata, folded: str) -> bool:
    """Whether a sentence of a place's bureau says 全县 or 我县 of the place."""
    if metadata.level != "bureau" or not _lies_in(metadata, sought):
        return False
    return any(match["level"] == sought.place.name[-1:] for match in _OF_ITSELF.finditer(folded))
