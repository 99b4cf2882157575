"""Proxies of the environment are asked for what is elsewhere, and never for what is on this machine."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pydantic import BaseModel

from rag.cli.proxies import spare_loopback
from rag.errors import IndexDamaged, LibraryError, ModelUnavailable
from rag.library.vectors import VectorIndex
from rag.models.access import Access
from rag.models.chat import EndpointModel
from rag.models.conversation import ChatRequest, Turn
from rag.models.model_http import HttpSource
from rag.settings import Settings
from tests.support.file_server import FileServer, serving
from tests.support.made_parts import ScriptedWorkspace
from tests.support.recording_proxy import RecordingProxy, recording_proxy
from tests.support.served_page import served
from tests.support.stub_endpoint import StubEndpoint

PROXY = "http://proxy.example:8080"
LOOPBACK = "localhost,127.0.0.1,::1"


class Road(BaseModel):
    kilometres: int


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[RecordingProxy]:
    """A proxy that the environment names for everything, and no list of what it is spared."""
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("NO_PROXY", "")  # so that what is written there while a test runs goes with it
    monkeypatch.setenv("no_proxy", "")
    with recording_proxy() as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        yield proxy


def _ask(base_url: str) -> None:
    model = EndpointModel(Access(base_url, "key", "stub"), structured_mode="json_schema")
    try:
        model.complete(ChatRequest([Turn("user", "几公里？")], Road))
    finally:
        model.close()


def _pull(url: str, folder: Path) -> None:
    HttpSource("a source", url).fill(folder / "part", 4, lambda size: None)


def test_a_remote_endpoint_is_asked_by_way_of_the_proxy(proxy: RecordingProxy) -> None:
    with pytest.raises(ModelUnavailable):
        _ask("http://models.example/v1")
    assert proxy.asked == ["POST http://models.example/v1/chat/completions"]


def test_an_endpoint_of_this_machine_is_asked_without(proxy: RecordingProxy) -> None:
    with StubEndpoint() as stub:
        stub.enqueue({"kilometres": 3})
        _ask(stub.base_url)
    assert proxy.asked == []


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("http://models.example/file", "GET http://models.example/file"),
        ("https://models.example/file", "CONNECT models.example:443"),
    ],
)
def test_the_models_file_is_fetched_by_way_of_the_proxy(
    proxy: RecordingProxy, tmp_path: Path, url: str, asked: str
) -> None:
    with pytest.raises(ModelUnavailable):
        _pull(url, tmp_path)
    assert proxy.asked == [asked]


def test_what_no_proxy_names_is_fetched_without(
    proxy: RecordingProxy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "models.example")
    monkeypatch.delenv("no_proxy")
    connect = socket.create_connection
    with serving(FileServer(b"1234")) as server:
        there = ("127.0.0.1", urlsplit(server.url).port)
        monkeypatch.setattr("socket.create_connection", lambda address, *rest, **more: connect(there, *rest, **more))
        _pull("http://models.example/file", tmp_path)
    assert (tmp_path / "part").read_bytes() == b"1234"
    assert proxy.asked == []


def test_the_page_opens_with_a_proxy_in_the_environment(proxy: RecordingProxy, tmp_path: Path) -> None:
    with served(ScriptedWorkspace(tmp_path)):
        pass
    assert proxy.asked == []


def test_a_chroma_server_of_this_machine_is_asked_without(proxy: RecordingProxy, tmp_path: Path) -> None:
    spare_loopback(os.environ)
    with serving(FileServer(b"")) as nobody:
        pass
    index = VectorIndex.of(Settings(home=tmp_path, chroma_url=nobody.url.removesuffix("/file")), "e5", "library")
    with pytest.raises((LibraryError, IndexDamaged)):
        index.count()
    assert proxy.asked == []


@pytest.mark.parametrize(
    ("environ", "spared"),
    [
        pytest.param({"HTTP_PROXY": PROXY}, LOOPBACK, id="no list"),
        pytest.param({"https_proxy": PROXY, "NO_PROXY": "a.example, .b"}, f"a.example,.b,{LOOPBACK}", id="a list"),
        pytest.param({"ALL_PROXY": PROXY, "NO_PROXY": "a", "no_proxy": "b"}, f"b,{LOOPBACK}", id="two lists"),
        pytest.param({"HTTP_PROXY": PROXY, "no_proxy": "::1,localhost"}, "::1,localhost,127.0.0.1", id="named already"),
        pytest.param({"HTTP_PROXY": PROXY, "no_proxy": "*"}, "*", id="everything"),
        pytest.param({}, None, id="no proxy"),
        pytest.param({"HTTP_PROXY": "", "NO_PROXY": "a"}, "a", id="switched off"),
    ],
)
def test_loopback_joins_the_list_of_what_proxies_are_spared(environ: dict[str, str], spared: str | None) -> None:
    for _ in range(2):  # a second time changes nothing
        spare_loopback(environ)
        assert environ.get("no_proxy", environ.get("NO_PROXY")) == spared


def test_a_proxy_of_the_systems_settings_is_kept_beside_the_list() -> None:
    environ: dict[str, str] = {}
    spare_loopback(environ, lambda: {"http": PROXY, "https": PROXY, "no": "x"})
    assert environ == {"http_proxy": PROXY, "https_proxy": PROXY, "NO_PROXY": LOOPBACK, "no_proxy": LOOPBACK}
