"""Files are read whatever their encoding; what cannot be read is refused in one plain line."""

import hashlib
import os
from pathlib import Path

import pytest

from rag import reading
from rag.errors import UnreadableFile
from rag.reading import read_file, report_files

TEXT = "石矶镇2020年工作总结\r\n　　全镇修路12公里。\n"


def test_a_file_is_read_with_its_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "石矶.txt"
    path.write_bytes(TEXT.encode("gb18030"))
    source = read_file(path)
    assert (source.name, source.text, source.encoding) == ("石矶.txt", TEXT, "gb18030")
    assert source.sha256 == hashlib.sha256(TEXT.encode("gb18030")).hexdigest()
    assert source.page_starts == ()


def test_the_byte_order_mark_is_removed(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode("utf-8-sig"))
    assert read_file(path).text == TEXT


@pytest.mark.parametrize("name", ["a.TXT", "a.text", "报告"])
def test_names_of_text_files(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(TEXT, encoding="utf-8")
    assert read_file(path).name == name


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        pytest.param("a.pdf", b"%PDF-1.7", "暂不支持 .pdf", id="extension"),
        pytest.param("a.txt", b"%PDF-1.7\n\xe2\xe3", "PDF", id="pdf"),
        pytest.param("a.txt", b"PK\x03\x04\x14\x00", "docx", id="docx"),
        pytest.param("a.txt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 9, "doc", id="doc"),
        pytest.param("a.txt", b"\x89PNG\r\n\x1a\n", "PNG", id="image"),
        pytest.param("a.txt", b"\x1f\x8b\x08\x00", "gzip", id="gzip"),
        pytest.param("a.txt", b"\x00\x01\x02\x03" * 40, "二进制", id="binary"),
        pytest.param("a.txt", "Größe über façade".encode("latin-1") * 5, "文字编码", id="encoding"),
        pytest.param("a.txt", b"", "没有文字", id="empty"),
        pytest.param("a.txt", "\ufeff \u3000\r\n\u200b".encode(), "没有文字", id="blank"),
    ],
)
def test_what_cannot_be_read(tmp_path: Path, name: str, content: bytes, told: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match=told) as caught:
        read_file(path)
    assert name in str(caught.value) and "\n" not in str(caught.value)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="没有这个文件"):
        read_file(tmp_path / "无.txt")


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="文件夹"):
        read_file(tmp_path)


def test_a_path_that_cannot_be(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile):
        read_file(tmp_path / "a\x00b.txt")


def test_a_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr(reading, "LARGEST_FILE", 10)
    with pytest.raises(UnreadableFile, match="50 MB"):
        read_file(path)


def test_a_file_one_may_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(UnreadableFile, match="没有读取权限"):
        read_file(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(UnreadableFile, match="不是普通文件"):
        read_file(tmp_path / "a.txt")


def test_report_files_of_a_folder(tmp_path: Path) -> None:
    for name in ("乙.txt", "甲.TXT", ".hidden.txt", "表.xlsx", ".git/x.txt", "2021/丙.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    assert [str(path.relative_to(tmp_path)) for path in report_files(tmp_path)] == ["2021/丙.txt", "乙.txt", "甲.TXT"]


def test_report_files_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF")
    assert report_files(path) == [path]


def test_report_files_of_nothing(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="没有这个文件"):
        report_files(tmp_path / "无")
