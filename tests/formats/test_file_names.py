"""Names in archives and folders, in whatever encoding they were written."""

import os
import struct
import sys
from pathlib import Path

import pytest

from rag.formats.archives import Document, Unpacking, Unreadable
from rag.formats.file_names import shown_path
from rag.formats.read import documents
from rag.formats.zip_package import Package
from tests.support.made_archives import UTF8, archive_of, unicode_path

SIMPLIFIED = ("松桥镇2021年工作总结.txt", "雁栖县/石林乡政府工作报告（2020年）.docx")
TRADITIONAL = ("松橋鎮2021年工作總結.txt", "雁棲縣/石林鄉政府工作報告（2020年）.docx")
JAPANESE = ("平成30年度報告書.txt", "まとめ/議事録.txt")
TEXT = "松桥镇2021年工作总结".encode()


def names(content: bytes) -> tuple[str, ...]:
    return tuple(member.name for member in Package(content).members)


def found(*members: str) -> list[Document | Unreadable]:
    content = archive_of([member.encode("gb18030") for member in members], TEXT)
    return list(Unpacking().documents("报告.zip", content))


@pytest.mark.parametrize(
    ("written", "encoding"),
    [
        (SIMPLIFIED, "gbk"),
        (SIMPLIFIED, "utf-8"),
        (TRADITIONAL, "big5"),
        (TRADITIONAL, "gbk"),
        (TRADITIONAL, "utf-8"),
        (JAPANESE, "cp932"),
        (("柳溪镇.txt",), "gbk"),
        (("雪順鎮.txt",), "big5"),
        (("Größe.txt", "café.txt"), "cp437"),
        (("㙍堃镇.txt",), "gb18030"),
    ],
)
def test_names_of_an_archive_that_does_not_say_their_encoding(written: tuple[str, ...], encoding: str) -> None:
    assert names(archive_of([name.encode(encoding) for name in written])) == written


def test_a_name_of_another_encoding_than_the_others_is_read_in_its_own() -> None:
    assert names(archive_of([SIMPLIFIED[0].encode("gbk"), SIMPLIFIED[1].encode()])) == SIMPLIFIED


@pytest.mark.parametrize("wrong", ["cp437", "latin-1"])
def test_names_that_were_read_wrongly_before_they_were_called_utf_8(wrong: str) -> None:
    assert (
        names(archive_of([name.encode("gbk").decode(wrong).encode() for name in SIMPLIFIED], flags=UTF8)) == SIMPLIFIED
    )


def test_names_that_were_read_as_korean() -> None:
    written = ("水稻面积.txt", "柳河年工作总结.txt")
    assert names(archive_of([name.encode("gbk").decode("cp949").encode() for name in written], flags=UTF8)) == written


def test_names_that_are_called_utf_8_and_are_not() -> None:
    content = archive_of([name.encode("gbk") for name in SIMPLIFIED], TEXT, flags=UTF8)
    assert names(content) == SIMPLIFIED
    assert [each.content for each in Unpacking().documents("a.zip", content) if isinstance(each, Document)] == [
        TEXT
    ] * 2


def test_the_name_of_info_zip_where_it_belongs_to_the_header() -> None:
    assert names(archive_of([b"????.txt"], extra=unicode_path(SIMPLIFIED[0], b"????.txt"))) == SIMPLIFIED[:1]
    assert names(archive_of([b"new.txt"], extra=unicode_path(SIMPLIFIED[0], b"old.txt"))) == ("new.txt",)
    assert names(archive_of([b"a.txt"], extra=struct.pack("<HH", 0x7075, 2) + b"\x01\x00")) == ("a.txt",)


def test_folders_are_parted_by_a_slash() -> None:
    assert names(archive_of(["雁栖县\\松桥镇.txt".encode("gbk")])) == ("雁栖县/松桥镇.txt",)


def test_a_name_that_no_file_system_takes_is_shown_in_short() -> None:
    (name,) = names(archive_of([("长" * 20_000 + ".txt").encode()]))
    assert (len(name), name[:2], name[-5:]) == (111, "长长", "长.txt")


@pytest.mark.parametrize("name", ["", "...", ". .", "./."])
def test_a_file_without_a_name_is_told(name: str) -> None:
    (one,) = found(name)
    assert isinstance(one, Unreadable) and one.reason.code == "member_without_name"


@pytest.mark.parametrize("name", ["../a.txt", "..", "/etc/a.txt", "C:\\a.txt", "a/../../b.txt", "..\\a.txt"])
def test_a_path_that_leads_out_is_told(name: str) -> None:
    (one,) = found(name)
    assert isinstance(one, Unreadable) and one.reason.code == "path_leads_out_of_archive"


@pytest.mark.parametrize("name", ["/", "//", "a/", "\\"])
def test_folders_are_no_files(name: str) -> None:
    assert [each.label for each in found(name, "b.txt")] == ["报告.zip/b.txt"]


def test_files_of_one_name_are_all_read() -> None:
    assert [each.label for each in found("a.txt", "a.txt")] == ["报告.zip/a.txt"] * 2


def test_no_name_breaks_its_line() -> None:
    assert found("a\n\x1b[31mb\x00c.txt")[0].label == "报告.zip/a\ufffd\ufffd[31mb\ufffdc.txt"


@pytest.mark.skipif(sys.platform == "win32", reason="names there are no bytes")
def test_a_folder_unpacked_without_reading_its_names(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path) + b"/" + "松桥镇".encode("gbk")
    try:
        Path(os.fsdecode(folder)).mkdir()
    except OSError:
        pytest.skip("the file system takes no such name")
    path = Path(os.fsdecode(folder + b"/" + "总结".encode("gbk") + b".txt"))
    path.write_bytes(TEXT)
    assert shown_path(path) == f"{tmp_path}/松桥镇/总结.txt"
    (document,) = documents(path)
    assert isinstance(document, Document) and document.name == "总结.txt"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("%E6%9D%BE%E6%A1%A5%E9%95%872021.txt", "松桥镇2021.txt"),
        ("#U677e#U6865#U95472021#U5e74.txt", "松桥镇2021年.txt"),
    ],
)
def test_names_that_a_program_escaped(written: str, shown: str) -> None:
    assert names(archive_of([written.encode()])) == (shown,)


def test_a_name_cut_inside_a_character_loses_that_alone() -> None:
    cut = "松桥镇2021年工作总结".encode("gbk")[:-1] + b".txt"
    assert names(archive_of([cut])) == ("松桥镇2021年工作总.txt",)


@pytest.mark.parametrize(
    "name", ["松桥镇2021年工作总结", "松桥镇总结：收入2.5亿元", "松桥镇.txt ", "松桥镇.docx.", ".txt", "...txt"]
)
def test_a_document_whose_name_lost_its_ending_or_all_else_is_not_passed_over(name: str) -> None:
    assert len(found(name)) == 1
    assert not isinstance(found(name)[0], Unreadable) or "nothing" not in str(found(name)[0])


@pytest.mark.parametrize("name", [".DS_Store", "._松桥镇.txt", "README", "松桥镇.exe", "__MACOSX/.txt"])
def test_what_is_no_document_is_passed_over(name: str) -> None:
    documents_found = found("松桥镇.txt", name)
    assert [each.label for each in documents_found] == ["报告.zip/松桥镇.txt"]
