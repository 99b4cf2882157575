import sqlite3
from pathlib import Path

from rag.models.cache import Cache


def test_a_value_is_found_by_kind_and_key(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache.sqlite3")
    cache.put_many("reply", {"a": b"1"})
    assert cache.get("reply", "a") == b"1"
    assert cache.get("embedding", "a") is None
    assert cache.get("reply", "b") is None


def test_values_outlive_the_process(tmp_path: Path) -> None:
    Cache(tmp_path / "cache.sqlite3").put_many("reply", {"a": b"1"})
    assert Cache(tmp_path / "cache.sqlite3").get("reply", "a") == b"1"


def test_a_later_value_replaces_an_earlier_one(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache.sqlite3")
    cache.put_many("reply", {"a": b"1"})
    cache.put_many("reply", {"a": b"2"})
    assert cache.get("reply", "a") == b"2"


def test_more_keys_than_one_query_takes(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache.sqlite3")
    items = {str(number): str(number).encode() for number in range(1200)}
    cache.put_many("reply", items)
    assert cache.get_many("reply", [*items, "missing"]) == items


def test_two_processes_may_write(tmp_path: Path) -> None:
    one, other = Cache(tmp_path / "cache.sqlite3"), Cache(tmp_path / "cache.sqlite3")
    one.put_many("reply", {"a": b"1"})
    other.put_many("reply", {"b": b"2"})
    assert one.get_many("reply", ["a", "b"]) == {"a": b"1", "b": b"2"}


def test_a_file_that_is_no_database_is_moved_aside(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite3"
    path.write_bytes(b"not a database, but long enough to look like a file of something" * 40)
    cache = Cache(path)
    cache.put_many("reply", {"a": b"1"})
    assert Cache(path).get("reply", "a") == b"1"
    assert (tmp_path / "cache.sqlite3.damaged").read_bytes().startswith(b"not a database")


def test_damage_while_it_is_open_is_survived(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite3"
    cache = Cache(path)
    cache.put_many("reply", {str(number): bytes(500) for number in range(500)})
    cache.close()
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    damaged = Cache(path)
    assert damaged.get("reply", "1") is None
    damaged.put_many("reply", {"1": b"new"})
    assert damaged.get("reply", "1") == b"new"


def test_without_a_place_to_write_it_remembers_for_the_process(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file where the folder should be")
    cache = Cache(tmp_path / "file" / "cache.sqlite3")
    cache.put_many("reply", {"a": b"1"})
    assert cache.get("reply", "a") == b"1"


def test_a_deleted_file_is_made_again(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite3"
    Cache(path).close()
    path.unlink()
    Cache(path)
    assert sqlite3.connect(path).execute("SELECT count(*) FROM items").fetchone() == (0,)
