"""The words of the reports' language, one file a concept in the folder `lexicon`, compiled once when first used.

A file has one word or affix a line, in simplified script and lower case; `#` begins a comment. A line `-词` names a
longer word in which a word of the file does not count: 要 is a plan's word, with -主要 and -需要 not within those.
In a table a line reads `key = word|word`, and `-词` lines come after the words of their key.

    PLAN = concept("plan")
    if PLAN.search(clause): …
    _TASK_MET = re.compile(rf"{concept('done').any}了?{concept('plan').any}")

What a pattern needs beside words (digits, distances, order) stays with the rule that needs it, built from `any`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

_FOLDER = Path(__file__).with_suffix("")


@dataclass(frozen=True)
class Concept:
    """Words that mean one thing, and the longer words in which they do not."""

    words: tuple[str, ...]
    exceptions: tuple[str, ...] = ()

    @cached_property
    def any(self) -> str:
        """A group of a regular expression that matches any of the words, the longest first."""
        ordered = sorted(self.words, key=len, reverse=True)
        return f"(?:{'|'.join(_guarded(word, self.exceptions) for word in ordered)})"

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Finds any of the words."""
        return re.compile(self.any)

    def search(self, text: str) -> re.Match[str] | None:
        """The first of the words in a folded text."""
        return self.pattern.search(text)

    def all_in(self, text: str) -> list[str]:
        """The words in a folded text, in its order."""
        return self.pattern.findall(text)

    def remove(self, text: str, replacement: str = "") -> str:
        """A folded text with the words replaced."""
        return self.pattern.sub(replacement, text)

    def __contains__(self, text: object) -> bool:
        """Whether a text is one of the words, and nothing else."""
        return text in self.words

    def __iter__(self) -> Iterator[str]:
        return iter(self.words)

    def __or__(self, other: "Concept") -> "Concept":
        """The words of both; what is an exception for one is one for both."""
        return Concept(
            tuple(dict.fromkeys((*self.words, *other.words))),
            tuple(dict.fromkeys((*self.exceptions, *other.exceptions))),
        )


@cache
def concept(*names: str) -> Concept:
    """The words of one file, or of several together; of a table those of all its keys.

    Raises FileNotFoundError for a name that has no file.
    """
    entries = [entry for name in names for line in _lines(name) for entry in line.rpartition("=")[2].split("|")]
    return _concept(entry.strip() for entry in entries if entry.strip())


def holds_a_word(text: str) -> bool:
    """Whether a short folded text holds any word of any file that has two characters or more, whatever it means."""
    words = _every_word()
    return any(text[start:stop] in words for start in range(len(text)) for stop in range(start + 2, len(text) + 1))


@cache
def _every_word() -> frozenset[str]:
    return frozenset(word for file in _FOLDER.glob("*.txt") for word in concept(file.stem).words if len(word) > 1)


@cache
def table(name: str) -> dict[str, Concept]:
    """The words for each key of a file whose lines read `key = word|word`; a key may have none."""
    found: dict[str, list[str]] = {}
    key = ""
    for line in _lines(name):
        if not line.startswith("-"):
            key, _, words = (part.strip() for part in line.partition("="))
            found.setdefault(key, []).extend(word for word in words.split("|") if word)
        else:
            found[key].append(line)
    return {key: _concept(entries) for key, entries in found.items()}


def names() -> list[str]:
    """The names of all files."""
    return sorted(file.stem for file in _FOLDER.glob("*.txt"))


def _lines(name: str) -> Iterator[str]:
    for line in (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if kept := line.partition("#")[0].strip():
            yield kept


def _concept(entries: Iterable[str]) -> Concept:
    entries = tuple(dict.fromkeys(entries))
    words = tuple(entry for entry in entries if not entry.startswith("-"))
    return Concept(words, tuple(entry[1:] for entry in entries if entry.startswith("-")))


def _guarded(word: str, exceptions: Iterable[str]) -> str:
    """A word as a regular expression that does not match inside the exceptions.

    Example: _guarded("要", ["主要", "要求"]) == "(?<!主)要(?!求)"
    """
    before, behind, around = [], [], []
    for exception in exceptions:
        for found in re.finditer(re.escape(word), exception):
            left, right = (re.escape(part) for part in (exception[: found.start()], exception[found.end() :]))
            if left and right:
                around.append(f"(?!(?<={left}){re.escape(word)}{right})")
            elif left:
                before.append(f"(?<!{left})")
            elif right:
                behind.append(right)
    ahead = f"(?!{'|'.join(behind)})" if behind else ""
    bound = r"\b" if word.isascii() and word[:1].isalpha() else ""
    return f"{''.join(before)}{''.join(around)}{bound}{re.escape(word)}{ahead}"
