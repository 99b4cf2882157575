"""Where running text names the report's own place, or what that lies in. All lines are folded."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from rag.text.clauses import CLAUSE_MARKS
from rag.text.lexicon import concept, table
from rag.text.normalization import HAN
from rag.text.numerals import COUNTING
from rag.text.place_chain import PlaceName, places_at
from rag.text.place_names import Level, short_name

ACTS = 1.0
"""What a place that is a sentence's subject weighs as the report's own."""

_ANNOUNCED, _OF_CONGRESS, _LIES, _MENTIONED = 10.0, 8.0, 3.0, 0.5
_LONGEST_STEM = 3
_LEAST = 2  # characters of a name of which one is its level
_FARTHEST = 18  # characters from where a name may begin to its end
_OWN_LEVELS: dict[str, Level] = {
    "province": "province", "region": "province", "city": "city", "prefecture": "city", "league": "city",
    "county": "county", "town": "township", "banner_township": "township", "farm": "township", "village": "village",
}  # fmt: skip

_LEVEL = table("place_level")
_BESIDE, _NO_PLACE = table("beside_place"), table("not_a_place")
_STEM = rf"[^\W\da-z_{''.join(_NO_PLACE['in_county_name'])}]"
_COUNTY_END = "县"  # 区 and 旗 end too many other words in running text
_COUNTY_LEAD = (_BESIDE["lies_in"] | _BESIDE["county_lead"]).any
_COUNTY = re.compile(rf"{_COUNTY_LEAD}(?P<name>{_STEM}{{2,3}}?{_COUNTY_END})(?!{_NO_PLACE['behind_county'].any})")


@dataclass(frozen=True, slots=True)
class SelfNaming:
    """Places named one within the other as the report's own, and how much the wording says that they are."""

    places: tuple[PlaceName, ...]
    weight: float


def self_namings(line: str) -> Iterator[SelfNaming]:
    """Where a line speaks for a place or has one act.

    Example: "现在，我代表云陂县人民政府" speaks for 云陂县, "石矶镇位于云陂县东部" is about 石矶镇
    """
    for match in _speaking_for().finditer(line):
        places = places_at(line, match.end())
        if places and _is_sure(places[-1]):
            yield SelfNaming(places, _ANNOUNCED)
    for match in _name_end().finditer(line):
        weight = _weight_of(line, match.end())
        places = _ending_at(line, match.end()) if weight else ()
        if places and not _beside_another(line, places[0].start):
            is_subject = _begins_sentence(line, places[0].start) or weight == _OF_CONGRESS
            yield SelfNaming(places, weight if is_subject else weight / 3)


def mentions(line: str) -> Iterator[SelfNaming]:
    """Every place that a line names, whatever it says of it, unless as another's: 与石桥镇共建."""
    for match in _name_end().finditer(line):
        places = _ending_at(line, match.end())
        if places and not _beside_another(line, places[0].start):
            yield SelfNaming(places, _MENTIONED)


def own_level(lines: Sequence[str]) -> Level | None:
    """The level of which the text mostly speaks as its own: 我镇, 我县; else as the whole: 全镇, 全县."""
    for words in ("own", "whole"):
        counts: Counter[Level] = Counter()
        for key, level in _OWN_LEVELS.items():
            own = re.compile(rf"{table('names_itself')[words].any}{_LEVEL[key].any}")
            counts[level] += sum(len(own.findall(line)) for line in lines)
        (level, count), *_ = counts.most_common(1)
        if count:
            return level
    return None


def lies_in(line: str) -> Iterator[PlaceName]:
    """What running text says the place lies in, where more than one is named: 位于湖南省衡阳市衡南县."""
    for match in _BESIDE["lies_in"].pattern.finditer(line):
        places = places_at(line, match.end())
        if places and places[0].level in ("province", "city"):
            yield from places


def counties_in_text(line: str, town: str | None) -> Iterator[PlaceName]:
    """Counties that running text names: "是衡州县交通要道", "在衡州县石矶镇"."""
    patterns = [_COUNTY]
    if town:
        ends = (_LEVEL["county"] | _LEVEL["city"]).any
        patterns.append(re.compile(rf"(?:^|[^{HAN}]|{_COUNTY_LEAD})(?P<name>{_STEM}{{2,3}}{ends}){re.escape(town)}"))
    for pattern in patterns:
        for match in pattern.finditer(line):
            yield PlaceName("county", match["name"], *match.span("name"))


def _weight_of(line: str, end: int) -> float:
    """How much what follows a name says that it is the report's own."""
    return next((weight for weight, words in _behind() if words.match(line, end)), 0.0)


def _ending_at(line: str, end: int) -> tuple[PlaceName, ...]:
    """The places that end at a position, from the first word boundary before it at which names begin."""
    found: tuple[PlaceName, ...] = ()
    for start in range(max(0, end - _FARTHEST), end - 1):
        if _boundary().search(line[max(0, start - 2) : start]) or start == 0:
            places = places_at(line, start)
            if places and places[-1].end == end and _is_sure(places[-1]):
                found = found or places
                if places[0].is_listed or line[start] not in concept("before_a_place"):
                    return places if end - start > _LEAST else found
    return found


def _is_sure(place: PlaceName) -> bool:
    """In running text nothing parts a long name from the words before it."""
    return place.is_listed or place.level == "bureau" or len(short_name(place.name)) <= _LONGEST_STEM


def _begins_sentence(line: str, start: int) -> bool:
    return _sentence_begins().search(line[:start]) is not None


def _beside_another(line: str, start: int) -> bool:
    return line[:start].endswith(table("names_itself")["not_own"].words)


@cache
def _behind() -> tuple[tuple[float, re.Pattern[str]], ...]:
    words = table("names_itself")
    return (
        (_OF_CONGRESS, re.compile(rf"{words['congress'].any}[\d{COUNTING}]{{1,3}}届")),
        (_LIES, words["lies"].pattern),
        (ACTS, (words["acts"] | _BESIDE["government"]).pattern),
    )


@cache
def _name_end() -> re.Pattern[str]:
    return re.compile("|".join(words.any for words in _LEVEL.values()))


@cache
def _speaking_for() -> re.Pattern[str]:
    return re.compile(rf"{table('names_itself')['before'].any}{concept('party').any}?")


@cache
def _boundary() -> re.Pattern[str]:
    """Ends just before a name: a mark, a figure, a preposition, a verb of which something is the object."""
    words = (concept("before_a_place") | concept("place_lead") | concept("party")).any
    return re.compile(rf"(?:[^{HAN}]|{words})$")


@cache
def _sentence_begins() -> re.Pattern[str]:
    return re.compile(rf"(?:^|[{CLAUSE_MARKS}:]|[年来])\s*$")
