"""The list of the library's reports: a page at a time, searched, sorted, and by their warnings."""

from typing import Any, get_args

import gradio as gr

from rag.library.listing import Choice, find, open_defects_of
from rag.types import Order
from ui.library_view import part_html, reports_html
from ui.shell import ACTS, PRIVATE, Shell
from ui.words import Words

PAGE = 50  # reports
_TO_THE_TOP = "() => document.getElementById('library-search').scrollIntoView({block: 'nearest'})"
_ORDERS: tuple[Order, ...] = get_args(Order)


class LibraryList:
    """The list within the library's tab; only the reports of its page are read, without their texts."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell

    def build(self) -> gr.HTML:
        """The components, wired; gives the table."""
        shell, worded = self._shell, self._shell.worded
        row, wanted = self._search_row()
        page = gr.State(0)
        with gr.Row(elem_id="library-pages"):
            part = gr.HTML("", elem_id="library-part")
            before = worded(gr.Button(size="sm", scale=0, min_width=88, elem_id="previous"), value="previous")
            behind = worded(gr.Button(size="sm", scale=0, min_width=88, elem_id="next"), value="next")
        table = gr.HTML("", elem_id="reports", js_on_load=ACTS)
        given, shown = [*wanted, shell.language, page], [row, before, behind, part, table, page]
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": PRIVATE}
        search, order, warned = wanted
        again = [search.change, order.input, warned.input]  # `input` of a text box is silent where text is pasted
        gr.on(again, self.first, given, shown, trigger_mode="always_last", **quiet)
        for button, turn in ((before, self.previous), (behind, self.next)):
            button.click(turn, given, shown, **quiet).then(fn=None, js=_TO_THE_TOP, api_visibility=PRIVATE)
        shell.follows(self.shown, given, shown)
        shell.follows(lambda language: gr.update(choices=_orders(language)), [shell.language], [order])
        return table

    def _search_row(self) -> tuple[gr.Row, list[Any]]:
        worded = self._shell.worded
        with gr.Row(elem_id="library-search") as row:
            search = worded(
                gr.Textbox("", container=False, max_length=100, scale=4, min_width=200, elem_id="search-reports"),
                label="search_reports",
                placeholder="search_hint",
            )
            order = worded(
                gr.Dropdown(
                    _orders("zh"), value="place", filterable=False, container=False, min_width=150, elem_id="order"
                ),
                label="order",
            )
            warned = worded(gr.Checkbox(container=False, min_width=150, elem_id="with-warnings"), label="with_warnings")
        return row, [search, order, warned]

    def first(self, words: str, order: str, warned: bool, language: str, page: int) -> list[Any]:
        """The first page of what is wanted now."""
        return self.shown(words, order, warned, language, 0)

    def previous(self, words: str, order: str, warned: bool, language: str, page: int) -> list[Any]:
        """The page before."""
        return self.shown(words, order, warned, language, page - 1)

    def next(self, words: str, order: str, warned: bool, language: str, page: int) -> list[Any]:
        """The page behind."""
        return self.shown(words, order, warned, language, page + 1)

    def shown(self, words: str, order: str, warned: bool, language: str, page: int) -> list[Any]:
        """A page, or the last where there are fewer: whether there is something to search, the two buttons, which part
        it is, its table, and its number, from 0."""
        library, choice = self._shell.library, Choice(words=words, with_warnings=warned)
        sorted_by: Order = order if order in _ORDERS else "place"
        start = max(0, page) * PAGE
        found = find(library, choice, order=sorted_by, limit=PAGE, offset=start)
        if found.total and start >= found.total:
            start = (found.total - 1) // PAGE * PAGE
            found = find(library, choice, order=sorted_by, limit=PAGE, offset=start)
        held = [report for batch in found.batches(library) for report in batch]
        said, total = Words.of(language), library.totals().reports
        is_long = found.total > PAGE
        return [
            gr.update(visible=total > 0),
            gr.update(visible=is_long, interactive=start > 0),
            gr.update(visible=is_long, interactive=start + PAGE < found.total),
            part_html(total, found.total, start, len(held), said),
            reports_html(held, open_defects_of(library, held), said),
            start // PAGE,
        ]


def _orders(language: str) -> list[tuple[str, str]]:
    words = Words.of(language)
    return [(words[f"order_{order}"], order) for order in _ORDERS]
