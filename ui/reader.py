"""A whole source as HTML, with a passage of it or its defects marked in the source's own characters."""

import re
from collections.abc import Sequence
from itertools import pairwise

from rag.parsing.report import Defect, Report, ReportSource
from rag.types import Span
from ui.markup import Markup, element, joined
from ui.words import Words

_GAP = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*){2,}")


def reader_html(
    report: Report, source: ReportSource, words: Words, *, chosen: Span | None = None, shows_defects: bool = False
) -> Markup:
    """The text of a source, the chosen passage highlighted, its town, year, section and page above."""
    defects = source.defects if shows_defects else ()
    head = element(
        "header",
        element("h2", report.label, tabindex="-1"),
        element("button", "✕", type="button", class_="close", aria_label=words["close"], title=words["close"]),
        element("p", _place(report, source, words, chosen), class_="place"),
    )
    text = element(
        "div",
        _text_html(source, words, chosen, defects),
        class_="source-text",
        tabindex="0",
        role="region",
        aria_label=f"{words['source']} {report.label}",
    )
    return element("article", head, _defect_list(report, source, defects, words), text, class_="source")


def section_at(report: Report, source: ReportSource, start: int) -> str:
    """The heading path of the sentence at a source offset; empty where there is none."""
    for sentence in report.sentences:
        if source.offsets.position(sentence.end - 1) >= start:
            return sentence.section
    return ""


def _place(report: Report, source: ReportSource, words: Words, chosen: Span | None) -> str:
    if chosen is None:
        return f"{source.file.name} · {words.say('source_characters', f'{len(source.file.text):,}')}"
    page = source.file.page(chosen.start)
    section = section_at(report, source, chosen.start)
    parts = (source.file.name, words.say("page", page) if page else "", section)
    return " · ".join(part for part in parts if part)


def _defect_list(report: Report, source: ReportSource, defects: Sequence[Defect], words: Words) -> Markup:
    if not defects:
        return Markup()
    rows = [
        element(
            "li",
            element(
                "button",
                defect.detail,
                type="button",
                class_="link",
                data_act="opened",
                data_report=report.id,
                data_file=source.file.name,
                data_start=str(defect.start),
                data_end=str(defect.end),
                data_defects="1",
            ),
        )
        for defect in defects
    ]
    summary = element("summary", words.say("defects_here", len(rows)))
    return element("details", summary, element("ol", *rows), open=True, class_="defects")


def _text_html(source: ReportSource, words: Words, chosen: Span | None, defects: Sequence[Defect]) -> Markup:
    """Cuts the text wherever a mark or a page begins or ends; each piece carries the marks that hold it."""
    text, pages = source.file.text, source.file.page_starts
    bounds = {0, len(text), *pages}
    for span in (*([chosen] if chosen else []), *(Span(defect.start, defect.end) for defect in defects)):
        bounds |= {span.start, span.end}
    cuts = sorted(bound for bound in bounds if 0 <= bound <= len(text))
    parts: list[str] = []
    for start, end in pairwise(cuts):
        if start in pages:
            number = source.file.page(start) or 0
            parts.append(element("span", words.say("page", number), class_="page"))
        parts.append(_piece(text, Span(start, end), chosen, [d for d in defects if d.start <= start and end <= d.end]))
    return joined(*parts)


def _piece(text: str, span: Span, chosen: Span | None, defects: Sequence[Defect]) -> Markup:
    is_chosen = chosen is not None and chosen.start <= span.start and span.end <= chosen.end
    look = " ".join(name for name, is_so in (("chosen", is_chosen), ("defect", bool(defects))) if is_so)
    if not look:
        return joined(_GAP.sub("\n\n", text[span.start : span.end]))
    title = "；".join(defect.detail for defect in defects)
    return element("mark", text[span.start : span.end], class_=look, **({"title": title} if title else {}))
