"""Which reports speak of a topic: told by the sentence index, and read where they are shown, without a model.

A model that sees a few sentences cannot tell what ten thousand reports do not say; an index of all sentences can.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rag.answering.mentions import MARKS, MENTIONED, Mention, carried_by, head, mention_in
from rag.answering.messages import claim
from rag.answering.survey_questions import Sought
from rag.library.placed import Placed
from rag.library.readable_reports import ReadableReports
from rag.library.report_sets import NOTHING, ReportSet, Tally
from rag.library.sentence_index import SentenceIndex
from rag.parsing.report import Report
from rag.text.normalization import fold_characters
from rag.text.parsed_text import ParsedText
from rag.types import SectionKind

PAGE = 20  # reports that are shown at once
_RESULTS: tuple[SectionKind, ...] = ("result", "problem", "other")


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
        topic, names = MARKS.sub("", self.sought.topic), self._named
        if self.told.reports <= len(self.names):
            counted = claim("counted_whole", count=self._count, names=names) if self.sought.wants_count else names
            return claim(key, topic=topic, names=counted)
        last = self.first + len(self.names)
        said = claim("counted_part", count=self._count, first=self.first + 1, last=last, names=names)
        return claim(key, topic=topic, names=said) + (claim("goes_on") if last < self.told.reports else "")

    @property
    def _named(self) -> str:
        """The places, each with its clause where amounts are asked."""
        if not self.sought.is_amount or self.sought.is_denied:
            return "、".join(self.names.values())
        return "；".join(f"{self.names[each.report.id]}，{fold_characters(each.told)}" for each in self.shown)

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
    sought = _weighed(sought, sentences)
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
        words = [*sought.required, *([] if part in sought.required else [head(part, sought.weights)])]
        carrying = sentences.carrying(
            [part],
            least=least,
            all_of=words,
            weights=sought.weights,
            kinds=kinds,
            roles=("body", "heading"),
            reports=within,
        )
        if sought.bound is None and not sought.is_amount:
            found.update(carrying)
        else:
            texts = sentences.read({report_id: carrying[report_id] for report_id in carrying.keys() - found})
            found.update(each.report_id for each in texts if carried_by(ParsedText(each.text), sought) >= least)
    return found


def _carries(report: Report, sought: Sought, least: float) -> bool:
    mention = mention_in(report, sought)
    return mention is not None and mention.carried >= least


def _weighed(sought: Sought, sentences: SentenceIndex) -> Sought:
    """The same with what the topic's words weigh in this library."""
    return replace(sought, weights=sentences.rarity(" ".join(sought.alternatives)))
