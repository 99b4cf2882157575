"""The tab that compares: one subject across towns and years, as table, chart and files."""

from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

import gradio as gr

from rag.errors import ZhenbaoError
from rag.parsing.figures.indicators import FigureRow
from rag.tables.compare import Compared
from rag.tables.comparison import SHOWN_GAPS, Wanted
from ui.compare_view import MOST_ROWS, comparison_html
from ui.markup import Markup, element, failure, note
from ui.shell import ACTS, PRIVATE, Download, Shell
from ui.watching import watch
from ui.words import Words

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class CompareTab:
    """Comparing within a page."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell

    def build(self) -> None:
        """The components, wired."""
        shell, worded = self._shell, self._shell.worded
        held = gr.State([])
        with gr.Row(elem_id="compare-row"):
            subject = worded(
                gr.Textbox(container=False, max_length=100, scale=4, elem_id="compare-subject"),
                label="subject",
                placeholder="subject_hint",
            )
            compare = worded(gr.Button(variant="primary", min_width=88, scale=1, elem_id="compare-go"), value="compare")
        said = gr.HTML("", elem_id="compare-said")
        view = gr.HTML(self._shown([], "zh"), elem_id="compare", js_on_load=ACTS)
        with gr.Row(elem_id="compare-export"):
            excel = gr.Button("Excel", size="sm", elem_id="compare-xlsx")
            csv = gr.Button("CSV", size="sm", elem_id="compare-csv")
            chart = worded(gr.Button(size="sm", elem_id="compare-chart"), value="chart")
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": PRIVATE}
        gr.on([compare.click, subject.submit], self._compared, [subject, shell.language], [said, view, held], **quiet)
        shell.opens_sources(view)
        shell.follows(self._shown, [held, shell.language], [view])
        for button, make in ((excel, self._excel), (csv, self._csv), (chart, _chart)):
            shell.downloads(button, make, [held])

    async def _compared(self, subject: str, language: str) -> AsyncIterator[tuple[Any, Any, Any]]:
        """What was found, or why nothing was."""
        asked = " ".join(subject.split())
        if not asked:
            yield "", self._shown([], language), []
            return

        def work(tell: Callable[[Compared | ZhenbaoError], None]) -> None:
            try:
                tell(self._shell.service.compare(asked, Wanted(limit=MOST_ROWS, gaps=SHOWN_GAPS)))
            except ZhenbaoError as error:
                tell(error)

        words = Words.of(language)
        async for found in watch(work):
            if isinstance(found, ZhenbaoError):
                yield failure(words.told(found)), self._shown([], language), []
            else:
                notices = (
                    element("div", *(note(words.told(notice)) for notice in found.notices)) if found.notices else ""
                )
                yield notices, self._shown([found], language), [found]

    def _shown(self, held: Sequence[Compared], language: str) -> Markup:
        words = Words.of(language)
        if not held:
            return element("p", words["compare_hint"], class_="hint")
        return comparison_html(held[0].comparison, words)

    def _excel(self, held: Sequence[Compared]) -> Download | None:
        from rag.tables.spreadsheets import figures_xlsx

        figures = self._figures(held)
        return Download("zhenbao.xlsx", _XLSX, figures_xlsx(figures)) if figures else None

    def _csv(self, held: Sequence[Compared]) -> Download | None:
        from rag.tables.spreadsheets import figures_csv

        figures = self._figures(held)
        return Download("zhenbao.csv", "text/csv", figures_csv(figures)) if figures else None

    def _figures(self, held: Sequence[Compared]) -> list[FigureRow]:
        """All of a comparison, also what the page does not show."""
        comparisons = [each.comparison for each in held]
        whole = [
            each
            if len(each.rows) == each.rows_in_all
            else self._shell.service.compare(each.subject, Wanted(gaps=0)).comparison
            for each in comparisons
        ]
        return [row.figure for each in whole for row in each.rows]


def _chart(held: Sequence[Compared]) -> Download | None:
    from rag.tables.chart import bar_chart

    if not held or not held[0].comparison.rows:
        return None
    return Download("zhenbao.svg", "image/svg+xml", bar_chart(held[0].comparison, "svg"))
