"""Serving the page: `zhenbao serve`. Gradio is imported when a page is built, since it takes seconds."""

import os
import socket
import time
import webbrowser
from typing import TYPE_CHECKING

from rag import __version__
from rag.cli.proxies import spare_loopback
from rag.cli.terminal import say
from rag.errors import PortInUse, SettingError, ZhenbaoError
from rag.models.access import is_loopback
from ui.loopback import LoopbackOnly
from ui.sign_in import SignIn

if TYPE_CHECKING:
    import gradio as gr
    from starlette.routing import Route

    from rag.service import Service
    from rag.workspace import Workspace
    from ui.users import Users

_LONG = 3600.0  # seconds
# On Windows SO_REUSEADDR lets two programs listen at one port.
_ALONE = getattr(socket, "SO_EXCLUSIVEADDRUSE", socket.SO_REUSEADDR)


def serve_page(
    workspace: "Workspace",
    *,
    host: str = "127.0.0.1",
    port: int = 7860,
    users: "Users | None" = None,
    opens: bool = False,
) -> None:
    """Serves the page until the person interrupts it; `opens` shows it in the browser."""
    from rag.service import Service
    from ui.terminals import terminals_answered

    service = Service(workspace)
    page = launch_page(service, host=host, port=port, users=users)
    say(f"镇报已打开：{address(host, port)}（按 Ctrl-C 结束）(the page is open, Ctrl-C ends it)")
    try:
        if opens:
            webbrowser.open(address(own_host(host), port))
        workspace.warm()
        with terminals_answered(service):
            while True:
                time.sleep(_LONG)  # Ctrl-C ends a sleep on every system, but on Windows no waiting for a lock
    finally:
        page.close(verbose=False)


def address(host: str, port: int) -> str:
    """Of the page, as a browser takes it."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def own_host(host: str) -> str:
    """Where this machine finds a page served at an address; one for all of a machine's addresses is none to go to."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)


def launch_page(service: "Service", *, host: str, port: int, users: "Users | None" = None) -> "gr.Blocks":
    """Starts serving and gives the running page; its `close()` ends it. With users, everyone has to sign in.

    Raises PortInUse where another program listens there, or the address is none of this machine's, and SettingError
    where the address can be reached from other machines and nobody has to sign in.
    """
    require_sign_in(host, users)
    require_free(host, port)
    spare_loopback(os.environ)  # Gradio asks its own page whether it is up
    page = build_page(service)
    from starlette.middleware import Middleware

    from ui.markup import element
    from ui.page import HEAD, LARGEST_UPLOAD, STYLE
    from ui.theme import plain_theme

    page.launch(
        server_name=host,
        server_port=port,
        auth=SignIn(users).admits if users else None,
        auth_message=element("p", "镇报 Zhenbao：请登录。Please sign in."),
        prevent_thread_lock=True,
        quiet=True,
        share=False,
        ssr_mode=False,
        run_history=False,  # questions are nobody's business but the person's who asks
        footer_links=[],
        max_file_size=LARGEST_UPLOAD,
        enable_monitoring=False,
        app_kwargs={
            "routes": [_health_route(service.workspace)],
            "middleware": [] if users else [Middleware(LoopbackOnly)],
        },
        theme=plain_theme(),
        i18n=_own_words(),
        css_paths=STYLE,
        head=HEAD,
    )
    return page


def build_page(service: "Service") -> "gr.Blocks":
    """The page of a service, not yet served."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when gradio is imported: nothing leaves this machine
    uploads = service.workspace.settings.uploads_path
    os.environ["GRADIO_TEMP_DIR"] = str(uploads)  # reports do not pass through a shared /tmp
    from ui.page import build_blocks

    return build_blocks(service)


def require_sign_in(host: str, users: "Users | None") -> None:
    """Raises SettingError for an address that other machines reach, unless there are users to sign in."""
    if not (users and users.known) and not is_loopback(host):
        raise SettingError("no_users_to_sign_in", host=host)


def require_free(host: str, port: int) -> None:
    """Raises PortInUse where the address cannot be listened on."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, _ALONE, 1)
            probe.bind(address)
    except OSError as error:
        raise PortInUse("cannot_listen", host=host, port=port, reason=error.strerror or str(error)) from error


def _health_route(workspace: "Workspace") -> "Route":
    """`GET /health`: 200 while the library can be read, else 503; without sign-in, so nothing about the reports."""

    from starlette.requests import Request
    from starlette.responses import JSONResponse
    from starlette.routing import Route

    def health(request: Request) -> JSONResponse:
        try:
            workspace.library.generation()
        except ZhenbaoError:
            return JSONResponse({"status": "failing", "version": __version__}, status_code=503)
        return JSONResponse({"status": "ok", "version": __version__})

    return Route("/health", health)


def _own_words() -> "gr.I18n":
    """Gradio's words for uploading in both languages at once: it goes by the browser's language, not by the page's."""
    import gradio as gr

    said = {
        "upload_text.drop_file": "把文件拖到这里 Drop files here",
        "common.or": "或 or",
        "upload_text.click_to_upload": "点击选择 Click to choose",
    }
    return gr.I18n(**{"en": said, "zh-CN": said, "zh-TW": said})
