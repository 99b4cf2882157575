"""A page that is served, for tests that come to it from outside."""

import asyncio
import shutil
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from rag.service import Service
from rag.workspace import Workspace
from ui.server import launch_page
from ui.users import Users

if TYPE_CHECKING:
    import gradio as gr
    from playwright.sync_api import Browser


@contextmanager
def served(workspace: Workspace, users: Users | None = None) -> Iterator[str]:
    """The address of a page on a free port of this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with ThreadPoolExecutor(1) as thread:  # the test's own may have a loop of playwright's running
        page = thread.submit(asyncio.run, _launched(workspace, port, users)).result()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        page.close(verbose=False)


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


@contextmanager
def browser_pages() -> Iterator["Browser"]:
    """An installed chromium; where there is none the test is skipped."""
    if CHROMIUM is None:
        pytest.skip("no chromium")
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


async def _launched(workspace: Workspace, port: int, users: Users | None) -> "gr.Blocks":
    """Inside an event loop, because outside of one Gradio makes several and leaves them unclosed."""
    return launch_page(Service(workspace), host="127.0.0.1", port=port, users=users)
