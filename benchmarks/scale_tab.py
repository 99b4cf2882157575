"""The page's library tab without a browser: whatever fills its list first, found by where it puts it."""

import asyncio
import inspect
from collections.abc import Callable
from typing import Any

import gradio as gr

from rag.service import Service
from ui.library_tab import LibraryTab
from ui.shell import Shell

_LIST = "reports"  # elem_id


def first_page(service: Service) -> Callable[[], object]:
    """The function that fills the list when the page opens, with what stands in the components that it reads."""
    shell = Shell(service)
    with gr.Blocks():
        LibraryTab(shell).build()
    show, inputs = next((show, inputs) for show, inputs, outputs in shell._about if any(map(_is_list, outputs)))
    given = [component.value for component in inputs]

    def fill() -> object:
        made = show(*given)
        return asyncio.run(made) if inspect.iscoroutine(made) else made  # type: ignore[arg-type]

    return fill


def _is_list(component: Any) -> bool:
    return getattr(component, "elem_id", None) == _LIST
