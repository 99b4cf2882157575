"""The folder for offices without a network: how it is made, and what its installer does; nothing is fetched here."""

import ast
import json
import os
import re
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from rag.errors import ModelUnavailable
from rag.settings import Settings
from scripts import bundle
from tests.models.test_model_file import CONTENT, MODEL
from tests.support.paths import ROOT

Said = pytest.CaptureFixture[str]
PLENTY = type("Usage", (), {"free": 10**13})
NOTHING = type("Usage", (), {"free": 10})


@pytest.fixture
def installer() -> ModuleType:
    return bundle.load_installer()


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bundle of one small wheel, the project's own and a model of ten bytes."""

    def wheel(folder: Path, name: str) -> Path:
        with zipfile.ZipFile(folder / name, "w") as archive:
            archive.writestr("module.py", "x" * 1000)
        return folder / name

    monkeypatch.setattr(bundle, "download_wheels", lambda folder: wheel(folder, "other-1-py3-none-any.whl"))
    monkeypatch.setattr(bundle, "build_wheel", lambda folder: wheel(folder, "zhenbao-0-py3-none-any.whl"))
    monkeypatch.setattr(bundle, "CHAT_MODEL", MODEL)
    monkeypatch.setattr(bundle, "target_path", lambda settings: tmp_path / "own" / MODEL.file)
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / MODEL.file).write_bytes(CONTENT)
    return bundle.make_bundle(tmp_path / "into", Settings(home=tmp_path / "home"), with_model=True)


