"""Where a model is reached, by whom, and how long one of its replies may take."""

import ipaddress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from rag.errors import SettingError
from rag.settings import Settings
from rag.types import Notice

OPENAI_URL = "https://api.openai.com/v1"
NO_KEY = "none"  # many endpoints in an office want no key, the client wants one


@dataclass(frozen=True, slots=True)
class Access:
    """An OpenAI-compatible endpoint and the model to use there."""

    base_url: str
    api_key: str = field(repr=False)
    model: str
    timeout: float = 180.0
    """Seconds."""
    title: Notice | None = None
    """How messages call the endpoint; its host where there is none."""
    model_setting: str = "ZHENBAO_CHAT_MODEL"
    """The variable that names the model."""

    @property
    def label(self) -> str | Notice:
        return self.title or host_of(self.base_url)

    @property
    def shown_url(self) -> str:
        """The address without any user name or password in it."""
        parts = urlsplit(self.base_url)
        return f"{parts.scheme}://{host_of(self.base_url)}{parts.path}"

    @property
    def is_on_this_machine(self) -> bool:
        return is_on_this_machine(self.base_url)


def is_on_this_machine(address: str) -> bool:
    """Whether an address is that of this machine, which no proxy is asked about."""
    return is_loopback(urlsplit(address).hostname or "")


def is_loopback(host: str) -> bool:
    """Whether only programs of this machine reach a host, such as "127.0.0.1", "::1" and "localhost"."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def host_of(base_url: str) -> str:
    """Host and port of an address, without any user name or password in it."""
    parts = urlsplit(base_url)
    return f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)


def endpoint_host(settings: Settings) -> str | None:
    """The host that questions and evidence are sent to, None where all stays on this machine.

    Raises SettingError where OPENAI_BASE_URL is not an http address.
    """
    if settings.endpoint == "local":
        return None
    address = settings.base_url or OPENAI_URL
    try:
        parts = urlsplit(address)
        host = host_of(address)
    except ValueError:
        parts, host = urlsplit(""), ""
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SettingError("must_be_http_address", name="OPENAI_BASE_URL", value=address)
    return host
