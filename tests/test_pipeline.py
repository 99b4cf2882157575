"""The fingerprint of what turns a text into a report."""

import ast
from pathlib import Path

from rag.pipeline import MODULES, pipeline_version

RAG = Path(__file__).parent.parent / "rag"


def _ours(name: str) -> set[str]:
    tree = ast.parse((RAG / f"{name}.py").read_text(encoding="utf-8"))
    froms = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
    return {module.removeprefix("rag.") for module in froms if module.startswith("rag.")}


def _closure(*names: str) -> set[str]:
    found: set[str] = set()
    waiting = set(names)
    while waiting:
        name = waiting.pop()
        found.add(name)
        waiting |= _ours(name) - found
    return found


def test_the_fingerprint_covers_all_that_parsing_imports() -> None:
    without_output = {"types", "errors"}
    assert _closure("parsing", "duplicates") - without_output <= set(MODULES)


def test_every_module_it_names_is_there() -> None:
    assert all((RAG / f"{name}.py").is_file() for name in MODULES)


def test_the_fingerprint_is_twelve_digits_and_stays() -> None:
    assert pipeline_version() == pipeline_version()
    assert len(pipeline_version()) == 12
