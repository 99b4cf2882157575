"""Closing an excerpt: nothing that its clauses depend on stays behind.

A clause takes along the restriction and the time in front of it, what it points back to, what an earlier clause lends
it where it says too little itself, and what right behind it takes something back. What is lent by a clause with figures
of its own, or by an earlier sentence, comes in its words alone: the clause would bring figures that nobody asked for.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rag.parsing.heads.clause import Clause, Lent
from rag.parsing.heads.lending import ClauseHead
from rag.parsing.heads.lent_words import is_said
from rag.text.bigrams import bigrams_in
from rag.text.figures import level
from rag.text.lexicon import concept
from rag.text.time_spans import TimeSpan, governing
from rag.types import Span
from rag.verification.claims import Evidence
from rag.verification.excerpts import Excerpt

FEW_WORDS = 2  # bigrams of a clause that says too little to stand alone: 出动12次
_TAKES_BACK = re.compile(concept("takes_back").any)
_COMPARES = re.compile(concept("comparative").any)
_RESTRICTS = re.compile(rf"(?:{concept('frame_ends').any}|以来)$")
_POINTS_BACK = ("anaphor", "figure", "measure")
_OWN_REACHES = ("years", "part", "past", "next", "date")


def closed(excerpt: Excerpt, heads: Sequence[ClauseHead], text: str) -> Excerpt:
    """The excerpt with all that its clauses depend on; `heads` are its sentence's, `text` the report's clean text."""
    item = excerpt.item
    clauses = [Clause(item.sentence.start, item.parsed.folded, span, item.parsed.figures) for span in item.clauses]
    wanted = set(excerpt.clauses)
    lent: list[Lent] = []
    for number in excerpt.clauses:
        wanted |= set(_in_front(clauses, number)) | set(_behind(clauses, number))
        points_back = clauses[number].opening in _POINTS_BACK or clauses[number].points_back
        is_wanting = points_back or len(bigrams_in(item.clause(number).without_figures)) <= FEW_WORDS
        for words in [*(_lent_to(clauses[number], heads, item) if is_wanting else ()), *_time_of(item, number)]:
            place = _clause_at(words, item)
            if _is_bare_predicate(level(text[words.start : words.end])):
                continue
            if place is not None and (points_back or place in wanted or not clauses[place].counted):
                wanted.add(place)
            else:
                lent.append(words)
    whole = excerpt.with_clauses(tuple(wanted))
    said = whole.text
    unsaid = [each for each in dict.fromkeys(lent) if not is_said(text[each.start : each.end], said)]
    return replace(whole, lent=tuple(unsaid))


def _is_bare_predicate(words: str) -> bool:
    """Whether words of an earlier place say something of another thing, and name none: 达到, 高于全国平均."""
    return words in concept("reached") or bool(_COMPARES.match(words))


def _in_front(clauses: Sequence[Clause], number: int) -> Iterator[int]:
    """The nearest clause before that only restricts: 在安全生产方面."""
    for before in range(number - 1, -1, -1):
        if clauses[before].is_frame and _RESTRICTS.search(clauses[before].words):
            yield before
            return


def _behind(clauses: Sequence[Clause], number: int) -> Iterator[int]:
    """The next clause, where it takes something back: 预计年底完成, 尚未验收."""
    behind = number + 1
    if behind < len(clauses) and _TAKES_BACK.match(clauses[behind].text, clauses[behind].span.start):
        yield behind


def _lent_to(clause: Clause, heads: Sequence[ClauseHead], item: Evidence) -> Iterator[Lent]:
    start, end = (item.sentence.start + at for at in (clause.span.start, clause.span.end))
    for head in heads:
        if head.start < end and start < head.end:
            yield from head.lent


def _time_of(item: Evidence, number: int) -> Iterator[Lent]:
    """The time that an earlier clause sets for this one, where it is another than the year told of."""
    span = item.clauses[number]
    own = next((figure.start for figure in item.parsed.quantities if span.start <= figure.start < span.end), span.end)
    time = governing(item.parsed.folded[:own])
    if time is not None and time.end <= span.start and _is_own(time, item):
        yield Lent("restriction", item.sentence.start + time.start, item.sentence.start + time.end)


def _is_own(time: TimeSpan, item: Evidence) -> bool:
    return time.reach in _OWN_REACHES or (time.year is not None and time.year != item.year)


def _clause_at(words: Lent, item: Evidence) -> int | None:
    """The clause of the sentence in which lent words stand; None where they stand in another sentence."""
    at = Span(words.start - item.sentence.start, words.end - item.sentence.start)
    return next((n for n, span in enumerate(item.clauses) if span.start <= at.start and at.end <= span.end), None)
