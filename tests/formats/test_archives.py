"""Archives are the files in them, one line each, whatever wrote the archive."""

import io
import zipfile
from pathlib import Path

import pytest

from rag.formats import archives
from rag.formats import zip_package as package
from rag.formats.archives import Document, Unpacking, Unreadable
from rag.formats.read import documents
from rag.types import Notice
from tests.support.made_files import archive

TEXT = "石矶镇2021年工作总结".encode()


def found(content: bytes) -> list[Document | Unreadable]:
    return list(Unpacking().documents("报告.zip", content))


def labels(content: bytes) -> list[str]:
    return [document.label for document in found(content)]


def test_files_are_named_by_the_archive_and_their_place_in_it() -> None:
    (document,) = found(archive({"2021/石矶镇.txt": TEXT}))
    assert document == Document("报告.zip/2021/石矶镇.txt", TEXT)
    assert isinstance(document, Document) and document.name == "石矶镇.txt"


def test_files_come_in_the_order_of_their_names() -> None:
    assert labels(archive({"b.txt": TEXT, "a.docx": TEXT})) == ["报告.zip/a.docx", "报告.zip/b.txt"]


def test_hidden_files_and_other_kinds_are_left_out() -> None:
    names = ("a.txt", "__MACOSX/._a.txt", ".DS_Store", "~$a.docx", "a.exe", "2021/.b.txt")
    assert labels(archive(dict.fromkeys(names, TEXT))) == ["报告.zip/a.txt"]


def test_an_archive_in_an_archive() -> None:
    assert labels(archive({"里.zip": archive({"a.txt": TEXT})})) == ["报告.zip/里.zip/a.txt"]


def test_names_written_by_chinese_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Such archives hold GBK bytes and no mark that says so."""
    content = archive({"AAAA.txt": TEXT}).replace(b"AAAA", "石矶".encode("gbk"))
    assert labels(content) == ["报告.zip/石矶.txt"]


def test_a_name_cannot_steer_the_terminal() -> None:
    assert labels(archive({"a\x1b[2J\nb.txt": TEXT})) == ["报告.zip/a\ufffd[2J\ufffdb.txt"]


def test_a_failing_file_does_not_stop_the_others() -> None:
    content = bytearray(archive({"a.txt": TEXT, "b.txt": TEXT[::-1]}, zipfile.ZIP_STORED))
    content[content.find(TEXT)] ^= 1
    first, second = found(bytes(content))
    assert isinstance(first, Unreadable) and first.reason.code == "member_damaged"
    assert second == Document("报告.zip/b.txt", TEXT[::-1])


def test_limits_count_inner_archives_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "_MOST_IN_ALL", 3)
    inner = archive({"a.txt": TEXT, "b.txt": TEXT})
    told = found(archive({"1.zip": inner, "2.zip": inner}))
    assert [isinstance(document, Document) for document in told] == [True, True, False]


def test_too_many_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(package, "MOST_FILES", 2)
    path = tmp_path / "多.zip"
    path.write_bytes(archive({f"{number}.txt": TEXT for number in range(3)}))
    (told,) = documents(path)
    assert isinstance(told, Unreadable)
    assert told.reason == Notice("too_many_members", about="多.zip", count=3, most=2)


def test_too_much_content(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(package, "LARGEST_CONTENT", 10)
    path = tmp_path / "大.zip"
    path.write_bytes(archive({"a.txt": TEXT}))
    (told,) = documents(path)
    assert isinstance(told, Unreadable) and told.reason.code == "too_large_unpacked"


def test_nothing_is_read_before_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def unpack(self: package.Package, member: package.Member) -> bytes:
        read.append(member.name)
        return TEXT

    monkeypatch.setattr(package.Package, "read", unpack)
    next(iter(Unpacking().documents("报告.zip", archive({"a.txt": TEXT, "b.txt": TEXT}))))
    assert read == ["a.txt"]


def test_a_word_file_is_no_archive(tmp_path: Path) -> None:
    file = io.BytesIO(archive({"word/document.xml": b"<d/>"}))
    path = tmp_path / "a.docx"
    path.write_bytes(file.getvalue())
    assert list(documents(path)) == [Document(str(path), file.getvalue())]
