"""The web page: `python app.py` or `zhenbao serve`."""

import os
import socket
import sys
import threading
from typing import TYPE_CHECKING

from rag.errors import PortInUse, SettingError
from ui.loopback import is_loopback

if TYPE_CHECKING:
    import gradio as gr

    from rag.users import Users
    from rag.workspace import Workspace


def build_page(workspace: "Workspace") -> "gr.Blocks":
    """The page of a workspace, not yet served."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when gradio is imported: nothing leaves this machine
    os.environ["GRADIO_TEMP_DIR"] = str(workspace.settings.uploads_path)  # reports do not pass through a shared /tmp
    from rag.service import Service
    from ui.page import build_blocks

    return build_blocks(Service(workspace))


def launch_page(workspace: "Workspace", *, host: str, port: int, users: "Users | None" = None) -> "gr.Blocks":
    """Starts serving and gives the running page; its `close()` ends it. With users, everyone has to sign in.

    Raises PortInUse where another program listens there, or the address is none of this machine's, and SettingError
    where the address can be reached from other machines and nobody has to sign in.
    """
    require_sign_in(host, users)
    require_free(host, port)
    page = build_page(workspace)
    from starlette.middleware import Middleware

    from rag.sign_in import SignIn
    from ui.loopback import LoopbackOnly
    from ui.page import HEAD, LARGEST_UPLOAD, STYLE
    from ui.serving import health_route, own_words, sign_in_note
    from ui.theme import plain_theme

    page.launch(
        server_name=host,
        server_port=port,
        auth=SignIn(users).admits if users else None,
        auth_message=sign_in_note(),
        prevent_thread_lock=True,
        quiet=True,
        share=False,
        ssr_mode=False,
        run_history=False,  # questions are nobody's business but the person's who asks
        footer_links=[],
        max_file_size=LARGEST_UPLOAD,
        enable_monitoring=False,
        app_kwargs={
            "routes": [health_route(workspace)],
            "middleware": [] if users else [Middleware(LoopbackOnly)],
        },
        theme=plain_theme(),
        i18n=own_words(),
        css_paths=STYLE,
        head=HEAD,
    )
    return page


def serve_page(
    workspace: "Workspace", *, host: str = "127.0.0.1", port: int = 7860, users: "Users | None" = None
) -> None:
    """Serves the page until the person interrupts it."""
    page = launch_page(workspace, host=host, port=port, users=users)
    shown = f"[{host}]" if ":" in host else host
    print(
        f"镇报已打开：http://{shown}:{port}（按 Ctrl-C 结束）(the page is open, Ctrl-C ends it)",
        file=sys.stderr,
        flush=True,
    )
    try:
        threading.Event().wait()
    finally:
        page.close(verbose=False)


def require_sign_in(host: str, users: "Users | None") -> None:
    """Raises SettingError for an address that other machines reach, unless there are users to sign in."""
    if not (users and users.known) and not is_loopback(host):
        raise SettingError(
            f"{host} 可以从其他机器访问，请先运行 zhenbao users add 名字。(other machines reach it: add users first)"
        )


def require_free(host: str, port: int) -> None:
    """Raises PortInUse where the address cannot be listened on."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise PortInUse(
            f"无法在 {host}:{port} 打开网页：{error.strerror}；可用 --port 换一个。(cannot listen there: try --port)"
        ) from error


def main() -> None:
    """Entry point of `python app.py`, the same as `zhenbao serve`."""
    from rag.cli import main as zhenbao

    sys.argv[1:1] = ["serve"]
    zhenbao()


if __name__ == "__main__":
    main()
