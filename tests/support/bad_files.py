"""Broken and hostile files, made by a script: what an office may have by mistake, and what somebody may send it."""

import io
import os
import struct
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.support.made_files import archive, as_docx, as_pdf, as_xlsx, pdf, workbook

REPORT = (
    "衡州县石矶镇2021年工作总结\n\n　　2021年，全镇修建公路12公里，新增就业163人。\n\n石矶镇人民政府\n2022年1月5日\n"
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
_ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))


@dataclass(frozen=True, slots=True)
class BadFile:
    """A file that must fail, and the code of why."""

    name: str
    content: bytes
    code: str
    inside: str = ""  # for an archive: the file inside that fails


def _docx_with(part: str, content: bytes) -> bytes:
    """A Word file with one part replaced."""
    source = zipfile.ZipFile(io.BytesIO(as_docx(REPORT)))
    return archive({name: content if name == part else source.read(name) for name in source.namelist()})


def _document_with(declaration: str, text: str) -> bytes:
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = f'<w:document xmlns:w="{name}"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>'
    return _docx_with("word/document.xml", f'<?xml version="1.0"?>{declaration}{body}'.encode())


def _far_cell() -> bytes:
    """A workbook with one cell in the last row and column that a sheet can have."""
    from openpyxl import Workbook

    book = Workbook()
    book.active["XFD1048576"] = "远"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _workbook_with_entity() -> bytes:
    source = zipfile.ZipFile(io.BytesIO(as_xlsx(REPORT)))
    parts = {name: source.read(name) for name in source.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + sheet
    return archive(parts)


def _encrypted(content: bytes) -> bytes:
    """An archive with the mark of a password set on its files."""
    marked = bytearray(content)
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = marked.find(signature)
        while at >= 0:
            marked[at + place] |= 1
            at = marked.find(signature, at + 4)
    return bytes(marked)


def _link() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        info = zipfile.ZipInfo("链接.txt")
        info.external_attr = 0o120777 << 16
        made.writestr(info, "/etc/passwd")
    return file.getvalue()


def _nested(depth: int) -> bytes:
    content = archive({"报告.txt": REPORT.encode()})
    for level in range(depth):
        content = archive({f"{level}.zip": content})
    return content


def _with_false_size(content: bytes) -> bytes:
    """An archive whose directory says that its file is shorter than what is packed."""
    changed = bytearray(content)
    at = changed.find(b"PK\x01\x02")
    changed[at + 24 : at + 28] = struct.pack("<I", 10)
    return bytes(changed)


def _pdf_without_pages() -> bytes:
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF\n"
    )


def _png(width: int, height: int) -> bytes:
    from PIL import Image

    file = io.BytesIO()
    Image.new("1", (width, height), 1).save(file, "PNG")
    return file.getvalue()


def _huge_png() -> bytes:
    """A picture that claims 60,000 by 60,000 pixels in its head."""
    content = bytearray(_png(8, 8))
    content[16:24] = struct.pack(">II", 60_000, 60_000)
    return bytes(content)


