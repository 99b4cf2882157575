"""Broken and hostile files: one line each that says what is wrong, nothing stored of them, nothing stored lost."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from rag.cli.main import run
from rag.errors import UnreadableFile
from rag.errors.messages import both
from rag.formats import ocr
from rag.formats.archives import Unreadable
from rag.formats.read import documents, read
from rag.settings import Settings
from rag.types import JsonObject, Notice
from rag.workspace import Workspace
from tests.support.bad_files import BAD_FILES, REPORT, SPECIAL_FILES, write_bad_files
from tests.support.made_files import archive, pdf, scan
from tests.support.made_parts import PlainWorkspace

CORPUS = [*((bad.name, bad.code) for bad in BAD_FILES), *((name, code) for name, (_, code) in SPECIAL_FILES.items())]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bad")
    write_bad_files(folder)
    return folder


def failures(path: Path) -> list[Notice]:
    """What is told about the files at a path, all of which must fail."""
    told = []
    for document in documents(path):
        if isinstance(document, Unreadable):
            told.append(document.reason)
        else:
            with pytest.raises(UnreadableFile) as caught:
                read(document)
            told.append(caught.value.notice)
    return told


def test_the_corpus_is_large() -> None:
    assert len(CORPUS) >= 60


@pytest.mark.parametrize(("name", "code"), CORPUS, ids=[name for name, _ in CORPUS])
def test_one_line_says_what_is_wrong(corpus: Path, name: str, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_available", lambda: False)
    (told,) = failures(corpus / name)
    assert told.code == code
    assert "\n" not in both(told)


def ingest_json(workspace: Workspace, paths: Sequence[Path], capsys: pytest.CaptureFixture[str]) -> list[JsonObject]:
    capsys.readouterr()
    run(["ingest", "--json", *map(str, paths)], lambda: workspace)
    rows: list[JsonObject] = json.loads(capsys.readouterr().out)
    return rows


def test_ingest_tells_each_and_keeps_what_it_has(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "is_available", lambda: False)
    (tmp_path / "好.txt").write_text(REPORT, encoding="utf-8")
    with PlainWorkspace(Settings(home=tmp_path / "home")) as workspace:
        (first,) = ingest_json(workspace, [tmp_path / "好.txt"], capsys)
        rows = ingest_json(workspace, [*(corpus / name for name, _ in CORPUS), tmp_path / "好.txt"], capsys)
        held = [report.id for report in workspace.library.every_report()]
    assert [row["status"] for row in rows] == ["failed"] * len(CORPUS) + ["unchanged"]
    assert held == [first["report"]]


def test_a_bad_file_in_an_archive_has_its_own_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "is_available", lambda: False)
    good = REPORT.encode("gb18030")
    path = tmp_path / "全部.zip"
    path.write_bytes(archive({"甲/总结.txt": good, "坏.pdf": b"%PDF-", "里.zip": archive({"空.txt": b""})}))
    with PlainWorkspace(Settings(home=tmp_path / "home")) as workspace:
        rows = ingest_json(workspace, [path], capsys)
    assert [(Path(str(row["path"])).relative_to(tmp_path).as_posix(), row["status"]) for row in rows] == [
        ("全部.zip/坏.pdf", "failed"),
        ("全部.zip/甲/总结.txt", "added"),
        ("全部.zip/里.zip/空.txt", "failed"),
    ]


def test_a_page_that_was_not_read_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.formats.pdf.is_available", lambda: False)
    path = tmp_path / "半扫描.pdf"
    path.write_bytes(pdf([REPORT.split("\n"), scan()]))
    with PlainWorkspace(Settings(home=tmp_path / "home")) as workspace:
        (row,) = ingest_json(workspace, [path], capsys)
    assert row["status"] == "added"
    assert "第 2 页" in str(row["detail"])
