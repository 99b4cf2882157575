"""One clause of a sentence, as lending reads it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from rag.parsing.heads.matters import Kind, Matter, act_of, frame_of, noun_of, object_of
from rag.parsing.heads.openings import ANAPHORS, opening_of
from rag.parsing.heads.words import lead_length
from rag.text.figures import Figure
from rag.text.item_numbers import label_length
from rag.text.lexicon import concept
from rag.types import Span

OUTCOME_WITHIN = 10  # characters from where a clause opens
_POINT = concept("enumeration").pattern
_OUTCOME = concept("outcome_of_act").pattern
_CONDITION = re.compile(rf"{concept('condition_ends').any}$")
_THINGS = concept("said_of_a_thing").pattern
_MAKES = concept("making").pattern
_SELF_CONTAINED = re.compile(rf"(?:{concept('measure_of_a_thing').any})[^\d，,]{{0,6}}$")


@dataclass(frozen=True, slots=True)
class Lent:
    """Words of an earlier place, at [start, end) of the clean text."""

    kind: Kind
    start: int
    end: int


class Clause:
    """The clause at `span` of a folded sentence, which begins at `origin` of the clean text."""

    def __init__(self, origin: int, text: str, span: Span, figures: Sequence[Figure]) -> None:
        self.text, self.span, self._origin = text, span, origin
        self.figures = [figure for figure in figures if span.start <= figure.start < span.end]
        self.counted = [figure for figure in self.figures if figure.kind == "quantity"]
        self.lead = span.start + lead_length(text[span.start : span.end])
        self.opening = opening_of(text, span.start, self.lead, span.end, self.counted)
        if self.opening == "noun" and self.counted and text.startswith("的", self.counted[0].end):
            self.counted = self.counted[1:]  # 总投资2亿元的养殖小区 is no statement of the sum
        frame = None if self.counted else frame_of(text, self.lead, span.end)
        self.is_frame = frame is not None
        self.subject = frame or self._read()

    def _read(self) -> Matter | None:
        read = noun_of if self.opening == "noun" else object_of
        return read(self.text, self.lead, self.span.end, [f for f in self.figures if f.kind != "year"])

    @property
    def words(self) -> str:
        """Its words without what leads up to them."""
        return self.text[self.lead : self.span.end]

    @property
    def is_empty(self) -> bool:
        """Whether it says only when, or under whom: 截至目前, 在上级领导下."""
        return self.lead >= self.span.end or bool(_CONDITION.search(self.words))

    @cached_property
    def label(self) -> bool:
        """Whether it begins with a number of a list: 1、, 一是."""
        return label_length(self.text[self.span.start : self.span.end]) > 0

    @property
    def is_label(self) -> bool:
        """Whether it begins with 一是 and its like, which number clauses inside a sentence, too."""
        return bool(_POINT.match(self.text, self.span.start))

    @cached_property
    def is_outcome(self) -> bool:
        """Whether it tells what came of the clause before."""
        figure = self.counted[0].start if self.counted else self.span.end
        within = min(max(figure, self.lead), self.lead + OUTCOME_WITHIN)
        return not self.is_self_contained and bool(_OUTCOME.search(self.text, self.lead, within))

    @cached_property
    def is_self_contained(self) -> bool:
        """Whether it names a thing and what is measured of it before its figure: 森林覆盖率达到40%."""
        before = self.text[self.lead : self.counted[0].start] if self.counted else ""
        return self.opening == "noun" and bool(_SELF_CONTAINED.search(before))

    @property
    def points_back(self) -> bool:
        """Whether it takes up what was said before, such as with 其中, 共 or a measure without its thing."""
        return self.opening in ("anaphor", "measure") or ANAPHORS.at(self.text, self.span.start) > 0

    @property
    def is_of_a_thing(self) -> bool:
        """Whether its verb may be said of a thing that does not act: 已完成主体工程."""
        return bool(_THINGS.match(self.text, self.lead))

    @property
    def makes(self) -> bool:
        """Whether it opens with a verb of bringing about: what it made has no part in the clauses behind it."""
        return bool(_MAKES.match(self.text, self.lead))

    @property
    def has_predicate(self) -> bool:
        """Whether it says something of its subject, and is not taken for one as a whole."""
        return self.subject is not None and self.subject.end < self.span.end - 1

    @property
    def has_agent(self) -> bool:
        """Whether its subject is somebody who acts, with a name of more than 城镇 or 农村."""
        return self.subject is not None and self.subject.is_agent and self.subject.end - self.subject.start > 2

    @property
    def matter(self) -> Lent | None:
        """What it is about."""
        return self.lent(self.subject)

    @cached_property
    def act(self) -> Lent | None:
        """What was done, of a clause with a figure."""
        return self.lent(act_of(self.text, self.lead, self.span.end, self.counted)) if self.counted else None

    def lent(self, matter: Matter | None) -> Lent | None:
        """Words of it, to be lent."""
        return Lent(matter.kind, self._origin + matter.start, self._origin + matter.end) if matter else None
