"""A summary as a readable page."""

from collections.abc import Sequence

from rag.summaries.schema import KeyFigure, Point, Summary
from rag.text.display import shortened
from rag.text.place_names import full_place
from rag.verification.quotations import Numbering, number_quotations
from ui.marks import mark
from ui.markup import Markup, element, joined
from ui.words import Words


def summary_html(summary: Summary, words: Words) -> Markup:
    """Head, key-figure cards, points with their marks, problems, plans, warnings."""
    sections: list[tuple[str, Sequence[Point]]] = [
        ("overview", summary.overview),
        ("key_figures", summary.key_figures),
        *(("", topic.points) for topic in summary.topics),
        ("problems", summary.problems),
        ("plans", summary.plans),
    ]
    numbering = number_quotations(point for _, points in sections for point in points)
    marks = iter(numbering.marks)
    rows = [[(point, next(marks)) for point in points] for _, points in sections]
    topics = [
        element("section", element("h4", topic.topic), _points(numbered, numbering, words))
        for topic, numbered in zip(summary.topics, rows[2:-2], strict=True)
    ]
    parts = [
        _head(summary, words),
        _section("overview", rows[0], numbering, words),
        _section("key_figures", rows[1], numbering, words, look="cards"),
        *([element("h3", words["topics"])] if topics else []),
        *topics,
        _section("problems", rows[-2], numbering, words),
        _section("plans", rows[-1], numbering, words),
        _warnings(summary, words),
    ]
    return element("article", *parts, class_="summary")


def _head(summary: Summary, words: Words) -> Markup:
    name = f"{full_place(summary.county, summary.town or words['unknown_town'])} {summary.report_year or ''}"
    facts = [
        (words["level"], words.level(summary.level)),
        (words["plan_year"], summary.plan_year),
        (words["issuer"], summary.issuer),
        (words["date"], summary.publish_date),
    ]
    line = " · ".join(f"{label} {value}" for label, value in facts if value)
    made = [] if summary.model else [element("p", words["no_model_summary"], class_="badge")]
    return element("header", element("h2", name), element("p", line, class_="hint"), *made)


Numbered = Sequence[tuple[Point, Sequence[int]]]


def _section(key: str, points: Numbered, numbering: Numbering, words: Words, look: str = "") -> Markup:
    if not points:
        return Markup()
    return element("section", element("h3", words[key]), _points(points, numbering, words, look), class_=key)


def _points(points: Numbered, numbering: Numbering, words: Words, look: str = "points") -> Markup:
    rows = [
        element("li", *_told(point), *(mark(number, numbering.citations[number - 1], words) for number in numbers))
        for point, numbers in points
    ]
    return element("ul", *rows, class_=look or "points")


def _told(point: Point) -> list[Markup]:
    """A key figure as its subject and, large, its value; any other point as its text."""
    if isinstance(point, KeyFigure):
        return [element("span", point.subject), element("strong", point.written, class_="value")]
    return [joined(point.text)]


def _warnings(summary: Summary, words: Words) -> Markup:
    rows = [element("li", f"{w.detail}：“{shortened(w.quote)}”") for w in summary.faults]
    if tidied := len(summary.warnings) - len(summary.faults):
        rows.append(element("li", words.say("tidied", tidied)))
    if summary.dropped:
        rows.append(element("li", words.say("dropped", summary.dropped)))
    if not rows:
        return Markup()
    return element("section", element("h3", words["file_warnings"]), element("ul", *rows), class_="file-warnings")
