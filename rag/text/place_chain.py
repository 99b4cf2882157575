"""Places named one within the other, as titles and signatures begin: 湖南省衡州市云陂县大塘乡2022年工作总结.

Where one name ends and the next begins is weighed: a name of the gazetteer in its own province or county counts most,
then names of the usual length; no list decides alone, since towns are invented and counties become districts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from rag.text.dates import LOOSE_DATE, YEAR, years_in_digits
from rag.text.gazetteer import Division, divisions, listed_level
from rag.text.lexicon import concept, table
from rag.text.normalization import HAN
from rag.text.numerals import COUNTING
from rag.text.place_names import Level, level_of, short_name
from rag.text.public_bodies import is_bureau, is_zone

_LONGEST = 18
_LONGEST_PROVINCE = 3  # characters of its own
_ORDER: dict[Level, int] = {"province": 0, "city": 1, "county": 2, "township": 3, "village": 4, "bureau": 5}
_LISTED, _WITHIN_ITS_OWN, _NAMED_BY_OFFICE = 4.0, 2.0, 1.5
_RUN_ON, _RUN_ON_INTO_A_NAME = 3.0, 0.75  # taken off where the name's last character begins another word
_CUT = 1.5  # taken off where what follows ends like a name: 西乡 of 西乡塘街道
_INNER_LEVEL = 2.0  # taken off for each level within a name
_HAN_RUN = re.compile(rf"[{HAN}]+|\d+团")


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A place named at [start, end) of a line."""

    level: Level
    name: str
    start: int
    end: int
    is_listed: bool = False


@dataclass(frozen=True, slots=True)
class _Chain:
    places: tuple[PlaceName, ...] = ()
    weight: float = 0.0


@lru_cache(maxsize=2048)
def places_at(line: str, start: int = 0) -> tuple[PlaceName, ...]:
    """The places that a folded line names from a position on, the widest first; nothing where it names none there.

    Example: of "云陂县大塘乡工作总结" the county 云陂县 and the township 大塘乡
    """
    chains = [chain for chain in _chains(line, start, _Chain()) if chain.places and chain.weight > 0]
    return max(chains, key=lambda chain: (chain.weight, len(chain.places)), default=_Chain()).places


def places_in_title(line: str) -> tuple[PlaceName, ...]:
    """The places that a folded title or signature names, wherever they stand in it.

    Example: of "乘势而上 2022年政府工作报告——在云陂县第三届人民代表大会上" the county 云陂县
    """
    line = years_in_digits(line)
    starts = [_lead().match(line), *_boundary().finditer(line)]
    found = (places_at(line, match.end()) for match in starts if match)
    return next((places for places in found if places and not _site().match(line, places[-1].end)), ())


def level_of_place(name: str | None) -> Level | None:
    """The level of one place by its whole name.

    Example: level_of_place("云陂县水利局") == "bureau", level_of_place("滑石苗族乡") == "township"
    """
    places = places_at(name) if name else ()
    return places[-1].level if places and name and places[-1].end == len(name) else None


def _chains(line: str, start: int, chain: _Chain) -> Iterator[_Chain]:
    runs_on = bool(chain.places) and _runs_on(chain.places[-1].name, line[start : start + _LONGEST])
    is_cut = bool(chain.places) and _rest_of_name().match(line, start) is not None
    yield replace(chain, weight=chain.weight - _RUN_ON * runs_on - _CUT * is_cut)
    above = chain.places[-1] if chain.places else None
    begins = {start}
    if above and (skipped := _between().match(line, start)):
        begins.add(skipped.end())
    before = chain.weight - _RUN_ON_INTO_A_NAME * runs_on
    for begin in sorted(begins):
        for place, weight in _names_at(line, begin, above):
            yield from _chains(line, place.end, _Chain((*chain.places, place), before + weight))


def _names_at(line: str, start: int, above: PlaceName | None) -> Iterator[tuple[PlaceName, float]]:
    """Each name that could begin here, below the one before it, with its weight."""
    run = _HAN_RUN.match(line, start)
    if concept("party").pattern.match(line, start):
        return  # 中共石矶镇委: the party's body is no other place
    for end in range(start + 2, min(run.end(), start + _LONGEST) + 1) if run else ():
        name, behind = line[start:end], line[end : end + _LONGEST]
        for level in _levels(name, behind):
            if above and above.level == level == "county" and is_zone(name, behind, is_within=True):
                level = "bureau"  # 云陂县工业园区管委会: the county's own body
            if above and _ORDER[above.level] >= _ORDER[level]:
                continue
            weight = _weight(name, level, behind, above)
            if weight is not None:
                yield PlaceName(level, name, start, end, bool(_listed(name, level))), weight


def _levels(name: str, behind: str) -> Iterator[Level]:
    """The levels that a name could be of, by the list, its form, or the office behind it."""
    if _division_of_corps().fullmatch(name):
        yield "city"
    elif name.endswith(table("beside_place")["office"].words) and level_of(_stem(name)) is None:
        yield "township"
    elif level := listed_level(name):
        yield "township" if _beside("district_office").match(behind) else level
        if level == "city" and name.endswith(table("place_level")["city"].words) and not divisions(name):
            yield "county"  # a county-level city in its city
    if is_bureau(name, behind):
        yield "bureau"


