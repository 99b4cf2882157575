"""`make fast`: what it does around the compiling, which itself is tried by hand."""

import shutil
import subprocess
from importlib.metadata import version
from pathlib import Path

import pytest

from rag.models.engine import LLAMA, engine_folder, engine_of
from rag.settings import Settings, read_settings
from scripts import engine


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("ZHENBAO_HOME", str(tmp_path))
    monkeypatch.setenv("ZHENBAO_MODELS", str(tmp_path / "models"))
    monkeypatch.setattr(shutil, "which", lambda name: name)
    return read_settings({"ZHENBAO_HOME": str(tmp_path), "ZHENBAO_MODELS": str(tmp_path / "models")})


def built(place: Path) -> Path:
    """Stands for the compiling."""
    folder = place / "engine"
    folder.mkdir()
    (folder / "made").touch()
    return folder


def broken(place: Path) -> Path:
    raise subprocess.CalledProcessError(2, "cmake")


def test_what_was_built_is_taken_from_then_on(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    assert engine_of(settings).name == "wheel"
    monkeypatch.setattr(engine, "build", built)
    assert engine.main() == 0
    assert engine_of(settings).name == "native"
    assert [path.name for path in settings.models_path.iterdir()] == ["engine"]


def test_a_build_that_breaks_leaves_the_one_before(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(engine, "build", built)
    engine.main()
    monkeypatch.setattr(engine, "build", broken)
    assert engine.main() == 1
    assert "退出码 2" in capsys.readouterr().err
    assert (engine_folder(settings) / "made").exists()
    assert [path.name for path in settings.models_path.iterdir()] == ["engine"]


def test_without_a_compiler_nothing_begins(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(engine, "build", broken)
    assert engine.main() == 1
    assert "g++" in capsys.readouterr().err
    assert not settings.models_path.exists()


def test_without_room_nothing_begins(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(engine, "ROOM", 1 << 60)
    monkeypatch.setattr(engine, "build", broken)
    assert engine.main() == 1
    assert "3 GB" in capsys.readouterr().err


def test_the_source_is_held_to_the_lock() -> None:
    entry = engine._locked(LLAMA)
    assert entry.startswith(f"xllamacpp=={version('xllamacpp')}")
    assert "--hash=sha256:" in entry
