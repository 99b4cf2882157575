"""What all tabs share: the service, the language, the reader beside them, and downloads."""

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

import gradio as gr

from rag.errors import UnknownReport
from rag.parsing.report import Report, ReportSource
from rag.service import Service
from rag.types import Span
from ui.markup import Markup, element
from ui.reader import reader_html
from ui.words import Words

PRIVATE = "private"  # an event of the page, no part of its programming interface
_FOLDER = Path(__file__).parent
ACTS = (_FOLDER / "acts.js").read_text("utf-8")
READING = (_FOLDER / "reading.js").read_text("utf-8")
_SAVE = "(file) => window.zhenbaoSave(file)"
C = TypeVar("C")


@dataclass(frozen=True, slots=True)
class Download:
    """A file for the person's own folder; it goes to the browser as it is and is stored nowhere."""

    name: str
    kind: str  # media type
    content: bytes

    @property
    def row(self) -> dict[str, str]:
        return {"name": self.name, "kind": self.kind, "content": base64.b64encode(self.content).decode()}


class Shell:
    """The common ground of the tabs of one page."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.library = service.workspace.library
        self._worded: list[tuple[Any, dict[str, str]]] = []
        self._openings = count()  # the browser takes note of a source only where it is another than before
        self._about: list[tuple[Callable[..., Any], list[Any], list[Any]]] = []
        self.language = gr.Textbox("zh", visible="hidden", elem_id="language", render=False)
        self.generation = gr.Number(-1, visible="hidden", elem_id="generation", render=False)
        self.reader = gr.HTML("", elem_id="reader", js_on_load=ACTS + READING, render=False)
        self._file = gr.JSON(visible="hidden", elem_id="file", render=False)

    def render_reader(self) -> None:
        """Puts the reader where it belongs."""
        self.reader.render()  # type: ignore[no-untyped-call]

    def render_hidden(self) -> None:
        """Puts what nobody sees on the page."""
        components: tuple[Any, ...] = (self.language, self.generation, self._file)
        for component in components:
            component.render()

    # words

    def worded(self, component: C, **keys: str) -> C:
        """Has properties of a component follow the language.

        Example: worded(gr.Button(), value="send") -> the button, "提问" and, after a switch, "Ask"
        """
        self._worded.append((component, keys))
        for name, key in keys.items():
            setattr(component, name, Words()[key])
        return component

    def follows(self, show: Callable[..., Any], inputs: Sequence[Any], outputs: Sequence[Any]) -> None:
        """Has `show(*inputs)` fill `outputs` again whenever the language or the library is another."""
        self._about.append((show, list(inputs), list(outputs)))

    def wire(self) -> None:
        """Wires the followers; called once, when all tabs stand."""
        components = [component for component, _ in self._worded]
        self.language.change(self._reword, self.language, components, show_progress="hidden", api_visibility=PRIVATE)
        for show, inputs, outputs in self._about:
            gr.on(
                [self.language.change, self.generation.change],
                show,
                inputs,
                outputs,
                show_progress="hidden",
                api_visibility=PRIVATE,
            )
        self.opens_sources(self.reader)

    def _reword(self, language: str) -> Any:
        words = Words.of(language)
        update: Any = gr.update
        return [update(**{name: words[key] for name, key in keys.items()}) for _, keys in self._worded]

    # sources

    def opens_sources(self, html: gr.HTML) -> None:
        """Has the marks in a component open their sources in the reader."""
        html.opened(self._open, self.language, self.reader, show_progress="hidden", api_visibility=PRIVATE)

    def _open(self, event: gr.EventData, language: str) -> str:
        data = event._data
        try:
            chosen = Span(int(data["start"]), int(data["end"])) if data.get("start") else None
        except (ValueError, TypeError):
            chosen = None
        shows_defects = bool(data.get("defects"))
        html = self.source_html(
            str(data.get("report")), str(data.get("file")), language, chosen, shows_defects=shows_defects
        )
        return element("div", html, data_opening=str(next(self._openings)))

    def source_html(
        self, report_id: str, file: str, language: str, chosen: Span | None = None, *, shows_defects: bool = False
    ) -> Markup:
        """A source in the reader; a line that says so where it is gone."""
        words = Words.of(language)
        try:
            report, source = self._source(report_id, file)
        except UnknownReport:
            return element("p", words["source_gone"], class_="source failure", role="alert")
        return reader_html(report, source, words, chosen=chosen, shows_defects=shows_defects)

    def _source(self, report_id: str, file: str) -> tuple[Report, ReportSource]:
        report = self.library.report(report_id)
        sources = self.library.sources(report.id)
        return report, next((source for source in sources if source.file.name == file), sources[0])

    # downloads

    def downloads(self, button: Any, make: Callable[..., Download | None], inputs: Sequence[Any]) -> None:
        """Has a button give a file, or nothing where `make` gives None."""

        def row(*values: Any) -> dict[str, str] | None:
            made = make(*values)
            return made.row if made else None

        button.click(row, list(inputs), self._file, show_progress="hidden", api_visibility=PRIVATE).then(
            fn=None, inputs=self._file, js=_SAVE, api_visibility=PRIVATE
        )
