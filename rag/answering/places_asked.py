"""The places that a question is about: those it names, else those of the conversation before it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rag.library.binding import readable
from rag.library.english_places import places_in_english
from rag.library.held_places import HeldPlaces
from rag.library.named_place import RANK, NamedPlace
from rag.library.named_places import named_places
from rag.models.conversation import Turn
from rag.text.bigrams import content_bigrams
from rag.text.lexicon import concept
from rag.text.normalization import HAN, fold
from rag.text.place_names import level_of, short_name

_HAN = re.compile(rf"[{HAN}]")
_OF_PLACES_WITHIN = concept("all_reports", "every_place")
_ASKS = concept("question_words")


@dataclass(frozen=True, slots=True)
class PlacesAsked:
    """Places with what the library has of them."""

    places: tuple[NamedPlace, ...] = ()
    unknown: tuple[str, ...] = ()  # no report is of them, none speaks of them
    asks_within: bool = False  # which of the places inside those named
    is_inherited: bool = False

    @property
    def towns(self) -> tuple[str, ...]:
        """The places by the library's names, where all have reports of their own."""
        names = tuple(dict.fromkeys(each.name for each in self.places if each.label not in self.unknown))
        return () if self.asks_within else names

    def counties(self, folded: str, held: HeldPlaces) -> tuple[str, ...]:
        """Counties of the library's towns that a text names, but as the place that it asks about."""
        asked = {each.name for each in self.places}
        return tuple(county for county in held.counties_in(folded) if county not in asked)

    def moved(self, folded: str, previous: Turn, held: HeldPlaces) -> str | None:
        """The question before, asked of the place that 大塘镇呢？ names; None where the follow-up asks for itself."""
        own = in_turn(folded, (each.name for each in self.places), "")
        asks_nothing = folded.rstrip("？? ").endswith("呢") and not content_bigrams(own)
        before = named_places(fold(previous.content), held)
        if self.is_inherited or not asks_nothing or len(self.places) != 1 or len(before) != 1:
            return None
        return in_turn(fold(previous.content), [before[0].name], self.places[0].name)


def in_question(text: str, held: HeldPlaces, history: Sequence[Turn] = ()) -> PlacesAsked:
    """The places of a question; of a follow-up that names none the last one named before it."""
    places = _named(text, held)
    before = [turn.content for turn in reversed(history) if turn.role == "user"]
    earlier = next((named for each in before if (named := _named(each, held))), ()) if before else ()
    is_inherited = bool(before) and not places
    if is_inherited:
        places = earlier[-1:]
    elif len(places) == len(earlier) == 1:
        places = (_inside(places[0], earlier[0], held),)
    which = _OF_PLACES_WITHIN.search(fold(text))
    if which and not is_inherited:  # 哪些镇的报告提到了石桥镇: what is sought in reports, not whose they are
        places = tuple(each for each in places if each.rank < RANK["township"] or each.start < which.start())
    asks_within = which is not None and all(each.rank < RANK["township"] for each in places)
    asks_within = asks_within and not _is_choice(which[0] if which else "", places)
    unknown = tuple(each.label for each in places if not readable([each], held, asks_within=asks_within))
    return PlacesAsked(places, unknown, asks_within and bool(places), is_inherited)


def _is_choice(which: str, places: Sequence[NamedPlace]) -> bool:
    """Whether 哪个县 asks for one of several counties that are named, and not for a place inside them."""
    ranks = [RANK[level] for letter in which if (level := level_of(f"某{letter}"))]
    return len(places) > 1 and bool(ranks) and min(ranks) <= min(each.rank for each in places)


def _named(text: str, held: HeldPlaces) -> tuple[NamedPlace, ...]:
    return named_places(fold(text), held) if _HAN.search(text) else places_in_english(text, held)


def _inside(place: NamedPlace, before: NamedPlace, held: HeldPlaces) -> NamedPlace:
    """A place without a report of its own, asked about after a wider one, is taken to lie in that."""
    if place.within or held.has_report(place.name) or before.rank >= place.rank:
        return place
    return replace(place, within=(*before.within, before.name))


def in_turn(folded: str, names: Iterable[str], other: str) -> str:
    """A folded text with each name of these places, full or short, replaced."""
    forms = {fold(form) for name in names if name for form in (name, short_name(name))}
    return re.sub("|".join(map(re.escape, sorted(forms, key=len, reverse=True))), other, folded) if forms else folded
