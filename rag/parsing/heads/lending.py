"""What each clause of a report is lent by the clauses and the item before it. Pure; no model has a part in it.

A clause that opens with a verb, a figure or a measure leaves out what it is about: something before it said so. Only
the nearest of these lends:
- what the clause is an outcome of: 种植烤烟1230亩，集体经济增收70万元
- the subject that goes on: 某公司多次考察，投资2亿元
- the work that governs the sentence: 开展消防检查，出动12次
- the frame of the sentence: 在安全生产上，悬挂横幅20条
- the item: 二是加大水域治理力度。投入40万元
A clause with a subject of its own ends what was lent before, and takes of it an outcome's cause and the frame alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rag.parsing.heads.clause import Clause, Lent
from rag.parsing.heads.clause_spans import clause_spans
from rag.parsing.heads.openings import Opening
from rag.parsing.heads.verb_lists import Listed, listed_after
from rag.parsing.report import Report, Sentence
from rag.text.figures import Figure

LONGEST_TOPIC = 20  # characters of a sentence that only says what its line is about
_DEPENDS: tuple[Opening, ...] = ("anaphor", "measure", "figure")
_TELLS: tuple[Opening, ...] = ("noun", "verb", "figure")


@dataclass(frozen=True, slots=True)
class ClauseHead:
    """A clause, at [start, end) of the clean text, and what it is lent; the nearest comes last."""

    start: int
    end: int
    lent: tuple[Lent, ...]


HeadsBySentence = Mapping[int, tuple[ClauseHead, ...]]
"""The clauses that are lent something, by where their sentences start in the clean text."""


def heads_of(report: Report) -> tuple[ClauseHead, ...]:
    """The clauses of the body that are lent something, in order."""
    return tuple(head for heads in heads_by_sentence(report).values() for head in heads)


def heads_by_sentence(report: Report) -> HeadsBySentence:
    """The same by where their sentences start."""
    found: dict[int, tuple[ClauseHead, ...]] = {}
    line, end = _Line(), 0
    for sentence in report.sentences:
        if sentence.role != "body":
            continue
        if "\n" in report.text[end : sentence.start]:
            line = _Line()
        end = sentence.end
        said = report.said(sentence)
        found[sentence.start] = tuple(line.read(sentence, said.folded, said.figures))
    return {start: heads for start, heads in found.items() if heads}


@dataclass(slots=True)
class _Line:
    """What a reader of a line keeps in mind. Spans count in the clean text."""

    item: Lent | None = None  # what the item or the opening sentence of the line is about
    frame: Lent | None = None  # what the sentence is restricted to
    governing: Lent | None = None  # the work that the clauses of the sentence are parts of
    governs_nouns: bool = False  # and of clauses with a subject of their own
    topic: Lent | None = None  # who or what they go on to speak of
    topic_acts: bool = False
    last: Lent | None = None  # what the clause before was about
    before: Lent | None = None  # what the sentence before was about
    listed: Listed | None = None  # a verb and the things with figures that it has so far
    is_first: bool = True

    def read(self, sentence: Sentence, text: str, figures: Sequence[Figure]) -> Iterator[ClauseHead]:
        """The clauses of the next sentence that are lent something."""
        self.before = self.topic or self.governing or self.last or self.frame or self.before
        self._forget()
        spans = clause_spans(text, figures)
        for index, span in enumerate(spans):
            clause = Clause(sentence.start, text, span, figures)
            if clause.is_label or (index == 0 and clause.label):
                self.item = self.before = None
            if self._names_item(clause, is_first=index == 0, is_alone=len(spans) == 1):
                self.item = replace(clause.matter, kind="item") if clause.matter else None
                self._forget()
            elif not clause.is_empty:
                if lent := self._lent_to(clause, is_first=index == 0):
                    yield ClauseHead(sentence.start + span.start, sentence.start + span.end, (lent,))
                self._remember(clause)
        self.is_first = False

    def _forget(self) -> None:
        self.frame = self.governing = self.topic = self.last = self.listed = None

    def _names_item(self, clause: Clause, *, is_first: bool, is_alone: bool) -> bool:
        """Whether a clause without a figure is the heading of its item, or of its line."""
        if clause.counted:
            return False
        is_labelled = clause.label if is_first else clause.is_label
        return is_labelled or (self.is_first and is_alone and len(clause.span) <= LONGEST_TOPIC)

    def _lent_to(self, clause: Clause, *, is_first: bool) -> Lent | None:
        if self.listed and self.listed.goes_on_with(clause):
            return self.listed.verb
        if clause.is_outcome and (came_of := self.last or self.governing or self.topic):
            return came_of
        if clause.opening == "noun":
            is_part = clause.counted and self.governs_nouns and not clause.is_self_contained
            near = self.frame or (self.governing if is_part else None)
            return near or (None if clause.is_self_contained else self.item)
        takes_topic = self.topic_acts or clause.opening != "verb" or clause.is_of_a_thing
        near = (self.topic if takes_topic else None) or self.governing or self.frame
        if near is None and clause.opening in _DEPENDS:
            near = self.last
        if near is None and is_first and clause.points_back:
            near = self.before
        return near or self.item

    def _remember(self, clause: Clause) -> None:
        self.listed = listed_after(self.listed, clause)
        matter = clause.matter
        if clause.is_frame:
            self.frame, self.governing, self.topic = matter, None, None
        elif clause.opening == "noun":
            is_subject = clause.has_predicate and (not clause.counted or clause.has_agent)
            self.topic = matter if is_subject else None
            self.topic_acts = clause.has_agent
            if not clause.counted and not clause.is_outcome:
                self.governing = None
        elif clause.opening == "verb" and not clause.counted and matter:
            self.governing, self.governs_nouns = matter, not clause.makes
        if not clause.is_outcome and not (self.listed and len(self.listed.units) > 1):
            told = clause.act or matter
            self.last = told if clause.opening in _TELLS and told else self.last
