"""Rows: entries of a name and its figure, such as "2021年粮食产量：12600吨，2021年油料产量：345吨。" All is folded.

Tables become such lines, and people write them. The name says all that there is to know of its figure: what it is of,
when, and whether it was reached, so that what stands around the row has no say in it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rag.parsing.report import Report
from rag.text.clauses import COMMAS, SENTENCE_MARKS
from rag.text.figure_patterns import ABOUT_BEFORE
from rag.text.lexicon import concept
from rag.text.normalization import fold
from rag.text.time_heads import time_at_start, years_ago
from rag.types import SectionKind, Span

NameStatus = Literal["result", "plan", "target"]

_END = rf"{COMMAS}{SENTENCE_MARKS}\n"
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+)(?:\.\d+)?"
_BEGIN = rf"(?:^|(?<=[{_END}]))\s*(?:其中[：:]\s*)?"
_UNIT = rf"(?:[^{_END}：:\d（(][^{_END}：:\d]{{0,9}})?"
_FIGURE = rf"(?:{ABOUT_BEFORE.any})?[-+−－]?\s?{_NUMBER}{_UNIT}(?:[（(][^（）()\n]*[）)])?"
_ENTRY = re.compile(rf"{_BEGIN}(?P<name>[^{_END}：:]{{1,40}})[：:]\s*(?P<figure>{_FIGURE})(?=\s*(?:[{_END}]|$))")
_WORDS = re.compile(rf"{_BEGIN}(?P<name>[^{_END}：:（(]{{1,12}})[：:](?P<words>[^{_END}：:]{{1,40}})(?=[{_END}]|$)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_WHEN = concept("time_column")
_RESULT, _EXPECTED, _MARK = concept("result_column"), concept("expected_column"), concept("mark_column")
_RATE_END = re.compile(rf"{concept('change_column').any}$")
LONGEST_CAPTION = 40


@dataclass(frozen=True, slots=True)
class Entry:
    """A name with a figure, at [start, end) of a sentence; the figure begins at `figure`."""

    start: int
    end: int
    figure: int
    name: str
    told_from: int  # the place in the sentence from which its words tell when
    label: Span | None  # what the row is of, such as 柳溪桥 in "项目：柳溪桥，投资：86万元"
    is_beside_result: bool = False  # whether another entry of the sentence gives what came of it

    @property
    def status(self) -> NameStatus | None:
        """What the name says of its figure; None where it does not say."""
        if _RESULT.search(self.name) or (_MARK.search(self.name) and _RATE_END.search(self.name)):
            return "result"
        if _MARK.search(self.name):
            return "target"
        return "plan" if _EXPECTED.search(self.name) else None

    def year(self, report_year: int | None) -> int | None:
        """The year that the name gives, 上年 seen from the report's; None where it gives none."""
        years = _YEAR.findall(self.name)
        if years:
            return int(years[0]) if len(set(years)) == 1 else None
        ago = years_ago(self.time)
        return None if ago is None or report_year is None else report_year - ago

    @property
    def time(self) -> str:
        """The time that the name begins with."""
        return time_at_start(self.name)

    @property
    def words(self) -> str:
        """The name without its time."""
        return self.name[len(self.time) :]

    def period(self, year: int | None) -> str | None:
        """The time in words, with its year where that is known: 2022年1-2月; None where the name gives none."""
        if not self.time or _YEAR.match(self.time) or year is None:
            return self.time or None
        ago = years_ago(self.time)
        return f"{year}年" if ago is not None else f"{year}年{self.time}"

    def kind(self, around: SectionKind, report_year: int | None) -> SectionKind:
        """Whether the figure is of a result or of a plan; what the section around it says, where its name does not."""
        year = self.year(report_year)
        if self.status == "result" or (self.is_beside_result and year is None):
            return "result"
        if year is None or report_year is None:
            return around
        return "plan" if year > report_year else "result"


def entries_in(sentence: str) -> tuple[Entry, ...]:
    """The entries of a sentence, in order.

    Example: in "年份：2020年，财政收入：1080万元" the one with the name 财政收入
    """
    with_figures = list(_ENTRY.finditer(sentence))
    known = {found.start("name") for found in with_figures}
    other = [found for found in _WORDS.finditer(sentence) if found["name"].strip() not in _WHEN]
    entries = []
    for found in with_figures:
        start, end = found.span()
        before = [each for each in other if each.end() <= start]
        told_from = before[-1].end() if before else 0
        label = next((Span(*each.span("words")) for each in before if each.start("name") not in known), None)
        entries.append(Entry(found.start("name"), end, found.start("figure"), found["name"].strip(), told_from, label))
    results = [entry for entry in entries if entry.status == "result"]
    return tuple(replace(entry, is_beside_result=any(other is not entry for other in results)) for entry in entries)


def entry_at(entries: Sequence[Entry], place: int) -> Entry | None:
    """The entry whose figure holds a place."""
    return next((entry for entry in entries if entry.figure <= place < entry.end), None)


def kind_of_row(sentence: str, around: SectionKind, report_year: int | None) -> SectionKind:
    """What a sentence reports: its entries may all say so themselves, whatever the section around them says."""
    kinds = {entry.kind(around, report_year) for entry in entries_in(sentence)}
    return kinds.pop() if len(kinds) == 1 else around


def captions_of(report: Report) -> dict[int, str]:
    """For each row of a report, by where it starts, the year in the line right above it and its like."""
    told = [sentence for sentence in report.sentences if sentence.role != "metadata"]
    years = captions([fold(report.text[sentence.start : sentence.end]) for sentence in told])
    return {sentence.start: year for sentence, year in zip(told, years, strict=True) if year}


def captions(sentences: Sequence[str]) -> Iterator[str]:
    """For each sentence the year in the line right above the rows that it belongs to; empty where it is no row.

    Example: 2021年 for each row below the line "2021年各村基本情况"
    """
    caption = ""
    for sentence in sentences:
        is_row = bool(entries_in(sentence))
        yield caption if is_row else ""
        years = set(_YEAR.findall(sentence))
        if not is_row and not _WORDS.match(sentence):
            is_caption = len(years) == 1 and len(sentence) <= LONGEST_CAPTION and sentence[-1:] not in SENTENCE_MARKS
            caption = f"{years.pop()}年" if is_caption else ""
