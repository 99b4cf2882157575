"""What stands right beside each figure of a text, up to punctuation or another figure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from rag.text.figures import Figure, same_amount
from rag.text.lexicon import concept
from rag.text.parsed_text import ParsedText

SHORTEST_COPY = 2  # characters beside a figure that tell whose it is

_BREAK = re.compile(r"[，,。；;！!？?\n:：、()（）“”\"'‘’《》\s]")
_WORD_OR_STOP = re.compile(r"[\w。；;]")
_LINK = re.compile(rf"^{concept('linking_words').any}+")


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The words right before and right behind a figure, and the figure before it."""

    left: str
    right: str
    before: Figure | None
    is_next: bool  # no word stands between it and the figure before it

    @property
    def previous(self) -> Figure | None:
        """The figure right before it."""
        return self.before if self.is_next else None

    def is_copied_from(self, other: "Neighbours") -> bool:
        """Whether all that stands beside the one stands beside the other: enough words, or the figure before it."""
        if self.previous is not None:
            return other.previous is not None and same_amount(self.previous, other.previous)
        if not (other.left.endswith(self.left) and other.right.startswith(self.right)):
            return False
        return len(self.left) + len(self.right) >= SHORTEST_COPY

    def likeness(self, other: "Neighbours") -> int:
        """How many characters stand alike; words may have gone to the figure's other side."""
        if self.previous is not None and other.previous is not None and same_amount(self.previous, other.previous):
            return SHORTEST_COPY
        alike = _alike(self.left[::-1], other.left[::-1]) + _alike(self.right, other.right)
        moved = [one for one, where in ((self.left, other.right), (self.right, other.left)) if one and one in where]
        return alike + sum(map(len, moved))


def neighbours_in(parsed: ParsedText) -> Mapping[Figure, Neighbours]:
    """What stands beside each figure of a text."""
    ends = [*(figure.start for figure in parsed.figures[1:]), len(parsed.text)]
    befores = [None, *parsed.figures]
    return {
        figure: _neighbours(parsed.folded, figure, before, end)
        for figure, before, end in zip(parsed.figures, befores, ends, strict=False)
    }


def _neighbours(folded: str, figure: Figure, before: Figure | None, end: int) -> Neighbours:
    between = folded[before.end if before else 0 : figure.start]
    is_next = before is not None and before.kind != "year" and not _WORD_OR_STOP.search(between)
    left = _LINK.sub("", _BREAK.split(between)[-1])
    right = _BREAK.split(folded[figure.end : end])[0]
    return Neighbours(left, right, before, is_next)


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin with in common."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
