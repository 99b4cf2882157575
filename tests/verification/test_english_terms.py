"""English sentences against Chinese evidence."""

import pytest

from rag.text.english import is_english
from rag.text.normalization import fold
from rag.text.parsed_text import ParsedText
from rag.verification.english_terms import is_of_body, names_carried
from rag.verification.verdicts import Asked
from rag.verification.verify import verify
from tests.support.told_reports import shown

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
    assert names_carried(ParsedText(text), SAID, "How large were the orchards?") is expected


def test_a_name_of_the_question_needs_no_proof() -> None:
    assert names_carried(ParsedText("Orchards of 800 mu were upgraded in Shiji."), SAID, "What did Shiji upgrade?")


@pytest.mark.parametrize(
    ("text", "said", "expected"),
    [
        ("The town grew 900 mu of tobacco.", "种植烤烟900亩", True),
        ("The town grew 900 mu of tobacco.", "收购烟叶900亩", True),
        ("The town grew 900 mu of tobacco.", "种植油茶900亩", False),
        ("The town grew 900 mu of camellia.", "種植油茶900畝", True),
        ("Camellia and tobacco cover 900 mu.", "种植油茶900亩", False),
        ("900 mu were planted.", "种植油茶900亩", True),
    ],
)
def test_every_term_must_have_one_of_its_words_in_the_evidence(text: str, said: str, expected: bool) -> None:
    assert names_carried(ParsedText(text), fold(said), "How much was grown?") is expected


def test_an_english_figure_needs_its_terms_beside_it_and_not_anywhere_in_the_sentence() -> None:
    line = "办理农机补贴资金618680元、补贴机具65台，疏浚渠道3条，整修山塘2口，建成示范片1000余亩。"
    asked = Asked("How much farm-machinery subsidy was paid?")
    assert verify("618,680 yuan of farm-machinery subsidy was paid.", (1,), shown(line), asked).supported
    verdict = verify("Over 1,000 mu of farm-machinery subsidy was paid.", (1,), shown(line), asked)
    assert verdict.reason == "figure_of_other_subject"


def test_an_english_claim_on_another_crop_is_not_supported() -> None:
    evidence = shown("种植油茶900亩。", "种植烤烟1500亩。")
    asked = Asked("How many mu of tobacco did the town grow?")
    assert verify("The town grew 1500 mu of tobacco.", (2,), evidence, asked).supported
    assert verify("The town grew 900 mu of tobacco.", (1,), evidence, asked).reason == "figure_of_other_subject"


@pytest.mark.parametrize(
    ("text", "before", "expected"),
    [
        ("The town planted 300 mu of tobacco.", "全镇9个村集体种植烤烟", False),
        ("Village collectives planted 300 mu of tobacco.", "全镇9个村集体种植烤烟", True),
        ("The town planted 300 mu of tobacco.", "全镇种植烤烟", True),
        ("The town has ponds of 300 mu.", "发展水产合作社3家", False),
    ],
)
def test_the_figure_of_a_body_inside_the_town_is_not_the_towns(text: str, before: str, expected: bool) -> None:
    assert is_of_body(text, before) is expected


def test_an_english_claim_on_a_body_inside_the_town_must_name_it() -> None:
    evidence = shown("全镇9个村集体种植烤烟300亩。", "全镇种植烤烟5000亩。")
    asked = Asked("How many mu of tobacco did the town grow?")
    assert verify("The town grew 300 mu of tobacco.", [1], evidence, asked).reason == "figure_of_other_subject"
    assert verify("The village collectives grew 300 mu of tobacco.", [1], evidence, asked).supported
