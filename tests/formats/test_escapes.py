"""Chinese text in the forms in which machines carry it, and what only looks like that."""

from urllib.parse import quote

import pytest

from rag.formats.archives import Document
from rag.formats.escapes import unescaped
from rag.formats.read import read

TEXT = "松桥镇2021年工作总结\n全年种植水稻8600亩，比上年增长2.4%。\n新修水渠14公里。\n"


def entities(text: str) -> str:
    return "".join(sign if sign.isascii() else f"&#{ord(sign)}" for sign in text)


@pytest.mark.parametrize(
    "written",
    [
        pytest.param(quote(TEXT), id="percent"),
        pytest.param(quote(TEXT, encoding="gb18030"), id="percent in GBK"),
        pytest.param(TEXT.encode("unicode_escape").decode().replace("\\n", "\n"), id="codes"),
        pytest.param(entities(TEXT), id="entities without their end"),
        pytest.param(TEXT.encode("hz").decode(), id="HZ"),
        pytest.param(TEXT.encode("utf-7").decode(), id="UTF-7"),
        pytest.param("".join(f"={byte:02X}" if byte > 126 else chr(byte) for byte in TEXT.encode()), id="mail"),
    ],
)
def test_text_as_machines_carry_it_is_read(written: str) -> None:
    source = read(Document("总结.txt", written.encode()))
    assert source.text == TEXT
    assert [notice.code for notice in source.notes] == ["escapes_read"]


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "增长5.2%，其中12%AB",
        "见http://www.example.cn/%E7%9F%B3%E7%9F%B6",
        "目录C:\\users\\new和\\\\n",
        "a+b-c+defg-",
        "=A1+B2 =C3",
        "~{}~",
        "\\u0041",
        "第1项&#1",
    ],
)
def test_what_only_looks_like_it_stays(text: str) -> None:
    assert unescaped(text) == text


def test_a_page_copied_into_a_text_file_is_read_as_a_page() -> None:
    content = "<p>松桥镇2021年工作总结</p><p>种植水稻8600亩。<br/>修渠14公里。</p>".encode()
    assert read(Document("总结.txt", content)).text.splitlines() == [
        "松桥镇2021年工作总结",
        "种植水稻8600亩。",
        "修渠14公里。",
    ]
