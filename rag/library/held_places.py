"""The places that a library's reports are of or lie in, by all the names that people give them.

Nothing is read but what is asked for: names are points of an index, and what reports say of places stands in the
sentence index. What was once asked is kept, so that an object is made for each question.
"""

import json
import logging
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar

from rag.errors import IndexDamaged
from rag.library.columns import name_key
from rag.library.named_place import is_same_place
from rag.library.place_rows import Way
from rag.library.placed import Placed, Where, placed
from rag.library.reader import IN_ORDER, Lookup
from rag.library.spoken_places import spoken_so
from rag.text.english import pinyin_of
from rag.text.lexicon import concept
from rag.text.normalization import fold
from rag.text.place_names import short_name

if TYPE_CHECKING:  # numpy comes with it, and a place is looked up without
    from rag.library.sentence_index import SentenceIndex, SentencePlace

T = TypeVar("T")

_log = logging.getLogger(__name__)
_LONGEST = 24  # characters of a name
_ALONE: tuple[Way, ...] = ("full", "short")
_NOTHING: "list[SentencePlace]" = []
_LEVEL_ENDS = concept("place_name_end")


def stretches(folded: str) -> list[tuple[int, int]]:
    """Where names may stand in a text, the longest first."""
    return [(start, start + n) for n in range(_LONGEST, 0, -1) for start in range(len(folded) - n + 1)]


