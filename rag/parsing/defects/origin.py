"""Whose report a file is: where it does not say, and where it speaks of another place as if it were that one's."""

from collections.abc import Iterator, Sequence

from rag.parsing.cleaning import Cleaned
from rag.parsing.report import Defect, Metadata, Statement
from rag.types import Span

_QUOTED = 40  # characters of the first line


def unnamed(cleaned: Cleaned, metadata: Metadata, source: str) -> Iterator[Defect]:
    """One warning where neither place nor year, or one of them, could be read, at the beginning of the text."""
    missing = [
        words for words, value in ((("地名", "place"), metadata.town), (("年份", "year"), metadata.year)) if not value
    ]
    if missing and cleaned.lines:
        first = cleaned.lines[0]
        place = cleaned.offsets.to_source(Span(first.start, min(first.end, first.start + _QUOTED)))
        chinese, english = "和".join(each for each, _ in missing), " and ".join(each for _, each in missing)
        detail = f"没有读出{chinese}，可手工补上 (no {english} found)"
        yield Defect("unnamed", detail, source[place.start : place.end], place.start, place.end)


def other_places(metadata: Metadata, statements: Sequence[Statement]) -> Iterator[Defect]:
    """Titles, signatures and announcing sentences that name another place of the report's level."""
    said = [each for each in statements if each.field == "town"]
    own = tuple(Span(each.start, each.end) for each in said if each.value == metadata.town)[:1]
    for each in said:
        if each.value != metadata.town:
            detail = f"此处写的是{each.value}，不是{metadata.town} (the text of another place)"
            yield Defect("other_place", detail, each.quote, each.start, each.end, own)
