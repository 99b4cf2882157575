"""A comparison as a table in which each figure is a bar and leads to its source."""

from rag.parsing.figures.indicators import FigureRow
from rag.tables.columns import with_approximation
from rag.tables.comparison import Change, Comparison
from rag.tables.comparison import Compared as Row
from rag.verification.claims import Citation
from ui.marks import mark
from ui.markup import Markup, element, note
from ui.words import Words

MOST_ROWS = 200  # on the page; a file has all
_COLUMNS = ("report", "status", "value", "subject", "change")


def comparison_html(comparison: Comparison, words: Words) -> Markup:
    """A row for each town and year, results before plans; below reports without a result, and how many there are."""
    if not comparison.rows:
        return note(words.say("nothing_found", comparison.subject))
    shown = comparison.rows
    largest = max(abs(row.value) for row in shown) or 1.0
    head = element("tr", *(element("th", words[key], scope="col") for key in _COLUMNS))
    rows = [_row_html(row, comparison, largest, words) for row in shown]
    gaps = [
        element(
            "tr",
            element("th", comparison.name(gap, words["unknown_town"]), scope="row"),
            element("td", words["no_figure"], colspan="4"),
        )
        for gap in comparison.gaps
    ]
    for listed, in_all, key in (
        (len(shown), comparison.rows_in_all, "rows_shown"),
        (len(gaps), comparison.gaps_in_all, "gaps_shown"),
    ):
        if listed < in_all:
            gaps.append(element("tr", element("td", words.say(key, in_all, listed), colspan="5")))
    caption = element("caption", words.say("comparison_of", comparison.subject, comparison.unit))
    body = element("tbody", *rows, *gaps)
    return element("table", caption, element("thead", head), body, class_="compared")


def _row_html(row: Row, comparison: Comparison, largest: float, words: Words) -> Markup:
    value = f"{with_approximation(f'{row.value:,.10g}', row.approx)} {comparison.unit}"
    bar = element("span", class_=f"bar {row.status}", style=f"width:{abs(row.value) / largest:.1%}", aria_hidden="true")
    return element(
        "tr",
        element("th", comparison.name(row, words["unknown_town"]), scope="row"),
        element("td", words[f"status_{row.status}"]),
        element("td", element("span", value, class_="value"), mark("↗", quoted(row.figure), words), bar),
        element("td", row.figure.subject),
        element("td", _change(row.change, words)),
    )


def _change(change: Change | None, words: Words) -> str:
    if change is None:
        return ""
    if change.points is not None:
        return words.say("since", change.since, words.say("points", f"{change.points:+.10g}"))
    percent = f"{change.percent:+.1f}%" if change.percent is not None else f"{change.difference:+,.10g}"
    return words.say("since", change.since, percent)


def quoted(figure: FigureRow) -> Citation:
    """The quotation that a figure stands in."""
    return Citation(
        report=figure.report,
        file=figure.file,
        page=figure.page,
        town=figure.town,
        year=figure.year,
        report_year=figure.report_year,
        section=figure.section,
        role="evidence",
        quote=figure.quote,
        start=figure.start,
        end=figure.end,
    )
