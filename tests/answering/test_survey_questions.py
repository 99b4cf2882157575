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
        ("三个乡镇里头，哪几个的报告提到油茶", "油茶"),
        ("这四个县的报告中，哪些入选全省茶叶强县名单？", "全省茶叶强县名单"),
        ("几个镇的报告提到了污水处理厂？", "污水处理厂"),
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
        "三个县里，哪些项目建成了？",
        "石矶镇下辖几个村、几个街道？",
        "全县几个乡镇建成了污水处理厂？",
    ],
)
def test_levels_and_comparisons_seek_nothing_in_all(question: str) -> None:
    assert sought_in_all(question) is None


def test_what_is_under_way_is_sought_in_plans_too() -> None:
    under_way, done = sought_in_all("哪几个镇在建滨河公园？"), sought_in_all("哪几个镇建成了滨河公园？")
    assert under_way is not None and not under_way.results_only
    assert done is not None and done.results_only


def test_an_amount_is_asked_of_a_matter_and_of_what_was_done() -> None:
    sought = sought_in_all("哪些镇写了农房险（住房保险）给农户赔付、补助了多少钱？各是多少")
    assert sought is not None and sought.is_amount
    assert (sought.alternatives, sought.acts) == (("农房险", "住房保险"), ("农户赔付", "补助"))
    assert (sought.topic, sought.measures) == ("农房险(住房保险)给农户赔付、补助", frozenset({"元"}))


def test_how_many_is_asked() -> None:
    sought, named = sought_in_all("几个镇的报告提到了油茶？"), sought_in_all("哪几个镇的报告提到了油茶？")
    assert sought is not None and sought.wants_count
    assert named is not None and not named.wants_count
