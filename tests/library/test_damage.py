"""Damaged or foreign indexes: they are named, search goes on with the other one, and the library makes them again."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from rag.library.search import Searcher
from rag.settings import Settings
from tests.support.data_folder import House
from tests.support.generated_reports import parse_lines

PASSAGES = 1100  # from 1,000 on Chroma keeps a graph in files of its own


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in good order."""
    place = tmp_path_factory.mktemp("sound")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("rag.library.reparsing.parse", parse_lines)
        house = House(Settings(home=place / "home"), place)
        lines = [f"第{number}项工作完成投资{number * 7}万元。" for number in range(PASSAGES)]
        house.ingest(house.write("\n".join(["衡州县石矶镇2020年工作总结", *lines])))
        house.close()
    return place / "home"


@pytest.fixture
def home(sound: Path, tmp_path: Path) -> Path:
    """A copy of it to be damaged."""
    shutil.copytree(sound, tmp_path / "home")  # keeps the times of files, and with them the seal
    return tmp_path / "home"


@pytest.fixture
def opened(home: Path, tmp_path: Path) -> Iterator[Callable[[], House]]:
    houses: list[House] = []

    def open_house() -> House:
        houses.append(House(Settings(home=home), tmp_path))
        return houses[-1]

    yield open_house
    for house in houses:
        house.close()


def graph(home: Path, name: str) -> Path:
    return next((home / "chroma").glob(f"*/{name}"))


def overwrite_graph(home: Path) -> None:
    """What kills the process that reads it."""
    file = graph(home, "data_level0.bin")
    file.write_bytes(b"\xff" * file.stat().st_size)


def cut_graph(home: Path) -> None:
    file = graph(home, "data_level0.bin")
    file.write_bytes(file.read_bytes()[:1000])


def lose_graph(home: Path) -> None:
    shutil.rmtree(graph(home, "data_level0.bin").parent)


def overwrite_database(home: Path) -> None:
    (home / "chroma" / "chroma.sqlite3").write_bytes(b"no database" * 5000)


def lose_folder(home: Path) -> None:
    shutil.rmtree(home / "chroma")


def overwrite_words(home: Path) -> None:
    for ending in ("-wal", "-shm"):
        (home / f"lexical.sqlite3{ending}").unlink(missing_ok=True)
    (home / "lexical.sqlite3").write_bytes(b"no database" * 500)


def lose_words(home: Path) -> None:
    (home / "lexical.sqlite3").unlink()


VECTORS = (overwrite_graph, cut_graph, lose_graph, overwrite_database, lose_folder)
WORDS = (overwrite_words, lose_words)


def test_in_good_order_nothing_is_tried_out(opened: Callable[[], House], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.library.chroma.stands_a_trial", lambda *arguments: pytest.fail("a trial"))
    assert opened().is_healthy


@pytest.mark.parametrize("damage", [*VECTORS, *WORDS])
def test_damage_is_found_and_a_rebuild_mends_it(
    home: Path, opened: Callable[[], House], damage: Callable[[Path], None]
) -> None:
    damage(home)
    house = opened()
    assert not house.is_healthy
    house.rebuild()
    assert house.is_healthy


@pytest.mark.parametrize("damage", [*VECTORS, *WORDS])
def test_the_next_writer_mends_it_by_the_way(
    home: Path, opened: Callable[[], House], damage: Callable[[Path], None]
) -> None:
    damage(home)
    house = opened()
    house.ingest()
    assert house.is_healthy


@pytest.mark.parametrize("damage", [overwrite_graph, overwrite_database, overwrite_words])
def test_search_goes_on_with_the_other_index_and_says_so(
    home: Path, opened: Callable[[], House], damage: Callable[[Path], None]
) -> None:
    damage(home)
    house = opened()
    found = Searcher(house.library, house.embedder, house.vectors, house.lexical).search("第7项工作 投资49万元")
    assert found.hits
    assert {notice.code for notice in found.notices} <= {"searched_by_words_only", "searched_by_meaning_only"} != set()


def test_after_a_kill_the_folder_is_tried_out_once(
    home: Path, opened: Callable[[], House], monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "chroma" / "zhenbao-seal.json").unlink()
    trials: list[object] = []

    def stands(*arguments: object) -> bool:
        trials.append(arguments)
        return True

    monkeypatch.setattr("rag.library.chroma.stands_a_trial", stands)
    assert opened().is_healthy
    assert opened().is_healthy
    assert len(trials) == 1


def test_an_ingestion_leaves_a_graph_that_is_written_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.library.reparsing.parse", parse_lines)
    house = House(Settings(home=tmp_path / "home"), tmp_path)
    lines = [f"第{number}项工作完成投资{number * 7}万元。" for number in range(300)]  # fewer than Chroma waits for
    house.ingest(house.write("\n".join(["衡州县石矶镇2020年工作总结", *lines])))
    house.close()
    assert graph(tmp_path / "home", "index_metadata.pickle").is_file()


def test_a_graph_that_chroma_makes_anew_each_time_needs_no_trial(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A small library's graph is never written out, and its files are others after every opening."""
    monkeypatch.setattr("rag.library.chroma.stands_a_trial", lambda *arguments: pytest.fail("a trial"))
    for _ in range(3):
        house = House(Settings(home=tmp_path / "home"), tmp_path)
        house.ingest(house.write("衡州县石矶镇2020年工作总结\n完成投资49万元。\n"))
        assert house.vectors.reachable(house.embedder.query("投资")) == house.vectors.count() > 0
        house.close()


def test_as_many_passages_of_another_library_are_not_taken_for_ours(home: Path, opened: Callable[[], House]) -> None:
    with closing(sqlite3.connect(home / "lexical.sqlite3")) as connection:
        connection.execute("UPDATE reports SET id = '0123456789ab'")
        connection.commit()
    assert not opened().is_healthy


def test_words_that_do_not_fit_their_passages_are_found(home: Path, opened: Callable[[], House]) -> None:
    with closing(sqlite3.connect(home / "lexical.sqlite3")) as connection:
        connection.execute("DELETE FROM passages WHERE place = (SELECT max(place) FROM passages)")
        connection.commit()
    assert not opened().is_healthy


def test_another_embedder_gets_vectors_of_its_own(home: Path, opened: Callable[[], House]) -> None:
    house = opened()
    house.embedder.name = "other-16"
    house = replace(house)
    assert not house.is_healthy
    house.ingest()
    assert house.is_healthy
