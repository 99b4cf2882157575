"""The tab of the summaries: one report or all, read on the page, taken along as a file."""

import io
import zipfile
from collections.abc import AsyncIterator, Callable, Sequence
from functools import partial
from typing import Any

import gradio as gr

from rag.errors import ZhenbaoError
from rag.library.listing import Choice, count, listed
from rag.summaries.markdown import summary_markdown
from rag.summaries.schema import Summary
from rag.types import Length, SummaryLanguage
from ui.markup import Markup, element, failure, note
from ui.picker import Picker, ReportChoices
from ui.shell import ACTS, PRIVATE, Download, Shell
from ui.summary_view import summary_html
from ui.watching import watch
from ui.words import Words

MOST_AT_ONCE = 200  # the page holds them all; `zhenbao summarize --all` writes any number


class SummariesTab:
    """Summarising within a page."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._reports = Picker(shell, ReportChoices(shell.library))

    def build(self) -> None:
        """The components, wired."""
        shell, worded = self._shell, self._shell.worded
        held = gr.State([])
        with gr.Row(elem_id="summary-row"):
            which = self._reports.build("which_report", elem_id="summary-report", scale=3, min_width=200)
            length = gr.Dropdown(_lengths("zh"), value="full", elem_id="summary-length", scale=1, min_width=110)
            spoken = gr.Dropdown(_languages("zh"), value="zh", elem_id="summary-language", scale=1, min_width=100)
            worded(length, label="length")
            worded(spoken, label="language")
        with gr.Row(elem_id="summary-buttons"):
            one = worded(gr.Button(variant="primary", elem_id="summarize", min_width=88, scale=1), value="summarize")
            every = worded(gr.Button(elem_id="summarize-all", min_width=120, scale=1), value="summarize_all")
            stop = worded(gr.Button(variant="stop", elem_id="summary-stop", min_width=88, scale=1), value="stop")
        said = gr.HTML("", elem_id="summary-said")
        view = gr.HTML(self._shown([], "zh"), elem_id="summary", js_on_load=ACTS)
        with gr.Row(elem_id="summary-export"):
            buttons = [
                (gr.Button(name, size="sm", elem_id=f"summary-{kind}"), kind)
                for kind, name in (("docx", "Word"), ("xlsx", "Excel"), ("md", "Markdown"), ("json", "JSON"))
            ]
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": PRIVATE}
        outputs = [said, view, held]
        working: list[Any] = [
            one.click(self._one, [which, length, spoken, shell.language], outputs, **quiet),
            every.click(self._every, [length, spoken, shell.language], outputs, **quiet),
        ]
        stop.click(self._stopped, shell.language, said, cancels=working, **quiet)
        shell.opens_sources(view)
        shell.follows(self._shown, [held, shell.language], [view])
        shell.follows(lambda language: gr.update(choices=_lengths(language)), [shell.language], [length])
        shell.follows(lambda language: gr.update(choices=_languages(language)), [shell.language], [spoken])
        for button, kind in buttons:
            shell.downloads(button, partial(_file, kind=kind), [held])

    def _shown(self, summaries: Sequence[Summary], language: str) -> Markup:
        words = Words.of(language)
        if not summaries:
            return element("p", words["summary_hint"], class_="hint")
        return element("div", *(summary_html(summary, words) for summary in summaries))

    async def _one(
        self, report_id: str | None, length: Length, spoken: SummaryLanguage, language: str
    ) -> AsyncIterator[tuple[Any, Any, Any]]:
        try:
            report = self._shell.library.report(self._reports.meant(report_id))
        except ZhenbaoError as error:
            yield failure(Words.of(language).told(error)), gr.skip(), gr.skip()
            return
        async for shown in self._summarized([(report.id, report.label)], length, spoken, language):
            yield shown

    async def _every(
        self, length: Length, spoken: SummaryLanguage, language: str
    ) -> AsyncIterator[tuple[Any, Any, Any]]:
        library = self._shell.library
        real = Choice(is_sample=False if library.has_real_reports() else None)
        newest = listed(library, real, order="year", limit=MOST_AT_ONCE)
        reports = [(report.id, report.label) for report in newest]
        is_cut = count(library, real) > len(reports)
        limit = [note(Words.of(language).say("batch_limit", MOST_AT_ONCE))] if is_cut else []
        async for shown in self._summarized(reports, length, spoken, language, limit):
            yield shown

    async def _summarized(
        self,
        reports: Sequence[tuple[str, str]],
        length: Length,
        spoken: SummaryLanguage,
        language: str,
        limit: Sequence[Markup] = (),
    ) -> AsyncIterator[tuple[Any, Any, Any]]:
        """Report after report, each with id and label; one that fails does not stop the others."""
        words = Words.of(language)
        summaries: list[Summary] = []
        failures: list[str] = []

        def work(tell: Callable[[str], None]) -> None:
            for number, (report_id, label) in enumerate(reports, start=1):
                batch = words.say("batch_summarizing", number, len(reports), label) if len(reports) > 1 else ""

                def on_progress(done: int, total: int, batch: str = batch) -> None:
                    tell(" · ".join(part for part in (batch, words.say("summarizing", done, total)) if part))

                try:
                    summaries.append(
                        self._shell.service.summarize_report(
                            report_id, length=length, language=spoken, on_progress=on_progress
                        )
                    )
                except ZhenbaoError as error:
                    error.put_down_to(label)
                    failures.append(words.told(error))

        shown = 0
        async for line in watch(work):
            news = len(summaries) > shown
            shown = len(summaries)
            yield note(line), self._shown(summaries, language) if news else gr.skip(), list(summaries)
        done = [note(words.say("batch_done", len(summaries), len(failures)))] if len(reports) > 1 else []
        said = element("div", *done, *limit, *(failure(each) for each in failures))
        yield said, self._shown(summaries, language), summaries

    def _stopped(self, language: str) -> Markup:
        return note(Words.of(language)["stopped"])


_MEDIA = {
    "md": "text/markdown",
    "json": "application/json",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def _file(summaries: Sequence[Summary], kind: str) -> Download | None:
    """One summary as a file, several in a zip."""
    files = {_name(summary, kind): _written(summary, kind) for summary in summaries}
    if len(files) < 2:
        return next((Download(name, _MEDIA[kind], content) for name, content in files.items()), None)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return Download("zhenbao-summaries.zip", "application/zip", packed.getvalue())


def _written(summary: Summary, kind: str) -> bytes:
    if kind == "docx":
        from rag.summaries.docx import summary_docx

        return summary_docx(summary)
    if kind == "xlsx":
        from rag.summaries.xlsx import summary_xlsx

        return summary_xlsx(summary)
    text = summary_markdown(summary) if kind == "md" else summary.model_dump_json(indent=2)
    return text.encode()


def _name(summary: Summary, kind: str) -> str:
    return f"{summary.county or ''}{summary.town or 'report'}-{summary.report_year or ''}.{kind}"


def _lengths(language: str) -> list[tuple[str, str]]:
    words = Words.of(language)
    return [(words["full"], "full"), (words["one_page"], "page"), (words["paragraph"], "paragraph")]


def _languages(language: str) -> list[tuple[str, str]]:
    words = Words.of(language)
    return [(words["chinese"], "zh"), (words["english"], "en")]
