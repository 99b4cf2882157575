"""Above the tabs: what a first start lacks, samples and the model, each one click away."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import gradio as gr

from rag.errors import ZhenbaoError
from rag.library.listing import Choice, count, ids_of
from rag.library.results import IngestResult
from rag.models.embedder_file import lacks_weights, pull_weights
from rag.models.model_file import Progress, model_path, pull_model, room_for_pull
from rag.models.preparing import prepare_engine, room_for_preparing
from ui.markup import Markup, element, failure, note
from ui.shell import PRIVATE, Shell
from ui.watching import watch
from ui.words import Words

SAMPLES = Path(__file__).parent.parent / "eval" / "sets" / "sample" / "reports"

_SAMPLES = Choice(is_sample=True)


class StartPanel:
    """Guides a person whose library is empty or whose model is not there."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._workspace = shell.service.workspace

    def build(self) -> None:
        """The components, wired; each part is there only while it is needed."""
        shell, worded = self._shell, self._shell.worded
        with gr.Group(visible=False, elem_id="start-reports", elem_classes="start") as reports:
            guide = gr.HTML()
            load = worded(gr.Button(variant="primary", size="sm", elem_id="load-samples"), value="load_samples")
        with gr.Group(visible=False, elem_id="start-samples", elem_classes="start") as samples:
            held = gr.HTML()
            remove = worded(gr.Button(size="sm", elem_id="remove-samples"), value="remove_samples")
        with gr.Group(visible=False, elem_id="start-model", elem_classes="start") as model:
            lack = gr.HTML()
            pull = worded(gr.Button(variant="primary", size="sm", elem_id="pull-model"), value="pull_model")
        said = gr.HTML("", elem_id="start-said")
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": PRIVATE}
        load.click(self._loaded, shell.language, [said, shell.generation], **quiet)
        remove.click(self._samples_removed, shell.language, [said, shell.generation], **quiet)
        pull.click(self._pulled, shell.language, [said, model], **quiet)
        shell.follows(self._looked, [shell.language], [reports, guide, samples, held, model, lack])

    def _looked(self, language: str) -> tuple[Any, ...]:
        words = Words.of(language)
        library = self._shell.library
        samples = count(library, _SAMPLES)
        return (
            gr.update(visible=not library.totals().reports),
            element("p", element("strong", words["start_title"]), " ", words["start_reports"]),
            gr.update(visible=samples > 0),
            element("p", words.say("samples_held", samples)),
            gr.update(visible=self._lacks_model),
            element("p", words["no_model"], " ", self._room(words)),
        )

    @property
    def _lacks_model(self) -> bool:
        settings = self._workspace.settings
        return (settings.endpoint == "local" and model_path(settings) is None) or lacks_weights(settings)

    def _room(self, words: Words) -> str:
        """What the model needs on the disk, and what is free there."""
        settings = self._workspace.settings
        rooms = (room_for_pull(settings), room_for_preparing(settings)) if self._lacks_model else ()
        return " ".join(words.told(room.notice) for room in rooms if room)

    async def _loaded(self, language: str) -> AsyncIterator[tuple[Any, Any]]:
        words = Words.of(language)
        total = len(list(SAMPLES.glob("*.txt")))
        done: list[IngestResult] = []

        def work(tell: Callable[[Markup], None]) -> None:
            def on_result(result: IngestResult) -> None:
                done.append(result)
                tell(note(words.say("loading_samples", len(done), total)))

            try:
                self._workspace.ingest([SAMPLES], on_result=on_result, is_sample=True)
                tell(Markup())
            except ZhenbaoError as error:
                tell(failure(words.told(error)))

        yield note(words.say("loading_samples", 0, total)), gr.skip()
        async for said in watch(work):
            yield said, gr.skip()
        yield gr.skip(), self._shell.library.generation()

    def _samples_removed(self, language: str) -> tuple[Markup, int]:
        words = Words.of(language)
        said = note(words["samples_removed"])
        try:
            for report_id in ids_of(self._shell.library, _SAMPLES):
                self._workspace.remove(report_id)
        except ZhenbaoError as error:
            said = failure(words.told(error))
        return said, self._shell.library.generation()

    async def _pulled(self, language: str) -> AsyncIterator[tuple[Any, Any]]:
        words, settings = Words.of(language), self._workspace.settings

        def work(tell: Callable[[Markup], None]) -> None:
            def on_progress(progress: Progress) -> None:
                tell(_pulling(progress, words))

            try:
                pull_weights(settings, on_progress=on_progress)
                if settings.endpoint == "local":
                    pull_model(settings, on_progress=on_progress)
                    tell(note(words["preparing_engine"]))
                    prepare_engine(settings)
                tell(note(words["pulled"]))
            except ZhenbaoError as error:
                tell(failure(words.told(error)))

        async for said in watch(work):
            yield said, gr.update(visible=self._lacks_model)


def _pulling(progress: Progress, words: Words) -> Markup:
    text = words.say("pulling", progress.source, progress.done / 1e6, progress.total / 1e6)
    bar = element("progress", value=str(progress.done), max=str(progress.total), aria_label=text)
    return element("p", text, " ", bar, class_="hint", role="status")
