"""Which reports speak of a topic: told by the sentence index, and read where they are shown, without a model.

A model that sees a few sentences cannot tell what ten thousand reports do not say; an index of all sentences can.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.answering.messages import claim
from rag.answering.survey_questions import BOUNDS, Sought
from rag.library.placed import Placed
from rag.library.readable_reports import ReadableReports
from rag.library.report_sets import NOTHING, ReportSet, Tally
from rag.library.sentence_index import SentenceIndex
from rag.parsing.report import Report, Sentence
from rag.text.bigrams import character_coverage
from rag.text.clauses import CLAUSE_END, bare
from rag.text.figures import Figure
from rag.text.normalization import HAN
from rag.text.parsed_text import ParsedText
from rag.text.units import same_measure
from rag.types import SectionKind

MENTIONED = 0.6  # of a topic's characters that a sentence must carry, its first word among them
PAGE = 20  # reports that are shown at once
_RESULTS: tuple[SectionKind, ...] = ("result", "problem", "other")
_MARKS = re.compile(r"[“”\"「」『』]")


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a report speaks of the topic: its best sentence, the clause of it that does, and how far it does."""

    report: Report
    sentence: Sentence
    clause: str
    carried: float  # of the topic's characters
    asked_for: float  # of the question's
    is_clause: bool  # not the whole sentence

    @property
    def rank(self) -> tuple[bool, bool, float, float]:
        return self.carried >= MENTIONED, self.is_clause, self.carried, self.asked_for


@dataclass(frozen=True, slots=True)
class Survey:
    """Which reports speak of a topic, or which do not: all of them counted, some of them shown."""

    sought: Sought
    names: Mapping[str, str]  # of the reports shown, by id
    shown: tuple[Mention, ...] = ()
    silent: tuple[Report, ...] = ()  # those shown, where asked is who does not speak of it
    told: Tally = NOTHING  # of the reports that speak of it, or do not, whichever is asked
    read: int = 0  # reports in all
    first: int = 0  # which of them is the first that is shown
    is_literal: bool = True  # whether every report that speaks of the topic has all its words

    @property
    def statement(self) -> str:
        """Who speaks of the topic, or who does not, in one sentence."""
        key = "not_spoken_of" if self.sought.is_denied else "spoken_of"
        key = key if self.is_literal else f"nearly_{key}"
        topic, names = _MARKS.sub("", self.sought.topic), "、".join(self.names.values())
        if self.told.reports <= len(self.names):
            return claim(key, topic=topic, names=names)
        last = self.first + len(self.names)
        said = claim("counted_part", count=self._count, first=self.first + 1, last=last, names=names)
        return claim(key, topic=topic, names=said) + (claim("goes_on") if last < self.told.reports else "")

    @property
    def expression(self) -> str:
        """How many of all reports."""
        return f"{self.told.reports}/{self.read}"

    @property
    def _count(self) -> str:
        """Such as 638个镇（702份报告）."""
        is_of_towns = self.told.levels == ("township",)
        places = claim("towns" if is_of_towns else "places", count=self.told.places)
        has_more = self.told.reports != self.told.places
        return places + (claim("reports_of_them", count=self.told.reports) if has_more else "")


