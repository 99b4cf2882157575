"""`zhenbao model pull`: what is told, and that the quicker engine is no condition."""

from dataclasses import replace
from pathlib import Path

import pytest

from app import every_command
from rag.cli.main import run
from rag.errors import ModelUnavailable
from rag.models import embedder_file, engine, preparing
from rag.models.disk_room import Room
from rag.models.local_server import LocalServer
from rag.models.model_file import target_path
from tests.support.made_parts import ScriptedWorkspace

Said = pytest.CaptureFixture[str]


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ScriptedWorkspace:
    """On a machine that OpenVINO is not made for."""
    monkeypatch.setattr(embedder_file, "pull_weights", lambda *_, **__: None)
    monkeypatch.setattr(engine, "has_avx512", lambda: False)
    made = ScriptedWorkspace(tmp_path / "home")
    made.settings = replace(made.settings, models=tmp_path / "models")
    return made


@pytest.fixture
def can_run_openvino(workspace: ScriptedWorkspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same on one that it is made for."""
    monkeypatch.setattr(engine, "version", lambda package: "1")
    monkeypatch.setattr(engine, "has_avx512", lambda: True)
    monkeypatch.setattr(engine, "memory", lambda: 8_000_000_000)
    monkeypatch.setattr(engine, "is_converted", lambda path: False)


@pytest.fixture
def pulled(workspace: ScriptedWorkspace) -> Path:
    """The model's file, there already."""
    path = target_path(workspace.settings)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"no GGUF")
    return path


def pull(workspace: ScriptedWorkspace, *options: str) -> int:
    return run(["model", "pull", *options], lambda: workspace, every_command())


def test_what_it_needs_on_the_disk_is_told_before_it_is_fetched(
    workspace: ScriptedWorkspace, capsys: Said, tmp_path: Path
) -> None:
    assert pull(workspace, "--from", str(tmp_path / "none.gguf")) == 1
    needed, failed = capsys.readouterr().err.splitlines()
    assert needed.startswith(f"{tmp_path / 'models'} 需要 1.2 GB 磁盘空间")
    assert failed.startswith(f"模型文件取不到。{tmp_path / 'none.gguf'}：读不出来")


@pytest.mark.usefixtures("can_run_openvino")
def test_that_of_the_quicker_engine_too(workspace: ScriptedWorkspace, capsys: Said, tmp_path: Path) -> None:
    assert pull(workspace, "--from", str(tmp_path / "none.gguf")) == 1
    file, form, _ = capsys.readouterr().err.splitlines()
    assert "需要 1.2 GB 磁盘空间" in file
    assert "需要 3.9 GB 磁盘空间" in form


@pytest.mark.usefixtures("can_run_openvino")
def test_the_quicker_engine_is_made_ready(
    workspace: ScriptedWorkspace, pulled: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[Path] = []
    monkeypatch.setattr(LocalServer, "start", lambda server: started.append(server._path))
    assert pull(workspace) == 0
    assert started == [pulled]
    assert "正在为本机处理器准备模型" in capsys.readouterr().err


@pytest.mark.usefixtures("can_run_openvino")
def test_where_it_cannot_be_had_a_line_says_so_and_the_model_is_ready(
    workspace: ScriptedWorkspace, pulled: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(server: object) -> None:
        raise ModelUnavailable("model_cannot_be_loaded", path=pulled, reason="no such architecture")

    monkeypatch.setattr(LocalServer, "start", fail)
    assert pull(workspace) == 0
    said = capsys.readouterr().err
    assert "no such architecture" in said
    assert "仍用 llama.cpp" in said
    assert "模型已就绪" in said


@pytest.mark.usefixtures("can_run_openvino")
def test_a_full_disk_leaves_the_model_as_it_is(
    workspace: ScriptedWorkspace, pulled: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preparing, "room_for_conversion", lambda path, size: Room(path.parent, 4_000_000_000, 10))
    assert pull(workspace) == 0
    assert "仍用 llama.cpp" in capsys.readouterr().err
    assert pulled.read_bytes() == b"no GGUF"


def test_nothing_is_said_of_it_where_the_processor_is_another(
    workspace: ScriptedWorkspace, pulled: Path, capsys: Said
) -> None:
    assert pull(workspace) == 0
    assert capsys.readouterr().err.splitlines() == [f"模型已就绪：{pulled}。(the model is ready)"]
