"""English words and the Chinese words of reports that they stand for: to search by, and to check an answer by."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "glossary.txt"


@dataclass(frozen=True, slots=True)
class Term:
    """An English word of a text with its Chinese counterparts, the commonest first."""

    english: str
    chinese: tuple[str, ...]


def terms_in(text: str) -> tuple[Term, ...]:
    """The terms of a text, in its order; of overlapping ones the longest.

    Example: [term.chinese[0] for term in terms_in("How much flue-cured tobacco was planted?")] == ["烤烟"]
    """
    entries, pattern = _glossary()
    found = (m[0].lower() for m in pattern.finditer(text))
    return tuple(Term(english, entries[english]) for english in dict.fromkeys(found))


def chinese_for(text: str) -> str:
    """The commonest Chinese word for each term of an English text, separated by spaces."""
    return " ".join(dict.fromkeys(term.chinese[0] for term in terms_in(text)))


@cache
def _glossary() -> tuple[dict[str, tuple[str, ...]], re.Pattern[str]]:
    entries: dict[str, tuple[str, ...]] = {}
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            english, chinese = (part.strip() for part in line.split("="))
            entries |= {form.strip(): tuple(chinese.split("|")) for form in english.split("|")}
    forms = "|".join(re.escape(form) for form in sorted(entries, key=len, reverse=True))
    return entries, re.compile(rf"\b(?:{forms})\b", re.IGNORECASE)
