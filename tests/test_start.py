"""The start files: what they run, in which order, and what not again; stand-ins run instead of pip and the program."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import start
from tests.support.paths import ROOT


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the start files and a lock."""
    (tmp_path / "scripts").mkdir()
    for name in ("start.sh", "start.py", "zhenbao.desktop"):
        shutil.copy(ROOT / "scripts" / name, tmp_path / "scripts")
    for name in ("requirements.lock", "pyproject.toml"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    monkeypatch.setattr(start, "ROOT", tmp_path)
    return tmp_path


class Runs:
    """Notes what is run, says how it ended, and makes the environment as venv does."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.lines: list[str] = []
        self.codes: dict[str, int] = {}

    def __call__(self, command: list[str], *, check: bool, capture_output: bool = False) -> object:
        words = [word.replace(f"{self.root}{os.sep}", "").replace(str(self.root), ".") for word in command]
        line = " ".join(words).replace(sys.executable, "python")
        self.lines.append(line)
        if "-m venv" in line:
            (self.root / ".venv").mkdir(exist_ok=True)
        code = next((code for words, code in self.codes.items() if words in line), 0)
        if check and code:
            raise subprocess.CalledProcessError(code, command)
        return subprocess.CompletedProcess(command, code)


@pytest.fixture
def runs(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> Runs:
    runs = Runs(checkout)
    monkeypatch.setattr("subprocess.run", runs)
    monkeypatch.setenv("DISPLAY", ":0")
    return runs


HAS_PIP = ".venv/bin/python -m pip --version"
INSTALL = [
    ".venv/bin/python -m pip install --disable-pip-version-check --require-hashes --requirement requirements.lock",
    ".venv/bin/python -m pip install --disable-pip-version-check --no-deps --no-build-isolation --editable .",
]
OPEN = [".venv/bin/zhenbao model pull", ".venv/bin/zhenbao serve --open"]


def test_a_first_start_makes_all(runs: Runs) -> None:
    runs.codes[HAS_PIP] = 1
    assert start.main([]) == 0
    assert runs.lines == [HAS_PIP, "python -m venv --clear .venv", *INSTALL, *OPEN]


def test_a_second_start_only_opens_the_page(runs: Runs, checkout: Path) -> None:
    (checkout / ".venv").mkdir()
    start.main([])
    runs.lines.clear()
    start.main([])
    assert runs.lines == OPEN


def test_another_lock_is_installed_into_the_same_environment(runs: Runs, checkout: Path) -> None:
    (checkout / ".venv").mkdir()
    start.main([])
    runs.lines.clear()
    (checkout / "requirements.lock").write_text("another", encoding="utf-8")
    start.main([])
    assert runs.lines == [HAS_PIP, *INSTALL, *OPEN]


def test_what_did_not_install_is_tried_again(runs: Runs, checkout: Path) -> None:
    (checkout / ".venv").mkdir()
    runs.codes["--require-hashes"] = 1
    assert start.main([]) == 1
    assert runs.lines == [HAS_PIP, INSTALL[0]]
    runs.codes.clear()
    assert start.main([]) == 0


def test_without_a_model_the_page_opens_and_its_exit_code_counts(runs: Runs, checkout: Path) -> None:
    (checkout / ".venv").mkdir()
    runs.codes = {"model pull": 1, "serve": 2}
    assert start.main([]) == 2
    assert runs.lines[-1] == OPEN[1]


def test_without_a_screen_no_browser_is_opened(runs: Runs, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    (checkout / ".venv").mkdir()
    start.main([])
    assert runs.lines[-1] == ".venv/bin/zhenbao serve"
    assert start.has_screen({}, "win32") and start.has_screen({"WAYLAND_DISPLAY": "0"}, "linux")


def test_windows_has_its_programs_elsewhere() -> None:
    assert start.program(Path("env"), "zhenbao", "nt") == Path("env", "Scripts", "zhenbao.exe")
    assert start.program(Path("env"), "zhenbao", "posix") == Path("env", "bin", "zhenbao")


def test_a_python_that_does_not_fit_is_told(
    runs: Runs, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.version_info", (3, 14, 0))
    assert start.main([]) == 1
    assert "3.11" in capsys.readouterr().err
    assert runs.lines == []


def test_the_desktop_entry_names_the_start_file_by_its_whole_path(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    assert start.main(["--desktop"]) == 0
    entry = (tmp_path / "share" / "applications" / "zhenbao.desktop").read_text(encoding="utf-8")
    assert f'\nExec="{checkout}/scripts/start.sh"\n' in entry
    assert start.quoted("/my files/100%/$a") == '"/my files/100%%/\\\\$a"'


def shell(checkout: Path, *arguments: str, **environ: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        ["/bin/sh", str(checkout / "scripts" / "start.sh"), *arguments],
        env={"PATH": "/nowhere", **environ},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("name", ["python3.12", "python3", "PYTHON"])
def test_the_shell_finds_a_python_that_fits(name: str, checkout: Path) -> None:
    tools = checkout / "my tools"
    tools.mkdir()
    (tools / "dirname").symlink_to(str(shutil.which("dirname")))
    for each, fits in (("python3.11", False), (name, True)):
        script = f'#!/bin/sh\n[ "$1" = -c ] && exit {int(not fits)}\necho {each} "$@" in "$(/bin/pwd)"\n'
        (tools / each).write_text(script, encoding="utf-8")
        (tools / each).chmod(0o755)
    chosen = {"PYTHON": str(tools / "PYTHON")} if name == "PYTHON" else {}
    done = shell(checkout, "--desktop", PATH=str(tools), **chosen)
    assert done.stdout == f"{name} scripts/start.py --desktop in {checkout}\n"


def test_the_shell_says_what_is_missing(checkout: Path) -> None:
    (checkout / "dirname").symlink_to(str(shutil.which("dirname")))
    done = shell(checkout, PATH=str(checkout))
    assert done.returncode == 1
    assert "3.13" in done.stderr


def test_the_file_for_windows_calls_the_same_and_is_plain() -> None:
    """It has not been run: no Windows is at hand."""
    content = (ROOT / "scripts" / "start.cmd").read_bytes()
    assert content.isascii()
    assert content.count(b"scripts\\start.py %*") == 2
    condition = re.search(rb'FITS=(.*)"', content)
    assert condition is not None
    done = subprocess.run([sys.executable, "-c", condition[1].decode()], check=False)
    assert done.returncode == 0
    assert condition[1].decode() == next(
        word
        for line in (ROOT / "scripts" / "start.sh").read_text(encoding="utf-8").splitlines()
        if " -c " in line
        for word in shlex.split(line)
        if word.startswith("import sys")
    )
