"""When an answer is right: the demands of a golden item, one by one."""

import pytest

from eval.items import GoldenItem
from eval.scoring.correctness import shortcomings
from tests.support.eval_cases import FILE, made_item

PLACE = "青山镇"
MONEY = made_item(
    question="青山镇发放补贴多少？",
    answer="2000多万元。",
    must=[["2000多万", "2000余万"]],
    evidence=[{"doc": FILE, "quote": "发放补贴2000多万元"}],
)


@pytest.mark.parametrize(
    "answer", ["12公里", "新修水渠12000米。", "新修水渠十二公里。", "１２公里", "共12公里", "12 千米"]
)
def test_a_figure_may_be_spelt_in_any_way(answer: str) -> None:
    assert shortcomings(made_item(), answer) == ()


@pytest.mark.parametrize("answer", ["112公里", "12米", "1.12公里", "12.5公里", "12亩", "十二", "约12公里", "12余公里"])
def test_another_value_unit_or_approximation_is_wrong(answer: str) -> None:
    assert shortcomings(made_item(), answer)


@pytest.mark.parametrize(
    "answer", ["2000多万元", "超过2000万元", "2000万元以上", "0.2亿余元", "20+百万元，即2000余万元"]
)
def test_words_of_one_group_of_approximation_are_equal(answer: str) -> None:
    assert shortcomings(MONEY, answer) == ()


@pytest.mark.parametrize("answer", ["2000万元", "约2000万元", "2000多元", "200多万元"])
def test_an_approximate_figure_is_not_exact_nor_about(answer: str) -> None:
    assert shortcomings(MONEY, answer)


def test_the_evidence_may_be_less_exact_than_the_demand() -> None:
    item = made_item(must=["60%"], answer="60%以上。", evidence=[{"doc": FILE, "quote": "火化率60%以上"}])
    assert shortcomings(item, "达到60%以上。") == ()


def test_a_number_in_words_meets_an_english_demand() -> None:
    item = made_item(
        kind="english",
        question="How many households benefited?",
        answer="340 households.",
        must=["340"],
        evidence=[{"doc": FILE, "quote": "受益农户340户"}],
    )
    assert shortcomings(item, "Three hundred and forty households benefited.") == ()


def test_a_forbidden_figure_is_wrong_in_any_spelling() -> None:
    item = made_item(must_not=["0.2亿元"])
    assert shortcomings(item, "12公里，投入2000万元。")


def test_a_dump_of_sentences_is_no_answer() -> None:
    assert any("过长" in fault.kind for fault in shortcomings(made_item(), "12公里。" + "青山镇做了许多工作。" * 10))


def test_three_figures_from_elsewhere_are_too_many() -> None:
    assert shortcomings(made_item(), "12公里，另有31人、57户。") == ()
    assert shortcomings(made_item(), "12公里，另有31人、57户、99台。")


def test_figures_of_the_conversation_are_not_from_elsewhere() -> None:
    history = [{"role": "assistant", "content": "31人、57户、99台。"}]
    assert shortcomings(made_item(kind="followup", history=history), "12公里，不是31人、57户、99台。") == ()


@pytest.mark.parametrize(
    ("question", "answer", "right"),
    [
        ("青山鎮新修水渠多少公里？", "新修水渠12公里，全長為12公里。", True),
        ("青山鎮新修水渠多少公里？", "新修水渠12公里，全长为12公里。", False),
        ("青山镇新修水渠多少公里？", "修建水渠總長12公里。", False),
        ("青山镇新修水渠多少公里？", "12公里（原文“新修水渠總長12公里”）", True),
        ("How long are the new canals?", "The canals are 12公里 long.", True),
        ("How long are the new canals?", "青山镇新修水渠总长度是12公里。", False),
    ],
)
def test_the_answer_is_in_the_language_and_script_of_the_question(question: str, answer: str, right: bool) -> None:
    item: GoldenItem = made_item(question=question)
    assert (shortcomings(item, answer) == ()) is right
