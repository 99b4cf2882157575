"""Where a terminal and a running page meet: the file, the address, and which settings are the same."""

import stat
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rag.cli.rendezvous import Rendezvous, address_in, fingerprint, read_rendezvous
from rag.settings import Settings

HERE = Rendezvous("AF_UNIX", "/run/zhenbao", "key")
LOCAL = Settings(home=Path("/data"))
OPENAI = replace(LOCAL, endpoint="openai", base_url="http://10.0.0.7/v1", api_key="sk-secret", chat_model="m")


def test_what_is_put_down_is_read_again_and_replaces_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "serve.json"
    path.write_text("{", encoding="utf-8")
    HERE.write(path)
    assert read_rendezvous(path) == HERE
    assert [each.name for each in tmp_path.iterdir()] == ["serve.json"]


@pytest.mark.skipif(sys.platform == "win32", reason="modes are of POSIX")
def test_only_the_owner_may_read_it(tmp_path: Path) -> None:
    HERE.write(tmp_path / "serve.json")
    assert stat.S_IMODE((tmp_path / "serve.json").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "text",
    [
        *("", "[]", "null", "{", '{"family": "AF_UNIX"}', '{"family": 1, "address": 2, "key": 3}', "\udcff"),
        '{"family": "AF_UNIX", "address": "/a", "key": "密钥"}',
        '{"family": "AF_UNIX", "address": "/a", "key": "k", "more": 1}',
    ],
)
def test_anything_else_is_nothing(tmp_path: Path, text: str) -> None:
    path = tmp_path / "serve.json"
    path.write_bytes(text.encode(errors="surrogateescape"))
    assert read_rendezvous(path) is None


def test_no_file_and_a_folder_in_its_place_are_nothing(tmp_path: Path) -> None:
    assert read_rendezvous(tmp_path / "serve.json") is None
    assert read_rendezvous(tmp_path) is None


def test_a_socket_stands_in_the_data_folder_where_its_path_is_short() -> None:
    assert address_in(Path("/data"), "linux") == ("AF_UNIX", str(Path("/data/serve.socket")))
    assert address_in(Path("/" + "资料" * 20), "darwin") is None


def test_windows_has_a_pipe_that_nobody_can_guess() -> None:
    one, other = address_in(Path("C:/" + "long" * 60), "win32"), address_in(Path("C:/data"), "win32")
    assert one is not None and other is not None
    assert one[0] == "AF_PIPE" and one[1].startswith("\\\\.\\pipe\\zhenbao-")
    assert one[1] != other[1]


@pytest.mark.parametrize(
    ("settings", "changed"),
    [
        (LOCAL, {"home": Path("/link/to/data")}),
        (LOCAL, {"threads": 4}),
        (LOCAL, {"log": "debug"}),
        (LOCAL, {"api_key": "sk-lying-around"}),
        (OPENAI, {"parallel": 8}),
    ],
)
def test_settings_that_change_no_answer_do_not_count(settings: Settings, changed: dict[str, Any]) -> None:
    assert fingerprint(replace(settings, **changed)) == fingerprint(settings)


@pytest.mark.parametrize(
    ("settings", "changed"),
    [
        (LOCAL, {"endpoint": "openai"}),
        (LOCAL, {"model_file": Path("/other.gguf")}),
        (LOCAL, {"models": Path("/models")}),
        (LOCAL, {"timeout": 3.0}),
        (LOCAL, {"structured_mode": "prompt"}),
        (LOCAL, {"chroma_url": "http://127.0.0.1:8000"}),
        (OPENAI, {"base_url": "http://10.0.0.8/v1"}),
        (OPENAI, {"api_key": "sk-other"}),
        (OPENAI, {"chat_model": "n"}),
        (OPENAI, {"embedding_model": "e"}),
    ],
)
def test_settings_that_change_answers_do(settings: Settings, changed: dict[str, Any]) -> None:
    assert fingerprint(replace(settings, **changed)) != fingerprint(settings)


def test_a_fingerprint_tells_no_key() -> None:
    assert "secret" not in fingerprint(OPENAI) and len(fingerprint(OPENAI)) == 64
