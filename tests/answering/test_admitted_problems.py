"""What a report admits to be wanting."""

import pytest

from rag.answering.admitted_problems import shortcomings
from tests.support.held import understand
from tests.support.told_reports import told

REPORT = told(
    "石矶镇",
    "种植油茶900亩。",
    "二、存在的问题",
    "工作有进步也有差距：一是财源单一，税收过百万元的企业只有3家。",
    "二是道路欠账多，还有4个村没有通水。",
    "对这些问题，我们将认真解决。",
    "三、2021年工作计划",
    "补齐短板，修路3公里。",
)


def wanting(question: str) -> list[str]:
    return [each.text for each in shortcomings(understand(question, [REPORT]), REPORT)]


@pytest.mark.parametrize(
    "question",
    [
        "石矶镇承认自己有哪些不足？",
        "石矶镇2020年总结里讲了哪几条困难和问题？",
        "石矶镇有哪些主要问题？",
        "石矶镇2020年的报告里承认存在哪两方面差距？",
        "云陂县石矶镇还存在哪些问题？",
        "石磯鎮工作中還有哪些短板？",
    ],
)
def test_asked_in_general_they_are_all_told_in_the_reports_words(question: str) -> None:
    assert wanting(question) == ["一是财源单一，税收过百万元的企业只有3家", "二是道路欠账多，还有4个村没有通水"]


@pytest.mark.parametrize(
    "question", ["石矶镇在安全生产上有哪些不足？", "石矶镇存在问题吗？", "石矶镇补齐了哪些短板项目？"]
)
def test_asked_on_one_matter_or_otherwise_nothing_is_read_off(question: str) -> None:
    assert wanting(question) == []


def test_a_long_list_keeps_the_first_clause_of_each() -> None:
    lines = [f"{number}是第{number}件事情做得还不够好，{'后面说了很多别的话' * 6}。" for number in "一二三四五"]
    report = told("石矶镇", "种稻9亩。", "二、存在的问题", *lines)
    asked = understand("石矶镇有哪些不足？", [report])
    assert [each.text for each in shortcomings(asked, report)] == [
        f"{n}是第{n}件事情做得还不够好" for n in "一二三四五"
    ]
