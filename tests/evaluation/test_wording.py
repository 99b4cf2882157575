"""Folding and searching words as the golden files demand it."""

import pytest

from eval.scoring.wording import clauses, holds, places, tight


@pytest.mark.parametrize(
    ("text", "phrase", "found"),
    [
        ("共12000亩", "2000亩", False),
        ("共2000亩", "2000亩", True),
        ("下降11.28%", "1.28", False),
        ("下降1.28%", "1.28", True),
        ("十三万余人", "三万余", False),
        ("三万餘人", "三万余", True),
        ("34 户，64 人", "34户", True),
        ("糧食 12,000 噸", "12000吨", True),
        ("12 34", "1234", False),
        ("①3人", "13人", False),
    ],
)
def test_phrases_are_found_with_their_digits_whole(text: str, phrase: str, found: bool) -> None:
    assert holds(text, phrase) is found


def test_nothing_holds_an_empty_phrase() -> None:
    assert not holds("文字", " ")


def test_clauses_keep_punctuation_and_tight_does_not() -> None:
    assert clauses("糧食，**3噸**") == "粮食,3吨"
    assert tight("粮食, 3 吨") == "粮食3吨"


def test_latin_anchors_are_whole_words() -> None:
    assert places("the landing of land", "land") == [(15, 19)]
