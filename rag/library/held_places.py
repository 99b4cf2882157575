"""The places of a library's reports, by all the names that people give them; made once for each library's state."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from rag.library.place_rows import surroundings, without_people
from rag.parsing.report import Report
from rag.text.english import all_pinyin_of, pinyin_of
from rag.text.lexicon import concept
from rag.text.normalization import HAN, fold
from rag.text.place_names import short_name

Names = Mapping[str, tuple[str, ...]]
"""What people say, folded, with the names of places that it may mean."""

_LEVEL_ENDS = concept("place_name_end")
_HAN = re.compile(rf"[{HAN}]")


class HeldPlaces:
    """Reports with the places that they are of, and those that these lie in."""

    def __init__(self, reports: Iterable[Report]) -> None:
        self.reports = tuple(reports)

    def __iter__(self) -> Iterator[Report]:
        return iter(self.reports)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Places that have a report of their own, in the order of the reports."""
        return tuple(self._by_name)

    @cached_property
    def around(self) -> frozenset[str]:
        """Places that reports say they lie in, whether or not they have a report of their own."""
        return frozenset(name for report in self.reports for name in surroundings(report.metadata))

    @cached_property
    def lengths(self) -> tuple[int, ...]:
        """How long names can be, the longest first."""
        return tuple(sorted({len(form) for form in (*self._full, *self._short)}, reverse=True))

    def full(self, form: str) -> tuple[str, ...]:
        """The places that have this name with its level, be it without its people: 滑石乡 is 滑石侗族苗族乡."""
        return self._full.get(form, ())

    def short(self, form: str) -> tuple[str, ...]:
        """The places that people call so without their level: 石矶 is 石矶镇."""
        return self._short.get(form, ())

    def called(self, form: str) -> tuple[str, ...]:
        """The same by any name; a full name wins over a short one."""
        return self.full(form) or self.short(form)

    def has_report(self, name: str) -> bool:
        """Whether a place has a report of its own."""
        return name in self._by_name

    def of(self, name: str) -> Sequence[Report]:
        """The reports of a place, by the library's own name for it."""
        return self._by_name.get(name, ())

    def sounding(self, pinyin: str) -> tuple[str, ...]:
        """The places whose full or short name sounds so."""
        return self._sounds.get(pinyin, ())

    def near(self, name: str) -> str | None:
        """The one place that a misspelt full name must mean: of the same length and sound, as 淋溪县 for 林溪县."""
        alike = [each for each in self.sounding(pinyin_of(name)) if len(each) == len(name) and self.has_report(each)]
        return alike[0] if len(alike) == 1 else None

    def speak_of(self, words: str) -> bool:
        """Whether folded words stand in any report."""
        return any(words in text for text in self._texts.values())

    def speak_of_place(self, name: str) -> bool:
        """The same of a name with its level, but not where a longer word has its end: 双合村乡 in 双合村乡贤."""
        end = next((end for end in _LEVEL_ENDS.words if name.endswith(end)), "")
        pattern = re.compile(re.escape(name.removesuffix(end)))
        found = (match for text in self._texts.values() for match in pattern.finditer(text))
        levels = (_LEVEL_ENDS.pattern.match(match.string, match.end()) for match in found)
        return bool(end) and any(level and level[0] == end for level in levels)

    def spoken_so(self, pinyin: str, ends: Iterable[str]) -> str | None:
        """A name of two or three characters and one of these ends that reports speak of and that sounds so."""
        pattern = re.compile(rf"(?=([{HAN}]{{2,3}}?)({'|'.join(ends) or '(?!)'}))")
        found = (match for text in self._texts.values() for match in pattern.finditer(text))
        return next((match[1] + match[2] for match in found if pinyin_of(match[1]) == pinyin), None)

    def is_word(self, words: str, places: Iterable[str]) -> bool:
        """Whether folded words stand in reports of other places than these."""
        mine = set(places)
        return any(words in self._texts[r.id] for r in self.reports if r.metadata.town not in mine)

    @cached_property
    def _by_name(self) -> Mapping[str, Sequence[Report]]:
        found: dict[str, list[Report]] = {}
        for report in self.reports:
            if report.metadata.town:
                found.setdefault(report.metadata.town, []).append(report)
        return found

    @cached_property
    def _known(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.names, *sorted(self.around))))

    @cached_property
    def _full(self) -> Names:
        exact: dict[str, tuple[str, ...]] = {}
        for name in self._known:
            exact[fold(name)] = (*exact.get(fold(name), ()), name)
        plain = ((form, name) for name in self._known if (form := without_people(name)) and form not in exact)
        return {**_grouped(plain), **exact}

    @cached_property
    def _short(self) -> Names:
        return _grouped((fold(short_name(name)), name) for name in self._known if short_name(name) != name)

    @cached_property
    def _sounds(self) -> Names:
        forms = ((form, name) for name in self._known for form in {name, short_name(name), without_people(name)})
        return _grouped((sound, name) for form, name in forms if _HAN.search(form) for sound in all_pinyin_of(form))

    @cached_property
    def _texts(self) -> Mapping[str, str]:
        return {report.id: fold(report.text) for report in self.reports}


def _grouped(forms: Iterable[tuple[str, str]]) -> Names:
    found: dict[str, tuple[str, ...]] = {}
    for form, name in forms:
        found[form] = (*found.get(form, ()), name)
    return found
