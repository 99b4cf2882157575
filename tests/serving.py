"""A page that is served, for tests that come to it from outside."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from app import launch_page
from rag.users import Users
from rag.workspace import Workspace

if TYPE_CHECKING:
    import gradio as gr


@contextmanager
def served(workspace: Workspace, users: Users | None = None) -> Iterator[str]:
    """The address of a page on a free port of this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    page = asyncio.run(_launched(workspace, port, users))
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        page.close(verbose=False)


async def _launched(workspace: Workspace, port: int, users: Users | None) -> "gr.Blocks":
    """Inside an event loop, because outside of one Gradio makes several and leaves them unclosed."""
    return launch_page(workspace, host="127.0.0.1", port=port, users=users)
