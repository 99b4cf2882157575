"""Entities and wrong encodings in files of any format, and what is said of them."""

import pytest

from rag.formats.archives import Document
from rag.formats.extract import Extract
from rag.formats.mending import mended
from rag.formats.read import read
from rag.types import Notice


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("种植水稻&nbsp;8600亩", "种植水稻\xa08600亩"),
        ("&#8226;&#x3000;修路", "•\u3000修路"),
        ("&amp;ldquo;一村一品&amp;rdquo;&amp;amp;mdash;特色", "“一村一品”—特色"),
        ("面积&lt;30亩", "面积<30亩"),
    ],
)
def test_entities_become_their_characters(text: str, read_as: str) -> None:
    found = mended(Extract(text, "utf-8"))
    assert found.text == read_as
    assert [note.code for note in found.notes] == ["entities_read"]


@pytest.mark.parametrize("text", ["A&B公司", "?a=1&copy=2", "R&D;", "&#10;", "&unknown;", "一 & 二；"])
def test_what_is_no_entity_stays(text: str) -> None:
    assert mended(Extract(text, "utf-8")) == Extract(text, "utf-8")


def test_a_file_read_wrongly_before_is_read_with_a_word_about_it() -> None:
    content = "松桥镇2021年工作总结".encode("gb18030").decode("latin-1").encode()
    source = read(Document("总结.txt", content))
    assert source.text == "松桥镇2021年工作总结"
    assert source.notes == (Notice("text_was_misread", right="gb18030", wrong="cp1252", count=8),)


@pytest.mark.parametrize("times", [1, 2])
def test_utf_8_that_was_taken_for_latin_is_read(times: int) -> None:
    content = "雁栖县松桥镇2021年工作总结\n全年种植水稻8600亩。".encode()
    for _ in range(times):
        content = content.decode("latin-1").encode()
    source = read(Document("总结.txt", content))
    assert source.text == "雁栖县松桥镇2021年工作总结\n全年种植水稻8600亩。"
    assert [note.code for note in source.notes] == ["text_was_misread"]


def test_pages_begin_at_the_same_lines() -> None:
    found = mended(Extract("一&nbsp;二\n三&nbsp;四\n五", "pdf", (0, 9, 18)))
    assert found.page_starts == (0, 4, 8)
