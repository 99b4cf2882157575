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
MADE = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, Exception)}


class Said(NamedTuple):
    """A place where an error or a notice is made."""

    place: str
    kind: str
    code: str
    values: frozenset[str]


@cache
def calls() -> tuple[tuple[str, ast.Call], ...]:
    """Every call that makes an error or a notice, with its place."""
    return tuple(_calls())


def _calls() -> Iterator[tuple[str, ast.Call]]:
    files = [ROOT / "app.py", *(path for top in ("rag", "ui", "eval") for path in (ROOT / top).rglob("*.py"))]
    for path in files:
        name = path.relative_to(ROOT).as_posix()
        if name.startswith(("rag/errors/", "rag/types.py")):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {*MADE, "Notice"}:
                yield f"{name}:{node.lineno}", node


@cache
def said() -> tuple[Said, ...]:
    """Those of them that name a code."""
    found = []
    for place, call in calls():
        match call:
            case ast.Call(func=ast.Name(id=kind), args=[ast.Constant(value=str(code))]) if CODE.fullmatch(code):
                values = frozenset(keyword.arg or "**" for keyword in call.keywords) - {"about"}
                found.append(Said(place, kind, code, values))
    return tuple(found)


def placeholders(sentence: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(sentence) if name is not None)


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
