"""Wrongly converted characters, and those left over from the other script."""

import pytest

from rag.parsing.defects.characters import wrong_conversions

TRADITIONAL = "鶴鳴鄉黨委、政府團結帶領幹部羣衆，為鄉村發展貢獻力量。"


def words(text: str) -> list[str]:
    return [text[each.span.start : each.span.end] for each in wrong_conversions(text)]


@pytest.mark.parametrize(
    ("phrase", "word"),
    [
        ("黨的建設全麵過硬", "全麵"),
        ("落實河長製", "長製"),
        ("全體同誌", "同誌"),
        ("一係列工程", "一係"),
        ("遭遇嚴重幹旱", "重幹"),
        ("曆史悠久", "曆史"),
    ],
)
def test_characters_of_another_meaning(phrase: str, word: str) -> None:
    assert words(f"{TRADITIONAL}\n{phrase}。") == [word]


@pytest.mark.parametrize(
    "phrase",
    ["整治麵包車8臺", "企業製造產品", "雜誌10份", "幹部乾旱幹線", "歷史與日曆", "5公里裏程", "為爲眾衆群羣佈布週周"],
)
def test_what_is_rightly_converted_or_a_mere_variant(phrase: str) -> None:
    assert words(f"{TRADITIONAL}\n{phrase}。") == []


def test_one_word_is_said_once_with_its_number() -> None:
    (found,) = wrong_conversions(f"{TRADITIONAL}全麵落實，全麵完成，全麵推進。")
    assert "应为“面”" in found.detail
    assert "全文3处" in found.detail


def test_simplified_characters_in_a_traditional_text() -> None:
    assert words(f"{TRADITIONAL}完成这項工作。") == ["这"]


def test_traditional_characters_in_a_simplified_text() -> None:
    assert words("石矶镇党委、政府团结带领干部群众，為乡村发展贡献力量，著名的乾隆古井得到保护。") == ["為"]


def test_a_text_of_both_scripts_is_said_once() -> None:
    text = "石矶镇党委、政府团结带领全镇干部群众为乡村发展贡献力量，全面完成各项任务，经济社会稳步发展。" * 3
    assert len(words(f"{text}團結帶領羣眾發展農業")) == 1


def test_a_simplified_text_has_no_wrong_conversions() -> None:
    assert (
        words("岀动挖机，䃼贴到位，全面落实河长制，全体同志志愿服务，一系列工程，系统完善，台湾、里程、茶几、于、后。")
        == []
    )
