"""What a claim says of its facts beside naming them."""

import pytest

from rag.parsing.report import Sentence
from rag.types import SectionKind
from rag.verification.claims import Evidence
from rag.verification.comparatives import compares_only_where_told
from rag.verification.polarity import denies_what_is_denied
from rag.verification.tense import tells_intent_only_where_told, tells_no_plan_as_done
from rag.verification.towns import GivenTowns
from rag.verification.verdicts import Asked
from rag.verification.verify import verify
from tests.support import told_reports as told
from tests.support.cases import case_on


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
    assert denies_what_is_denied(case_on(evidence, claim)) is (reason is None)


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
    case = case_on(PLAN, claim, "石矶镇种了10000亩油茶吗？", is_yes_no=True)
    assert denies_what_is_denied(case) is (reason is None)


def test_what_is_to_be_completed_is_not_completed() -> None:
    plan = shown("全面完成街道提质改造。", "plan")
    assert not tells_no_plan_as_done(case_on(plan, "已经全面完成街道提质改造", asks_plan=True))
    assert tells_no_plan_as_done(case_on(plan, "全面完成街道提质改造", asks_plan=True))


def test_done_and_under_way_may_stand_in_one_sentence() -> None:
    evidence = shown("厂房建设进展顺利，已完成地基工程。")
    assert tells_no_plan_as_done(case_on(evidence, "厂房建设进展顺利，已完成地基工程"))
    assert not tells_no_plan_as_done(case_on(evidence, "厂房建设已完成"))


def test_a_result_is_no_plan() -> None:
    assert not tells_intent_only_where_told(case_on(shown("硬化公路5公里。"), "计划硬化公路5公里"))
    assert tells_intent_only_where_told(case_on(shown("硬化公路5公里。"), "硬化公路5公里"))
    assert tells_intent_only_where_told(case_on(PLAN, "计划种植油茶10000亩"))
    assert tells_intent_only_where_told(case_on(shown("春季助学计划53人。"), "助学计划53人"))


def test_a_long_claim_does_not_bury_what_the_report_denies_outright() -> None:
    evidence = shown("汛期提前转移群众，全镇无一人因灾死亡。")
    assert not denies_what_is_denied(case_on(evidence, "石矶镇有人在洪水中因灾死亡"))
    assert denies_what_is_denied(case_on(evidence, "石矶镇汛期提前转移群众"))


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
    assert compares_only_where_told(case_on(CANALS, claim)) is (reason is None)


def test_a_copied_clause_with_a_denial_put_in_is_noticed() -> None:
    line = "严禁违规举债，对村社所有的工程建设必须要先报告后批准方可动工建设，不能负债搞建设。"
    asked = Asked("石矶镇的工程建设要怎样？", held_towns=GivenTowns("石矶镇"))
    assert verify(line, (1,), told.shown(line), asked).supported
    denied = line.replace("工程建设必须", "工程未建设必须")
    assert verify(denied, (1,), told.shown(line), asked).reason == "polarity_differs"
