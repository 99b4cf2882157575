"""Which place a report is about, of which level, and what it lies in. All lines are folded in place.

Titles decide. Where none names a place, what signs the report, the meeting it was held at, what it says of itself and
the page's path are weighed together: a town that the text only describes must not become its own.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rag.parsing.place_mentions import ACTS, counties_in_text, lies_in, mentions, own_level, self_namings
from rag.parsing.report import MetadataField
from rag.parsing.source_lines import LocatedLine, Said
from rag.text.letterhead import is_title
from rag.text.lexicon import concept, table
from rag.text.place_chain import PlaceName, places_at, places_in_title
from rag.text.place_names import Level

_TITLE, _OCCASION, _SIGNATURE, _OFFICIAL, _STEP, _SOURCE = 100.0, 10.0, 10.0, 8.0, 6.0, 3.0
_OWN_LEVEL = 5.0
_ENOUGH = 3.0
_OPENING, _OPENING_LINES = 3, 2  # of what opens the text, it is the subject
_MOST_MENTIONS = 4
_HEAD_LINES, _LONGEST_OFFICIAL = 12, 30
_FIELDS: dict[Level, MetadataField] = {"province": "province", "city": "city", "county": "county"}
_STEP_OF_PATH = re.compile(r"[^>»›→|:\s]+")


@dataclass(frozen=True, slots=True)
class PlaceLines:
    """The lines of a file by what they may say of its place."""

    titles: Sequence[LocatedLine] = ()
    occasions: Sequence[LocatedLine] = ()
    signatures: Sequence[LocatedLine] = ()
    sources: Sequence[LocatedLine] = ()
    dropped: Sequence[LocatedLine] = ()
    body: Sequence[LocatedLine] = ()


@dataclass(frozen=True, slots=True)
class ReportPlace:
    """The level of a report's place, and what its file says of it, other places of this level among it."""

    level: Level | None = None
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class _Evidence:
    """Places that a line names one within the other, and how much it says that the last is the report's own."""

    places: tuple[PlaceName, ...]
    line: LocatedLine
    weight: float

    @property
    def own(self) -> PlaceName:
        return self.places[-1]


def read_place(lines: PlaceLines) -> ReportPlace:
    """The place a report is about, with what it lies in; nothing where the file does not say enough."""
    level = own_level([line.text for line in lines.body])
    evidence = [*_framing(lines), *_described(lines.body)]
    if not any(each.weight == _TITLE for each in evidence):
        evidence += _mentioned(lines.body, level)
    own = _decide(evidence, level)
    if own is None:
        return ReportPlace()
    naming = [each for each in evidence if (each.own.level, each.own.name) == (own.level, own.name)]
    others = [each for each in (*evidence, *_titles_within(lines.body)) if _is_other(each, own)]
    town = [Said("town", each.own.name, each.line, each.own.start, each.own.end) for each in (*naming, *others)]
    around = [(place, each.line) for each in naming for place in each.places[:-1]]
    around += [(place, line) for line in lines.body for place in lies_in(line.text)]
    if own.level not in _FIELDS and not any(place.level == "county" for place, _ in around):
        around += _county_of_text(own.name, lines.body)
    return ReportPlace(own.level, (*town, *_surroundings(own, around)))


def _decide(evidence: Sequence[_Evidence], level: Level | None) -> PlaceName | None:
    """The place for which most speaks, if enough does; a place of another level than the text's own needs more."""
    weights: dict[tuple[Level, str], float] = defaultdict(float)
    for each in evidence:
        weights[each.own.level, each.own.name] += each.weight
    enough = {key: weight for key, weight in weights.items() if weight >= _least(key[0])}
    fitting = {key: weight + _fits(key[0], level) for key, weight in enough.items()}
    best = max(fitting, key=lambda key: fitting[key], default=None)
    if best is None or fitting[best] <= 0:
        return None
    level, name = best
    whole = _whole_name(name, evidence) if level == "bureau" else name
    return next(each.own for each in evidence if (each.own.level, each.own.name) == (level, whole))


def _whole_name(body: str, evidence: Sequence[_Evidence]) -> str:
    """A public body's name with its government's where the file has it: 云陂县水利局 for 县水利局."""
    end = body[1:] if body[0] in concept("place_level") else body
    names = (each.own.name for each in evidence if each.own.level == "bureau" and each.own.name.endswith(end))
    return max(names, key=len)


def _least(level: Level) -> float:
    """A text names few counties, but many towns that it only describes."""
    return _ENOUGH / 2 if level in _FIELDS else _ENOUGH


def _fits(level: Level, own: Level | None) -> float:
    return 0.0 if own is None or level == "bureau" else _OWN_LEVEL if level == own else -_OWN_LEVEL


