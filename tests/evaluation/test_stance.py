"""Yes and no, done and planned, language and script, towns and winners."""

import pytest

from eval.scoring.stance import script_of, wrong_polarity, wrong_tense
from eval.scoring.towns import wrong_towns, wrong_winner
from tests.support.eval_cases import made_item

YES = made_item(kind="yesno", polarity="yes", answer="是的，已全部入住。")
NO = made_item(kind="temporal_trap", polarity="no", answer="没有，是2023年的计划。")
PLAN = made_item(kind="plan", answer="新建敬老院1座。")
LONGER = made_item(kind="comparison", towns=["青山镇", "白水镇"], winner=["白水"])
WHICH = made_item(
    kind="aggregate",
    question="哪几个镇建了敬老院？",
    towns=["青山镇", "白水镇", "石桥乡"],
    expect_towns=["青山镇", "白水镇"],
)


@pytest.mark.parametrize("answer", ["是的，都入住了。", "已全部入住。", "都搬进去了，没有空房。"])
def test_a_yes_is_a_yes(answer: str) -> None:
    assert wrong_polarity(YES, answer) == ()


@pytest.mark.parametrize("answer", ["没有，还空着。", "不是。", "No, not yet."])
def test_a_no_is_no_yes(answer: str) -> None:
    assert wrong_polarity(YES, answer)


@pytest.mark.parametrize(
    "answer", ["没有。", "报告没说建成，只列入2023年计划。", "正在推进中。", "还未建成，已完成的是主体。"]
)
def test_a_no_or_a_plan_is_a_no(answer: str) -> None:
    assert wrong_polarity(NO, answer) == ()


@pytest.mark.parametrize("answer", ["是的，2022年建成。", "已于2022年建成。", "Yes, it was built."])
def test_a_plan_told_as_done_is_no_no(answer: str) -> None:
    assert wrong_polarity(NO, answer)


def test_a_plan_must_not_be_told_as_done() -> None:
    assert wrong_tense(PLAN, "计划新建敬老院1座。") == ()
    assert wrong_tense(PLAN, "新建敬老院1座。") == ()
    assert wrong_tense(PLAN, "已建成敬老院1座。")


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("水渠长12公里，为农户", "zh-Hans"),
        ("水渠長12公里，為農戶", "zh-Hant"),
        ("水渠12公里", "zh"),
        ("The canals are long", "en"),
        ("「農戶」为", "zh-Hans"),
    ],
)
def test_script_is_told_by_telling_characters(text: str, script: str) -> None:
    assert script_of(text) == script


@pytest.mark.parametrize(
    "answer",
    [
        "白水镇更长：6公里；青山镇5.8公里。",
        "青山镇比白水镇短。",
        "白水镇比青山镇长200米。",
        "更长的是白水镇。",
        "白水镇长于青山镇。",
        "青山镇5.8公里，白水镇6公里，白水更长。",
        "哪个更长？白水镇。",
        "Baishui: 白水 is longer than 青山.",
    ],
)
def test_the_right_winner(answer: str) -> None:
    assert wrong_winner(LONGER, answer) == ()


@pytest.mark.parametrize(
    "answer",
    [
        "青山镇更长：6公里；白水镇5.8公里。",
        "青山镇比白水镇长。",
        "白水镇比青山镇短200米。",
        "更长的是青山镇，不是白水镇。",
        "白水镇不如青山镇。",
        "青山镇。白水镇5.8公里。",
        "青山镇6公里。",
    ],
)
def test_the_wrong_winner_or_none(answer: str) -> None:
    assert wrong_winner(LONGER, answer)


@pytest.mark.parametrize(
    "answer", ["青山镇和白水镇。", "青山镇、白水镇；石桥乡没有提到。", "这三个镇乡里，哪几个建了？青山、白水。"]
)
def test_the_expected_towns(answer: str) -> None:
    assert wrong_towns(WHICH, answer) == ()


@pytest.mark.parametrize("answer", ["青山镇。", "青山镇、白水镇、石桥乡。", "三个都有：青山镇、白水镇和石桥乡都建了。"])
def test_a_town_missing_or_too_many(answer: str) -> None:
    assert wrong_towns(WHICH, answer)


def test_an_optional_town_may_be_named() -> None:
    item = WHICH.model_copy(update={"optional_towns": ("石桥乡",)})
    assert wrong_towns(item, "青山镇、白水镇和石桥乡。") == ()


def test_of_a_negative_question_the_denial_is_the_claim() -> None:
    item = WHICH.model_copy(update={"question": "哪个镇没有提到敬老院？", "expect_towns": ("石桥乡",)})
    assert wrong_towns(item, "石桥乡没有提到，青山镇和白水镇提到了。") == ()
    assert wrong_towns(item, "石桥乡没有提到，白水镇也没有提到。")
