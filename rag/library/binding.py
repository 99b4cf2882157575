"""Which sentences of the library may speak for the places that a question names.

Whatever reads reports for an answer reads those given here, so that no way to an answer can leave them: a report of a
place asked about is whole, any other is cut down to the sentences that name the place, and most are not there at all.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rag.library.held_places import HeldPlaces
from rag.library.named_place import NamedPlace, is_named, rank_of
from rag.library.place_rows import surroundings, without_people
from rag.parsing.report import Metadata, Report, Sentence
from rag.text.gazetteer import listed_level
from rag.text.lexicon import concept
from rag.text.normalization import HAN, fold
from rag.text.place_names import short_name

_OF_ITSELF = re.compile(rf"{concept('of_all_or_ours').any}(?P<level>[{HAN}])")
_CALLED_SHORT = ("province", "city")


def readable(
    places: Sequence[NamedPlace], reports: Iterable[Report], held: HeldPlaces, *, asks_within: bool = False
) -> Mapping[str, Report]:
    """What of some reports may speak for the places, by id; all of them where no place is named.

    `asks_within`: asked is which of the places inside those named, so that the reports of these count as well.
    """
    if not places:
        return {report.id: report for report in reports}
    sought = [_sought(place, held, asks_within) for place in places]
    parts = ((report, _part(report, sought)) for report in reports)
    return {report.id: part for report, part in parts if part is not None}


@dataclass(frozen=True, slots=True)
class _Sought:
    """A place, and the words by which sentences of other places' reports can speak for it; a place with reports of its
    own needs none.
    """

    place: NamedPlace
    full: tuple[str, ...]
    short: str
    asks_within: bool


def _sought(place: NamedPlace, held: HeldPlaces, asks_within: bool) -> _Sought:
    if any(is_of(report.metadata, place) for report in held.of(place.name)):
        return _Sought(place, (), "", asks_within)
    full = tuple(fold(name) for name in (place.name, without_people(place.name)) if name)
    short = fold(short_name(place.name))
    is_usual = listed_level(place.name) in _CALLED_SHORT or not any(held.speak_of(name) for name in full)
    return _Sought(place, full, short if is_usual and short != full[0] else "", asks_within)


def _part(report: Report, sought: Sequence[_Sought]) -> Report | None:
    """A report as far as it may speak for the places; None where it may not at all."""
    if any(is_of(report.metadata, each.place) or (each.asks_within and _lies_in(report, each)) for each in sought):
        return report
    speaking = [each for each in sought if _may_speak_of(report, each)]
    return _cut_down(report, speaking) if speaking else None


def is_of(metadata: Metadata, place: NamedPlace) -> bool:
    """Whether a report is of a place itself; what it does not say of where it lies is taken to agree."""
    if not metadata.town or fold(metadata.town) != fold(place.name):
        return False
    around = {rank_of(name): name for name in surroundings(metadata)}
    return all(_is_same(around.get(rank_of(name), name), name) for name in place.within if name != metadata.town)


def _lies_in(report: Report, sought: _Sought) -> bool:
    return any(_is_same(sought.place.name, name) for name in surroundings(report.metadata))


def _may_speak_of(report: Report, sought: _Sought) -> bool:
    """Whether the sentences of another place's report that name the place can be of it.

    What lies in a place tells its own figures, not the place's, but for the place's own bureaus; and a place that is
    said to lie in one county is not its namesake in another.
    """
    mine = report.metadata
    own = (mine.town or "", *surroundings(mine))
    is_near = all(any(_is_same(name, each) for each in own) for name in sought.place.within[-1:])
    return bool(sought.full) and is_near and (mine.level == "bureau" or not _lies_in(report, sought))


def _cut_down(report: Report, speaking: Sequence[_Sought]) -> Report | None:
    """A report of nothing but the sentences that name one of the places."""
    is_bureau = report.metadata.level == "bureau"
    sentences = tuple(
        s
        for s in report.sentences
        if any(_names(each, report.said(s).folded) for each in speaking)
        or (is_bureau and any(_means_whole(each, report, s) for each in speaking))
    )
    if not sentences:
        return None
    chunks = tuple(c for c in report.chunks if any(c.start <= s.start < c.end for s in sentences))
    headings = tuple(h for h in report.headings if any(s.start == h.start for s in sentences))
    return replace(report, sentences=sentences, chunks=chunks, headings=headings)


def _names(sought: _Sought, folded: str) -> bool:
    return any(is_named(name, folded) for name in sought.full) or is_named(sought.short, folded, is_short=True)


def _means_whole(sought: _Sought, report: Report, sentence: Sentence) -> bool:
    """Whether a sentence of a place's bureau says 全县 or 我县 of the place."""
    level = sought.place.name[-1:]
    said = _OF_ITSELF.finditer(report.said(sentence).folded)
    return _lies_in(report, sought) and any(match["level"] == level for match in said)


def _is_same(one: str, other: str) -> bool:
    """Whether two names of places that others lie in mean one: a county that became a district is still the same."""
    return fold(one) == fold(other) or (fold(short_name(one)), rank_of(one)) == (
        fold(short_name(other)),
        rank_of(other),
    )
