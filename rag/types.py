"""The words of Zhenbao: plain values that every room passes on. Imports nothing of ours.

Offsets are half-open and count characters. *Clean* offsets count in a report's clean text,
*source* offsets in the decoded text of one source file; `OffsetMap` leads from the first to the second.
"""

import reprlib
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

SectionKind = Literal["result", "plan", "problem", "other"]
"""What a section reports: done (工作总结), intended (工作计划), admitted (存在问题), or neither."""

Language = Literal["zh-Hans", "zh-Hant", "en"]

Order = Literal["place", "year", "newest", "characters", "warnings"]
"""Of a list of reports."""

Length = Literal["paragraph", "page", "full"]
"""How much a summary says of a report: its overview, about a page, or up to a quarter of it."""

SummaryLanguage = Literal["zh", "en"]

JsonObject = dict[str, object]

Value: TypeAlias = "str | int | float | Path | Notice | tuple[Value, ...]"
"""What may stand in a sentence for people."""

_SHORT = reprlib.Repr()
_SHORT.maxstring, _SHORT.maxother, _SHORT.maxtuple = 80, 200, 6


@dataclass(frozen=True, slots=True, init=False)
class Notice:
    """A sentence for people, in no language yet: `rag.errors.messages` has the words for its code.

    Example: Notice("too_many_pages", about="总结.pdf", pages=1200, most=1000)
    """

    code: str
    about: str  # the file or the place it is said of; empty where the sentence says it all
    values: Mapping[str, Value]

    def __init__(self, code: str, /, *, about: str = "", **values: Value) -> None:
        for name, value in (("code", code), ("about", about), ("values", values)):
            object.__setattr__(self, name, value)

    def concerning(self, about: str) -> "Notice":
        """The same, said of a file or a place."""
        return Notice(self.code, about=about, **self.values)

    def __repr__(self) -> str:
        """For logs: code and values, in short.

        Example: "too_many_pages(pages=1200, most=1000) about '总结.pdf'"
        """
        values = ", ".join(
            f"{name}={_SHORT.repr(str(value) if isinstance(value, Path) else value)}"
            for name, value in self.values.items()
        )
        about = f" about {_SHORT.repr(self.about)}" if self.about else ""
        return self.code + (f"({values})" if values else "") + about


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open stretch of text."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Run:
    """Clean characters [clean, clean + length) stand at source [source, source + length)."""

    clean: int
    source: int
    length: int


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Leads from clean offsets back to source offsets, as runs in rising clean order without gaps.

    Example: source "甲\\n乙", clean "甲乙", runs (Run(0, 0, 1), Run(1, 2, 1)): to_source(Span(0, 2)) == Span(0, 3)
    """

    runs: tuple[Run, ...]

    def position(self, clean: int) -> int:
        """Source offset of the clean character at `clean`."""
        run = self.runs[bisect_right(self.runs, clean, key=lambda r: r.clean) - 1]
        return run.source + (clean - run.clean)

    def to_clean(self, span: Span) -> Span | None:
        """The clean span of a non-empty source span; None where an end of it was cleaned away."""
        start, last = (self._clean(position) for position in (span.start, span.end - 1))
        return None if start is None or last is None else Span(start, last + 1)

    def _clean(self, source: int) -> int | None:
        run = next((run for run in self.runs if run.source <= source < run.source + run.length), None)
        return None if run is None else run.clean + (source - run.source)

    def to_source(self, span: Span) -> Span:
        """The smallest source span that holds all characters of a non-empty clean span."""
        return Span(self.position(span.start), self.position(span.end - 1) + 1)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file as it was read: decoded, byte-order mark removed, line ends kept."""

    name: str
    sha256: str  # of the file's bytes, hexadecimal
    encoding: str
    text: str
    page_starts: tuple[int, ...] = ()  # source offset at which each page begins; empty where there are no pages
    notes: tuple[Notice, ...] = ()  # what was not read, or was mended; told when it is taken in, not stored

    def page(self, start: int) -> int | None:
        """Page number (from 1) of a source offset, None for files without pages."""
        return bisect_right(self.page_starts, start) or None