class HeldPlaces:
    """The places of a library, as one question asks for them."""

    def __init__(self, library: Lookup, sentences: "SentenceIndex") -> None:
        self.library = library
        self.is_deaf = False  # the sentence index failed: what reports say of places is not known
        self._sentences = sentences
        self._called: dict[str, dict[Way, tuple[str, ...]]] = {}
        self._heard: dict[str, Sequence[SentencePlace]] = {}

    def look_into(self, folded: str) -> None:
        """Looks up all names that may stand in a folded text at once."""
        self._look_up({folded[start:stop] for start, stop in stretches(folded)})

    def full(self, form: str) -> tuple[str, ...]:
        """The places that have this name with its level, be it without its people: 滑石乡 is 滑石侗族苗族乡."""
        return self._names("full", form) or self._names("plain", form)

    def short(self, form: str) -> tuple[str, ...]:
        """The places that people call so without their level: 石矶 is 石矶镇."""
        return self._names("short", form)

    def called(self, form: str) -> tuple[str, ...]:
        """The same by any name; a full name wins over a short one."""
        return self.full(form) or self.short(form)

    def has_report(self, name: str) -> bool:
        """Whether a place has a report of its own."""
        return bool(self.library.rows("SELECT 1 FROM place_names WHERE name = ? AND role = 'own' LIMIT 1", name))

    def of(self, name: str) -> Sequence[Placed]:
        """The reports of a place, by its name in either script."""
        return placed(self.library, Where("town_key = ?", (name_key(name),)))

    def within(self, folded: str) -> frozenset[str]:
        """The places with reports of their own that a folded text names in full."""
        self.look_into(folded)
        named = {name for start, stop in stretches(folded) for name in self._names("full", folded[start:stop])}
        return frozenset(name for name in named if self.has_report(name))

    def counties_in(self, folded: str) -> tuple[str, ...]:
        """The counties of reports that a folded text names."""
        spans = json.dumps(sorted({folded[start:stop] for start, stop in stretches(folded)}))
        sql = """SELECT (SELECT county FROM reports WHERE county_key = value AND county IS NOT NULL LIMIT 1) AS county
            FROM json_each(?) WHERE county IS NOT NULL ORDER BY county"""
        return tuple(row[0] for row in self.library.rows(sql, spans))

    def sounding(self, pinyin: str) -> tuple[str, ...]:
        """The places whose full or short name sounds so."""
        return self._names("sound", pinyin)

    def same_as(self, name: str) -> tuple[str, ...]:
        """What the library calls a place that others lie in, a county that became a district among it."""
        forms = dict.fromkeys((fold(name), fold(short_name(name))))
        called = (each for form in forms for way in _ALONE for each in self._names(way, form))
        return tuple(dict.fromkeys(each for each in called if is_same_place(each, name)))

    def near(self, name: str) -> str | None:
        """The one place that a misspelt full name must mean: of the same length and sound, as 淋溪县 for 林溪县."""
        alike = [each for each in self.sounding(pinyin_of(name)) if len(each) == len(name) and self.has_report(each)]
        return alike[0] if len(alike) == 1 else None

    def saying(self, words: str, *, reports: Collection[str] | None = None) -> "Sequence[SentencePlace]":
        """The sentences that hold folded words, of some reports or of all."""
        if reports is not None:
            return self._asked(lambda: self._sentences.sentences(words, reports=reports), _NOTHING)
        if words not in self._heard:
            self._heard[words] = self._asked(lambda: self._sentences.sentences(words), _NOTHING)
        return self._heard[words]

    def speak_of(self, words: str, *, reports: Collection[str] | None = None) -> bool:
        """Whether folded words stand in any sentence, of some reports or of all."""
        if reports is not None:
            return bool(self._asked(lambda: self._sentences.sentences(words, limit=1, reports=reports), _NOTHING))
        return bool(self._heard.get(words)) or self._asked(lambda: self._sentences.speak_of(words), False)

    def speak_of_place(self, name: str) -> bool:
        """The same of a name with its level, but not where a longer word has its end: 双合村乡 in 双合村乡贤."""
        end = next((end for end in _LEVEL_ENDS.words if name.endswith(end)), "")
        if not end or not self.speak_of(name):
            return False
        stem = re.compile(re.escape(name.removesuffix(end)))
        found = (match for place in self.saying(name) for match in stem.finditer(place.text))
        levels = (_LEVEL_ENDS.pattern.match(match.string, match.end()) for match in found)
        return any(level and level[0] == end for level in levels)

    def used(self, words: Collection[str]) -> frozenset[str]:
        """Those of the words, pairs of characters, that reports use; all of them where the index fails."""
        return self._asked(lambda: self._sentences.used(words), frozenset(words))

    def spoken_so(self, pinyin: str, ends: Iterable[str]) -> str | None:
        """A name of two or three characters and one of these ends that reports speak of and that sounds so."""
        return self._asked(lambda: spoken_so(self._sentences, pinyin, tuple(ends)), None)

    def is_word(self, words: str, places: Iterable[str]) -> bool:
        """Whether folded words stand in reports of other places than these."""
        sql = "SELECT id FROM reports JOIN place_names ON report = position WHERE role = 'own' AND name = ?"
        mine = [row[0] for name in set(places) for row in self.library.rows(sql, name)]
        return self._asked(lambda: self._sentences.speak_of(words, without=mine), False)

    def _names(self, way: Way, form: str) -> tuple[str, ...]:
        if form not in self._called:
            self._look_up({form})
        return self._called[form].get(way, ())

    def _look_up(self, forms: Collection[str]) -> None:
        wanted = [form for form in forms if form not in self._called]
        self._called.update((form, {}) for form in wanted)
        sql = """SELECT form, way, group_concat(name, char(10)) FROM json_each(?) CROSS JOIN place_forms ON form = value
            WHERE way IN ('full', 'plain', 'short', 'sound') GROUP BY form, way"""  # CROSS: each form is a point
        for form, way, names in self.library.rows(sql, json.dumps(wanted)):
            self._called[form][way] = self._in_order(names.split("\n"))

    def _in_order(self, names: Sequence[str]) -> tuple[str, ...]:
        """Those with reports in the order of their first one, then those that others lie in."""
        if len(names) == 1:
            return tuple(names)
        sql = f"""SELECT name FROM place_names JOIN reports ON position = report
            WHERE role = 'own' AND name IN (SELECT value FROM json_each(?)) {IN_ORDER}"""
        own = [row[0] for row in self.library.rows(sql, json.dumps(list(names)))]
        return tuple(dict.fromkeys((*own, *sorted(names))))

    def _asked(self, ask: Callable[[], T], silent: T) -> T:
        """What the sentence index says; where it fails, what it would say if no report spoke of anything."""
        try:
            return ask()
        except IndexDamaged:
            self.is_deaf = True
            _log.warning("the sentence index fails: places that no report is of are not found in what reports say")
            return silent
