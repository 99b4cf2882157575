"""Figures a question takes for granted."""

import pytest

from rag.answering.false_premises import false_premises
from rag.parsing.report import Sentence
from rag.verification.claims import Evidence


def shown(*texts: str) -> list[Evidence]:
    return [
        Evidence(n, "r1", Sentence(0, len(text), "", "result", "body"), text, "石矶镇", None, 2020, 2020)
        for n, text in enumerate(texts, start=1)
    ]


EVIDENCE = shown("办理交通补助693人，城镇新增就业276人。", "收购烟叶12319担，产值2331万元。", "新安装路灯150盏。")


@pytest.mark.parametrize(
    ("question", "right"),
    [
        ("石矶镇新安装的1500盏路灯花了多少钱？", "150盏"),
        ("城镇新增就业693人都在哪些行业？", "276人"),
        ("收购烟叶12319吨，产值多少？", "12319担"),
    ],
)
def test_a_false_figure_is_answered_with_the_reports_own(question: str, right: str) -> None:
    assert [premise.found.text for premise in false_premises(question, EVIDENCE)] == [right]


@pytest.mark.parametrize(
    "question",
    [
        "办理交通补助的693人都是谁？",
        "收购的12319担烟叶值多少钱？",
        "3个村的路灯在哪里？",
        "城镇新增就业多少人？",
        "产值0.2331亿元是真的吗？",
        "哪3个企业收购了烟叶？",
    ],
)
def test_a_true_or_unrelated_figure_is_left_alone(question: str) -> None:
    assert false_premises(question, EVIDENCE) == []


def test_of_two_figures_of_one_sentence_neither_corrects_the_other() -> None:
    both = shown("油茶林总面积28万亩，其中高产油茶林9.6万亩，当年新造1.3万亩。")
    assert false_premises("石矶镇新造的1.3万亩高产油茶林在哪里？", both) == []


def test_only_what_is_of_the_time_corrects() -> None:
    plan, result = shown("新造油茶700亩，总面积6400亩。", "新造油茶900亩，比计划少300亩。")
    question = "石矶镇新造油茶1200亩，完成计划了吗？"
    assert [p.found.text for p in false_premises(question, [plan, result], [result])] == ["900亩"]
    planned = shown("新造油茶1200亩。")
    assert false_premises(question, [*planned, result], [result]) == []
