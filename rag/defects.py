"""What is wrong with the file itself, beyond what cleaning removes: reported, never repaired."""

import re
from collections.abc import Iterator, Sequence

from rag.cleaning import Cleaned, CleanLine
from rag.folding import fold, fold_characters
from rag.numbering import RANKS, Numbering, Style, read_numbering
from rag.types import Defect, Metadata, Sentence, Span
from rag.wrapping import ends_sentence
from rag.years import year_topics

_PLACEHOLDER = re.compile(
    r"关键词\s?\d+|(?<![A-Za-zＡ-Ｚａ-ｚ])[XxＸｘ]{2,}(?![A-Za-zＡ-Ｚａ-ｚ])|[×✕]{2,}|_{2,}|＿{2,}|\*{2,}|\{\{[^{}\n]*\}\}"
    r"|[\[【（(]\s?待(?:补|填|定|核)[^\]】）)\n]{0,6}[\]】）)]"
)
_STATED_YEAR = re.compile(
    r"(20\d\d)年?度?(?:全年|重点|主要|政府|党建|各项)*工作(?:总结|开展情况|完成情况|情况|回顾|计划|打算|思路|安排)"
    r"(?:(?:完成|落实|执行)情况)?"
)
_ANNOUNCEMENT = re.compile(r"现(?:将|就)|(?:汇报|报告|总结)如下")
_CLAUSE_MARK = re.compile(r"[，。；,;]")
_LEAST_ITEM = 20  # characters from which an unfinished line is called truncated


def find_defects(
    cleaned: Cleaned, metadata: Metadata, sentences: Sequence[Sentence], source: str
) -> tuple[Defect, ...]:
    """Placeholders, contradicting years, gaps in the numbering and items that break off, at source spans."""
    found = [
        *_placeholders(cleaned),
        *_year_conflicts(cleaned, metadata),
        *_numbering_gaps(cleaned),
        *_truncated_items(cleaned, sentences),
    ]
    return tuple(_at_source(kind, detail, span, cleaned, source) for kind, detail, span in found)


def _at_source(kind: str, detail: str, span: Span, cleaned: Cleaned, source: str) -> Defect:
    place = cleaned.offsets.to_source(span)
    return Defect(kind, detail, source[place.start : place.end], place.start, place.end)


def _placeholders(cleaned: Cleaned) -> Iterator[tuple[str, str, Span]]:
    for match in _PLACEHOLDER.finditer(fold_characters(cleaned.text)):
        yield "placeholder", "没有填写的占位符 (a placeholder nobody filled in)", Span(*match.span())


def _year_conflicts(cleaned: Cleaned, metadata: Metadata) -> Iterator[tuple[str, str, Span]]:
    """Headings and the announcing sentence (现将……报告如下) whose years are not those of the title."""
    expected = {"result": metadata.year, "plan": metadata.plan_year}
    folded = fold_characters(cleaned.text)
    for line in cleaned.lines:
        content = folded[line.start : line.end]
        if line.role == "metadata" or (line.role == "body" and not _ANNOUNCEMENT.search(content)):
            continue
        for match in _STATED_YEAR.finditer(content):
            for year, topic in year_topics(match.group()):
                own = expected.get(topic)
                if own is not None and year != own:
                    part = "计划" if topic == "plan" else "总结"
                    detail = f"此处写{year}年，标题的{part}年份是{own}年 (the year contradicts the title's)"
                    yield "year_conflict", detail, Span(line.start + match.start(), line.start + match.end())


def _numbering_gaps(cleaned: Cleaned) -> Iterator[tuple[str, str, Span]]:
    """A number that does not follow the one before; lists may nest and begin anew with 1."""
    open_lists: dict[Style, list[int]] = {}
    for line, numbering in _numbered_lines(cleaned):
        for style in [style for style in open_lists if RANKS[style] > RANKS[numbering.style]]:
            del open_lists[style]
        numbers = open_lists.setdefault(numbering.style, [])
        if numbering.number == 1:
            numbers.append(1)
            continue
        expected = {number + 1 for number in numbers}
        if numbering.number in expected:
            while numbers[-1] + 1 != numbering.number:
                numbers.pop()
            numbers[-1] = numbering.number
            continue
        before = f"前面是第{numbers[-1]}项" if numbers else "前面没有第1项"
        open_lists[numbering.style] = [*numbers[:-1], numbering.number]
        detail = f"编号为第{numbering.number}项，{before} (the numbering skips or repeats)"
        yield "numbering_gap", detail, Span(line.start, line.start + numbering.length)


def _numbered_lines(cleaned: Cleaned) -> Iterator[tuple[CleanLine, Numbering]]:
    for line in cleaned.lines:
        numbering = read_numbering(cleaned.text[line.start : line.end])
        if numbering is not None and line.role != "metadata":
            yield line, numbering


def _truncated_items(cleaned: Cleaned, sentences: Sequence[Sentence]) -> Iterator[tuple[str, str, Span]]:
    """The last sentence of a body line that holds sentences but does not end like one."""
    last = {sentence.end: sentence for sentence in sentences}
    for line in cleaned.lines:
        content = cleaned.text[line.start : line.end]
        is_text = line.role == "body" and len(content) >= _LEAST_ITEM and _CLAUSE_MARK.search(content)
        if is_text and "\t" not in content and not ends_sentence(fold(content)):
            sentence = last[line.end]
            yield (
                "truncated_item",
                "句子没有结束，疑被截断 (the sentence breaks off)",
                Span(sentence.start, sentence.end),
            )
