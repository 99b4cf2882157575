"""Lines that know their place in the source file: what a report says about itself is quoted from there."""

from collections.abc import Sequence
from dataclasses import dataclass

from rag.parsing.cleaning import Cleaned, Role
from rag.parsing.report import MetadataField, Statement
from rag.text.letter_spacing import gaps
from rag.text.normalization import fold_in_place
from rag.types import OffsetMap, Run, Span


@dataclass(frozen=True, slots=True)
class LocatedLine:
    """One line, folded in place, with the way from its characters to the source text."""

    text: str
    role: Role | None  # None: cleaning dropped it
    start: int  # of the line, in the text that `offsets` lead from
    offsets: OffsetMap

    def span(self, start: int, end: int) -> Span:
        """The source span of the line's characters [start, end)."""
        return self.offsets.to_source(Span(self.start + start, self.start + end))


@dataclass(frozen=True, slots=True)
class Said:
    """A field's value as a line says it, at [start, end) of the line."""

    field: MetadataField
    value: str
    line: LocatedLine
    start: int
    end: int

    def statement(self, source: str) -> Statement:
        """The same with its quotation from the source text."""
        place = self.line.span(self.start, self.end)
        return Statement(self.field, self.value, source[place.start : place.end], place.start, place.end)


def kept_lines(cleaned: Cleaned) -> tuple[LocatedLine, ...]:
    """The lines of a clean text."""
    folded = fold_in_place(cleaned.text)
    return tuple(
        LocatedLine(folded[line.start : line.end], line.role, line.start, cleaned.offsets) for line in cleaned.lines
    )


def dropped_lines(cleaned: Cleaned) -> tuple[LocatedLine, ...]:
    """Page furniture and further titles: dropped from the text, they still name the place."""
    dropped = (each for each in cleaned.defects if each.kind in ("boilerplate", "duplicated_title"))
    return tuple(
        LocatedLine(fold_in_place(each.quote), None, 0, OffsetMap((Run(0, each.start, len(each.quote)),)))
        for each in dropped
    )


def joined(lines: Sequence[LocatedLine]) -> LocatedLine:
    """Lines as one, such as a title's, the blanks of letter-spaced ones left out; at least one line."""
    text, runs = "", list[Run]()
    for line in lines:
        position = 0
        for gap, following in (*gaps(line.text), (len(line.text), len(line.text))):
            runs += (Run(len(text) + at - position, line.span(at, at + 1).start, 1) for at in range(position, gap))
            text += line.text[position:gap]
            position = following
    return LocatedLine(text, lines[0].role, 0, OffsetMap(tuple(runs)))


def first_values(said: Sequence[Said]) -> dict[MetadataField, str]:
    """For each field the value that was said first."""
    return {each.field: each.value for each in reversed(said)}
