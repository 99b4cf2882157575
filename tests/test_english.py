"""English sentences against Chinese evidence."""

import pytest

from rag.english import is_english, names_carried

SAID = "鲢鱼、寺边村已经完成800亩的冰糖橙提质改造"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The town planted 5,000 mu.", True),
        ("The town (石矶镇) planted 5,000 mu.", True),
        ("种植5000亩。", False),
        ("2331万元", False),
    ],
)
def test_is_english(text: str, expected: bool) -> None:
    assert is_english(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Orchards of 800 mu were upgraded in Lianyu and Sibian.", True),
        ("Orchards of 800 mu were upgraded in Heshan.", False),
        ("Orchards of 800 mu were upgraded in 寺边.", True),
        ("Orchards of 800 mu were upgraded in 河山.", False),
        ("Yes, it was done.", False),
    ],
)
def test_names_must_be_the_evidences_pinyin(text: str, expected: bool) -> None:
    assert names_carried(text, SAID, "How large were the orchards?") is expected


def test_a_name_of_the_question_needs_no_proof() -> None:
    assert names_carried("Orchards of 800 mu were upgraded in Shiji.", SAID, "What did Shiji upgrade?")
