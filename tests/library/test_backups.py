"""The library as one file, and back."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from rag.errors import InputError, LibraryError, LibraryNewer
from rag.errors.messages import both
from rag.library.backups import back_up, put_back
from rag.library.library import Library
from rag.library.migrations import MIGRATIONS
from rag.parsing.report import Metadata
from tests.support.generated_reports import stored

TEXT = "衡州县石矶镇2020年工作总结\n新建公路12公里。\n计划新建公路5公里。"
OTHER = "衡州县大塘镇2021年工作总结\n新建桥梁3座。"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A library with one report, corrected by hand."""
    path = tmp_path / "library.sqlite3"
    with closing(Library.open(path)) as library:
        report, source = stored(TEXT)
        library.add(report, source)
        library.correct(report.id, Metadata(town="石鼓镇"))
    return path


@pytest.fixture
def backup(path: Path, tmp_path: Path) -> Path:
    file = tmp_path / "safe" / "backup.zhenbao"
    back_up(path, file)
    return file


def towns(path: Path) -> list[str | None]:
    with closing(Library.open(path, create=False)) as library:
        return [report.metadata.town for report in library.every_report()]


def add(path: Path, text: str = OTHER) -> str:
    with closing(Library.open(path)) as library:
        report, source = stored(text, f"{len(text)}.txt")
        library.add(report, source)
        return report.id


def test_a_backup_is_one_file(backup: Path) -> None:
    assert [file.name for file in backup.parent.iterdir()] == ["backup.zhenbao"]


def test_what_was_added_since_is_gone_and_what_was_removed_is_back(path: Path, backup: Path) -> None:
    with closing(Library.open(path)) as library:
        library.remove(next(library.every_report()).id)
    add(path)
    put_back(backup, path)
    assert towns(path) == ["石鼓镇"]


def test_corrections_are_in_the_backup(path: Path, backup: Path) -> None:
    put_back(backup, path)
    with closing(Library.open(path)) as library:
        (report,) = list(library.every_report())
        assert library.corrections(report.id) == Metadata(town="石鼓镇")


def test_a_backup_goes_into_an_empty_folder(backup: Path, tmp_path: Path) -> None:
    put_back(backup, tmp_path / "new" / "library.sqlite3")
    assert towns(tmp_path / "new" / "library.sqlite3") == ["石鼓镇"]


def test_a_backup_while_another_writes_holds_whole_reports(path: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM reports")
        back_up(path, tmp_path / "meanwhile")
        writer.execute("ROLLBACK")
    put_back(tmp_path / "meanwhile", tmp_path / "new.sqlite3")
    assert towns(tmp_path / "new.sqlite3") == ["石鼓镇"]


def test_a_reader_that_is_open_sees_what_was_put_back(path: Path, backup: Path) -> None:
    add(path)
    with closing(Library.open(path)) as reader:
        assert len(list(reader.every_report())) == 2
        before = reader.generation()
        put_back(backup, path)
        assert [report.metadata.town for report in list(reader.every_report())] == ["石鼓镇"]
        assert reader.generation() > before


def test_all_that_the_indexes_hold_is_noted(path: Path, backup: Path) -> None:
    gone = add(path)
    put_back(backup, path)
    with closing(Library.open(path)) as library:
        (report,) = list(library.every_report())
        assert {(entry.report_id, entry.action) for entry in library.pending()} == {
            (gone, "remove"),
            (report.id, "upsert"),
        }


def test_a_restored_library_is_told_from_the_one_it_came_from(path: Path, backup: Path) -> None:
    with closing(Library.open(path)) as library:
        before = library.identity()
    put_back(backup, path)
    with closing(Library.open(path)) as library:
        assert library.identity() != before


def test_what_fails_on_the_way_leaves_the_present_library(
    path: Path, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(path)

    def fail(*arguments: object) -> None:
        raise sqlite3.OperationalError("disk full")

    monkeypatch.setattr("rag.library.backups._prepare", fail)
    with pytest.raises(LibraryError, match="disk full"):
        put_back(backup, path)
    assert len(towns(path)) == 2
    assert not list(path.parent.glob("*.restoring*"))


def test_a_damaged_library_is_moved_aside(path: Path, backup: Path) -> None:
    for ending in ("-wal", "-shm"):
        Path(f"{path}{ending}").unlink(missing_ok=True)
    path.write_bytes(b"no database" * 500)
    put_back(backup, path)
    assert towns(path) == ["石鼓镇"]
    assert Path(f"{path}.damaged").read_bytes().startswith(b"no database")


def test_a_file_from_before_there_were_backups_is_refused(path: Path, tmp_path: Path) -> None:
    old = tmp_path / "old"
    with closing(sqlite3.connect(old)) as connection:
        for statement in MIGRATIONS[0]:  # the first schema did not sign its files
            connection.execute(str(statement))
        connection.commit()
    with pytest.raises(InputError, match=r"^no_backup"):
        put_back(old, path)


def test_a_newer_backup_is_refused_in_one_line(path: Path, backup: Path) -> None:
    with closing(sqlite3.connect(backup)) as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    with pytest.raises(LibraryNewer, match="backup_newer") as caught:
        put_back(backup, path)
    assert "\n" not in both(caught.value)
    assert towns(path) == ["石鼓镇"]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 something", b"no database" * 500])
def test_a_foreign_file_is_refused_in_one_line(path: Path, tmp_path: Path, content: bytes) -> None:
    foreign = tmp_path / "foreign"
    foreign.write_bytes(content)
    with pytest.raises(InputError, match=r"^no_backup") as caught:
        put_back(foreign, path)
    assert "\n" not in both(caught.value)
    assert towns(path) == ["石鼓镇"]


def test_a_foreign_database_is_refused(path: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "foreign")) as connection:
        connection.execute("CREATE TABLE reports (id)")
    with pytest.raises(InputError, match=r"^no_backup"):
        put_back(tmp_path / "foreign", path)


def test_a_damaged_backup_is_refused(path: Path, backup: Path) -> None:
    content = bytearray(backup.read_bytes())
    content[4096:8192] = b"\xff" * 4096
    backup.write_bytes(content)
    with pytest.raises(InputError):
        put_back(backup, path)
    assert towns(path) == ["石鼓镇"]


def test_a_missing_backup_is_named(path: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="backup_not_found"):
        put_back(tmp_path / "nowhere", path)


def test_an_earlier_backup_is_replaced(path: Path, backup: Path, tmp_path: Path) -> None:
    add(path)
    back_up(path, backup)
    put_back(backup, tmp_path / "new.sqlite3")
    assert len(towns(tmp_path / "new.sqlite3")) == 2


def test_another_file_is_not_overwritten(path: Path, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("a letter")
    with pytest.raises(InputError, match="exists_and_no_backup"):
        back_up(path, letter)
    assert letter.read_text() == "a letter"


def test_the_library_is_no_place_for_its_backup(path: Path) -> None:
    with pytest.raises(InputError, match="library_itself"):
        back_up(path, path)


def test_without_a_library_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="no_library"):
        back_up(tmp_path / "library.sqlite3", tmp_path / "backup")
    assert list(tmp_path.iterdir()) == []


def test_sources_come_back_to_the_letter(path: Path, backup: Path, tmp_path: Path) -> None:
    with closing(Library.open(path)) as library:
        (report,) = list(library.every_report())
        sources = library.sources(report.id)
    put_back(backup, tmp_path / "new.sqlite3")
    with closing(Library.open(tmp_path / "new.sqlite3")) as library:
        assert library.sources(report.id) == sources
        assert library.report(report.id) == replace(report, metadata=library.report(report.id).metadata)
