"""Files are read whatever their encoding; what cannot be read is refused in one plain line."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from rag.errors import UnreadableFile
from rag.formats import pdf, pdf_page, plain
from rag.formats import read as reading
from rag.formats import zip_package as package
from rag.formats.archives import Document
from rag.formats.extract import Extract
from rag.formats.read import read, read_file, report_files
from tests.support.made_files import archive, as_docx, as_html, as_mhtml, as_pdf, as_xlsx

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
    ("name", "made", "encoding"),
    [
        ("总结.txt", as_docx, "docx"),
        ("总结.doc", as_docx, "docx"),
        ("总结.doc", as_html, "html utf-8"),
        ("总结.doc", as_mhtml, "html utf-8"),
        ("总结.docx", as_pdf, "pdf"),
        ("总结.txt", as_html, "html utf-8"),
        ("总结.xls", as_xlsx, "xlsx"),
    ],
)
def test_what_a_file_holds_counts_not_its_name(name: str, made: Callable[[str], bytes], encoding: str) -> None:
    source = read(Document(f"某处/{name}", made("石矶镇2021年工作总结\n修路12公里。")))
    assert (source.name, source.encoding) == (name, encoding)
    assert source.text.split() == ["石矶镇2021年工作总结", "修路12公里。"]


def test_a_text_that_is_too_long_for_a_report(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LONGEST_TEXT", 10)
    with pytest.raises(UnreadableFile, match="text_too_long"):
        read(Document("a.txt", TEXT.encode()))


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.md", "a.csv"])
def test_a_text_file_that_is_too_large_is_not_decoded(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain, "LARGEST", 10)
    with pytest.raises(UnreadableFile, match="text_file_too_large"):
        read(Document(name, TEXT.encode()))


@pytest.mark.parametrize("make", [as_docx, as_xlsx])
def test_a_part_that_would_fill_the_memory(make: Callable[[str], bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "LARGEST_PART", 100)
    with pytest.raises(UnreadableFile, match="part_too_large"):
        read(Document("a.bin", make(TEXT)))


def test_a_page_with_more_characters_than_print_can_have(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_page, "MOST_ON_PAGE", 5)
    with pytest.raises(UnreadableFile, match="too_much_on_a_page"):
        read(Document("a.pdf", as_pdf(TEXT)))


def test_a_pdf_of_too_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_PAGES", 0)
    with pytest.raises(UnreadableFile, match=r"too_many_pages\(count=1, most=0\)"):
        read(Document("a.pdf", as_pdf(TEXT)))


def test_a_parser_that_trips_is_told_as_a_damaged_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def trip(content: bytes) -> Extract:
        raise ZeroDivisionError

    monkeypatch.setattr(reading, "_READERS", {"docx": trip})
    with pytest.raises(UnreadableFile, match=r"file_damaged.*ZeroDivisionError.*about 'a\.docx'"):
        read(Document("a.docx", as_docx("甲")))


def test_an_archive_is_no_report() -> None:
    with pytest.raises(UnreadableFile, match="archive_not_report"):
        read(Document("a.zip", archive({"a.txt": TEXT.encode()})))


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="no_such_file"):
        read_file(tmp_path / "无.txt")


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="a_folder"):
        read_file(tmp_path)


def test_a_path_that_cannot_be(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile):
        read_file(tmp_path / "a\x00b.txt")


def test_a_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr(reading, "LARGEST_FILE", 10)
    with pytest.raises(UnreadableFile, match="file_too_large"):
        read_file(path)


def test_a_file_one_may_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(UnreadableFile, match="no_permission_to_read"):
        read_file(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(UnreadableFile, match="not_a_regular_file"):
        read_file(tmp_path / "a.txt")


def test_report_files_of_a_folder(tmp_path: Path) -> None:
    for name in ("乙.txt", "甲.TXT", ".hidden.txt", "表.xlsx", "程序.exe", "~$甲.docx", ".git/x.txt", "2021/丙.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    found = [str(path.relative_to(tmp_path)) for path in report_files(tmp_path)]
    assert found == ["2021/丙.txt", "乙.txt", "甲.TXT", "表.xlsx"]


def test_links_that_lead_in_circles_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "环").symlink_to(tmp_path)
    (tmp_path / "环.txt").symlink_to(tmp_path / "环.txt")
    assert report_files(tmp_path) == [tmp_path / "a.txt"]


def test_a_folder_of_too_many_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_FILES", 1)
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    with pytest.raises(UnreadableFile, match=r"too_many_files\(count=2, most=1\)"):
        report_files(tmp_path)


def test_report_files_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF")
    assert report_files(path) == [path]


def test_report_files_of_nothing(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="no_such_path"):
        report_files(tmp_path / "无")
