"""What a claim says of its facts beside naming them."""

import pytest

from rag.parsing.report import Sentence
from rag.types import SectionKind
from rag.verification.claims import Evidence
from rag.verification.comparatives import check_comparison
from rag.verification.tense_and_polarity import check_polarity, check_tense, is_intent_unfounded
from rag.verification.verdicts import Asked
from rag.verification.verify import verify
from tests.support import told_reports as told


def shown(text: str, kind: SectionKind = "result") -> list[Evidence]:
    """One sentence of a report."""
    sentence = Sentence(0, len(text), "一、工作回顾", kind, "body")
    return [Evidence(1, "r" * 12, sentence, text, "石矶镇", "云陂县", 2020, 2020 + (kind == "plan"))]


FIRES = shown("全年发生火情2起，过火面积9亩，比上年减少3起，无人员伤亡，抗风险能力不强。")
WORKS = shown("污水处理厂主体工程完工，因管网滞后，尚未投入运行，硬化公路5公里。")


@pytest.mark.parametrize(
    ("claim", "evidence", "reason"),
    [
        ("全年发生火情2起，无人员伤亡", FIRES, None),
        ("全年发生火情2起", FIRES, None),
        ("全年没有发生火情2起，无人员伤亡", FIRES, "polarity_differs"),
        ("全年发生火情2起，有人员伤亡", FIRES, "polarity_differs"),
        ("抗风险能力强", FIRES, "polarity_differs"),
        ("污水处理厂尚未投入运行", WORKS, None),
        ("污水处理厂主体工程完工，已投入运行", WORKS, "polarity_differs"),
        ("污水处理厂主体工程没有完工，尚未投入运行", WORKS, "polarity_differs"),
        ("没有硬化公路5公里", WORKS, "polarity_differs"),
    ],
)
def test_polarity_is_compared_clause_by_clause(claim: str, evidence: list[Evidence], reason: str | None) -> None:
    assert check_polarity(claim, evidence, "", False) == reason


PLAN = shown("种植油茶10000亩，硬化公路5公里。", "plan")


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        ("没有，2021年计划种植油茶10000亩", None),
        ("尚未种植，计划种植油茶10000亩", None),
        ("计划没有种植油茶10000亩", "polarity_differs"),
        ("计划种植油茶10000亩，没有硬化公路5公里", "polarity_differs"),
    ],
)
def test_a_plan_may_be_told_as_not_done_where_that_is_asked(claim: str, reason: str | None) -> None:
    assert check_polarity(claim, PLAN, "石矶镇种了10000亩油茶吗？", True) == reason


def test_what_is_to_be_completed_is_not_completed() -> None:
    plan = shown("全面完成街道提质改造。", "plan")
    assert check_tense("已经全面完成街道提质改造", plan, asks_plan=True) == "planned_not_done"
    assert check_tense("全面完成街道提质改造", plan, asks_plan=True) is None


def test_done_and_under_way_may_stand_in_one_sentence() -> None:
    evidence = shown("厂房建设进展顺利，已完成地基工程。")
    assert check_tense("厂房建设进展顺利，已完成地基工程", evidence, asks_plan=False) is None
    assert check_tense("厂房建设已完成", evidence, asks_plan=False) == "planned_not_done"


def test_a_result_is_no_plan() -> None:
    assert is_intent_unfounded("计划硬化公路5公里", shown("硬化公路5公里。"))
    assert not is_intent_unfounded("硬化公路5公里", shown("硬化公路5公里。"))
    assert not is_intent_unfounded("计划种植油茶10000亩", PLAN)
    assert not is_intent_unfounded("助学计划53人", shown("春季助学计划53人。"))


def test_a_long_claim_does_not_bury_what_the_report_denies_outright() -> None:
    evidence = shown("汛期提前转移群众，全镇无一人因灾死亡。")
    assert check_polarity("石矶镇有人在洪水中因灾死亡", evidence, "", False) == "polarity_differs"
    assert check_polarity("石矶镇汛期提前转移群众", evidence, "", False) is None


CANALS = shown("最长的水渠12公里，最短的水渠3公里。")


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        ("最长的水渠12公里", None),
        ("最短的水渠3公里", None),
        ("最长的水渠3公里", "comparison_not_in_evidence"),  # the figure of another superlative
        ("修得最多的是水渠", "comparison_not_in_evidence"),  # a superlative of something else
    ],
)
def test_what_is_most_must_be_said_with_its_figure(claim: str, reason: str | None) -> None:
    assert check_comparison(claim, CANALS) == reason


def test_a_copied_clause_with_a_denial_put_in_is_noticed() -> None:
    line = "严禁违规举债，对村社所有的工程建设必须要先报告后批准方可动工建设，不能负债搞建设。"
    asked = Asked("石矶镇的工程建设要怎样？", known_towns=("石矶镇",))
    assert verify(line, (1,), told.shown(line), asked).supported
    denied = line.replace("工程建设必须", "工程未建设必须")
    assert verify(denied, (1,), told.shown(line), asked).reason == "polarity_differs"
