"""Words by concept: what a file says, and what a pattern makes of it."""

import re
from pathlib import Path

import pytest

from rag.text import lexicon
from rag.text.lexicon import Concept, concept, table
from tests.support.paths import ROOT

FILES = sorted((ROOT / "rag" / "text" / "lexicon").glob("*.txt"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("明年要建两座桥", ["要"], id="the word itself"),
        pytest.param("主要做了三件事", [], id="inside an exception that ends with it"),
        pytest.param("按要求办理", [], id="inside an exception that begins with it"),
        pytest.param("不要紧张，要建桥", ["要"], id="inside an exception on both sides"),
        pytest.param("将要开工", ["将要"], id="the longest word first"),
    ],
)
def test_a_word_counts_but_inside_its_exceptions(text: str, found: list[str]) -> None:
    assert Concept(("要", "将要"), ("主要", "要求", "不要紧")).all_in(text) == found


def test_two_concepts_together_have_the_words_of_both() -> None:
    both = Concept(("计划",)) | Concept(("要", "计划"), ("主要",))
    assert (both.words, both.all_in("主要计划要办"), list(both)) == (("计划", "要"), ["计划", "要"], ["计划", "要"])


def test_a_latin_word_begins_where_a_word_begins() -> None:
    assert Concept(("plan",)).all_in("plans and airplanes") == ["plan"]


def test_files_hold_comments_words_exceptions_and_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon, "_FOLDER", tmp_path)
    (tmp_path / "a_plan.txt").write_text("# 说明\n要  # 将要做的\n-主要\n\n计划\n", encoding="utf-8")
    (tmp_path / "a_table.txt").write_text("农业 = 粮|油\n-油价\n其他 =\n", encoding="utf-8")
    assert concept("a_plan") == Concept(("要", "计划"), ("主要",))
    assert table("a_table") == {"农业": Concept(("粮", "油"), ("油价",)), "其他": Concept(())}
    assert concept("a_plan", "a_table") == Concept(("要", "计划", "粮", "油"), ("主要", "油价"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_file_is_used_and_says_what_it_is(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.startswith("# "), "the first line says what the concept is"
    used = re.compile(rf"(?:concept|table)\([^)]*[\"']{file.stem}[\"']")
    code = [path for package in ("rag", "ui") for path in (ROOT / package).rglob("*.py")]
    assert any(used.search(path.read_text(encoding="utf-8")) for path in code)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_files_hold_words_and_no_patterns(file: Path) -> None:
    lines = [line.partition("#")[0].strip() for line in file.read_text(encoding="utf-8").splitlines()]
    assert not [line for line in lines if re.search(r"[\\()\[\]?*+{}^$]", line)]
    words = [line for line in lines if line and "=" not in line]
    assert len(words) == len(set(words)), "a word stands twice"


def test_a_word_of_two_concepts_is_explained_in_one_of_them() -> None:
    """By a comment behind the word, or by a line `# also elsewhere: why` of its file."""
    homes: dict[str, list[tuple[str, bool]]] = {}
    for file in FILES:
        text = file.read_text(encoding="utf-8")
        for line in text.splitlines():
            word, mark, _ = line.partition("#")
            if word.strip() and "=" not in word and not word.startswith("-"):
                homes.setdefault(word.strip(), []).append((file.stem, bool(mark) or "# also elsewhere:" in text))
    unexplained = {word: places for word, places in homes.items() if len(places) > 1 and not any(m for _, m in places)}
    assert not unexplained
