"""Downloads by HTTP."""

import threading
from pathlib import Path

import pytest

from rag.errors import ModelUnavailable
from rag.models.model_http import HttpSource
from tests.support.file_server import FileServer, serving

CONTENT = bytes(range(256)) * 40


def _fill(server: FileServer, part: Path, *, seconds: float = 5.0) -> list[int]:
    grown: list[int] = []
    HttpSource("loopback", server.url, seconds).fill(part, len(CONTENT), grown.append)
    return grown


def test_brings_the_whole_file_and_tells_how_it_grows(tmp_path: Path) -> None:
    with serving(FileServer(CONTENT)) as server:
        grown = _fill(server, tmp_path / "part")
    assert (tmp_path / "part").read_bytes() == CONTENT
    assert grown[-1] == len(CONTENT) and grown == sorted(grown)


def test_goes_on_where_an_earlier_download_stopped(tmp_path: Path) -> None:
    (tmp_path / "part").write_bytes(CONTENT[:3000])
    with serving(FileServer(CONTENT)) as server:
        _fill(server, tmp_path / "part")
        assert server.ranges == ["bytes=3000-"]
    assert (tmp_path / "part").read_bytes() == CONTENT


def test_goes_on_after_a_cut(tmp_path: Path) -> None:
    with serving(FileServer(CONTENT, breaks_after=[1000, 5000])) as server:
        _fill(server, tmp_path / "part")
        assert server.ranges == ["bytes=0-", "bytes=1000-", "bytes=6000-"]
    assert (tmp_path / "part").read_bytes() == CONTENT


def test_gives_up_when_a_try_brings_nothing_and_keeps_what_came(tmp_path: Path) -> None:
    with serving(FileServer(CONTENT, breaks_after=[1000, 0])) as server, pytest.raises(ModelUnavailable):
        _fill(server, tmp_path / "part")
    assert (tmp_path / "part").read_bytes() == CONTENT[:1000]


def test_begins_again_where_the_server_knows_no_ranges(tmp_path: Path) -> None:
    (tmp_path / "part").write_bytes(b"?" * 3000)
    with serving(FileServer(CONTENT, takes_ranges=False)) as server:
        _fill(server, tmp_path / "part")
    assert (tmp_path / "part").read_bytes() == CONTENT


def test_a_complete_file_is_not_asked_for(tmp_path: Path) -> None:
    (tmp_path / "part").write_bytes(CONTENT)
    with serving(FileServer(CONTENT)) as server:
        _fill(server, tmp_path / "part")
        assert server.ranges == []


@pytest.mark.parametrize(
    ("server", "code"),
    [
        pytest.param(FileServer(CONTENT, status=404), "http_error", id="not there"),
        pytest.param(FileServer(CONTENT + b"!"), "another_file_came", id="another file"),
        pytest.param(FileServer(CONTENT, content_type="text/html"), "web_page_came", id="login page"),
    ],
)
def test_what_is_not_the_file_leaves_the_partial_file_alone(server: FileServer, code: str, tmp_path: Path) -> None:
    (tmp_path / "part").write_bytes(CONTENT[:3000])
    with serving(server), pytest.raises(ModelUnavailable, match=code):
        _fill(server, tmp_path / "part")
    assert (tmp_path / "part").read_bytes() == CONTENT[:3000]


def test_no_more_than_the_file_is_written_where_its_length_is_not_told(tmp_path: Path) -> None:
    with serving(FileServer(CONTENT + b"!", tells_length=False, takes_ranges=False)) as server:
        _fill(server, tmp_path / "part")
    assert (tmp_path / "part").read_bytes() == CONTENT


def test_a_proxy_of_the_environment_is_not_asked_about_loopback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    with serving(FileServer(CONTENT)) as server:
        _fill(server, tmp_path / "part")
    assert (tmp_path / "part").read_bytes() == CONTENT


def test_a_proxy_of_the_environment_is_asked_for_all_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(FileServer(CONTENT)) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        HttpSource("far away", "http://models.example/file").fill(tmp_path / "part", len(CONTENT), lambda size: None)
    assert (tmp_path / "part").read_bytes() == CONTENT


def test_a_server_that_does_not_answer_in_time_is_left(tmp_path: Path) -> None:
    answer = threading.Event()
    with serving(FileServer(CONTENT, waits_for=answer)) as server:
        with pytest.raises(ModelUnavailable, match=r"no_answer_in_time\(seconds=0\.1\)"):
            _fill(server, tmp_path / "part", seconds=0.1)
        answer.set()


def test_nobody_listening_is_one_line(tmp_path: Path) -> None:
    with serving(FileServer(CONTENT)) as server:
        pass
    with pytest.raises(ModelUnavailable) as caught:
        _fill(server, tmp_path / "part")
    assert "\n" not in str(caught.value)
