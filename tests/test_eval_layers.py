"""The examined do not grade themselves: what the evaluation's scores may import."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

EVAL = Path(__file__).parent.parent / "eval"
ROWS = {
    "pure": """
        numerals units items replies wording numbers scopes towns stance subjects facts correctness citations
        retrieval_scores grounding intervals summary_scores indicator_scores cases sampling mutations
    """,
    "io": "golden results recordings comparing gates history junit page tables",
    "flows": "runner summaries evaluating mutation_runs",
    "doors": "__main__",
}
ORDER = {name: position for position, name in enumerate(" ".join(ROWS.values()).split())}
PURE = set(ROWS["pure"].split())


def _imports(name: str) -> Iterator[str]:
    for node in ast.walk(ast.parse((EVAL / f"{name}.py").read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_every_module_has_its_place() -> None:
    assert {path.stem for path in EVAL.glob("*.py")} - {"__init__"} == set(ORDER)


@pytest.mark.parametrize("name", list(ORDER))
def test_imports_point_up_and_left(name: str) -> None:
    ours = {module.split(".")[1] for module in _imports(name) if module.startswith("eval.")}
    assert {module for module in ours if ORDER[module] >= ORDER[name]} == set()


@pytest.mark.parametrize("name", list(ORDER))
def test_nothing_reads_figures_with_the_systems_own_parser(name: str) -> None:
    assert not {"rag.text.figures", "rag.text.units", "rag.verification.verify"} & set(_imports(name))


@pytest.mark.parametrize("name", sorted(PURE))
def test_scores_know_nothing_of_the_system_but_folding(name: str) -> None:
    assert {module for module in _imports(name) if module.startswith("rag.")} <= {"rag.text.normalization"}
