"""English words and the Chinese words of reports."""

import pytest

from rag.text.glossary import chinese_for, in_official_words, terms_in


def english(text: str) -> list[str]:
    return [term.english for term in terms_in(text)]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("How much flue-cured tobacco was planted?", ["flue-cured tobacco"]),
        ("double-season rice and rice", ["double-season rice", "rice"]),
        ("the sewage treatment and other sewage", ["sewage treatment", "sewage"]),
        ("Camellia and CAMELLIA", ["camellia"]),
        ("price and prices", []),
        ("", []),
    ],
)
def test_of_overlapping_terms_the_longest(text: str, terms: list[str]) -> None:
    assert english(text) == terms


def test_terms_come_in_the_order_of_the_text_with_all_their_words() -> None:
    camellia, tobacco = terms_in("more camellia than tobacco")
    assert (camellia.chinese, tobacco.chinese) == (("油茶",), ("烤烟", "烟叶", "烟草"))


@pytest.mark.parametrize(
    ("text", "chinese"),
    [
        ("How much flue-cured tobacco?", "烤烟"),
        ("tobacco, camellia and tobacco", "烤烟 油茶"),
        ("rape and rapeseed", "油菜"),
        ("Who is it?", ""),
    ],
)
def test_each_terms_commonest_word_once(text: str, chinese: str) -> None:
    assert chinese_for(text) == chinese


@pytest.mark.parametrize(
    ("text", "official"),
    [("翻新破房子", "改造危房"), ("荒地多少亩", "抛荒多少亩"), ("新修水渠", "新修水渠")],
)
def test_everyday_words_give_way_to_those_of_reports(text: str, official: str) -> None:
    assert in_official_words(text) == official
