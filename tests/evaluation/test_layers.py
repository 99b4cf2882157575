"""The examined do not grade themselves: what the evaluation may take from the system."""

import ast
from pathlib import Path

import pytest

from tests.support.paths import ROOT

EVAL = ROOT / "eval"
FILES = sorted(EVAL.rglob("*.py"))
OWN_READERS = {"rag.text.figures", "rag.text.units", "rag.verification.verify", "rag.parsing.figures"}


def imports(file: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    named = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    return named | {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(EVAL).as_posix())
def test_nothing_reads_figures_with_the_systems_own_parser(file: Path) -> None:
    assert not {name for name in imports(file) if any(name.startswith(reader) for reader in OWN_READERS)}


@pytest.mark.parametrize("file", sorted((EVAL / "scoring").glob("*.py")), ids=lambda file: file.stem)
def test_scores_know_nothing_of_the_system(file: Path) -> None:
    assert {name for name in imports(file) if name.partition(".")[0] in ("rag", "ui")} == set()
