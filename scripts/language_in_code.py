"""Counts Chinese that stands in Python instead of the word lists: `python scripts/language_in_code.py [--list]`.

Patterns are literals that go into `re.compile` and the like. Interface words are what `ui/words`, the labels and the
tables of messages hold; docstrings and comments are for readers of the code, and counted apart.
"""

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
CHINESE = re.compile(r"[\u3400-\u9fff]")
COMPILING = {"compile", "search", "match", "fullmatch", "findall", "finditer", "sub", "split"}
INTERFACE = ("ui/", "rag/cli/", "app.py", "rag/errors", "rag/settings.py")
INTERFACE_FILES = ("labels.py", "outcomes.py", "columns.py", "rendering.py", "messages.py", "markdown.py")


def files() -> Iterator[Path]:
    """The product's own code: tests, benchmarks and the evaluation are not the product."""
    yield from sorted([ROOT / "app.py", *(ROOT / "rag").rglob("*.py"), *(ROOT / "ui").rglob("*.py")])


def is_interface(name: str) -> bool:
    return name.startswith(INTERFACE) or name.endswith(INTERFACE_FILES)


def _docstrings(tree: ast.Module) -> set[int]:
    """Every string that stands alone as a statement."""
    return {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    }


def _pattern_parts(tree: ast.Module) -> dict[int, int]:
    """For each string literal inside a call that compiles a pattern: the line of the call."""
    parts: dict[int, int] = {}
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        if node.func.attr in COMPILING and isinstance(node.func.value, ast.Name) and node.func.value.id == "re":
            parts |= {id(part): node.lineno for part in ast.walk(node.args[0]) if isinstance(part, ast.Constant)}
    return parts


def count(path: Path) -> tuple[set[int], Counter[str]]:
    """Lines of the file's patterns with Chinese, and characters by where they stand."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings, parts = _docstrings(tree), _pattern_parts(tree)
    patterns: set[int] = set()
    characters: Counter[str] = Counter()
    name = path.relative_to(ROOT).as_posix()
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        found = len(CHINESE.findall(node.value))
        if id(node) in docstrings:
            characters["docstrings"] += found
        elif id(node) in parts:
            characters["patterns"] += found
            if found:
                patterns.add(parts[id(node)])
        else:
            characters["interface" if is_interface(name) else "other"] += found
    return patterns, characters


def main() -> None:
    patterns, characters = 0, Counter[str]()
    rows = []
    for path in files():
        if path.name == "lexicon.py":
            continue
        found, counted = count(path)
        patterns += len(found)
        characters += counted
        rows.append((len(found), counted["patterns"], counted["other"], path.relative_to(ROOT).as_posix()))
    if "--list" in sys.argv:
        for row in sorted(rows, reverse=True):
            if any(row[:3]):
                print("{:4} patterns {:5} characters in them {:5} in other literals  {}".format(*row))
    print(f"patterns with Chinese characters outside the lexicon: {patterns}, {characters['patterns']} characters")
    print(f"Chinese characters in other literals: {characters['other']}")
    print(f"beside them interface words {characters['interface']}, docstrings {characters['docstrings']}")


if __name__ == "__main__":
    main()
