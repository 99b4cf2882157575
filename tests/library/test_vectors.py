import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rag.errors import IndexDamaged
from rag.library.chroma import GRAPH
from rag.library.vectors import VectorIndex
from rag.models.embedding import Vectors
from rag.parsing.report import Report
from rag.types import SectionKind
from tests.support.generated_reports import stored

ONE = stored("甲县石矶镇2020年总结\n一\n二\n计划三")[0]
OTHER = stored("乙县大塘镇2020年总结\n四")[0]


def unit(*values: float) -> Vectors:
    row = np.array(values, np.float32)
    vector: Vectors = row / np.linalg.norm(row)
    return vector


ONE_VECTORS = np.array([unit(1, 0, 0), unit(0, 1, 0), unit(1, 1, 0)])
OTHER_VECTORS = np.array([unit(1, 0, 1)])


@pytest.fixture
def index(tmp_path: Path) -> Iterator[VectorIndex]:
    index = VectorIndex(tmp_path / "chroma", "test-3")
    index.upsert(ONE, ONE_VECTORS)
    index.upsert(OTHER, OTHER_VECTORS)
    yield index
    index.close()


def test_the_nearest_come_first_with_their_cosine(index: VectorIndex) -> None:
    found = index.query(unit(1, 0, 0), report_ids=None, kinds=None, k=3)
    assert next((match.report_id, match.chunk_index) for match in found) == (ONE.id, 0)
    assert [match.similarity for match in found] == pytest.approx([1.0, 0.70711, 0.70711], abs=1e-4)


def test_limits_come_before_the_best_are_taken(index: VectorIndex) -> None:
    found = index.query(unit(1, 0, 0), report_ids={OTHER.id}, kinds={"result"}, k=1)
    assert [(match.report_id, match.chunk_index) for match in found] == [(OTHER.id, 0)]
    found = index.query(unit(1, 0, 0), report_ids={ONE.id}, kinds={"plan"}, k=1)
    assert [(match.report_id, match.chunk_index) for match in found] == [(ONE.id, 2)]


