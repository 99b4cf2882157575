"""How excerpts are shown: town, year and plan before them, in words that code puts there, and what they are lent."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from rag.answering.messages import claim
from rag.library.figure_store import heads_of
from rag.library.reader import Lookup
from rag.parsing.heads.lending import HeadsBySentence
from rag.parsing.heads.lent_words import unquoted
from rag.parsing.orders import without_orders
from rag.parsing.report import Report
from rag.text.display import printable
from rag.text.normalization import fold_characters
from rag.text.parsed_text import ParsedText
from rag.text.time_spans import TimeSpan, governing, last_year_of_plan, opening
from rag.types import Span
from rag.verification.claims import Evidence
from rag.verification.closing import closed
from rag.verification.excerpts import Excerpt, merged
from rag.verification.tense import is_under_way, speaks_of_plans

BEHIND_HEAD = "："
BETWEEN = "；"
_COMMA = re.compile(r"(?<!\d),|,(?!\d)")
_OWN_TIMES = ("years", "part", "next", "date", "now")  # 比上年 sets no time, it compares


@dataclass
class Quoting:
    """Closes and words the excerpts of one library's reports; what it reads of a report it reads once."""

    library: Lookup
    _reports: dict[str, Report] = field(default_factory=dict)
    _heads: dict[str, HeadsBySentence] = field(default_factory=dict)

    def report(self, report_id: str) -> Report:
        """A report without the sentences that give orders to a model."""
        if report_id not in self._reports:
            [report] = self.library.reports({report_id})
            self._reports[report_id] = without_orders(report)
        return self._reports[report_id]

    def closed(self, excerpts: Sequence[Excerpt]) -> tuple[Excerpt, ...]:
        """Excerpts with all that their clauses depend on, one for each sentence."""
        return merged([self._closed(each) for each in excerpts])

    def text(self, excerpts: Sequence[Excerpt]) -> str:
        """Excerpts as a sentence: 石矶镇2021年：完成造林820亩；改厕430座. The place is said again where it changes.

        A list has the place of what announces it.
        """
        parts: list[str] = []
        said = ""
        is_list = all(each.item.listed for each in excerpts) and len({e.item.sentence.kind for e in excerpts}) == 1
        for each in excerpts:
            words = printable("".join((*self._lent(each), _COMMA.sub("，", fold_characters(each.text)))))
            place = _place(each, words)
            is_new = place and place != said and not (is_list and parts)
            parts.append(claim("of_place", place=place, words=words) if is_new else words)
            said = place or said
        return BETWEEN.join(parts)

    def _closed(self, excerpt: Excerpt) -> Excerpt:
        report_id = excerpt.item.report_id
        report = self.report(report_id)
        if report_id not in self._heads:
            self._heads[report_id] = heads_of(self.library, report)
        return closed(excerpt, self._heads[report_id].get(excerpt.item.sentence.start, ()), report.text)

    def _lent(self, excerpt: Excerpt) -> Iterator[str]:
        text = self.report(excerpt.item.report_id).text
        for each in excerpt.lent:
            words = unquoted(fold_characters(text[each.start : each.end]).strip())
            yield words if each.kind == "verb" else f"{words}{BEHIND_HEAD}"


def narrowed(excerpt: Excerpt) -> list[Evidence]:
    """The sentence of an excerpt, cut to each of its stretches."""
    item = excerpt.item
    return [cut(item, Span(item.sentence.start + span.start, item.sentence.start + span.end)) for span in excerpt.spans]


def cut(item: Evidence, span: Span) -> Evidence:
    """A sentence cut to a stretch of the clean text inside it."""
    start = item.sentence.start
    text = item.text[span.start - start : span.end - start]
    return replace(item, sentence=replace(item.sentence, start=span.start, end=span.end), text=text, reading=None)


def _place(excerpt: Excerpt, words: str) -> str:
    """What stands before an excerpt: the town and the year that it does not say itself, and that it is a plan."""
    item, parsed = excerpt.item, ParsedText(words)
    town = "" if not item.town or item.town in words else item.town
    first = next((figure.start for figure in parsed.quantities), len(words))
    time = governing(parsed.folded[:first]) or opening(parsed.folded)
    has_own_time = time is not None and (time.reach in _OWN_TIMES or time.year is not None)
    is_dated = time is not None or _time_before(excerpt) is not None
    year = "" if has_own_time else _year(item) if is_dated else _told_for(item)
    is_ahead = time is not None and bool(time.year and item.report_year and time.year > item.report_year)
    is_told = speaks_of_plans(parsed.folded) or is_under_way(parsed.folded)
    is_plain_plan = (is_ahead or item.sentence.kind == "plan") and not is_told
    return f"{town}{year}{claim('plan') if is_plain_plan else ''}"


def _time_before(excerpt: Excerpt) -> TimeSpan | None:
    """The time that the sentence sets before the first clause shown: one of another year is lent, see `closing`."""
    return governing(excerpt.item.parsed.folded[: excerpt.spans[0].start])


def _told_for(item: Evidence) -> str:
    """The time of a sentence that names none: several years where these go on to it, else its year.

    五年来 does not say which, so the last of them is said: 五年来（至2020年）.
    """
    if item.period is None:
        return _year(item)
    is_named = item.period.year or last_year_of_plan(item.period.text)
    return item.period.text if is_named or not item.year else claim("until", period=item.period.text, year=item.year)


def _year(item: Evidence) -> str:
    return f"{item.year}年" if item.year else ""
