"""Older Office files go through LibreOffice; a script stands in for it."""

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from rag.errors import UnreadableFile
from rag.formats import office
from rag.formats.archives import Document
from rag.formats.read import read
from tests.support.bad_files import OLE
from tests.support.made_files import as_docx, workbook

DOC = OLE + "WordDocument".encode("utf-16-le") + bytes(400)
XLS = OLE + "Workbook".encode("utf-16-le") + bytes(400)


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> Path:
    """A soffice that does what a script says; tells its arguments in a file."""
    program = folder / "soffice"
    program.write_text(
        f'#!/bin/sh\necho "$@" > {folder}/arguments\nfor last; do :; done\nout=$(dirname "$last")\n{script}'
    )
    program.chmod(0o755)
    path = f"{folder}:{Path(str(shutil.which('sh'))).parent}:/usr/bin"
    monkeypatch.setenv("PATH", path)
    return folder / "arguments"


def test_a_doc_is_read_from_the_docx_that_comes_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "made").write_bytes(as_docx("石矶镇2021年工作总结\n修路12公里。"))
    told = stand_in(tmp_path, monkeypatch, f'cp {tmp_path}/made "$out/source.docx"')
    assert read(Document("总结.doc", DOC)).text.splitlines() == ["石矶镇2021年工作总结", "修路12公里。"]
    assert "--headless" in told.read_text() and "--convert-to docx" in told.read_text()


def test_an_xls_becomes_an_xlsx(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "made").write_bytes(workbook([["村名", "人口"], ["柳溪村", 1200]]))
    stand_in(tmp_path, monkeypatch, f'cp {tmp_path}/made "$out/source.xlsx"')
    assert read(Document("表.xls", XLS)).text == "村名：柳溪村，柳溪村人口：1200。\n"


def test_an_rtf_goes_the_same_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "made").write_bytes(as_docx("修路12公里。"))
    stand_in(tmp_path, monkeypatch, f'cp {tmp_path}/made "$out/source.docx"')
    assert read(Document("总结.rtf", b"{\\rtf1 x}")).text == "修路12公里。\n"


def test_a_file_that_cannot_be_converted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, monkeypatch, "exit 1")
    with pytest.raises(UnreadableFile, match="not_converted"):
        read(Document("总结.doc", DOC))


def test_a_conversion_that_does_not_end_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, monkeypatch, "sleep 1000 & wait")
    monkeypatch.setattr(office, "_SECONDS", 0.2)
    with pytest.raises(UnreadableFile, match="conversion_too_slow"):
        read(Document("总结.doc", DOC))


def test_without_libreoffice_it_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnreadableFile, match=r"needs_libreoffice\(target='docx'\) about '总结.doc'"):
        read(Document("总结.doc", DOC))


def test_a_web_page_named_doc_needs_no_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert read(Document("总结.doc", "<html><p>修路12公里。</p></html>".encode())).text == "修路12公里。\n"


def test_it_is_found_where_installers_put_it(tmp_path: Path) -> None:
    program = tmp_path / "LibreOffice" / "program" / "soffice"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    assert office.find_program({"PATH": "/nowhere"}) is None
    assert office.find_program({"PATH": "/nowhere", "ProgramFiles": str(tmp_path)}) == str(program)


def test_where_there_are_no_process_groups_the_tree_is_ended_by_windows_command(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    commands: list[list[str]] = []
    monkeypatch.delattr("os.killpg")
    monkeypatch.setattr("subprocess.run", lambda command, **_: commands.append(command))
    office._end(SimpleNamespace(pid=4711))  # type: ignore[arg-type]
    assert commands == [["taskkill", "/F", "/T", "/PID", "4711"]]
