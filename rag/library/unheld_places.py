"""Places that no report is of: full names by their form, short ones of the gazetteer or of what reports speak of."""

import re
from collections.abc import Iterator, Sequence

from rag.library.held_places import HeldPlaces
from rag.library.named_place import BEFORE, ENDS, NamedPlace
from rag.text.clauses import CLAUSE_MARKS
from rag.text.gazetteer import called
from rag.text.lexicon import concept, holds_a_word, table
from rag.text.normalization import HAN
from rag.text.place_names import level_of

_USUAL = 2  # characters of a short name
_STEM = range(2, 5)  # characters before the level of a name that is known by its form alone
_NO_NAME, _NO_PHRASE = concept("no_place_name"), table("no_place_name")
_IS_PHRASE = re.compile(rf"{_NO_PHRASE['anywhere'].any}|{_NO_PHRASE['before_level'].any}{ENDS.any}$|^自治")
_WORD_BEFORE = re.compile(rf"{concept('no_part_of_a_name').any}$")
_MAY_BEGIN = re.compile(rf"{concept('begins_a_name_too').any}$")
_NAMED_AFTER = re.compile(rf"(?:[{HAN}]{{0,4}}(?=大学|学院))?{concept('named_after_a_place').any}")
_PEOPLES_BEHIND = re.compile(rf"(?<=..)(?:{concept('peoples').any}+(?:自治)?|自治)$")
_ENDS_OF_WORDS = table("place_level")["county"] | table("place_level")["city"] | table("place_level")["province"]
_HAN, _ALL_HAN = re.compile(rf"[{HAN}]"), re.compile(rf"[{HAN}]+")
_AT_HEAD = re.compile(rf"(?:^|[{CLAUSE_MARKS}\s?？]|\d\d年|{concept('asking_for_a_place').any})$")
_BEGINS = re.compile(rf"{concept('before_a_place_asked_about').any}$")
_WORDS = concept("words_like_places")
_TOWARDS = re.compile(rf"{concept('towards').any}$")
_SPOKEN_OF = re.compile(rf"20\d\d|\d\d年|{concept('behind_a_place_asked_about', 'how_many').any}|$")
_STREET = re.compile(rf"{concept('named_after_a_place').any}$")
_NO_MATTER = concept("question_words", "grammar_words", "change", "growth", "reached", "linking", "how_many", "and")
_MATTER_BEHIND = re.compile(rf"(?:20)?\d\d年度?的?(?!{_NO_MATTER.any})[{HAN}]{{2}}")
_YEAR_BEHIND = re.compile(r"20\d\d|\d\d年")


def by_form(folded: str, held: HeldPlaces, known: Sequence[NamedPlace]) -> Iterator[NamedPlace]:
    """Other names with a level at their end."""
    for end in ENDS.pattern.finditer(folded):
        if any(each.start < end.end() and end.start() < each.end for each in known):
            continue
        floor = max((each.end for each in known if each.end <= end.start()), default=0)
        if (name := _formed(folded, end.start(), end.end(), floor, held)) and not _IS_PHRASE.search(name):
            near = held.near(name)
            yield NamedPlace(near or name, end.end() - len(name), end.end(), misspelt=name if near else "")


def _formed(folded: str, level: int, stop: int, floor: int, held: HeldPlaces) -> str | None:
    """The name with a level at its end: what reports have of it, else what stands between it and a word before."""
    peoples = _PEOPLES_BEHIND.search(folded, floor, level)
    at = peoples.start() if peoples else level
    begin = at
    while begin > floor and _HAN.match(folded[begin - 1]) and not BEFORE.search(folded[floor:begin]):
        if _WORD_BEFORE.search(folded, floor, begin):
            break
        begin -= 1
    if at - begin < _STEM[0] and _WORD_BEFORE.search(folded, floor, begin):
        return None  # 工业强区, 推进县城建设
    if at - begin < _STEM[0] and _MAY_BEGIN.search(folded, floor, begin):
        heads = (each for each in (begin - 2, begin - 1) if each >= floor and at - each >= _STEM[0])
        begin = next((each for each in heads if _is_head(folded, each)), begin)
    lengths = [length for length in reversed(_STEM) if length <= at - begin and at - begin - length != 1]
    names = [folded[at - length : stop] for length in lengths or _STEM[:1] if at - length >= floor]
    heard = (name for name in names if not held.full(name) and (held.speak_of_place(name) or held.near(name)))
    meant = next(heard, None)
    if meant or at - begin < _STEM[0]:
        return meant
    if at - begin in _STEM:
        return folded[begin:stop]
    return None if folded[level:stop] in _ENDS_OF_WORDS else folded[at - _STEM[0] : stop]