def _framing(lines: PlaceLines) -> Iterator[_Evidence]:
    """What stands around the text: title, meeting, signatures, who reads it out, the page's path and its source."""
    offices = concept("office_of_government").words
    for line in lines.titles:
        yield from _evidence(places_in_title(line.text), line, _TITLE)
    for line in lines.occasions:
        yield from _evidence(places_in_title(line.text), line, _OCCASION)
    for line in lines.signatures:
        yield from _evidence(places_in_title(line.text), line, _SIGNATURE, without=offices)
    for line in lines.body[:_HEAD_LINES]:
        if len(line.text) <= _LONGEST_OFFICIAL and concept("official").search(line.text):
            yield from _evidence(places_at(line.text), line, _OFFICIAL, without=offices)
    for line in lines.dropped:
        yield from _evidence(_path(line.text), line, _STEP)
        yield from _evidence(places_in_title(line.text) if is_title(line.text) else (), line, _SIGNATURE)
    for line in lines.sources:
        yield from _evidence(places_in_title(line.text), line, _SOURCE, without=concept("bureau").words)


def _described(body: Sequence[LocatedLine]) -> Iterator[_Evidence]:
    for number, line in enumerate(body):
        for naming in self_namings(line.text):
            is_opening = number < _OPENING_LINES and naming.weight == ACTS
            yield from _evidence(naming.places, line, naming.weight * (_OPENING if is_opening else 1))


def _mentioned(body: Sequence[LocatedLine], level: Level | None) -> Iterator[_Evidence]:
    """Places of the text's own level, as often as they are named up to a few times: being named much says little."""
    counts: Counter[str] = Counter()
    for line in body:
        for mention in mentions(line.text):
            name = mention.places[-1].name
            counts[name] += 1
            if mention.places[-1].level == level and counts[name] <= _MOST_MENTIONS:
                yield from _evidence(mention.places, line, mention.weight)


def _titles_within(body: Sequence[LocatedLine]) -> Iterator[_Evidence]:
    """Titles further down: another report's text in the same file."""
    for line in body:
        if is_title(line.text):
            yield from _evidence(places_in_title(line.text), line, _SIGNATURE)


def _evidence(
    places: tuple[PlaceName, ...], line: LocatedLine, weight: float, *, without: tuple[str, ...] = ()
) -> Iterator[_Evidence]:
    """Evidence where places are named; an office that signs for its government, or is a township's own, is left out."""
    if places and places[-1].level == "bureau":
        is_inner = weight < _TITLE and len(places) > 1 and places[-2].level in ("township", "village")
        is_office = is_inner or places[-1].name.endswith(without)
        places = places[:-1] if is_office else _with_government(places, line.text)
    if places:
        yield _Evidence(places, line, weight)


def _with_government(places: tuple[PlaceName, ...], line: str) -> tuple[PlaceName, ...]:
    """A public body by its whole name, with that of its place: 云陂县水利局."""
    if len(places) == 1:
        return places
    *above, body = places
    start = above[-1].start
    return (*above, replace(body, name="".join(line[start : body.end].split()), start=start))


def _path(line: str) -> tuple[PlaceName, ...]:
    """The places that are a step of a page's path of their own: 首页 > 衡州县 > 石矶镇."""
    steps = _STEP_OF_PATH.finditer(line) if ">" in line else ()
    chains = [(step, places_at(line[: step.end()], step.start())) for step in steps]
    found = [place for step, chain in chains if chain and _is_whole(step, chain[-1].end) for place in chain]
    return tuple(place for place in found if place.level not in ("village", "bureau"))


def _is_whole(step: re.Match[str], end: int) -> bool:
    """Whether nothing but the office or its site follows the place: 衡州市人民政府门户网站."""
    beside = table("beside_place")
    office = rf"{(beside['government'] | beside['site_owner']).any}?{beside['site'].any}?"
    return re.fullmatch(office, step.string[end : step.end()]) is not None


def _is_other(evidence: _Evidence, own: PlaceName) -> bool:
    """Whether a line of the text speaks, as the report's own, of another place of the same level."""
    other, is_strong = evidence.own, evidence.weight >= _SIGNATURE
    return is_strong and other.level == own.level and other.name != own.name and evidence.line.role is not None


def _county_of_text(town: str, body: Sequence[LocatedLine]) -> list[tuple[PlaceName, LocatedLine]]:
    named = [(each, line) for line in body for each in counties_in_text(line.text, town)]
    most = Counter(each.name for each, _ in named).most_common(1)
    return [next(each for each in named if each[0].name == most[0][0])] if most else []


def _surroundings(own: PlaceName, around: Sequence[tuple[PlaceName, LocatedLine]]) -> Iterator[Said]:
    """What the place lies in: only wider levels than its own."""
    levels: tuple[Level, ...] = tuple(_FIELDS)
    wider = levels[: levels.index(own.level)] if own.level in levels else levels
    for place, line in around:
        if place.level in wider and place.name != own.name:
            yield Said(_FIELDS[place.level], place.name, line, place.start, place.end)
