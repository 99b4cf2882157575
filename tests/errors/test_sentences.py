"""Every code that is raised has its sentences, and every sentence is raised somewhere."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from string import Formatter
from typing import NamedTuple

import pytest

from rag import errors
from rag.errors.messages import MessageLanguage, sentences
from tests.support.paths import ROOT

LANGUAGES: tuple[MessageLanguage, ...] = ("zh", "en")
CODE = re.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*")
HAN = "\u3400-\u9fff"
HALF_WIDTH = re.compile(rf"[{HAN}”）][,.;:!?)\"']|[,;:!?(\"'][{HAN}“（]")
TREE = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, Exception)}


class Said(NamedTuple):
    """A place where an error or a notice is made."""

    place: str
    kind: str
    code: str
    values: frozenset[str]


@cache
def trees() -> dict[str, ast.Module]:
    """Every module that may raise, without those that make and render errors."""
    files = [ROOT / "app.py", *(path for top in ("rag", "ui", "eval") for path in (ROOT / top).rglob("*.py"))]
    named = {path.relative_to(ROOT).as_posix(): path for path in files}
    return {
        name: ast.parse(path.read_text(encoding="utf-8"))
        for name, path in named.items()
        if not name.startswith(("rag/errors/", "rag/types.py"))
    }


def _kinds() -> dict[str, ast.ClassDef | None]:
    """The errors of the tree, and those that a door derives for itself."""
    classes = [node for tree in trees().values() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    derived = {each.name: each for each in classes if any(ast.unparse(base) in TREE for base in each.bases)}
    return {**dict.fromkeys(TREE), **derived}


def _calls() -> Iterator[tuple[str, str, ast.Call]]:
    """Place, kind and call of every error and notice that is made."""
    kinds = _kinds()
    own = {name for name, made in kinds.items() if made and "__init__" in {getattr(n, "name", "") for n in made.body}}
    for name, tree in trees().items():
        for node in ast.walk(tree):
            match node:
                case ast.Call(func=ast.Name(id=kind)) if kind in {*kinds, "Notice"} - own:
                    yield f"{name}:{node.lineno}", kind, node
                case ast.ClassDef(name=kind) if kind in own:
                    inits = (part for part in ast.walk(node) if isinstance(part, ast.Call))
                    yield from (
                        (f"{name}:{part.lineno}", kind, part)
                        for part in inits
                        if ast.unparse(part.func) == "super().__init__"
                    )


@cache
def said() -> tuple[Said, ...]:
    """Every error and notice that is made; the code is empty where it does not stand there as such."""
    found = []
    for place, kind, call in _calls():
        match call.args:
            case [ast.Constant(value=str(code))] if CODE.fullmatch(code):
                values = frozenset(keyword.arg or "**" for keyword in call.keywords) - {"about"}
                found.append(Said(place, kind, code, values))
            case _:
                found.append(Said(place, kind, "", frozenset()))
    return tuple(found)


def placeholders(sentence: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(sentence) if name is not None)


def test_every_error_and_notice_is_made_with_a_code() -> None:
    assert {each.place for each in said() if not each.code} == set()


def test_no_raise_holds_a_sentence() -> None:
    chinese = re.compile(f"[{HAN}]")
    raises = ((name, node) for name, tree in trees().items() for node in ast.walk(tree) if isinstance(node, ast.Raise))
    assert {f"{name}:{node.lineno}" for name, node in raises if chinese.search(ast.unparse(node))} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_a_sentence_that_names_exactly_the_values_given(language: MessageLanguage) -> None:
    table = {code: placeholders(sentence) for code, sentence in sentences(language).items()}
    assert {(each.place, each.code, *each.values) for each in said() if table.get(each.code) != each.values} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_left_over(language: MessageLanguage) -> None:
    assert sentences(language).keys() - {each.code for each in said()} == set()


def test_a_code_means_one_kind_of_error() -> None:
    kinds = defaultdict(set)
    for each in said():
        kinds[each.code].add(each.kind)
    assert {code: of for code, of in kinds.items() if len(of) > 1} == {}


def test_both_languages_have_the_same_codes_in_the_same_order() -> None:
    assert list(sentences("zh")) == list(sentences("en"))


def test_chinese_sentences_have_full_width_marks() -> None:
    assert {
        code: text for code, text in sentences("zh").items() if HALF_WIDTH.search(text) or not text.endswith("。")
    } == {}


def test_english_sentences_have_no_chinese_and_a_full_stop() -> None:
    wrong = re.compile(rf"[{HAN}，。；：！？（）、]")
    assert {code: text for code, text in sentences("en").items() if wrong.search(text) or not text.endswith(".")} == {}
