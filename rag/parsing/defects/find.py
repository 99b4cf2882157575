"""What is wrong with the file itself, beyond what cleaning removes: reported, never repaired."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rag.parsing.cleaning import Cleaned
from rag.parsing.defects.characters import garbled, wrong_characters, wrong_conversions
from rag.parsing.defects.figure_conflicts import disagreements
from rag.parsing.defects.finding import Finding, Passage, body_passages
from rag.parsing.defects.item_numbers import numbering_faults
from rag.parsing.defects.late_dates import late_dates
from rag.parsing.defects.origin import other_places, unnamed
from rag.parsing.defects.sums import Mismatch, mismatches
from rag.parsing.defects.units import Misfit, loose_figures, unit_misfits
from rag.parsing.line_wraps import ends_sentence
from rag.parsing.report import Defect, DefectKind, Metadata, Sentence, Statement
from rag.text.clauses import CLAUSE_MARK
from rag.text.dates import DATE_MARKS
from rag.text.letterhead import has_page_data
from rag.text.lexicon import concept, table
from rag.text.normalization import fold, fold_characters, fold_in_place
from rag.text.numerals import LARGE
from rag.types import Span

_BLANK = table("placeholder")
_PLACEHOLDER = re.compile(
    rf"{_BLANK['word'].any}\s?\d+"
    r"|(?<![A-Za-zＡ-Ｚａ-ｚ])[XxＸｘ]{2,}(?![A-Za-zＡ-Ｚａ-ｚ])|[×✕]{2,}|_{2,}|＿{2,}|\*{2,}|\{\{[^{}\n]*\}\}"
    rf"|(?<![0-9A-Za-z×ＸＸ])[xX×*](?={concept('place_level').any}|[{DATE_MARKS}{LARGE}])"
    rf"|[\[【（(]\s?{_BLANK['bracketed'].any}[^\]】）)\n]{{0,6}}[\]】）)]"
)
_LEAST_ITEM = 20  # characters from which an unfinished line is called truncated
_NO_SENTENCE = re.compile(rf"{concept('no_sentence').any}|[（(【\[].*[）)】\]]$")
_MOST_UNFINISHED = 3  # lines: a file with more of them, and a fourth of all, does without full stops


def find_defects(
    cleaned: Cleaned,
    metadata: Metadata,
    statements: Sequence[Statement],
    sentences: Sequence[Sentence],
    source: str,
) -> tuple[Defect, ...]:
    """All that a reader should be warned of, at source spans: see `DefectKind`."""
    passages = body_passages(cleaned.text, sentences)
    placeholders = list(_placeholders(cleaned.text))
    found = [
        *placeholders,
        *_page_data(cleaned),
        *numbering_faults(cleaned),
        *_truncated_items(cleaned, sentences),
        *(each for each in wrong_conversions(cleaned.text) if not any(_meet(each.span, p.span) for p in placeholders)),
        *wrong_characters(cleaned.text),
        *_figures(passages),
        *_disagreements(passages),
    ]
    late = [_at_source(each, cleaned, source) for each in _late_dates(passages, metadata)]
    signature = _signature(statements)
    return (
        *(_at_source(each, cleaned, source) for each in found),
        *(replace(each, others=tuple(Span(line.start, line.end) for line in signature)) for each in late),
        *(_early_signature(signature, late) if late else ()),
        *_year_conflicts(metadata, statements),
        *unnamed(cleaned, metadata, source),
        *other_places(metadata, statements),
        *(_damage(span, source) for span in garbled(source)),
    )


def _at_source(finding: Finding, cleaned: Cleaned, source: str) -> Defect:
    place = cleaned.offsets.to_source(finding.span)
    others = tuple(cleaned.offsets.to_source(other) for other in finding.others)
    return Defect(finding.kind, finding.detail, source[place.start : place.end], place.start, place.end, others)


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _placeholders(text: str) -> Iterator[Finding]:
    for match in _PLACEHOLDER.finditer(fold_characters(text)):
        yield Finding("placeholder", "没有填写的占位符 (a placeholder nobody filled in)", Span(*match.span()))


def _page_data(cleaned: Cleaned) -> Iterator[Finding]:
    """Publication lines with counters and controls of the page: kept, as they name source and date."""
    for line in cleaned.lines:
        if line.role == "metadata" and has_page_data(fold_in_place(cleaned.text[line.start : line.end])):
            detail = "网页的发布信息混在文中，作为元数据保留 (the page's own data, kept as metadata)"
            yield Finding("boilerplate", detail, Span(line.start, line.end))


def _year_conflicts(metadata: Metadata, statements: Sequence[Statement]) -> Iterator[Defect]:
    """Headings and the announcing sentence (现将……报告如下) whose years are not those of the title."""
    for each in statements:
        own = {"year": metadata.year, "plan_year": metadata.plan_year}.get(each.field)
        if own is not None and each.value != str(own):
            part = "计划" if each.field == "plan_year" else "总结"
            detail = f"此处写{each.value}年，标题的{part}年份是{own}年 (the year contradicts the title's)"
            titles = [said for said in statements if said.field == each.field and said.value == str(own)][:1]
            others = tuple(Span(said.start, said.end) for said in titles)
            yield Defect("year_conflict", detail, each.quote, each.start, each.end, others)


def _truncated_items(cleaned: Cleaned, sentences: Sequence[Sentence]) -> Iterator[Finding]:
    """The last sentence of a body line that holds sentences but does not end like one."""
    last = {sentence.end: sentence for sentence in sentences}
    lines = [line for line in cleaned.lines if line.role == "body" and line.end - line.start >= _LEAST_ITEM]
    unfinished = [line for line in lines if _is_unfinished(cleaned.text[line.start : line.end])]
    if len(unfinished) > _MOST_UNFINISHED and len(unfinished) * 4 > len(lines):
        return
    for line in unfinished:
        detail = "句子没有结束，疑被截断 (the sentence breaks off)"
        yield Finding("truncated_item", detail, Span(last[line.end].start, line.end))


def _is_unfinished(content: str) -> bool:
    is_text = CLAUSE_MARK.search(content) and "\t" not in content and not _NO_SENTENCE.match(content)
    return bool(is_text) and not ends_sentence(fold(content))


def _figures(passages: Sequence[Passage]) -> Iterator[Finding]:
    for passage in passages:
        yield from _said(passage, "sum_mismatch", mismatches(passage.said), "the figures do not add up")
        yield from _said(passage, "unit_misfit", unit_misfits(passage.said), "the unit does not fit or is missing")
        yield from _said(passage, "loose_figure", loose_figures(passage.said), "how much is meant cannot be told")


def _said(
    passage: Passage, kind: DefectKind, found: Iterator[Misfit] | Iterator[Mismatch], english: str
) -> Iterator[Finding]:
    for each in found:
        yield Finding(kind, f"{each.said} ({english})", passage.span(each.start, each.end))


def _disagreements(passages: Sequence[Passage]) -> Iterator[Finding]:
    """Each contradiction at both of its places."""
    for pair in disagreements(passages):
        for one, other in ((pair.first, pair.second), (pair.second, pair.first)):
            detail = f"此处“{one.text}”与另一处“{other.text}”不一致 (the report gives two figures)"
            yield Finding("figure_conflict", detail, one.span, (other.span,))


def _late_dates(passages: Sequence[Passage], metadata: Metadata) -> Iterator[Finding]:
    signed = metadata.signing_date or metadata.publish_date
    if signed is None or metadata.year is None or len(signed) < 7 or int(signed[:4]) < metadata.year:
        return
    for each in late_dates(passages, signed, metadata.year):
        name = "落款" if metadata.signing_date else "发布"
        detail = f"“{each.text}”晚于{name}日期{signed} (after the day of signing or publishing)"
        yield Finding("late_date", detail, Span(each.start, each.end))


def _signature(statements: Sequence[Statement]) -> list[Statement]:
    """The line that dates the report, at most one."""
    return [each for each in statements if each.field in ("signing_date", "publish_date")][:1]


def _early_signature(signature: Sequence[Statement], late: Sequence[Defect]) -> Iterator[Defect]:
    for each in signature:
        detail = f"此日期早于正文所写的{len(late)}处日期 (earlier than dates in the text)"
        others = tuple(Span(defect.start, defect.end) for defect in late)
        yield Defect("late_date", detail, each.quote, each.start, each.end, others)


def _damage(span: Span, source: str) -> Defect:
    detail = "乱码或缺字，原文件的编码已损坏 (damaged by a wrong decoding)"
    return Defect("encoding_damage", detail, source[span.start : span.end], span.start, span.end)