def _weight(name: str, level: Level, behind: str, above: PlaceName | None) -> float | None:
    """How well a name stands for a place; None for what is no name."""
    if level == "bureau":
        return 1.5 if len(name) <= _LONGEST * 2 / 3 else 0.5
    listed = _listed(name, level)
    within = bool(above) and any(above.name in each.parents for each in listed if above)
    if _is_no_name(name, level, behind, is_listed=bool(listed)) and not within:
        return None
    if listed or name in concept("province_name"):
        return _LISTED + (_WITHIN_ITS_OWN if within else 0.0)
    if _beside("area_office").match(behind):
        return _NAMED_BY_OFFICE
    stem = _stem(name)
    length = len(stem)
    is_region = name.endswith(table("place_level")["region"].words)  # there are but five
    if level == "province" and (is_region or length > _LONGEST_PROVINCE):
        return None
    return _fitting(length) - _INNER_LEVEL * len(_level_end().findall(stem[1:]))


def _fitting(length: int) -> float:
    """What a name weighs by the characters of its own: two are usual, and long names are rare but there."""
    usual = (0.0, 1.0, 2.5, 2.0, 1.0)
    return usual[length] if length < len(usual) else 1.0 - 0.3 * (length - len(usual) + 1)


def _stem(name: str) -> str:
    """What is a name's own: 光辉 of 国营光辉农场, 滑石 of 滑石侗族苗族乡."""
    short = short_name(name)
    stem = short if short != name else _last_level().sub("", name)
    return _beside("owner").sub("", stem) or stem


def _runs_on(name: str, behind: str) -> bool:
    """Whether the name's end begins another word, 县级 or 乡村, or nothing stands before the next level."""
    if concept("official").pattern.match(behind):  # 云陂市市长
        return False
    return name[-1] + behind[:1] in concept("behind_level") or bool(_level_end().match(behind))


@cache
def _no_name() -> re.Pattern[str]:
    words, ends = table("not_a_place"), table("place_level")
    town = f"(?:{words['before_town'].any}|.*(?:{words['kind_of_town'].any}.{{0,2}}|{words['ends_slogan'].any}))"
    wide, wide_ends = words["before_level"].any, (ends["county"] | ends["city"] | ends["province"]).any
    village = words["before_village"].any
    return re.compile(rf"{town}{ends['town'].any}|{wide}{wide_ends}|{village}{ends['village'].any}")


def _is_no_name(name: str, level: Level, behind: str, *, is_listed: bool) -> bool:
    """Whether a name is a phrase; of the list's townships only 中心镇 and the like may be one."""
    if is_listed and level != "township":
        return False
    is_area = level in ("county", "city") and name.endswith(table("not_a_place")["area"].words)
    is_phrase = not is_listed and concept("place_lead").pattern.match(name) is not None
    return bool(_no_name().fullmatch(name)) or is_phrase or (is_area and not is_zone(name, behind))


@lru_cache(maxsize=4096)
def _listed(name: str, level: Level) -> tuple[Division, ...]:
    return tuple(each for each in divisions(name) if each.level == level)


@cache
def _level_end() -> re.Pattern[str]:
    return re.compile("|".join(words.any for key, words in table("place_level").items() if key != "village"))


@cache
def _rest_of_name() -> re.Pattern[str]:
    return re.compile(rf"[{HAN}]{{1,2}}{table('place_level')['town'].any}")


@cache
def _last_level() -> re.Pattern[str]:
    words = (*table("place_level").values(), table("beside_place")["office"])
    return re.compile(rf"(?<=.)(?:{'|'.join(each.any for each in words)})$")


@cache
def _lead() -> re.Pattern[str]:
    """What may stand before the first place: 2022年, 关于印发《, 中共."""
    words = concept("about", "party") | table("beside_place")["lead"]
    return re.compile(rf"(?:{YEAR}|{LOOSE_DATE}|{words.any}|[《“\"(\[【\s])*")


@cache
def _boundary() -> re.Pattern[str]:
    return re.compile(
        rf"(?:[—–\-:()\[\]【】《》“”\"\s、,]|{table('beside_place')['lead'].any}|{concept('about').any}){_lead().pattern}"
    )


@cache
def _site() -> re.Pattern[str]:
    """Behind the place whose web page a report stands on: 云陂县人民政府门户网站 - 石矶镇2022年工作总结."""
    beside = table("beside_place")
    return re.compile(rf"(?:{beside['government'].any}|{beside['site_owner'].any})?{beside['site'].any}")


@cache
def _between() -> re.Pattern[str]:
    return re.compile(rf"[\s)\]】]*{table('beside_place')['government'].any}?\s*")


@cache
def _beside(what: str) -> re.Pattern[str]:
    return table("beside_place")[what].pattern


@cache
def _division_of_corps() -> re.Pattern[str]:
    return re.compile(rf"第[{COUNTING}]{{1,3}}{table('beside_place')['corps'].any}")
