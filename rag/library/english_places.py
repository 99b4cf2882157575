"""The places that an English question names, in pinyin or by names of their own such as Inner Mongolia."""

import re
from collections.abc import Iterator
from functools import cache

from rag.library.held_places import HeldPlaces
from rag.library.named_place import RANK, NamedPlace, rank_of
from rag.text.english import pinyin_of
from rag.text.gazetteer import down_to_counties
from rag.text.glossary import terms_in
from rag.text.lexicon import concept, table
from rag.text.place_names import Level

_WORDS_OF_A_NAME = 5
_NAME = re.compile(r"\b[A-Z][a-z]+")
_WORD = re.compile(r"[a-z]+")
_LEVELS: dict[Level, re.Pattern[str]] = {
    level: table("level_in_english")[level].pattern for level in ("village", "township", "county", "city", "province")
}
_NO_NAME = re.compile(rf"^(?:(?i:{concept('no_name_in_english').any})[ -]+)+")
_GOES_ON = re.compile(rf"[ -](?:[A-Z]|{concept('feature_in_english').any}\b)")
_SHORTEST = 5  # letters of a name without its level
_SYLLABLES = re.compile(
    r"(?:(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:i?ang|iong|uang|eng|ing|ong|i?ao|i?an|uai|uan|[ae]i|ou|[eiu]n|i[aeu]|u[aoie]|er|[aoeiu])){2,4}"
)
_OWN_NAMES = table("place_in_english")
_ENDS = table("place_level")
_KEYS: dict[Level, tuple[str, ...]] = {
    "village": ("village",), "township": ("town",), "county": ("county",), "city": ("city", "prefecture"),
    "province": ("province", "region"),
}  # fmt: skip
_NAMED = re.compile(
    rf"\b((?:[A-Z][a-z']+[ -]?){{1,3}}) ?(?i:({'|'.join(words.any for words in table('level_in_english').values())}))\b"
)


def places_in_english(text: str, held: HeldPlaces) -> tuple[NamedPlace, ...]:
    """The places that an English text names, in its order.

    Example: "How many people in Shiji Town?" names 石矶镇, where the library has it, else Shiji Town
    """
    found = [*_by_sound(text.lower(), held), *_by_own_name(text.lower(), held)]
    places = [place for place in found if not any(_is_inside(place, other) for other in found)]
    places = places or [*_other(text, held)] or [*_listed(text)] or [*_unlisted(text)]
    narrowest = max((each.rank for each in places), default=0)
    kept = {each.name: each for each in places if each.rank == narrowest}
    wider = sorted({each.name for each in places if each.rank < narrowest}, key=rank_of)
    return tuple(NamedPlace(each.name, each.start, each.end, within=tuple(wider)) for each in _in_order(kept))


def _in_order(places: dict[str, NamedPlace]) -> list[NamedPlace]:
    return sorted(places.values(), key=lambda each: each.start)


def _is_inside(place: NamedPlace, other: NamedPlace) -> bool:
    return (other.start, -other.end) < (place.start, -place.end) and place.end <= other.end


def _by_sound(folded: str, held: HeldPlaces) -> Iterator[NamedPlace]:
    """Runs of whole words that sound like a place of the library, with the level behind them where one stands there."""
    words = list(_WORD.finditer(folded))
    for first in range(len(words)):
        for last in range(first, min(first + _WORDS_OF_A_NAME, len(words))):
            sound = "".join(word[0] for word in words[first : last + 1])
            level = _level_of(words[last + 1][0]) if last + 1 < len(words) else None
            end = words[last + bool(level)].end()
            for name in dict.fromkeys((*held.sounding(sound), *_of_one_character(sound, level, held))):
                if level is None or RANK[level] == rank_of(name):
                    yield NamedPlace(name, words[first].start(), end)


def _of_one_character(sound: str, level: Level | None, held: HeldPlaces) -> Iterator[str]:
    """Li County is 蠡县, which has no short name."""
    for key in _KEYS[level] if level else ():
        for end in _ENDS[key]:
            yield from (name for name in held.sounding(sound + pinyin_of(end)) if name.endswith(end))


def _by_own_name(folded: str, held: HeldPlaces) -> Iterator[NamedPlace]:
    for name, words in _OWN_NAMES.items():
        if match := words.search(folded):
            yield NamedPlace(name, *match.span())


def _other(text: str, held: HeldPlaces) -> Iterator[NamedPlace]:
    """A place that no report is of: by what reports speak of that sounds so, else as it is written."""
    for match in _NAMED.finditer(text):
        level = _level_of(match[2].lower())
        name = _NO_NAME.sub("", match[1])
        if not name or (level == "village" and not _is_pinyin(name)):
            continue
        sound = "".join(_WORD.findall(name.lower()))
        ends = [end for key in _KEYS[level] for end in _ENDS[key]] if level else []
        start = match.end(1) - len(name)
        yield NamedPlace(held.spoken_so(sound, ends) or text[start : match.end()], start, match.end())


def _listed(text: str) -> Iterator[NamedPlace]:
    """Places of the gazetteer by their short names in pinyin, which no level need follow."""
    for match in _NAME.finditer(text):
        if name := _sounds_of_the_listed().get(match[0].lower()):
            yield NamedPlace(name, *match.span(), is_short=True)


def _unlisted(text: str) -> Iterator[NamedPlace]:
    """Names in pinyin of two syllables or more inside a sentence that stand for nothing else."""
    for match in _NAME.finditer(text, 1):
        is_word = _NO_NAME.match(f"{match[0]} ") or terms_in(match[0]) or _GOES_ON.match(text, match.end())
        is_inside = text[match.start() - 1] == " " and text[match.start() - 2] not in ".?!"
        if is_inside and not is_word and _is_pinyin(match[0]) and len(match[0]) >= _SHORTEST:
            yield NamedPlace(match[0], *match.span(), is_short=True)


def _is_pinyin(words: str) -> bool:
    """Whether words can be read as two or more syllables of pinyin."""
    return _SYLLABLES.fullmatch("".join(_WORD.findall(words.lower()))) is not None


@cache
def _sounds_of_the_listed() -> dict[str, str]:
    return {pinyin_of(each.short): each.name for each in reversed([*down_to_counties()])}


def _level_of(word: str) -> Level | None:
    return next((level for level, pattern in _LEVELS.items() if pattern.fullmatch(word)), None)
