"""The page: a head, the tabs, and the reader beside them."""

from pathlib import Path
from typing import Protocol

import gradio as gr

from rag.service import Service
from ui.ask_tab import AskTab
from ui.compare_tab import CompareTab
from ui.evaluation_tab import EvaluationTab
from ui.library_tab import LibraryTab
from ui.markup import element
from ui.programs import offer_to_programs
from ui.shell import PRIVATE, Shell
from ui.start_panel import StartPanel
from ui.summaries_tab import SummariesTab
from ui.words import Words

AT_ONCE = 16  # people served side by side in each thing the page does
WAITING = 64  # more than these are asked to come back later
LARGEST_UPLOAD = "50mb"  # of one file
KEPT = 3600  # seconds before Gradio clears its copies of uploads

_FOLDER = Path(__file__).parent
STYLE = _FOLDER / "style.css"
HEAD = f"<script>{(_FOLDER / 'page.js').read_text('utf-8')}</script>"
_SWITCH = "(language) => window.zhenbaoLanguage(language === 'en' ? 'zh' : 'en')"
_REMEMBERED = "(language) => window.zhenbaoRemembered(language)"
_THEME = "() => window.zhenbaoTheme(!document.body.classList.contains('dark'))"


class Tab(Protocol):
    """A tab, whose components stand where it is built."""

    def build(self) -> None: ...


def build_blocks(service: Service) -> gr.Blocks:
    """The page of a service, not yet served."""
    shell = Shell(service)
    blocks: gr.Blocks
    with gr.Blocks(title="镇报 Zhenbao", analytics_enabled=False, delete_cache=(KEPT, KEPT)) as blocks:
        _head(shell)
        with gr.Column(elem_id="top"):
            StartPanel(shell).build()
        with gr.Row(elem_id="desk"):
            with gr.Column(scale=3, min_width=320, elem_id="tabs-column"):
                _tabs(shell)
            with gr.Column(scale=2, min_width=300, elem_id="reader-column"):
                shell.render_reader()
        shell.render_hidden()
        shell.wire()
        blocks.load(
            lambda language: (language, service.workspace.library.generation()),
            shell.language,
            [shell.language, shell.generation],
            js=_REMEMBERED,
            show_progress="hidden",
            api_visibility=PRIVATE,
        )
        offer_to_programs(service)
    blocks.queue(default_concurrency_limit=AT_ONCE, max_size=WAITING)
    return blocks


def _head(shell: Shell) -> None:
    with gr.Row(elem_id="masthead"):
        title = gr.HTML(_title("zh"), scale=5)
        other = shell.worded(gr.Button(size="sm", scale=0, min_width=80, elem_id="switch"), value="other_language")
        theme = shell.worded(gr.Button(size="sm", scale=0, min_width=110, elem_id="theme"), value="theme")
    other.click(
        lambda language: language,
        shell.language,
        shell.language,
        js=_SWITCH,
        show_progress="hidden",
        api_visibility=PRIVATE,
    )
    theme.click(fn=None, js=_THEME, api_visibility=PRIVATE)
    shell.follows(_title, [shell.language], [title])


def _title(language: str) -> str:
    return element("h1", "镇报 ", element("small", f"Zhenbao · {Words.of(language)['subtitle']}"))


def _tabs(shell: Shell) -> None:
    tabs: dict[str, Tab] = {
        "ask": AskTab(shell),
        "summaries": SummariesTab(shell),
        "compare": CompareTab(shell),
        "library": LibraryTab(shell),
        "evaluation": EvaluationTab(shell),
    }
    for name, tab in tabs.items():
        with shell.worded(gr.Tab(Words()[f"tab_{name}"], id=name, elem_id=f"tab-{name}"), label=f"tab_{name}"):
            tab.build()
