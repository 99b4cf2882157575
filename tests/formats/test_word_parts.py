"""Word documents: notes, embedded documents, tables."""

import io
import re
import zipfile
from typing import Any

import pytest
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.oxml.ns import nsdecls

from rag.formats.archives import Document
from rag.formats.read import read
from rag.formats.word import read_word
from tests.support.made_files import archive, as_docx, as_mhtml
from tests.support.made_word import (
    DOCX,
    HTML,
    MHTML,
    PLAIN,
    add_chunk,
    add_part,
    body,
    document,
    element,
    lines,
    paragraph,
    run,
)


def add_notes(made: Any, kind: str, notes: dict[str, str]) -> None:
    """Foot- or endnotes by their attributes."""
    inner = "".join(f"<w:{kind} {said}><w:p>{run(text)}</w:p></w:{kind}>" for said, text in notes.items())
    content = f"<w:{kind}s {nsdecls('w')}>{inner}</w:{kind}s>".encode()
    content_type, relation = {
        "footnote": (CONTENT_TYPE.WML_FOOTNOTES, RELATIONSHIP_TYPE.FOOTNOTES),
        "endnote": (CONTENT_TYPE.WML_ENDNOTES, RELATIONSHIP_TYPE.ENDNOTES),
    }[kind]
    add_part(made, f"{kind}s.xml", content_type, content, relation)


def referring(kind: str, name: int) -> str:
    return f'<w:r><w:{kind}Reference w:id="{name}"/></w:r>'


def test_endnotes_come_behind_footnotes() -> None:
    def make(made: Any) -> None:
        add_notes(made, "endnote", {'w:id="2"': "含林场。"})
        add_notes(made, "footnote", {'w:id="3"': "含合作社。"})
        body(paragraph(run("种茶410亩") + referring("endnote", 2) + referring("footnote", 3) + run("。")))(made)

    assert lines(make) == ["种茶410亩。", "含合作社。", "含林场。"]


def test_a_note_to_deleted_text_and_the_line_above_the_notes_are_left_out() -> None:
    def make(made: Any) -> None:
        notes = {'w:id="-1" w:type="separator"': "线", 'w:id="2"': "旧数。", 'w:id="3"': "新数。"}
        add_notes(made, "endnote", notes)
        deleted = f"<w:del>{referring('endnote', 2)}</w:del>"
        body(paragraph(run("种茶410亩。") + deleted + referring("endnote", 3)))(made)

    assert lines(make) == ["种茶410亩。", "新数。"]


def test_comments_are_not_read() -> None:
    def make(made: Any) -> None:
        made.add_comment(made.add_paragraph("修渠4公里。").runs, text="应为5公里", author="甲", initials="甲")

    assert lines(make) == ["修渠4公里。"]


@pytest.mark.parametrize(
    ("name", "kind", "content"),
    [
        pytest.param("a.html", HTML, "<p>危桥加固</p><p>3座。</p>".encode("gb18030"), id="page"),
        pytest.param("a.mht", MHTML, as_mhtml("危桥加固\n3座。"), id="saved page"),
        pytest.param("a.docx", DOCX, as_docx("危桥加固\n3座。"), id="Word"),
        pytest.param("a.txt", PLAIN, "危桥加固\r\n3座。\r\n".encode(), id="text"),
        pytest.param("a.dat", "application/octet-stream", as_docx("危桥加固\n3座。"), id="without a type"),
    ],
)
def test_embedded_documents_are_read_in_their_place(name: str, kind: str, content: bytes) -> None:
    def make(made: Any) -> None:
        body(paragraph(run("前文。")))(made)
        add_chunk(made, name, kind, content)
        body(paragraph(run("后文。")))(made)

    assert lines(make) == ["前文。", "危桥加固", "3座。", "后文。"]


def test_a_document_of_the_strict_standard() -> None:
    usual = zipfile.ZipFile(io.BytesIO(as_docx("危桥加固3座。")))
    name = re.compile(rb"http://schemas.openxmlformats.org/(officeDocument|wordprocessingml)/2006/(\w+)")
    strict = {each: name.sub(rb"http://purl.oclc.org/ooxml/\1/\2", usual.read(each)) for each in usual.namelist()}
    assert read_word(archive(strict)).text == "危桥加固3座。\n"


