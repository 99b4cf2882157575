"""What kind of answer a question wants."""

import pytest

from rag.answering.answer_types import (
    asks_figure,
    asks_list,
    asks_rank,
    figures_asked,
    measures_asked,
    measures_named,
    things_asked,
)


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("石矶镇的镇长是谁？", 0),
        ("石矶镇修了多少公里路？", 1),
        ("石矶镇修了多少公里路、花了多少钱？", 2),
        ("刑拘和行政拘留各多少人？", 2),
        ("油茶、油菜和烤烟分别多少亩？", 3),
        ("油茶与油菜各有多少亩、值多少钱？", 4),
        ("各村一共多少户？", 1),
        ("几乎所有的路都修好了吗？", 0),
        ("甲、乙这几个村发展了哪些养殖？", 0),
        ("石矶镇 2020 脱贫户数", 1),
        ("石矶镇2020年粮食总产量", 1),
        ("石矶镇有没有提高农民收入", 0),
        ("石矶镇哪个村的集体经济收入", 0),
        ("石矶镇在全县排第几？", 0),
        ("哪几个村修了路？", 0),
        ("How many households moved?", 1),
        ("How many mu were planted, and what was the output value?", 2),
    ],
)
def test_how_many_figures_a_full_answer_has(question: str, number: int) -> None:
    assert figures_asked(question) == number
    assert asks_figure(question) is (number > 0)


@pytest.mark.parametrize(
    ("question", "measures"),
    [
        ("修了多少公里路、花了多少钱？", {"米", "元"}),
        ("种了多少亩油茶？", {"亩"}),
        ("粮食產量多少萬噸？", {"公斤"}),
        ("修了多少公里路、一共多少？", set()),
        ("这条水渠有多长？", {"米"}),
        ("森林覆盖率是多少？", {"%"}),
        ("石矶镇的人口有多少？", set()),
        ("花了几年？", set()),
        ("拆除多少处、多少面积？", {"处", "亩", "平方米"}),
        ("种了多少面积的油菜？", {"亩", "平方米"}),
        ("给多少乡下劳力上过课？", set()),
        ("封了多少口机井？", set()),
        ("有多少占着路的摊点？", set()),
    ],
)
def test_the_measures_a_question_names(question: str, measures: set[str]) -> None:
    assert measures_asked(question) == measures


@pytest.mark.parametrize(
    "question", ["有哪些措施？", "产业园包括什么？", "如何防汛？", "哪三个村修了路？", "做了什么？"]
)
def test_a_list_is_asked_for(question: str) -> None:
    assert asks_list(question)


@pytest.mark.parametrize(
    ("question", "things"),
    [
        ("石矶镇要办的六件实事是什么？", 6),
        ("哪三个村修了路？", 3),
        ("10项措施是哪些？", 10),
        ("有哪些措施？", 0),
        ("修了3条路，花了多少钱？", 0),
    ],
)
def test_a_question_says_how_many_things_it_wants(question: str, things: int) -> None:
    assert things_asked(question) == things


@pytest.mark.parametrize("question", ["镇长叫什么名字？", "什么时候通车？", "修了几条路？"])
def test_no_list_is_asked_for(question: str) -> None:
    assert not asks_list(question)


@pytest.mark.parametrize("question", ["在全县排第几？", "综治考核的名次是多少？", "评比排名如何？"])
def test_a_rank_is_asked_for(question: str) -> None:
    assert asks_rank(question)


def test_a_number_of_things_is_no_rank() -> None:
    assert not asks_rank("石矶镇有几个村？")


@pytest.mark.parametrize(
    ("question", "measures"),
    [
        ("拆迁户拿到多少补偿款？", {"元"}),
        ("禁毒花了多少经费？", {"元"}),
        ("发放了多少户贷款？", {"户"}),
        ("多少人拿到补贴？", {"人"}),
    ],
)
def test_the_noun_tells_that_money_is_asked_for(question: str, measures: set[str]) -> None:
    assert measures_asked(question) == measures


def test_which_ones_asks_for_names_and_not_how_many_there_are() -> None:
    assert measures_named("要转型的产业有哪几个？") == frozenset()
    assert measures_named("有几个产业要转型？") == {"个"}
