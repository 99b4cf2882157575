"""Sentences: the smallest citable stretches of a clean text."""

import re
from collections.abc import Sequence

from rag.parsing.cleaning import CleanLine
from rag.parsing.outline import opens_plan, opens_problems, section_kind
from rag.parsing.report import Heading, Sentence
from rag.parsing.rows import kind_of_row
from rag.text.clauses import SENTENCE_MARKS
from rag.text.item_numbers import Numbering, Style, begins_point, read_numbering
from rag.text.normalization import fold
from rag.types import SectionKind, Span

_END = re.compile(rf"[{SENTENCE_MARKS}]+[”’\"'）)」』》】]*")
# Short bracketed or quoted stretches are one piece, whatever stands in them.
_CLOSED = re.compile(
    r"（[^（）\n]{0,60}）|\([^()\n]{0,60}\)|“[^“”\n]{0,60}”|「[^「」\n]{0,60}」|『[^『』\n]{0,60}』"
    r"|《[^《》\n]{0,60}》|【[^【】\n]{0,60}】|\"[^\"\n]{0,60}\""
)
_FULL_QUOTATION = ("。”", '。"', "。」", "。』")


def split_line(line: str) -> tuple[Span, ...]:
    """Spans of the sentences of one line, blanks between them left out.

    Example: split_line("修路3公里；投资1.2万元（县补；自筹）。") gives "修路3公里；" and "投资1.2万元（县补；自筹）。"
    """
    spans: list[Span] = []
    start = 0
    for end in [*_ends(line), len(line)]:
        span = _trimmed(line, start, end)
        spans += [span] if span else []
        start = end
    return tuple(spans)


def split_sentences(
    text: str, lines: Sequence[CleanLine], headings: Sequence[Heading], report_year: int | None
) -> tuple[Sentence, ...]:
    """All sentences of a clean text in order, each with its section's path, what it reports, and its line's role.

    Headings and metadata lines are one sentence each.
    """
    by_start = {heading.start: heading for heading in headings}
    walk = _Walk(report_year)
    sentences: list[Sentence] = []
    for line in lines:
        content = text[line.start : line.end]
        if line.role == "metadata":
            sentences.append(Sentence(line.start, line.end, "", "other", "metadata"))
        elif line.role == "heading":
            walk.enter(by_start[line.start])
            sentences.append(Sentence(line.start, line.end, walk.path, walk.kind, "heading"))
        else:
            walk.read(content)
            sentences += _body_sentences(line.start, content, walk)
    return tuple(sentences)


def _body_sentences(offset: int, content: str, walk: "_Walk") -> list[Sentence]:
    kind = walk.kind_of_line(content)
    sentences: list[Sentence] = []
    for span in split_line(content):
        sentence = content[span.start : span.end]
        if kind != "problem" and opens_problems(fold(sentence)):
            kind = "problem"  # to the end of the line
        elif kind == "result" and opens_plan(fold(sentence), walk.report_year):
            kind = "plan"  # to the next full stop
        own = kind if kind == "problem" else kind_of_row(fold(sentence), kind, walk.report_year)
        sentences.append(Sentence(offset + span.start, offset + span.end, walk.path, own, "body"))
        if kind == "plan" and sentence.endswith("。"):
            kind = walk.kind
    walk.lists_problems = kind == "problem" and (walk.lists_problems or content.endswith(("：", ":")))
    return sentences


class _Walk:
    """Where a reader stands while going down the lines: the open headings and what each level reports."""

    def __init__(self, report_year: int | None) -> None:
        self.report_year = report_year
        self.lists_problems = False  # whether the line before announced problems, or was one of them
        self._open: list[Heading] = []
        self._kinds: list[SectionKind] = ["result"]  # of the whole text, then of each open heading
        self._listed: dict[Style, int] = {}  # the last number of each list in the section's text

    @property
    def path(self) -> str:
        return " / ".join(heading.text for heading in self._open)

    @property
    def kind(self) -> SectionKind:
        return self._kinds[-1]

    def kind_of_line(self, line: str) -> SectionKind:
        """What a body line reports: its section's kind, or a problem in an announced list."""
        self.lists_problems = self.lists_problems and begins_point(line)
        return "problem" if self.lists_problems else self.kind

    def enter(self, heading: Heading) -> None:
        self.lists_problems = False
        self._listed = {}
        self._open = [*(other for other in self._open if other.level < heading.level), heading]
        self._kinds = self._kinds[: len(self._open)]
        self._kinds.append(section_kind(fold(heading.text), self.report_year) or self._kinds[-1])

    def read(self, line: str) -> None:
        """A body line may close its section, or turn the rest of it to plans."""
        if numbering := read_numbering(line):
            self._close_sibling(numbering)
        if self.kind != "plan" and opens_plan(fold(line), self.report_year):
            self._kinds[-1] = "plan"

    def _close_sibling(self, numbering: Numbering) -> None:
        """An item "二、……" that runs on as text ends the section headed "一、", unless it goes on a list of its own."""
        listed = self._listed.get(numbering.style)
        if numbering.number == 1 or listed == numbering.number - 1:
            self._listed[numbering.style] = numbering.number
            return
        for depth, heading in enumerate(self._open):
            opened = read_numbering(heading.text)
            if opened and (opened.style, opened.number) == (numbering.style, numbering.number - 1):
                self._open = self._open[:depth]
                self._kinds = self._kinds[: depth + 1]
                self._listed = {numbering.style: numbering.number}
                return


def _ends(line: str) -> list[int]:
    closed = [match.span() for match in _CLOSED.finditer(line)]
    ends = [match.end() for match in _END.finditer(line) if not _inside(match.end(), closed)]
    full = [end for start, end in closed if line[start:end].endswith(_FULL_QUOTATION) and not _END.match(line, end)]
    return sorted({*ends, *full})


def _inside(end: int, closed: Sequence[tuple[int, int]]) -> bool:
    return any(start < end <= stop for start, stop in closed)


def _trimmed(line: str, start: int, end: int) -> Span | None:
    content = line[start:end]
    left = len(content) - len(content.lstrip())
    right = len(content.rstrip())
    return Span(start + left, start + right) if left < right else None
