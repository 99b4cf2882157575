"""Lists that a report announces and spells out below: the announcement with the head of each item, complete or not.

抓好三项工作 is followed by 一是…, 二是…, 三是…, with much text between; 培育两大产业 by a clause that names both. A
list is offered where as many items follow as are announced and as are asked for, no more and no fewer. One whose
items stand before their number (花卉、茶叶两大产业) is told by its clause alone.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rag.answering.answer_types import asks_list
from rag.answering.answerability import may_be_of_time, needs_figures
from rag.answering.list_items import Piece, in_section, named, points, points_with, things_called
from rag.answering.questions import Question
from rag.parsing.report import Report
from rag.text.lexicon import concept
from rag.text.normalization import HAN, fold
from rag.text.numerals import ONES, number_value
from rag.verification.citations import as_evidence
from rag.verification.claims import Evidence

MOST_NAMED = 20  # items that a list is announced with
_AND = concept("and").any
_REPORT = concept("this_report").pattern
_COUNTED = re.compile(
    rf"(?<![\d{ONES}十第.])(?P<count>\d{{1,2}}|[{ONES[1:]}两十])(?:{concept('counters').any})?(?<!\d)"
    rf"[“\"]?(?P<thing>[{HAN}]{{1,10}})"
)
_WHICH = re.compile(rf"{concept('how_many_things').any}(?P<thing>[{HAN}]{{2,10}})")
_NAMES = re.compile(rf"(?P<names>[{HAN}]{{2,6}}(?:{_AND}[{HAN}]{{2,6}}?)+)(?:{concept('each', 'in_order').any})")


@dataclass(frozen=True, slots=True)
class Group:
    """Things that are told together: 两大产业 is 2 of 产业; 0 where it is not said how many."""

    count: int
    thing: str
    is_quoted: bool = False
    is_last: bool = False  # of its clause, which says no more of them
    told_before: int = 0  # things named in front of the number

    def announced_by(self, other: "Group") -> bool:
        """Whether a report's group is the one that a question asks for: of as many, called alike."""
        alike = other.thing[:2] == self.thing[:2] or other.thing[-2:] in self.thing
        return len(other.thing) > 1 and alike and self.count in (0, other.count) and other.told_before < other.count


@dataclass(frozen=True)
class _Found:
    pieces: tuple[Piece, ...]
    shared: int  # words of the question in what announces it


def with_announced_list(question: Question, evidence: Sequence[Evidence], reports: Sequence[Report]) -> list[Evidence]:
    """The evidence with the sentences of the list that is asked for, marked, where one of the reports spells it out.

    They stand in the order of their report; the numbers of all are new.
    """
    if not asks_list(question.resolved) or needs_figures(question) or question.is_yes_no:
        return list(evidence)
    for report in reports:
        if found := _best(question, report):
            return _joined(evidence, found, [each.id for each in reports])
    return list(evidence)


def _best(question: Question, report: Report) -> tuple[Piece, ...]:
    items = [as_evidence(0, report, sentence) for sentence in report.sentences]
    lines = [report.text.count("\n", 0, item.sentence.start) for item in items]
    pieces = [Piece(item, n, line) for item, line in zip(items, lines, strict=True) for n in range(len(item.clauses))]
    found = [replace(each, pieces=_in_time(question, each.pieces, report)) for each in _lists(question, pieces)]
    return max((each for each in found if each.pieces), key=lambda each: each.shared, default=_Found((), 0)).pieces


def _in_time(question: Question, pieces: tuple[Piece, ...], report: Report) -> tuple[Piece, ...]:
    """A list of the time asked for, or else nothing; what a report says of itself is of the year it is asked for by."""
    years = {report.metadata.year, report.metadata.plan_year}
    if _REPORT.search(question.parsed.folded) and _REPORT.match(pieces[0].folded) and years & {*question.years}:
        (year, *_) = question.years
        return tuple(replace(each, item=replace(each.item, year=year)) for each in pieces)
    return pieces if all(may_be_of_time(question, each.item) for each in pieces) else ()


def _lists(question: Question, pieces: Sequence[Piece]) -> Iterator[_Found]:
    asked = fold(question.resolved)
    groups = [*_groups(asked), *(Group(0, each["thing"]) for each in _WHICH.finditer(asked))]
    words = question.about.bigrams
    for at, piece in enumerate(pieces):
        for group in _groups(piece.folded):
            if any(each.announced_by(group) for each in groups) and (items := _items_of(group, pieces, at)):
                shared = len(words & (piece.item.clause(piece.number).bigrams | piece.item.section.bigrams))
                yield _Found((piece, *items), shared)
    for group in groups:
        if group.is_quoted and (items := points_with(group.thing, group.count, pieces)):
            yield _Found(items, 0)
    for each in _NAMES.finditer(asked):
        first, *others = re.split(_AND, each["names"])
        for start in range(len(first) - 1):  # words may stand before the first name
            if items := named([first[start:], *others], pieces):
                yield _Found(items, 0)
                break


def _groups(folded: str) -> Iterator[Group]:
    """The groups that a clause counts, each once."""
    for match in _COUNTED.finditer(folded):
        count = int(number_value(match["count"].replace("两", "二")))
        is_quoted = folded[match.start("thing") - 1] in '“"'
        if 1 < count <= MOST_NAMED:
            joints = len(re.findall(_AND, folded[: match.start()]))
            is_last = not re.search(rf"[{HAN}\d]", folded[match.end() :])
            yield Group(count, match["thing"], is_quoted, is_last, joints + 1 if joints else 0)


def _items_of(group: Group, pieces: Sequence[Piece], at: int) -> tuple[Piece, ...]:
    below = in_section(pieces, at)
    if found := points(below, group.count):
        return found
    is_heading = pieces[at].item.sentence.role == "heading"
    near = [each for each in below if is_heading or each.line == pieces[at].line]
    return things_called(group.thing[-2:], group.count, near) if group.is_last else ()


def _joined(evidence: Sequence[Evidence], found: Sequence[Piece], order: Sequence[str]) -> list[Evidence]:
    """Evidence and the sentences of a list in their reports' order; a sentence shown already is marked."""
    by_place = {(item.report_id, item.sentence.start): item for item in evidence}
    for piece in found:
        key = (piece.item.report_id, piece.item.sentence.start)
        item = replace(by_place.get(key, piece.item), year=piece.item.year)
        by_place[key] = replace(item, listed=tuple(dict.fromkeys((*item.listed, piece.number))))
    places = sorted(by_place, key=lambda key: (order.index(key[0]), key[1]))
    return [replace(by_place[place], number=number) for number, place in enumerate(places, start=1)]
