"""A text read once: its folded form, clauses, figures and words, each made when first asked for.

A sentence, a claim and a question travel as a `ParsedText`, whole. A changed text is a new one; a part of a text shares
what was read of the whole.
"""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Union

from rag.text.bigrams import bigrams_in, coverage_in
from rag.text.clauses import CLAUSE_BREAK
from rag.text.english import is_english
from rag.text.figures import Figure, figures_in, level, own_words, shifted


@dataclass(frozen=True)
class ParsedText:
    """A text and all that is read off it. Offsets count in `text`, and in `folded` alike."""

    text: str
    whole: Union["ParsedText", None] = field(default=None, repr=False, compare=False)  # of which this is a part
    start: int = field(default=0, repr=False, compare=False)  # where it begins in the whole

    @cached_property
    def folded(self) -> str:
        """Simplified, half width and lower case, a character for a character."""
        if self.whole is not None:
            return self.whole.folded[self.start : self.start + len(self.text)]
        return level(self.text)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """All figures in order; a part has those of the whole that lie within it."""
        if self.whole is None:
            return figures_in(self.folded)
        end = self.start + len(self.text)
        return tuple(shifted(f, -self.start) for f in self.whole.figures if self.start <= f.start and f.end <= end)

    @cached_property
    def quantities(self) -> tuple[Figure, ...]:
        """The figures that count or measure something."""
        return tuple(figure for figure in self.figures if figure.kind == "quantity")

    @cached_property
    def years(self) -> frozenset[int]:
        """The years that are named, those of dates among them."""
        years = {int(figure.value) for figure in self.figures if figure.kind == "year"}
        dated = {
            int(figure.value) // 10000 for figure in self.figures if figure.kind == "date" and figure.value > 10000
        }
        return frozenset(years | dated)

    @cached_property
    def bigrams(self) -> frozenset[str]:
        """The words that the text turns on, as character bigrams (see `rag.text.bigrams`)."""
        return bigrams_in(self.folded)

    @cached_property
    def clauses(self) -> tuple["ParsedText", ...]:
        """What stands between the marks that end a clause; empty ones are left out."""
        begins = [0, *(mark.end() for mark in CLAUSE_BREAK.finditer(self.folded))]
        ends = [*(mark.start() for mark in CLAUSE_BREAK.finditer(self.folded)), len(self.text)]
        return tuple(self.part(begin, end) for begin, end in zip(begins, ends, strict=True) if end > begin)

    @cached_property
    def without_figures(self) -> str:
        """The folded text with a gap for each figure: figures and their units are checked by themselves."""
        text = self.folded
        for figure in reversed(self.figures):
            text = f"{text[: figure.start]} {text[figure.end :]}"
        return text

    @cached_property
    def is_english(self) -> bool:
        """Whether it is written in Latin letters, a few Han names apart."""
        return is_english(self.text)

    def part(self, start: int, end: int) -> "ParsedText":
        """The text from `start` to `end`."""
        whole, offset = (self, 0) if self.whole is None else (self.whole, self.start)
        return ParsedText(self.text[start:end], whole, offset + start)

    def clause_before(self, figure: Figure) -> str:
        """What stands before a figure in its own clause, folded."""
        return CLAUSE_BREAK.split(self.folded[: figure.start])[-1]

    def words_of(self, figure: Figure) -> str:
        """The folded words that a figure owns (see `own_words`)."""
        return own_words(self.folded, figure, self.figures)

    def covered(self, known: frozenset[str], carried: frozenset[str]) -> float:
        """The share of the content characters that `carried` has, among those that `known` has not."""
        return coverage_in(self.folded, known, carried)