@pytest.fixture
def bundled(made: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The installer of the bundle, which makes no environment and runs nothing."""
    installer = bundle.load_installer()
    monkeypatch.setattr(installer, "HERE", made)
    monkeypatch.setattr(installer, "make_environment", lambda folder: folder.mkdir(parents=True))
    return installer


def test_the_bundle_holds_what_an_installation_needs(made: Path, installer: ModuleType) -> None:
    names = {path.relative_to(made).as_posix() for path in bundle.files_of(made)}
    assert names == {
        *("README.txt", "install.sh", "install.cmd", "install.py", "bundle.json", "SHA256SUMS", "requirements.lock"),
        *("LICENSE", "THIRD_PARTY.md", "THIRD_PARTY.zh.md", f"models/{MODEL.file}"),
        *("wheels/other-1-py3-none-any.whl", "wheels/zhenbao-0-py3-none-any.whl"),
    }
    told = json.loads((made / "bundle.json").read_text(encoding="utf-8"))
    assert (told["wheel"], told["model_bytes"]) == ("zhenbao-0-py3-none-any.whl", MODEL.size)
    assert told["installed_bytes"] == 2000 + bundle.BESIDE_BYTES
    assert made.name.endswith(f"-{installer.this_machine()}-py{installer.this_python()}")
    assert not made.with_name(f"{made.name}.part").exists()


def test_the_weights_are_in_it_where_no_wheel_has_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    weights = replace(MODEL, file="weights.bin")
    (tmp_path / weights.file).write_bytes(CONTENT)
    monkeypatch.setattr(bundle, "find_spec", lambda name: None)
    monkeypatch.setattr(bundle, "WEIGHTS", weights)
    monkeypatch.setattr(bundle, "pull_weights", lambda settings, on_progress: None)
    monkeypatch.setattr(bundle, "find_weights", lambda models: tmp_path / weights.file)
    bundle.bring_weights(tmp_path / "models", Settings(home=tmp_path / "home"))
    assert [path.name for path in (tmp_path / "models").iterdir()] == [weights.file]


def test_no_placeholder_is_left_in_what_people_run_and_read(made: Path, installer: ModuleType) -> None:
    for name in ("README.txt", "install.sh", "install.cmd"):
        text = (made / name).read_bytes()
        assert not re.search(rb"@[A-Z]+@", text) and installer.this_python().encode() in text
    assert b"\r\n" in (made / "install.cmd").read_bytes() and b"\r" not in (made / "install.sh").read_bytes()
    assert os.access(made / "install.sh", os.X_OK)


def test_a_disk_without_room_is_told_before_anything_is_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda path: NOTHING)
    monkeypatch.setattr("subprocess.run", lambda *given, **more: pytest.fail("something was run"))
    with pytest.raises(ModelUnavailable, match="disk_full"):
        bundle.make_bundle(tmp_path / "into", Settings(home=tmp_path), with_model=False)
    assert "需要 0.5 GB" in capsys.readouterr().err
    assert not (tmp_path / "into").exists()


def test_wheels_are_those_of_the_lock_checked_by_hash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commands = _recorded(monkeypatch)
    bundle.download_wheels(tmp_path)
    assert {"--require-hashes", "--only-binary=:all:", "--no-deps", str(ROOT / "requirements.lock")} <= set(commands[0])


def test_an_installation_takes_everything_from_the_folder(
    bundled: ModuleType, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    environments: list[dict[str, str]] = []
    commands = _recorded(monkeypatch, environments)
    monkeypatch.setenv("PIP_INDEX_URL", "http://index.example")
    assert bundled.main([str(tmp_path / "there")]) == 0
    pips, others = [each for each in commands if "pip" in each], [each for each in commands if "pip" not in each]
    assert len(pips) == 2 and all({"--no-index", str(made / "wheels")} <= set(each) for each in pips)
    assert {"--require-hashes", str(made / "requirements.lock")} <= set(pips[0])
    assert [each[1:] for each in others] == [["model", "pull", "--from", str(made / "models")], ["doctor"]]
    assert not any("PIP_INDEX_URL" in each for each in environments)
    assert "serve" in (tmp_path / "there" / "start.sh").read_text(encoding="utf-8")
    said = capsys.readouterr().err
    assert said.index("需要 0.3 GB") < said.index("建立环境") < said.index("已装好")


@pytest.mark.parametrize(
    ("harm", "code"),
    [
        pytest.param(lambda at, m: m.setattr(at, "this_machine", lambda: "riscos-arm"), "wrong_machine", id="machine"),
        pytest.param(lambda at, m: m.setattr(at, "this_python", lambda: "3.8"), "wrong_python", id="Python"),
        pytest.param(lambda at, m: m.setattr("shutil.disk_usage", lambda path: NOTHING), "disk_full", id="disk"),
        pytest.param(lambda at, m: (at.HERE / "LICENSE").write_bytes(b"?"), "damaged", id="damaged"),
        pytest.param(lambda at, m: (at.HERE / "LICENSE").unlink(), "damaged", id="missing"),
    ],
)
def test_what_stands_in_the_way_is_one_line_and_nothing_is_written(
    bundled: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said, harm: Any, code: str
) -> None:
    commands = _recorded(monkeypatch)
    harm(bundled, monkeypatch)
    assert bundled.main([str(tmp_path / "there")]) == 1
    assert capsys.readouterr().err.splitlines()[-1].startswith(f"{code}：")
    assert commands == [] and not (tmp_path / "there").exists()


def test_a_step_that_fails_ends_the_installation(
    bundled: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    commands = _recorded(monkeypatch, code=1)
    assert bundled.main([str(tmp_path / "there")]) == 1
    assert len(commands) == 1 and "step_failed：" in capsys.readouterr().err


def test_room_is_asked_for_once_a_disk(
    installer: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda path: PLENTY)
    monkeypatch.setenv("ZHENBAO_MODELS", str(tmp_path / "models"))
    made = {"installed_bytes": 10**9, "model_bytes": 2 * 10**9}
    installer.require_room(installer.needs(made, tmp_path / "deep" / "zhenbao"))
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"{tmp_path} 需要 3.0 GB")


def test_make_tells_the_room_before_it_installs(installer: ModuleType, tmp_path: Path, capsys: Said) -> None:
    assert installer.main(["--room", str(tmp_path / ".venv"), "1"]) == 0
    assert installer.main(["--room", str(tmp_path / ".venv"), str(10**18)]) == 1
    assert "disk_full：" in capsys.readouterr().err
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8").partition("$(READY): ")[2]
    assert 0 < recipe.index("install.py --room") < recipe.index("-m venv")


def test_an_old_python_can_read_the_installer() -> None:
    ast.parse((bundle.BUNDLED / "install.py").read_text(encoding="utf-8"), feature_version=(3, 7))


def _recorded(
    monkeypatch: pytest.MonkeyPatch, environments: list[dict[str, str]] | None = None, code: int = 0
) -> list[list[str]]:
    """The commands that would have been run."""
    commands: list[list[str]] = []

    def run(command: list[str], **options: Any) -> "subprocess.CompletedProcess[bytes]":
        commands.append(command)
        if environments is not None:
            environments.append(options.get("env", {}))
        return subprocess.CompletedProcess(command, code)

    monkeypatch.setattr("subprocess.run", run)
    return commands
