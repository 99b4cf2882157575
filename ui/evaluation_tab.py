"""The tab of the evaluation: the page that the last run of each set has written, shown as it is."""

from pathlib import Path
from typing import Any

import gradio as gr

from rag.errors import UnreadableFile
from ui.markup import Markup, element, failure
from ui.shell import PRIVATE, Shell
from ui.words import Words

RESULTS = Path("eval-results")  # where `python -m eval` writes, started in the same folder


class EvaluationTab:
    """Looking at what the evaluation found."""

    def __init__(self, shell: Shell, folder: Path = RESULTS) -> None:
        self._shell = shell
        self._folder = folder

    def build(self) -> None:
        """The components, wired."""
        shell, worded = self._shell, self._shell.worded
        with gr.Row(elem_id="evaluation-row"):
            which = worded(gr.Dropdown([], elem_id="evaluation-set", scale=3, min_width=200), label="which_set")
            refresh = worded(gr.Button(elem_id="evaluation-refresh", scale=1, min_width=88), value="refresh")
        view = gr.HTML("", elem_id="evaluation")
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": PRIVATE}
        inputs = [which, shell.language]
        refresh.click(self._sets, which, which, **quiet).then(self._shown, inputs, view, **quiet)
        which.input(self._shown, inputs, view, **quiet)
        shell.follows(self._sets, [which], [which])
        shell.follows(self._shown, inputs, [view])

    def _sets(self, chosen: str | None) -> Any:
        names = self._names()
        return gr.update(choices=names, value=chosen if chosen in names else next(iter(names), None))

    def _names(self) -> list[str]:
        """Folders with a page of results, the newest first."""
        files = sorted(self._folder.glob("*/index.html"), key=lambda file: file.stat().st_mtime, reverse=True)
        return [file.parent.name for file in files]

    def _shown(self, chosen: str | None, language: str) -> Markup:
        words, names = Words.of(language), self._names()
        name = chosen if chosen in names else next(iter(names), None)  # only folders that are there are read
        if name is None:
            return element("p", words["evaluation_hint"], class_="hint")
        return results_frame(self._folder / name, words)


def results_frame(folder: Path, words: Words) -> Markup:
    """The page in a folder of results, in a frame.

    Its script may run, to filter the cases, but reaches nothing of the page around the frame.
    """
    try:
        page = (folder / "index.html").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        return failure(words.told(UnreadableFile("cannot_read", about=folder.name, reason=str(error))))
    return element("iframe", srcdoc=page, title=f"{words['tab_evaluation']} {folder.name}", sandbox="allow-scripts")
