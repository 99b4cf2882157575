"""Who is answered where nobody signs in: programs of this machine that ask for it by a name of its own."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from rag.models.access import is_loopback

if TYPE_CHECKING:
    from starlette.datastructures import Headers
    from starlette.types import ASGIApp, Receive, Scope, Send

_REFUSAL = (
    "只回答本机浏览器：请打开 127.0.0.1 或 localhost 的地址；从其他机器访问须登录（zhenbao users add）。\n"
    "Only this machine is answered: open the page at 127.0.0.1 or localhost; other machines have to sign in.\n"
)


class LoopbackOnly:
    """ASGI middleware that answers only requests whose `Host` and `Origin` name this machine, others with 403.

    It keeps out pages from elsewhere that have their own name resolve to 127.0.0.1 (DNS rebinding), or that a browser
    of this machine lets post here.
    """

    def __init__(self, app: "ASGIApp") -> None:
        self._app = app

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        from starlette.datastructures import Headers
        from starlette.responses import PlainTextResponse

        if scope["type"] == "lifespan" or _is_from_here(Headers(scope=scope)):
            await self._app(scope, receive, send)
        else:
            await PlainTextResponse(_REFUSAL, status_code=403)(scope, receive, send)


def _is_from_here(headers: "Headers") -> bool:
    origin = headers.get("origin")
    return _names_this_machine(f"//{headers.get('host', '')}") and (origin is None or _names_this_machine(origin))


def _names_this_machine(address: str) -> bool:
    """Example: "//127.0.0.1:7860" and "http://[::1]" do, "null" and "//evil.example:7860" do not."""
    try:
        return is_loopback(urlsplit(address).hostname or "")
    except ValueError:  # brackets without an address in them
        return False
