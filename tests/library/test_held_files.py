"""What differs between systems: files that stay because a process has them open, locked ones, exit codes, shares.

Nothing here runs on Windows; each test gives a branch what Windows would give it.
"""

import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from typing import Any

import numpy as np
import pytest

from rag.errors import IndexDamaged, LibraryBusy
from rag.library.crash_guard import stands_a_trial
from rag.library.lexical import LexicalIndex
from rag.library.lock import write_lock
from rag.library.schema import read_only
from rag.library.sentence_index import SentenceIndex
from rag.library.vectors import VectorIndex
from tests.support.generated_reports import stored

ONE = stored("甲县石矶镇2020年总结\n新增油茶基地115亩。\n水稻种植面积5.2万亩。\n计划新建广场2个。")[0]
OTHER = stored("乙县大塘镇2020年总结\n新增茶叶基地30亩。")[0]


@pytest.fixture
def nothing_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    """No file can be deleted: another process has them open."""

    def refuse(path: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "The process cannot access the file", str(path))

    monkeypatch.setattr(Path, "unlink", refuse)
    monkeypatch.setattr(shutil, "rmtree", lambda folder, ignore_errors=False: None)


@pytest.mark.parametrize("kind", [LexicalIndex, SentenceIndex])
@pytest.mark.usefixtures("nothing_goes")
def test_a_held_index_is_emptied_where_it_lies(kind: Callable[[Path], Any], tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite3"
    with closing(kind(path)) as index, closing(kind(path)) as page:
        index.upsert_many([ONE, OTHER])
        assert page.count() == index.count() > 0
        index.reset()
        assert index.count() == 0
        index.upsert(OTHER)
        assert page.count() == index.count() > 0


@pytest.mark.usefixtures("nothing_goes")
def test_a_held_file_that_is_no_database_stays_damaged(tmp_path: Path) -> None:
    path = tmp_path / "sentences.sqlite3"
    path.write_bytes(b"no database" * 500)
    with closing(SentenceIndex(path)) as index, pytest.raises(IndexDamaged):
        index.reset()


@pytest.mark.usefixtures("nothing_goes")
def test_held_vectors_are_emptied_where_they_lie(tmp_path: Path) -> None:
    vectors = np.eye(3, dtype=np.float32)
    with closing(VectorIndex(tmp_path / "chroma", "test-3")) as index:
        index.upsert(ONE, vectors)
        assert index.count() == 3
        index.reset()
        assert index.count() == 0
        index.upsert(OTHER, vectors[:1])
        found = index.query(vectors[0], report_ids=None, kinds=None, k=3)
        assert [match.report_id for match in found] == [OTHER.id]


def test_the_lock_file_is_neither_read_nor_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows refuses both for a locked file, also to the process that locked it."""
    path = tmp_path / "write.lock"
    with monkeypatch.context() as patch:
        for name in ("read_text", "write_text"):
            patch.setattr(Path, name, _refusing(path, getattr(Path, name)))
        with write_lock(path), pytest.raises(LibraryBusy, match="written_by_process"), write_lock(path):
            pass
        with write_lock(path):
            pass
    assert path.read_bytes() == b""


def _refusing(locked: Path, real: Callable[..., Any]) -> Callable[..., Any]:
    def refuse(path: Path, *arguments: Any, **options: Any) -> Any:
        if path == locked:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *arguments, **options)

    return refuse


@pytest.mark.parametrize(
    ("code", "lived"),
    [(0, True), (1, True), (3, False), (-11, False), (0xC0000005, False), (0xC0000409, False)],
    ids=["well", "could not begin", "met an error", "signal", "access violation on Windows", "abort on Windows"],
)
def test_a_trial_is_failed_by_a_process_that_died(
    code: int, lived: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], code))
    assert stands_a_trial(tmp_path, "some") is lived


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (PurePosixPath("/资料/a?b.db"), "file:///%E8%B5%84%E6%96%99/a%3Fb.db?mode=ro"),
        (PureWindowsPath("C:/用户/a b.db"), "file:///C:/%E7%94%A8%E6%88%B7/a%20b.db?mode=ro"),
        (PureWindowsPath(r"\\server\share\a.db"), "file:////server/share/a.db?mode=ro"),
    ],
)
def test_files_are_named_as_sqlite_takes_them(path: PurePath, uri: str) -> None:
    assert read_only(path) == uri


def test_sqlite_takes_a_path_with_four_slashes(tmp_path: Path) -> None:
    """As a share of another machine has them."""
    with closing(sqlite3.connect(tmp_path / "a.db")) as made:
        made.execute("PRAGMA user_version = 7")
    with closing(sqlite3.connect(f"file:///{tmp_path}/a.db?mode=ro", uri=True)) as opened:
        assert opened.execute("PRAGMA user_version").fetchone() == (7,)
