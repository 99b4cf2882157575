"""The tab of the library: upload, list, corrections, removal, rebuilding."""

from collections.abc import AsyncIterator, Callable, Iterable
from pathlib import Path
from typing import Any

import gradio as gr

from rag.errors import ZhenbaoError
from rag.formats.detect import REPORT_SUFFIXES
from rag.library.results import IngestResult
from ui.corrections import EDITABLE, changed_values, edit_values
from ui.library_list import LibraryList
from ui.library_view import results_html
from ui.markup import Markup, element, failure, note
from ui.shell import PRIVATE, Shell
from ui.watching import watch
from ui.words import Words

MOST_FILES = 200  # in one upload
_LOOK_AGAIN = 5  # seconds between two looks at what goes on in the background
FILE_TYPES = sorted(REPORT_SUFFIXES)


class LibraryTab:
    """Looking after the reports of a page's library."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._workspace = shell.service.workspace

    def build(self) -> None:
        """The components, wired."""
        shell, worded = self._shell, self._shell.worded
        files = worded(
            gr.File(file_count="multiple", file_types=FILE_TYPES, height=130, elem_id="upload"), label="upload"
        )
        note = gr.HTML(self._note("zh"), elem_id="library-note")
        said = gr.HTML("", elem_id="library-said")
        chosen, form, fields, save = self._edit_form()
        self._reading_line()
        table = LibraryList(shell).build()
        rebuild = worded(gr.Button(size="sm", elem_id="rebuild"), value="rebuild")
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": PRIVATE}
        changed = [said, shell.generation]
        files.upload(self._taken_in, [files, shell.language], [*changed, files], **quiet)
        rebuild.click(self._rebuilt, shell.language, changed, **quiet)
        table.removed(self._removed, shell.language, changed, **quiet)
        table.edited(self._edited, None, [form, chosen, *fields], **quiet)
        save.click(self._saved, [chosen, shell.language, *fields], [*changed, form], **quiet)
        shell.opens_sources(table)
        shell.follows(self._note, [shell.language], [note])

    def _reading_line(self) -> None:
        """What is read again in the background, looked at while it goes on."""
        shell = self._shell
        line, timer = gr.HTML("", elem_id="library-reading"), gr.Timer(_LOOK_AGAIN, active=False)
        timer.tick(self._reading, shell.language, [line, timer], show_progress="hidden", api_visibility=PRIVATE)
        shell.follows(self._reading, [shell.language], [line, timer])

    def _reading(self, language: str) -> tuple[Markup, Any]:
        library = self._shell.library
        left = len(library.unread())
        total = library.totals().reports
        line = note(Words.of(language).say("reading_again", total - left, total)) if left else Markup()
        return line, gr.update(active=left > 0)

    def _edit_form(self) -> tuple[gr.State, gr.Group, list[gr.Textbox], gr.Button]:
        worded = self._shell.worded
        chosen = gr.State("")
        with gr.Group(visible=False, elem_id="edit-form") as form:
            with gr.Row():
                fields = [worded(gr.Textbox(min_width=120, elem_id=f"edit-{key}"), label=key) for key in EDITABLE]
            save = worded(gr.Button(variant="primary", size="sm", elem_id="save"), value="save")
        return chosen, form, fields, save

    def _note(self, language: str) -> Markup:
        """Where everything stays, and what leaves this machine."""
        host, home = self._workspace.endpoint_host, self._workspace.settings.home
        words = Words.of(language)
        text = words.say("remote_note", home, host) if host else words.say("local_note", home)
        return element("p", text, class_="hint")

    # changing

    async def _taken_in(self, files: list[str] | None, language: str) -> AsyncIterator[tuple[Any, ...]]:
        """A row per file as it is known; the box is emptied and the uploaded copies go."""
        words, paths = Words.of(language), [Path(file) for file in files or []]
        if len(paths) > MOST_FILES:
            yield failure(words.say("too_many", MOST_FILES, len(paths))), gr.skip(), None
            return
        results: list[IngestResult] = []

        def work(tell: Callable[[int], None]) -> None:
            for path in paths:
                results.append(self._ingested(path))
                path.unlink(missing_ok=True)
                tell(len(results))

        yield results_html(results, len(paths), words), gr.skip(), gr.skip()
        async for done in watch(work):
            yield results_html(results[:done], len(paths), words), gr.skip(), gr.skip()
        yield results_html(results, len(paths), words), self._generation(), None

    def _ingested(self, path: Path) -> IngestResult:
        """What became of a file; an archive counts as failed where any file in it does."""
        results: list[IngestResult] = []
        try:
            self._workspace.ingest([path], on_result=results.append)
        except ZhenbaoError as error:
            return IngestResult(str(path), "failed", details=(error.notice,))
        return _worst(results) if results else IngestResult(str(path), "failed")

    async def _rebuilt(self, language: str) -> AsyncIterator[tuple[Any, Any]]:
        words = Words.of(language)

        def work(tell: Callable[[Markup], None]) -> None:
            try:
                self._workspace.rebuild(on_progress=lambda done, all_: tell(note(words.say("rebuilding", done, all_))))
            except ZhenbaoError as error:
                tell(failure(words.told(error)))
            else:
                tell(note(words["rebuilt"]))

        async for said in watch(work):
            yield said, gr.skip()
        yield gr.skip(), self._generation()

    def _removed(self, event: gr.EventData, language: str) -> tuple[Markup, Any]:
        words = Words.of(language)
        try:
            report = self._shell.library.report(str(event._data.get("report")))
            self._workspace.remove(report.id)
        except ZhenbaoError as error:
            return failure(words.told(error)), self._generation()
        return note(words.say("removed", report.label)), self._generation()

    def _edited(self, event: gr.EventData) -> list[Any]:
        report = self._shell.library.report(str(event._data.get("report")))
        return [gr.update(visible=True), report.id, *edit_values(report)]

    def _saved(self, report_id: str, language: str, *values: str) -> tuple[Markup, Any, Any]:
        words = Words.of(language)
        try:
            report = self._shell.library.report(report_id)
            changes = changed_values(report, dict(zip(EDITABLE, values, strict=True)))
            if changes:
                self._workspace.edit(report.id, changes)
        except ZhenbaoError as error:
            return failure(words.told(error)), gr.skip(), gr.skip()
        return note(words["saved"]), self._generation(), gr.update(visible=False)

    def _generation(self) -> int:
        return self._shell.library.generation()


def _worst(results: Iterable[IngestResult]) -> IngestResult:
    order = ("failed", "duplicate", "unchanged", "updated", "added")
    return min(results, key=lambda result: order.index(result.status))
