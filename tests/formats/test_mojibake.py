"""Text read in a wrong encoding before it was saved: put right where that proves itself, left alone otherwise."""

import pytest

from rag.formats.mojibake import mend

SIMPLIFIED = "雁栖县松桥镇2021年工作总结\n一、农业\n全年种植水稻8600亩，“一村一品”初见成效。\n"
TRADITIONAL = "雁棲縣松橋鎮2021年工作總結\n一、農業\n全年種植水稻8600畝，建設高標準農田。\n"


def _read_as(text: str, right: str, wrong: str) -> str:
    """The text as a program shows it that takes its bytes for another encoding, what cp1252 lacks as browsers do."""
    if wrong == "cp1252":
        return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode(right))
    return text.encode(right).decode(wrong)


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        (SIMPLIFIED, "gb18030", "latin-1"),
        (SIMPLIFIED, "gb18030", "cp1252"),
        (SIMPLIFIED, "gb18030", "cp1251"),
        (SIMPLIFIED, "gb18030", "cp437"),
        (SIMPLIFIED, "gb18030", "mac-roman"),
        (SIMPLIFIED, "utf-8", "latin-1"),
        (SIMPLIFIED, "utf-8", "cp1252"),
        (SIMPLIFIED, "utf-8", "cp437"),
        (TRADITIONAL, "big5", "cp1252"),
        (TRADITIONAL, "big5", "gb18030"),
        (TRADITIONAL, "gb18030", "cp1252"),
        (TRADITIONAL, "utf-8", "mac-roman"),
    ],
)
def test_a_text_read_in_a_wrong_encoding_is_put_right(text: str, right: str, wrong: str) -> None:
    found = mend(_read_as(text, right, wrong))
    assert found is not None
    assert (found.text, found.right) == (text, right)


@pytest.mark.parametrize("right", ["utf-8", "gb18030"])
def test_a_text_read_wrongly_twice_is_put_right(right: str) -> None:
    found = mend(_read_as(_read_as(SIMPLIFIED, right, "cp1252"), "utf-8", "cp1252"))
    assert found is not None and found.text == SIMPLIFIED


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [("松桥", "utf-8", "gb18030"), ("水稻种植面积", "gb18030", "cp949"), ("水稻种植面积", "gb18030", "big5")],
)
def test_a_short_text_read_as_another_of_the_east_is_put_right(text: str, right: str, wrong: str) -> None:
    found = mend(text.encode(right).decode(wrong, "ignore"))
    assert found is None or found.text == text  # where bytes were lost there is no way back


def test_what_was_read_rightly_beside_it_stays() -> None:
    wrong = _read_as("松桥镇工作总结", "gb18030", "cp1252")
    found = mend(f"标题：{wrong}\n全年种植水稻8600亩。")
    assert found is not None
    assert (found.text, found.count) == ("标题：松桥镇工作总结\n全年种植水稻8600亩。", 7)


@pytest.mark.parametrize(
    "text",
    [
        SIMPLIFIED,
        TRADITIONAL,
        "Größe über façade naïve Élan, señor Muñoz",
        "Отчёт о результатах деятельности за год. НАСЕЛЕНИЕ",
        "한국어 보고서의 텍스트입니다",
        "平成30年度 まとめ 報告書",
        "Ελληνικά κείμενα",
        "㙍堃镇、𠮷祥村、䶮溪村、龢龘靐齉",
        "①②③ ㎡ ℃ □■ ████ ━━━━",
        "Annual report 2021",
        "ÁøºÓ",
    ],
)
def test_what_does_not_prove_to_be_wrong_stays(text: str) -> None:
    assert mend(text) is None


def test_the_drawn_frame_of_a_table_stays() -> None:
    assert mend("┌────┬────┐\n│粮食│吨│\n├────┼────┤\n└────┴────┘\n") is None
