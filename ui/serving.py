"""Beside the page: whether it is in health, what stands above the sign-in, and Gradio's own words."""

import gradio as gr
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from rag import __version__
from rag.errors import ZhenbaoError
from rag.workspace import Workspace
from ui.markup import Markup, element


def health_route(workspace: Workspace) -> Route:
    """`GET /health`: 200 while the library can be read, else 503; without sign-in, so nothing about the reports."""

    def health(request: Request) -> JSONResponse:
        try:
            workspace.library.generation()
        except ZhenbaoError:
            return JSONResponse({"status": "failing", "version": __version__}, status_code=503)
        return JSONResponse({"status": "ok", "version": __version__})

    return Route("/health", health)


def own_words() -> gr.I18n:
    """Gradio's words for uploading in both languages at once: it goes by the browser's language, not by the page's."""
    said = {
        "upload_text.drop_file": "把文件拖到这里 Drop files here",
        "common.or": "或 or",
        "upload_text.click_to_upload": "点击选择 Click to choose",
    }
    return gr.I18n(**{"en": said, "zh-CN": said, "zh-TW": said})


def sign_in_note() -> Markup:
    """What stands above the sign-in."""
    return element("p", "镇报 Zhenbao：请登录。Please sign in.")
