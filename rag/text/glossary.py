"""Words that stand for the words of reports, English and everyday ones: to search by, and to check an answer by."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent
_Entries = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Term:
    """An English word of a text with its Chinese counterparts, the commonest first."""

    english: str
    chinese: tuple[str, ...]


def terms_in(text: str) -> tuple[Term, ...]:
    """The English terms of a text, in its order; of overlapping ones the longest.

    Example: [term.chinese[0] for term in terms_in("How much flue-cured tobacco was planted?")] == ["烤烟"]
    """
    entries, pattern = _english()
    found = (m[0].lower() for m in pattern.finditer(text))
    return tuple(Term(english, entries[english]) for english in dict.fromkeys(found))


def chinese_for(text: str) -> str:
    """The commonest Chinese word for each term of an English text, separated by spaces."""
    return " ".join(dict.fromkeys(term.chinese[0] for term in terms_in(text)))


def with_chinese_terms(text: str) -> str:
    """An English text with each term that is known by its commonest Chinese word.

    Example: with_chinese_terms("How much flue-cured tobacco was planted?") == "How much 烤烟 was planted?"
    """
    entries, pattern = _english()
    return pattern.sub(lambda m: entries[m[0].lower()][0], text)


def official_for(text: str) -> str:
    """The words of reports for the everyday words of a folded Chinese text, separated by spaces; all of them.

    Example: official_for("靠太阳能发电，村里多进账多少") == "光伏 增收"
    """
    entries, pattern = _everyday()
    return " ".join(dict.fromkeys(word for m in pattern.finditer(text) for word in entries[m[0]]))


def in_official_words(text: str) -> str:
    """A folded Chinese text with each everyday word replaced by the commonest word of reports."""
    entries, pattern = _everyday()
    return pattern.sub(lambda m: entries[m[0]][0], text)


@cache
def _english() -> tuple[_Entries, re.Pattern[str]]:
    entries = _read("glossary.txt")
    return entries, re.compile(rf"\b(?:{_longest_first(entries)})\b", re.IGNORECASE)


@cache
def _everyday() -> tuple[_Entries, re.Pattern[str]]:
    entries = _read("everyday.txt")
    return entries, re.compile(_longest_first(entries))


def _read(name: str) -> _Entries:
    entries: _Entries = {}
    for line in (_FOLDER / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            forms, words = (part.strip() for part in line.split("="))
            entries |= {form: tuple(words.split("|")) for form in forms.split("|")}
    return entries


def _longest_first(entries: _Entries) -> str:
    return "|".join(re.escape(form) for form in sorted(entries, key=len, reverse=True))