def test_reports_are_chosen_alike_however_they_are_looked_for(
    index: VectorIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    kinds: tuple[SectionKind, ...]
    for kinds in (("plan", "result"), ("plan",), ()):
        for sizes in ({ONE.id: 3, OTHER.id: 1}, {ONE.id: 3}, {OTHER.id: 1, "unknown": 4}):
            ways = []
            for fetched, asked in ((600, 4000), (0, 4000), (0, 0)):
                monkeypatch.setattr("rag.library.vectors._FETCHED", fetched)
                monkeypatch.setattr("rag.library.vectors._MOST_ASKED", asked)
                found = index.query(unit(1, 0.2, 0.1), report_ids=sizes, kinds=kinds or None, k=2)
                ways.append([(match.report_id, match.chunk_index, round(match.similarity, 4)) for match in found])
            assert ways[0] == ways[1] == ways[2]
            assert ways[0] or (kinds == ("plan",) and ONE.id not in sizes)


def test_more_are_asked_for_until_there_are_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.library.vectors._SPARE", 0)
    index = VectorIndex(tmp_path / "chroma", "test-3")
    near = [stored(f"甲{number}镇2020年总结\n一")[0] for number in range(40)]
    index.upsert_many(near, np.array([unit(1, 0.001 * place, 0) for place in range(len(near))]))
    far = [stored(f"乙{number}镇2020年总结\n" + "计划\n" * 9)[0] for number in range(2)]
    index.upsert_many(far, np.tile(unit(0, 1, 1), (sum(len(report.chunks) for report in far), 1)))
    found = index.query(unit(1, 0, 0), report_ids=None, kinds={"plan"}, k=3)
    assert {match.report_id for match in found} <= {report.id for report in far}
    assert len(found) == 3
    index.close()


def test_no_report_and_no_kind_find_nothing(index: VectorIndex) -> None:
    assert index.query(unit(1, 0, 0), report_ids=set(), kinds=None, k=1) == []
    assert index.query(unit(1, 0, 0), report_ids=None, kinds=set(), k=1) == []


def test_upserting_again_replaces_and_drops_what_is_left_over(index: VectorIndex) -> None:
    index.upsert(replace(ONE, chunks=ONE.chunks[:1]), np.array([unit(0, 0, 1)]))
    assert index.count() == 2
    assert index.fetch([(ONE.id, 0), (ONE.id, 1)])[ONE.id, 0] == pytest.approx(unit(0, 0, 1))


def test_a_removed_report_is_gone(index: VectorIndex) -> None:
    index.remove(ONE.id)
    assert index.count() == 1
    assert index.fetch([(ONE.id, 0)]) == {}


def test_every_passage_can_be_reached(index: VectorIndex) -> None:
    assert index.reachable(unit(1, 0, 0)) == index.count() == 4


def test_the_number_of_vectors_must_fit(index: VectorIndex) -> None:
    with pytest.raises(ValueError, match="1 vectors for 3 passages"):
        index.upsert(ONE, OTHER_VECTORS)


def test_several_reports_are_taken_in_at_once(tmp_path: Path) -> None:
    index = VectorIndex(tmp_path / "other", "test-3")
    index.upsert_many([ONE, OTHER], np.concatenate([ONE_VECTORS, OTHER_VECTORS]))
    assert index.passages() == {(ONE.id, 0), (ONE.id, 1), (ONE.id, 2), (OTHER.id, 0)}
    index.upsert_many([], np.empty((0, 3), np.float32))
    index.close()


def test_a_report_of_many_passages_is_dropped_whole(index: VectorIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.library.vectors.BATCH", 2)
    index.upsert(replace(ONE, chunks=ONE.chunks * 3), np.tile(ONE_VECTORS, (3, 1)))
    assert index.count() == 10
    index.upsert(replace(ONE, chunks=ONE.chunks[:1]), ONE_VECTORS[:1])
    assert index.count() == 2


def test_an_index_of_an_earlier_release_is_searched_as_thoroughly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("rag.library.chroma.GRAPH", {"space": "cosine", "ef_search": 100})
        earlier = VectorIndex(tmp_path / "chroma", "test-3")
        earlier.upsert(ONE, ONE_VECTORS)
        earlier.close()
    index = VectorIndex(tmp_path / "chroma", "test-3")
    assert index.count() == 3
    index.upsert(OTHER, OTHER_VECTORS)
    with index.reading() as collection:
        graph = collection.configuration_json["hnsw"]
    assert (graph["ef_search"], graph["max_neighbors"]) == (GRAPH["ef_search"], 16)
    assert index.count() == 4
    index.close()


def test_passages_are_counted_once_for_a_state_of_the_library(index: VectorIndex) -> None:
    index.refresh(1)
    assert index.count() == 4
    with index.reading() as collection:
        collection.delete(ids=[f"{OTHER.id}:0"])
    assert index.count() == 4
    index.refresh(2)
    assert index.count() == 3
    index.remove(ONE.id)
    assert index.count() == 0


def test_a_large_index_is_known_by_a_sample(index: VectorIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.library.vectors._SEARCHED_WHOLE", 2)
    monkeypatch.setattr("rag.library.vectors._SAMPLE", 2)
    assert index.reachable(unit(1, 0, 0)) == 4


def test_a_report_without_passages_is_no_trouble(index: VectorIndex) -> None:
    empty: Report = replace(ONE, chunks=())
    index.upsert(empty, np.empty((0, 3), np.float32))
    assert index.count() == 1


def waiting_changes(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "chroma.sqlite3")) as connection:
        return int(connection.execute("SELECT count(*) FROM embeddings_queue").fetchone()[0])


@pytest.mark.parametrize(("sections", "is_worth_it"), [(250, True), (50, False)])
def test_many_waiting_changes_are_written_out_at_the_end(tmp_path: Path, sections: int, is_worth_it: bool) -> None:
    text = "".join(f"\n第{number}节" for number in range(sections))
    report = stored(f"甲县石矶镇2020年总结{text}")[0]
    index = VectorIndex(tmp_path / "chroma", "test-3")
    vectors = np.random.default_rng(3).normal(size=(len(report.chunks), 3)).astype(np.float32)
    index.upsert(report, vectors / np.linalg.norm(vectors, axis=1, keepdims=True))
    index.sync()
    assert (waiting_changes(tmp_path / "chroma") <= 1) == is_worth_it
    index.close()
    assert (index.count(), index.reachable(unit(1, 0, 0))) == (len(report.chunks), len(report.chunks))


def test_a_graph_that_is_read_ahead_is_searched_as_ever(index: VectorIndex) -> None:
    expected = index.query(unit(1, 0, 0), report_ids=None, kinds=None, k=4)
    index.close()
    index.open_ahead()
    assert index.query(unit(1, 0, 0), report_ids=None, kinds=None, k=4) == expected


def test_damage_met_ahead_is_told_at_the_first_use(tmp_path: Path) -> None:
    folder = tmp_path / "chroma"
    folder.mkdir()
    (folder / "chroma.sqlite3").write_bytes(b"no database" * 500)
    index = VectorIndex(folder, "test-3")
    index.open_ahead()
    with pytest.raises(IndexDamaged):
        index.count()


def test_vectors_outlive_the_client(index: VectorIndex, tmp_path: Path) -> None:
    index.close()
    assert VectorIndex(tmp_path / "chroma", "test-3").count() == 4


def test_another_embedder_has_vectors_of_its_own(index: VectorIndex, tmp_path: Path) -> None:
    assert VectorIndex(tmp_path / "chroma", "other-3").count() == 0


def test_a_reset_begins_anew(index: VectorIndex) -> None:
    index.reset()
    assert index.count() == 0
    index.upsert(OTHER, OTHER_VECTORS)
    assert index.count() == 1


def test_the_same_generation_keeps_chroma_open(index: VectorIndex) -> None:
    index.refresh(1)
    client = index._client
    index.refresh(1)
    assert index._client is client


def test_a_new_generation_opens_chroma_afresh(index: VectorIndex) -> None:
    index.refresh(1)
    client = index._client
    index.refresh(2)
    assert index.count() == 4
    assert index._client is not client


def test_a_folder_chroma_cannot_open_is_damaged_until_it_is_reset(tmp_path: Path) -> None:
    folder = tmp_path / "chroma"
    folder.mkdir()
    (folder / "chroma.sqlite3").write_bytes(b"no database" * 500)
    index = VectorIndex(folder, "test-3")
    with pytest.raises(IndexDamaged, match="vector_index_damaged"):
        index.count()
    index.reset()
    index.upsert(ONE, ONE_VECTORS)
    assert index.count() == 3
    index.close()


def test_a_panic_of_chromas_rust_side_is_damage(index: VectorIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        """As pyo3 raises it: no Exception."""

    class Panicking:
        def count(self) -> int:
            raise PanicException("called `Option::unwrap()` on a `None` value")

    monkeypatch.setattr(index, "_opened", Panicking())
    with pytest.raises(IndexDamaged, match="PanicException"):
        index.count()


def test_an_interrupt_is_not_taken_for_damage(index: VectorIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    class Interrupted:
        def count(self) -> int:
            raise KeyboardInterrupt

    monkeypatch.setattr(index, "_opened", Interrupted())
    with pytest.raises(KeyboardInterrupt):
        index.count()
