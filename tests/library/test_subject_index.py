"""The subjects of figures: followed from the library, found by words and by vectors, made again at any time."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.library import subject_index
from rag.library.subject_index import follow_all_subjects, follow_subjects
from rag.settings import Settings
from rag.workspace import Workspace
from tests.support.data_folder import House
from tests.support.figure_reports import stored_report
from tests.support.generated_reports import CharacterEmbedder

FIRST = stored_report("石矶镇", 2020, "油茶面积4800亩。茶油产量30吨。")
SECOND = stored_report("大塘镇", 2021, "油茶面积5700亩。改造危房28户。")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[House]:
    made = House(Settings(home=tmp_path / "home"), tmp_path / "files")
    made.library.add_many([FIRST])
    yield made
    made.subjects.close()
    made.library.close()


def found(folder: House, words: str) -> set[str]:
    folder.subjects.words.follow(folder.library)
    numbers = folder.subjects.words.find(words, most=10)
    return {folder.library.rows("SELECT text FROM subjects WHERE id = ?", number)[0][0] for number in numbers}


@pytest.mark.parametrize(
    ("words", "subjects"),
    [
        ("油茶", {"油茶面积"}),
        ("油茶种植", {"油茶面积"}),
        ("茶油", {"茶油产量"}),
        ("茶", {"油茶面积", "茶油产量"}),
        ("面油", set()),
        ("%", set()),
        ("", set()),
    ],
)
def test_subjects_are_found_by_the_first_of_the_words(folder: House, words: str, subjects: set[str]) -> None:
    assert found(folder, words) == subjects


def test_whoever_asks_follows_what_came_since(folder: House) -> None:
    assert not found(folder, "危房")
    folder.library.add_many([SECOND])
    assert found(folder, "危房") == {"改造危房"}
    assert folder.subjects.words.count() == 3


def test_of_another_library_nothing_stays(folder: House, tmp_path: Path) -> None:
    assert found(folder, "油茶")
    other = House(Settings(home=tmp_path / "other"), tmp_path)
    other.library.add_many([SECOND])
    folder.subjects.words.follow(other.library)
    assert folder.subjects.words.count() == 2
    other.library.close()


def test_each_subject_is_embedded_once(folder: House) -> None:
    follow_subjects(folder.stores, [FIRST.report.id])
    folder.library.add_many([SECOND])
    follow_subjects(folder.stores, [SECOND.report.id])
    follow_all_subjects(folder.stores)
    assert sorted(folder.embedder.asked) == ["改造危房", "油茶面积", "茶油产量"]
    assert folder.subjects.has_all_vectors(folder.library)


def test_the_nearest_comes_first(folder: House) -> None:
    follow_all_subjects(folder.stores)
    (nearest, similarity), *_ = folder.subjects.vectors.query(CharacterEmbedder().query("油茶面积"), 2)
    assert folder.library.rows("SELECT text FROM subjects WHERE id = ?", nearest) == [("油茶面积",)]
    assert similarity == pytest.approx(1.0, abs=1e-3)


def test_of_too_many_subjects_words_alone_are_kept(folder: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subject_index, "MOST_VECTORS", 1)
    follow_all_subjects(folder.stores)
    assert (folder.subjects.vectors.count(), found(folder, "茶油")) == (0, {"茶油产量"})


def test_a_damaged_file_is_made_again(folder: House) -> None:
    folder.subjects.close()
    folder.settings.subjects_path.with_suffix(".sqlite3").write_bytes(b"no database" * 500)
    assert found(folder, "油茶") == {"油茶面积"}


def test_ingesting_and_rebuilding_follow(tmp_path: Path) -> None:
    class _Workspace(Workspace):
        @property
        def embedder(self) -> CharacterEmbedder:
            return CharacterEmbedder()

    (tmp_path / "石矶.txt").write_text(FIRST.source.file.text, encoding="utf-8")
    with _Workspace(Settings(home=tmp_path / "home")) as workspace:
        workspace.ingest([tmp_path / "石矶.txt"], on_result=lambda result: None)
        assert workspace.subjects.vectors.count() == 2
        workspace.subjects.reset()
        workspace.rebuild(on_progress=lambda done, total: None)
        assert workspace.subjects.vectors.count() == 2
