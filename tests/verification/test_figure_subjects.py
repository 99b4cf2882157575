"""Whose a figure is."""

from dataclasses import replace

import pytest

from rag.parsing.report import Sentence
from rag.verification.claims import Evidence
from rag.verification.figure_subjects import has_a_place
from tests.support.cases import case_on

TEXT = (
    "新增市场主体1463户，其中企业392户、个体工商户1071户；春季助学计划53人，秋季助学计划67人；"
    "房屋37栋8650平方米，迁坟63座。"
)


def shown(*texts: str) -> list[Evidence]:
    """Numbered sentences of one report."""
    return [
        Evidence(n, "r" * 12, Sentence(0, len(t), "", "result", "body"), t, "石矶镇", "云陂县", 2020, 2020)
        for n, t in enumerate(texts, start=1)
    ]


def belongs(claim: str, figure: str, *texts: str) -> bool:
    """Whether the claim's figure belongs to its words by the first sentence."""
    evidence = shown(*(texts or (TEXT,)))
    case = replace(case_on(evidence, claim), chosen=evidence[:1])
    return has_a_place(next(each for each in case.figures if each.text == figure), case)


@pytest.mark.parametrize(
    ("claim", "figure", "expected"),
    [
        ("企业392户、个体工商户1071户", "392户", True),
        ("企业1071户、个体工商户392户", "392户", False),
        ("其中企业1071户", "1071户", False),
        ("个体工商户1071户、企业392户", "392户", True),
        ("秋季助学计划67人", "67人", True),
        ("秋季助学计划53人", "53人", False),
        ("房屋63座8650平方米，迁坟37栋", "63座", False),
        ("房屋37栋8650平方米", "8650平方米", True),
        ("拆房8650平方米", "8650平方米", True),
    ],
)
def test_figures_of_one_sentence_keep_their_places(claim: str, figure: str, expected: bool) -> None:
    assert belongs(claim, figure) is expected


def test_a_figure_of_another_sentence_does_not_stand_in() -> None:
    texts = ("计划新造油茶700亩。", "油茶新造900亩，比计划少300亩。")
    assert not belongs("油茶新造900亩，比计划少700亩", "700亩", *texts)


def test_a_subject_far_from_the_figure_does_not_own_it() -> None:
    text = "招商引资成效明显，签约项目3个，走访企业，优化服务，开展直播带货，带动农民增收300万元。"
    assert not belongs("招商引资300万元", "300万元", text)
    assert belongs("带动农民增收300万元", "300万元", text)