def survey(sought: Sought, readable: ReadableReports, sentences: SentenceIndex, page: int = 0) -> Survey:
    """Which of the reports speak of what is sought, or do not; `page` counts from 0, PAGE reports each."""
    of_all = ReportSet(readable.library, readable.conditions())
    speaking = _speaking(sought, readable, sentences, MENTIONED)
    listed = of_all.outside(speaking) if sought.is_denied else of_all.among(speaking)
    told = listed.tally()
    page = min(page, max(0, told.reports - 1) // PAGE)
    some = listed.placed(PAGE, page * PAGE)
    alike = of_all.namesakes(some)
    reports = [report for each in some if (report := readable.get(each.id)) is not None]
    mentions = () if sought.is_denied else tuple(filter(None, (mention_in(report, sought) for report in reports)))
    quoted = {each.id for each in reports} if sought.is_denied else {mention.report.id for mention in mentions}
    has_all_words = speaking == _speaking(sought, readable, sentences, 1.0)
    return Survey(
        sought,
        names={each.id: name_among(each, alike) for each in some if each.id in quoted},
        shown=mentions,
        silent=tuple(reports) if sought.is_denied else (),
        told=told,
        read=readable.count(),
        first=page * PAGE,
        is_literal=has_all_words and all(mention.carried == 1.0 for mention in mentions),
    )


def name_among(mine: Placed, others: Sequence[Placed]) -> str:
    """A report's town, with its county or year where another of the reports has the same name."""
    alike = [other.metadata for other in others if other.metadata.town == mine.metadata.town and other.id != mine.id]
    own = mine.metadata
    county = own.county if any(other.county != own.county for other in alike) else None
    has_year = any(other.county == own.county for other in alike) and own.year
    year = claim("of_year", year=own.year) if has_year else ""
    return f"{county or ''}{own.town or claim('unknown_town')}{year}"


def _speaking(sought: Sought, readable: ReadableReports, sentences: SentenceIndex, least: float) -> set[str]:
    """The ids of all reports with a sentence that carries at least so much of what is sought."""
    parts = ((report_id, readable.get(report_id)) for report_id in readable.parts)
    found = {report_id for report_id, part in parts if part is not None and _carries(part, sought, least)}
    within = None if readable.is_everything else (readable.ids or frozenset()) - readable.parts.keys()
    if sought.county:
        of_county = ReportSet(readable.library, readable.conditions()).of_county(sought.county).outside(readable.parts)
        return found | (of_county.ids() & sentences.numbers(sought.county).keys())
    kinds = _RESULTS if sought.results_only else None
    for part in sought.alternatives:
        words = [*sought.required, *([] if part in sought.required else [_head(part)])]
        carrying = sentences.carrying(
            [part], least=least, all_of=words, kinds=kinds, roles=("body", "heading"), reports=within
        )
        if sought.bound is None:
            found.update(carrying)
        else:
            texts = sentences.read({report_id: carrying[report_id] for report_id in carrying.keys() - found})
            found.update(each.report_id for each in texts if _carried_by(ParsedText(each.text), sought) >= least)
    return found


def _carries(report: Report, sought: Sought, least: float) -> bool:
    mention = mention_in(report, sought)
    return mention is not None and mention.carried >= least


def _carried_by(sentence: ParsedText, sought: Sought) -> float:
    """The most that one of its clauses carries."""
    return max((_carried(said, sought) for _, said in _clauses(sentence, sought)), default=0.0)


def mention_in(report: Report, sought: Sought) -> Mention | None:
    """The clause of a report that carries most of the topic, then most of the question."""
    if sought.county and report.metadata.county != sought.county:
        return None
    found = [
        Mention(report, sentence, said.text, _carried(said, sought), _asked_for(said, sought), is_clause)
        for sentence in report.sentences
        if sought.county or sentence.role != "metadata"
        if not (sought.results_only and sentence.kind == "plan")
        for is_clause, said in _clauses(report.said(sentence), sought)
    ]
    best = max(found, key=lambda mention: mention.rank, default=None)  # the first of equals introduces the matter
    return best if best and best.carried >= MENTIONED else None


def _head(topic: str) -> str:
    """The first word of a topic, as its first two characters of content."""
    run = re.search(rf"[{HAN}]{{2,}}|[a-z]+", topic)
    return run[0][:2] if run else topic


def _asked_for(said: ParsedText, sought: Sought) -> float:
    return round(character_coverage(sought.question, frozenset(), said.bigrams), 6)


def _carried(said: ParsedText, sought: Sought) -> float:
    """The share of the topic, or of its best alternative, that a text carries; 0 without what is required."""
    if sought.county:
        return float(sought.county in said.folded)
    bare = _MARKS.sub("", said.folded)
    if not all(word in bare for word in sought.required):
        return 0.0
    words = said.bigrams
    return max(
        (
            round(character_coverage(part, frozenset(), words), 6)
            for part in sought.alternatives
            if part in sought.required or _head(part) in bare
        ),
        default=0.0,
    )


def _clauses(sentence: ParsedText, sought: Sought) -> list[tuple[bool, ParsedText]]:
    """The clauses of a sentence, then the sentence itself; with a bound, only clauses that have a figure beyond it."""
    ends = [0, *(mark.end() for mark in CLAUSE_END.finditer(sentence.text)), len(sentence.text)]
    parts = [_bare(sentence.part(start, end)) for start, end in pairwise(ends) if sentence.text[start:end].strip()]
    if sought.bound is not None:  # figures are read only of what may carry the topic
        near = (clause for clause in parts if _carried(clause, sought) >= MENTIONED)
        return [(True, clause) for clause in near if _is_beyond(clause, sought.bound, sought.way)]
    return [*((True, clause) for clause in parts), (False, _bare(sentence))]


def _bare(said: ParsedText) -> ParsedText:
    """A part without blanks and marks around it."""
    kept = bare(said.text)
    start = said.text.index(kept)
    return said.part(start, start + len(kept))


def _is_beyond(clause: ParsedText, bound: Figure, way: str) -> bool:
    values = [
        figure.value for figure in clause.quantities if figure.measure and same_measure(figure.measure, bound.measure)
    ]
    if way in BOUNDS["below"]:
        return any(value < bound.value for value in values)
    return any(value > bound.value or (way in BOUNDS["reached"] and value == bound.value) for value in values)
