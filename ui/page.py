"""The Gradio components of the page and what they set off; what they show is made in the other modules here."""

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import gradio as gr

from rag.errors import ZhenbaoError
from rag.types import IngestResult, Report
from rag.workspace import Workspace
from ui.chat_view import conversation_html, quotations_html
from ui.conversation import Exchange, ask
from ui.library_view import (
    chosen_scope,
    example_questions,
    places_of,
    reports_html,
    results_html,
    years_of,
)

AT_ONCE = 8  # people served side by side; the model itself answers one after the other
WAITING = 32  # more than these are asked to come back later
LARGEST_UPLOAD = "50mb"
STYLE = Path(__file__).with_name("style.css")
MARKS = Path(__file__).with_name("marks.js")
_HIDDEN = "private"  # no event of the page is offered as a programming interface


class Page:
    """The page of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._model = threading.Lock()
        self._texts: dict[tuple[str, str], str] = {}

    def build(self) -> gr.Blocks:
        """All tabs, wired."""
        blocks: gr.Blocks
        with gr.Blocks(title="镇报 Zhenbao", analytics_enabled=False, delete_cache=(3600, 3600)) as blocks:
            gr.HTML("<h1>镇报 <small>Zhenbao · 乡镇年度报告问答，逐句可核对</small></h1>", elem_id="masthead")
            with gr.Tab("问答 Ask", id="ask"):
                filters = self._ask_tab()
            with gr.Tab("资料 Library", id="library"):
                uploading, table = self._library_tab()
            for happened in (blocks.load, uploading.then):
                happened(self._offer, outputs=[*filters, table], show_progress="hidden", api_visibility=_HIDDEN)
        blocks.queue(default_concurrency_limit=AT_ONCE, max_size=WAITING, api_open=False)
        return blocks

    def _ask_tab(self) -> list[Any]:
        """The conversation with its sources beside it; gives what depends on the library: filters and examples."""
        exchanges = gr.State([])
        with gr.Row(elem_id="ask-row"):
            with gr.Column(scale=3, min_width=320):
                conversation = gr.HTML(
                    conversation_html([]), elem_id="conversation", js_on_load=MARKS.read_text("utf-8")
                )
                with gr.Row(elem_id="question-row"):
                    question = gr.Textbox(
                        label="问题 Question", placeholder="例如：某镇2023年粮食总产量是多少？", lines=1, max_lines=4,
                        autofocus=True, scale=5, elem_id="question",
                    )  # fmt: skip
                    send = gr.Button("提问 Ask", variant="primary", scale=1, min_width=96, elem_id="send")
                with gr.Row(elem_id="filter-row"):
                    place = gr.Dropdown([("全部 All", "")], value="", label="乡镇 Town", min_width=120, elem_id="town")
                    year = gr.Dropdown([("全部 All", 0)], value=0, label="年度 Year", min_width=120, elem_id="year")
                    clear = gr.Button("新对话 New", scale=1, min_width=96, elem_id="clear")
                examples = gr.Dataset(
                    components=[question], samples=[], label="可以这样问 Examples", elem_id="examples", visible=False
                )
            with gr.Column(scale=2, min_width=300):
                gr.HTML("<h2>原文 Sources</h2>")
                sources = gr.HTML(quotations_html([], self._source_text), elem_id="sources")
        gr.on(
            [send.click, question.submit],
            self._answer,
            inputs=[question, place, year, exchanges],
            outputs=[conversation, sources, exchanges, question],
            show_progress="hidden",
            api_visibility=_HIDDEN,
        )
        examples.click(lambda row: row[0], examples, question, show_progress="hidden", api_visibility=_HIDDEN)
        clear.click(self._start_anew, outputs=[conversation, sources, exchanges], api_visibility=_HIDDEN)
        return [place, year, examples]

    def _library_tab(self) -> tuple[Any, gr.HTML]:
        """Upload and table; gives the upload, after which the library may be another, and the table."""
        files = gr.File(
            label="上传报告（.txt，可多选） Upload reports",
            file_count="multiple",
            file_types=[".txt"],
            height=140,
            elem_id="upload",
        )
        results = gr.HTML(elem_id="results")
        gr.HTML(
            '<p class="hint">文件和问答都留在这台机器上，除非另行设置了模型服务。'
            "Files and questions stay on this machine unless another endpoint is set.</p>"
        )
        table = gr.HTML(elem_id="reports")
        uploading = files.upload(
            self._take_in, inputs=files, outputs=results, show_progress="hidden", api_visibility=_HIDDEN
        )
        return uploading, table

    def _answer(
        self, question: str, place: str, year: int, exchanges: list[Exchange]
    ) -> Iterator[tuple[str, str, list[Exchange], str]]:
        """Shows the evidence, then the answer; the box is emptied at once."""
        if not question.strip():
            yield (*self._shown(exchanges), exchanges, "")
            return
        for exchange in ask(self._workspace, question.strip(), chosen_scope(place, year), exchanges, self._model):
            now = [*exchanges, exchange]
            yield (*self._shown(now), now, "")

    def _shown(self, exchanges: Sequence[Exchange]) -> tuple[str, str]:
        return conversation_html(exchanges), quotations_html(exchanges, self._source_text)

    def _start_anew(self) -> tuple[str, str, list[Exchange]]:
        return (*self._shown([]), [])

    def _source_text(self, report_id: str, file: str) -> str:
        if (report_id, file) not in self._texts:
            for source in self._workspace.library.sources(report_id):
                self._texts[report_id, source.file.name] = source.file.text
        return self._texts[report_id, file]

    def _take_in(self, files: list[str] | None) -> Iterator[str]:
        """Takes in file after file, so that each result is shown when it is known."""
        results: list[IngestResult] = []
        for file in files or []:
            try:
                self._workspace.ingest([Path(file)], on_result=results.append)
            except ZhenbaoError as error:
                results.append(IngestResult(file, "failed", detail=str(error)))
            yield results_html(results, len(files or []))

    def _offer(self) -> tuple[Any, Any, Any, str]:
        """What depends on the library: filters, examples, table."""
        reports: list[Report] = self._workspace.library.reports()
        questions = example_questions(reports)
        return (
            gr.Dropdown(places_of(reports), value=""),
            gr.Dropdown(years_of(reports), value=0),
            gr.Dataset(samples=[[question] for question in questions], visible=bool(questions)),
            reports_html([(report, self._workspace.library.sources(report.id)) for report in reports]),
        )
