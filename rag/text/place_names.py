"""The form of a place's name: its level, and what is left of it in common speech. No list of places is asked."""

import re
from functools import cache
from typing import Literal, get_args

from rag.text.lexicon import concept, table
from rag.text.numerals import ONES, ZEROS

Level = Literal["province", "city", "county", "township", "village", "bureau"]
"""What kind of place or body reports; a district, a banner and a county-level city are counties."""

LEVELS: tuple[Level, ...] = get_args(Level)

_KEYS: tuple[tuple[Level, tuple[str, ...]], ...] = (
    ("village", ("village",)),
    ("township", ("town", "banner_township", "farm")),
    ("province", ("province", "region")),
    ("city", ("city", "prefecture", "league")),
    ("county", ("county",)),
)
_SHORTENED = ("province", "region", "city", "prefecture", "league", "county", "town", "banner_township")
_LEAST = 2  # characters of a short name: nobody says 蠡 for 蠡县
_AUTONOMOUS = "自治"
_PEOPLE = "族"


def level_of(name: str) -> Level | None:
    """The level that the end of a name says, None where it ends like no place.

    Example: level_of("东乡族自治县") == "county", level_of("北京市") == "province", level_of("一三六团") == "township"
    """
    if name in concept("province_name"):
        return "province"
    return next((level for level, ends in _ends() if ends.search(name)), None)


def short_name(name: str) -> str:
    """A name without its level and without the names of peoples, as people say it; 蠡县 stays whole.

    Example: short_name("长阳土家族自治县") == "长阳", short_name("滑石侗族苗族乡") == "滑石"
    """
    match = _level_end().fullmatch(name)
    if match is None:
        return name
    peoples = _people_end(is_autonomous=match["end"].startswith(_AUTONOMOUS))
    stem = match["stem"]
    while people := peoples.search(stem):
        stem = stem[: people.start()]
    if stem in concept("peoples"):  # 东乡族自治县, 鄂温克族自治旗
        stem = stem.removesuffix(_PEOPLE)
    return stem if len(stem) >= _LEAST else name


def full_place(county: str | None, town: str) -> str:
    """A place with its county before it, once: a bureau's name begins with it already.

    Example: full_place("云陂县", "石矶镇") == "云陂县石矶镇", full_place("云陂县", "云陂县水利局") == "云陂县水利局"
    """
    return town if county is None or town.startswith(county) else county + town


@cache
def _ends() -> tuple[tuple[Level, re.Pattern[str]], ...]:
    words = table("place_level")
    regiment: tuple[Level, re.Pattern[str]] = ("township", re.compile(rf"[\d十{ONES}{ZEROS}]{words['regiment'].any}$"))
    ends = ((level, "|".join(words[key].any for key in keys)) for level, keys in _KEYS)
    return (regiment, *((level, re.compile(rf".(?:{any_end})$")) for level, any_end in ends))


@cache
def _level_end() -> re.Pattern[str]:
    words = table("place_level")
    ends = "|".join(words[key].any for key in _SHORTENED)
    return re.compile(rf"(?P<stem>.+?)(?P<end>(?:{_AUTONOMOUS})?(?:{ends}))")


@cache
def _people_end(*, is_autonomous: bool) -> re.Pattern[str]:
    """The name of a people behind a name of two characters; only 自治 may follow one that lacks its 族."""
    words = (word for word in concept("peoples") if is_autonomous or word.endswith(_PEOPLE))
    return re.compile(rf"(?<=..)(?:{'|'.join(sorted(words, key=len, reverse=True))})$")