def _is_head(folded: str, start: int) -> bool:
    """Whether a clause, or what is asked of a place, begins at a position."""
    return _AT_HEAD.search(folded[:start]) is not None


def by_short_name(folded: str, held: HeldPlaces) -> list[NamedPlace]:
    """Places by their short names: of the gazetteer, or such as reports speak of by their full names."""
    found: list[NamedPlace] = []
    start = 0
    while start < len(folded):
        stops = (start + length for length in (4, 3, 2) if start + length <= len(folded))
        meant = ((_meant(folded, start, stop, held), stop) for stop in stops if not ENDS.pattern.match(folded, stop))
        name, stop = next(((name, stop) for name, stop in meant if name), ("", start + 1))
        found += [NamedPlace(name, start, stop, is_short=True)] if name else []
        start = stop
    return found


def _meant(folded: str, start: int, stop: int, held: HeldPlaces) -> str:
    """The full name that a stretch of a question stands for; empty where it may be any word.

    A province's short name is no other word. Those of counties and towns are (合作, 资源, 安全): they count at the head
    of a clause before a year, and where no report has them at all, or has the full name.
    """
    short, before, behind = folded[start:stop], folded[:start], folded[stop:]
    if not _ALL_HAN.fullmatch(short) or _NO_NAME.search(short) or _TOWARDS.search(before):
        return ""
    if _NAMED_AFTER.match(behind) or _STREET.search(short) or (level_of(short) and not _is_short_of_listed(short)):
        return ""
    is_at_head, is_spoken_of = bool(_AT_HEAD.search(before)), bool(_SPOKEN_OF.match(behind))
    listed = {each.level: each.name for each in reversed(called(short)) if each.name != short}
    if len(short) > _USUAL and "city" in listed and not held.speak_of(short):
        return listed["city"]  # 阿坝州, 呼和浩特: no other words
    if "province" in listed or not (is_at_head or _BEGINS.search(before)):
        return listed.get("province", "")
    is_heard = short in _WORDS or held.speak_of(short)
    if not is_at_head:
        return "" if is_heard else listed.get("city") or listed.get("county", "")
    spoken = [name for end in ENDS.words if is_spoken_of and held.speak_of_place(name := f"{short}{end}")]
    county = listed.get("county", "") if _YEAR_BEHIND.match(behind) or not is_heard else ""
    town = listed.get("township", "") if is_spoken_of and not is_heard else ""
    town = "" if town and holds_a_word(short) else town
    city = "" if short in _WORDS else listed.get("city", "")
    return city or next(iter(spoken), county or town) or _unlisted(short, behind, held)


def _is_short_of_listed(short: str) -> bool:
    """Whether a county is called so, although it ends like a place's full name: 安乡, 沙县."""
    return any(each.level == "county" and each.short == short != each.name for each in called(short))


def _unlisted(short: str, behind: str, held: HeldPlaces) -> str:
    """A short name that no list has, at the head of a clause before a year and what is asked of it; no word, and in no
    report. What is asked about in 玉米2021年有多少 is a matter.
    """
    is_asked_of = _MATTER_BEHIND.match(behind) is not None
    return short if is_asked_of and not holds_a_word(short) and not held.speak_of(short) else ""
