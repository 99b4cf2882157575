"""What a question asks of all reports."""

import pytest

from rag.answering.survey_questions import sought_in_all


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("哪几个镇的报告提到了污水处理厂？", "污水处理厂"),
        ("哪些县的报告提到了低温冻害？", "低温冻害"),
        ("哪些省区写到了低空经济？", "低空经济"),
        ("种油茶的有哪几个县？", "油茶"),
        ("提到过直播带货的报告有哪几份？", "直播带货"),
        ("有光伏项目的是哪些镇？", "光伏项目"),
    ],
)
def test_a_topic_is_sought_in_all(question: str, topic: str) -> None:
    sought = sought_in_all(question)
    assert sought is not None and sought.topic == topic


@pytest.mark.parametrize(
    "question",
    [
        "石矶镇获得了哪些县级荣誉？",
        "石矶镇有哪些省直单位帮扶？",
        "哪个县的粮食产量高？",
        "粮食产量最高的是哪个县？",
        "哪个县的建档立卡户有多少？",
    ],
)
def test_levels_and_comparisons_seek_nothing_in_all(question: str) -> None:
    assert sought_in_all(question) is None