GBK = REPORT.encode("gb18030")
UTF8 = REPORT.encode()
BAD_FILES: tuple[BadFile, ...] = (
    BadFile("空.txt", b"", "no_text"),
    BadFile("空白.txt", " \u3000\r\n\u200b\ufeff\n".encode(), "no_text"),
    BadFile("零字节.txt", bytes(5000), "binary_not_text"),
    BadFile("程序.txt", b"MZ\x90\x00" + bytes(range(256)) * 4, "a_program"),
    BadFile("乱码.txt", bytes(range(128, 256)) * 20, "unknown_encoding"),
    BadFile(
        "半个汉字.txt",
        GBK[: 2 * (len(GBK) // 2) - 1] if len(GBK) % 2 else GBK[:-3] + b"\xc4",
        "ends_in_half_a_character",
    ),
    BadFile("混合编码.txt", UTF8 * 3 + "石矶镇全镇修建公路12公里。\n".encode("gb18030") + UTF8, "encoding_changes"),
    BadFile("含零字节.txt", UTF8[:60] + b"\x00\x00\x00" + UTF8[60:], "binary_not_text"),
    BadFile("无标记半截.txt", REPORT.encode("utf-16-le")[:81], "binary_not_text"),
    BadFile("西文.txt", "Größe über façade naïve".encode("latin-1") * 9, "unknown_encoding"),
    BadFile("空.docx", b"", "not_what_its_name_says"),
    BadFile("半截.docx", as_docx(REPORT)[:9000], "package_damaged"),
    BadFile("改名.docx", b"\x00\x01\x02\x03" * 900, "not_what_its_name_says"),
    BadFile("没有正文.docx", archive({"word/document.xml": b""}), "file_damaged"),
    BadFile("坏正文.docx", _docx_with("word/document.xml", b"<w:document><w:body>"), "file_damaged"),
    BadFile("坏目录.docx", _docx_with("[Content_Types].xml", b"<Types"), "file_damaged"),
    BadFile(
        "外部实体.docx",
        _document_with('<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "&x;"),
        "part_declares_entities",
    ),
    BadFile(
        "笑声.docx", _document_with(f'<!DOCTYPE d [<!ENTITY e0 "ha">{_ENTITIES}]>', "&e9;"), "part_declares_entities"
    ),
    BadFile("炸弹.docx", archive({"word/document.xml": bytes(30_000_000)}), "looks_like_zip_bomb"),
    BadFile("空文档.docx", as_docx(""), "no_text"),
    BadFile("加密.docx", OLE + "EncryptedPackage".encode("utf-16-le") + bytes(400), "file_has_password"),
    BadFile("残缺.doc", OLE, "unknown_office_file"),
    BadFile("假.doc", b"\x01\x02\x03" * 400, "not_what_its_name_says"),
    BadFile("演示.doc", OLE + "PowerPoint Document".encode("utf-16-le"), "foreign_format"),
    BadFile("半截.pdf", as_pdf(REPORT)[:700], "pdf_damaged"),
    BadFile("只有头.pdf", b"%PDF-1.7\n", "pdf_damaged"),
    BadFile("改名.pdf", UTF8 * 2, "not_what_its_name_says"),
    BadFile("加密.pdf", pdf([["石矶镇2021年工作总结"]], password="secret"), "pdf_has_password"),
    BadFile("没有页.pdf", _pdf_without_pages(), "pdf_damaged"),
    BadFile("白页.pdf", pdf([[]], numbered=False), "no_text"),
    BadFile("半截.xlsx", as_xlsx(REPORT)[:2500], "package_damaged"),
    BadFile("空表.xlsx", workbook([]), "no_text"),
    BadFile("坏表.xlsx", archive({"xl/workbook.xml": b"<workbook>"}), "file_damaged"),
    BadFile("炸弹.xlsx", archive({"xl/workbook.xml": bytes(9_000_000)}), "looks_like_zip_bomb"),
    BadFile("远格.xlsx", _far_cell(), "too_many_cells"),
    BadFile("实体.xlsx", _workbook_with_entity(), "part_declares_entities"),
    BadFile("空.csv", b"\r\n\r\n", "no_text"),
    BadFile("脚本.html", b"<html><script>document.write('x')</script><style>p{}</style></html>", "page_made_by_script"),
    BadFile("空.html", b"", "no_text_on_page"),
    BadFile("过深.html", b"<div>" * 20_000 + UTF8, "page_nested_too_deeply"),
    BadFile(
        "无页面.mht",
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x--",
        "no_page_in_web_archive",
    ),
    BadFile("半截.png", _png(200, 200)[:40], "picture_needs_recognition"),
    BadFile("无字.png", _png(200, 200), "picture_needs_recognition"),
    BadFile("巨图.png", _huge_png(), "picture_needs_recognition"),
    BadFile("半截.zip", archive({"报告.txt": UTF8})[:60], "package_damaged"),
    BadFile("空.zip", archive({}), "nothing_to_read_in_archive"),
    BadFile("炸弹.zip", archive({"报告.txt": bytes(40_000_000)}), "looks_like_zip_bomb"),
    BadFile("大小不符.zip", _with_false_size(archive({"报告.txt": UTF8})), "member_damaged", "报告.txt"),
    BadFile("越界.zip", archive({"../../报告.txt": UTF8}), "path_leads_out_of_archive", "../../报告.txt"),
    BadFile("绝对.zip", archive({"C:\\报告.txt": UTF8}), "path_leads_out_of_archive", "C:\\报告.txt"),
    BadFile("加密.zip", _encrypted(archive({"报告.txt": UTF8})), "member_has_password", "报告.txt"),
    BadFile("链接.zip", _link(), "a_link_in_archive", "链接.txt"),
    BadFile("套娃.zip", _nested(4), "archives_too_deep", "3.zip/2.zip/1.zip"),
    BadFile("坏成员.zip", archive({"总结.docx": b"PK\x03\x04" + bytes(60)}), "package_damaged", "总结.docx"),
    BadFile("压缩.rar", b"Rar!\x1a\x07\x00" + bytes(60), "foreign_archive"),
    BadFile("压缩.gz", b"\x1f\x8b\x08\x00" + bytes(60), "foreign_archive"),
    BadFile("压缩.7z", b"7z\xbc\xaf\x27\x1c" + bytes(60), "foreign_archive"),
    BadFile("演示.pptx", archive({"ppt/presentation.xml": b"<p/>"}), "foreign_format"),
    BadFile("版式.ofd", archive({"OFD.xml": b"<ofd/>"}), "foreign_format"),
    BadFile("网页.json", b'{"a": 1}', "no_reader_for"),
)
"""Each must fail with one line; the corpus has some more that only a file system can hold, below."""


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(200_000_000)


def _loop(path: Path) -> None:
    path.symlink_to(path)


SPECIAL_FILES: Mapping[str, tuple[Callable[[Path], None], str]] = {
    "很大.txt": (_sparse, "file_too_large"),
    "环.txt": (_loop, "no_such_file"),
    "管道.txt": (os.mkfifo, "not_a_regular_file"),
}


def write_bad_files(folder: Path) -> list[Path]:
    """The corpus in a folder; returns the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    for bad in BAD_FILES:
        (folder / bad.name).write_bytes(bad.content)
    for name, (make, _) in SPECIAL_FILES.items():
        make(folder / name)
    return [folder / name for name in [*(bad.name for bad in BAD_FILES), *SPECIAL_FILES]]