def test_a_document_whose_main_part_has_another_name() -> None:
    usual = zipfile.ZipFile(io.BytesIO(as_docx("危桥加固3座。")))
    parts = {
        name.replace("document.xml", "document2.xml"): usual.read(name).replace(b"document.xml", b"document2.xml")
        for name in usual.namelist()
    }
    assert read(Document("总结.docx", archive(parts))).text == "危桥加固3座。\n"


def test_an_embedded_document_that_cannot_be_read_is_told() -> None:
    def make(made: Any) -> None:
        body(paragraph(run("前文。")))(made)
        add_chunk(made, "a.rtf", "application/rtf", b"{\\rtf1 x}")

    (notice,) = read_word(document(make)).notes
    assert (notice.code, notice.values["count"]) == ("embedded_not_read", 1)


def test_documents_without_end_inside_each_other() -> None:
    inner = as_docx("最里")
    for _ in range(6):
        held = inner

        def make(made: Any, held: bytes = held) -> None:
            add_chunk(made, "a.docx", DOCX, held)

        inner = document(make)
    assert read_word(inner).text.strip() == ""


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{run(text)}</w:p></w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


HEAD = row(cell("村名"), cell("户数"), cell("面积"))
KEPT = row(cell("石湾村"), cell("81"), cell("260"))
READ = "村名：石湾村，石湾村户数：81，石湾村面积：260。"


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        pytest.param(
            [HEAD, row(cell("甲"), cell("9"), cell("9"), properties="<w:del/>"), KEPT], [READ], id="deleted row"
        ),
        pytest.param([HEAD, row(cell("甲"), cell("9"), properties="<w:hidden/>"), KEPT], [READ], id="hidden row"),
        pytest.param(
            [HEAD, row(cell("石湾村"), cell("81"), cell("9", "<w:cellDel/>"), cell("260"))], [READ], id="deleted cell"
        ),
        pytest.param([HEAD, f"<w:sdt><w:sdtContent>{KEPT}</w:sdtContent></w:sdt>"], [READ], id="rows in a control"),
        pytest.param(
            [HEAD, row(f"<w:sdt><w:sdtContent>{cell('石湾村')}</w:sdtContent></w:sdt>", cell("81"), cell("260"))],
            [READ],
            id="a cell in a control",
        ),
        pytest.param(
            [row(cell("村名"), cell("户数", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>")), KEPT],
            ["村名：石湾村，石湾村户数：81，石湾村户数：260。"],
            id="cells merged the old way",
        ),
        pytest.param(
            [HEAD, row(cell("81"), cell("260"), properties='<w:gridBefore w:val="1"/>')],
            ["户数：81，面积：260。"],
            id="a row that begins late",
        ),
        pytest.param(
            [HEAD, row(cell("石湾村"), cell("81"), properties='<w:gridAfter w:val="1"/>'), KEPT],
            ["村名：石湾村，石湾村户数：81。", READ],
            id="a row that ends early",
        ),
        pytest.param(
            [row(cell("村名", "<w:vMerge/>"), cell("户数"), cell("面积")), KEPT], [READ], id="a merge without a start"
        ),
    ],
)
def test_tables(rows: list[str], shown: list[str]) -> None:
    assert lines(body(element("tbl", "".join(rows)))) == shown


def test_a_table_in_a_frame() -> None:
    framed = f"<w:tr><w:tc><w:p>{run('附表')}</w:p><w:tbl>{HEAD}{KEPT}</w:tbl><w:p/></w:tc></w:tr>"
    assert lines(body(element("tbl", framed))) == ["附表", READ]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("总结.docm", b"application/vnd.ms-word.document.macroEnabled.main+xml"),
        ("总结.dotm", b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml"),
        ("总结.dotx", b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"),
    ],
)
def test_templates_and_documents_with_macros_are_documents(name: str, kind: bytes) -> None:
    types = "[Content_Types].xml"
    with zipfile.ZipFile(io.BytesIO(as_docx("架桥3座。"))) as package:
        parts = {part: package.read(part) for part in package.namelist()}
    parts[types] = parts[types].replace(DOCX.encode(), kind)
    assert read(Document(name, archive(parts))).text == "架桥3座。\n"
