"""A person's proxies, which all that speaks HTTP here goes by: never for addresses of this machine.

Our own clients know loopback addresses by sight; Gradio, which tries its page before it shows it, Chroma's client and
pip go by the environment alone.
"""

import sys
from collections.abc import Callable, Mapping, MutableMapping

_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_EVERYWHERE = "*"


def system_proxies() -> Mapping[str, str]:
    """Addresses by scheme that Windows or macOS keep among their settings; other systems have the environment alone."""
    if sys.platform not in ("win32", "darwin"):
        return {}
    from urllib.request import getproxies  # slow to import

    return getproxies()


def spare_loopback(environ: MutableMapping[str, str], system: Callable[[], Mapping[str, str]] = system_proxies) -> None:
    """Adds this machine's names to NO_PROXY where there is a proxy; a list that spares everything stays.

    Proxies of the system's settings are written down too, since a NO_PROXY would hide them from all who look there.

    Example: {"HTTP_PROXY": p, "NO_PROXY": "a.example"} gets "a.example,localhost,127.0.0.1,::1"
    """
    if not _has_proxy(environ):
        environ.update({f"{scheme}_proxy": at for scheme, at in system().items() if scheme in ("http", "https")})
    if not _has_proxy(environ):
        return
    listed = environ["no_proxy"] if "no_proxy" in environ else environ.get("NO_PROXY", "")
    spared = [name.strip() for name in listed.split(",") if name.strip()]
    if _EVERYWHERE not in spared:
        spared += [name for name in _LOOPBACK if name not in spared]
    environ["NO_PROXY"] = environ["no_proxy"] = ",".join(spared)


def _has_proxy(environ: Mapping[str, str]) -> bool:
    names = {name.lower() for name, value in environ.items() if value}
    return any(name.endswith("_proxy") for name in names - {"no_proxy"})
