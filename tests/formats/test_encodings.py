"""Encodings of Chinese text files are told apart, in short texts and long ones."""

import pytest

from rag.formats.encodings import Decoded, decode, is_cut_character, undecodable_line

SHORT = "柳溪镇工作总结"
LONG = "柳溪镇2021年工作总结：全镇修建公路12公里，惠及群众300户。\r\n" * 20
TRADITIONAL = "鶴鳴鄉2022年工作總結：全鄉修建公路12公里，惠及群眾300戶。\r\n" * 20


@pytest.mark.parametrize("text", [SHORT, LONG, TRADITIONAL], ids=["short", "long", "traditional"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be", "utf-16", "utf-32", "utf-8-sig"])
def test_encodings_of_the_mainland(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded is not None
    assert decoded.text == text


@pytest.mark.parametrize("text", ["鶴鳴鄉工作總結", TRADITIONAL], ids=["short", "long"])
def test_big5(text: str) -> None:
    assert decode(text.encode("big5")) == Decoded(text, "big5")


def test_gb18030_is_named() -> None:
    assert decode(SHORT.encode("gb18030")) == Decoded(SHORT, "gb18030")


def test_ascii_is_utf_8() -> None:
    assert decode(b"Annual report 2021\r\n") == Decoded("Annual report 2021\r\n", "utf-8")


def test_the_end_mark_of_old_files_is_no_binary() -> None:
    assert decode(SHORT.encode("gb18030") + b"\x1a") == Decoded(f"{SHORT}\x1a", "gb18030")


@pytest.mark.parametrize(
    "content",
    [b"\x00\x01\x02\x03" * 30, bytes(range(256)) * 4, "Größe über façade naïve".encode("latin-1") * 5, b"\x81"],
    ids=["binary", "all bytes", "latin", "one byte"],
)
def test_what_is_no_chinese_text(content: bytes) -> None:
    assert decode(content) is None


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_text_cut_inside_a_character(encoding: str) -> None:
    content = LONG.strip().removesuffix("。").encode(encoding)
    assert is_cut_character(content[:-1])
    assert not is_cut_character("Größe über façade naïve".encode("latin-1"))


def test_the_line_at_which_the_encoding_changes() -> None:
    assert undecodable_line("甲镇\n乙镇\n".encode() + "柳溪镇工作总结".encode("gb18030")) == 3
    assert undecodable_line(b"\xff\xfe\xfd") is None
