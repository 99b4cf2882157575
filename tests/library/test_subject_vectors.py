from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from rag.errors import IndexDamaged
from rag.library.subject_vectors import SubjectVectors
from tests.support.generated_reports import CharacterEmbedder

SUBJECTS = [(3, "油茶种植面积"), (7, "油茶面积"), (12, "招商引资")]


@pytest.fixture
def vectors(tmp_path: Path) -> Iterator[SubjectVectors]:
    vectors = SubjectVectors(tmp_path / "subjects", CharacterEmbedder.name)
    vectors.upsert(SUBJECTS, CharacterEmbedder().passages([text for _, text in SUBJECTS]))
    yield vectors
    vectors.close()


def test_the_nearest_subjects_come_first(vectors: SubjectVectors) -> None:
    found = vectors.query(CharacterEmbedder().query("油茶面积"), 2)
    assert [subject.subject_id for subject in found] == [7, 3]
    assert found[0].similarity == pytest.approx(1.0, abs=1e-5)


def test_vectors_are_fetched_and_forgotten_by_number(vectors: SubjectVectors) -> None:
    assert vectors.fetch([12, 99])[12] == pytest.approx(CharacterEmbedder().query("招商引资"), abs=1e-6)
    vectors.remove([12, 99])
    assert vectors.fetch([12]) == {}
    assert vectors.count() == 2


def test_upserting_again_replaces(vectors: SubjectVectors) -> None:
    vectors.upsert([(3, "粮食产量")], CharacterEmbedder().passages(["粮食产量"]))
    assert vectors.count() == 3
    assert vectors.query(CharacterEmbedder().query("粮食产量"), 1)[0].subject_id == 3


def test_none_are_found_where_there_are_none(tmp_path: Path) -> None:
    empty = SubjectVectors(tmp_path / "subjects", CharacterEmbedder.name)
    assert empty.query(CharacterEmbedder().query("油茶"), 5) == []
    empty.close()


def test_the_number_of_vectors_must_fit(vectors: SubjectVectors) -> None:
    with pytest.raises(ValueError, match="1 vectors for 3 subjects"):
        vectors.upsert(SUBJECTS, np.ones((1, 16), np.float32))


def test_a_damaged_folder_is_named_and_leaves_others_alone(tmp_path: Path) -> None:
    (tmp_path / "subjects").mkdir()
    (tmp_path / "subjects" / "chroma.sqlite3").write_bytes(b"no database" * 500)
    vectors = SubjectVectors(tmp_path / "subjects", CharacterEmbedder.name)
    with pytest.raises(IndexDamaged):
        vectors.count()
    vectors.reset()
    assert vectors.count() == 0
    vectors.close()
