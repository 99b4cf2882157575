"""Supported but wrong: what quotations carry, and what contradicts a golden figure."""

from fractions import Fraction

import pytest

from eval.scoring.grounding import contradictions, evaluate, uncarried_figures
from eval.scoring.replies import GivenClaim
from tests.support.eval_cases import FILE, REPORT, made_citation, made_claim, made_item

CANALS = "全年新修水渠12公里，受益农户340户。"
MONEY = "发放补贴2000多万元。"


def _claim(text: str, *quotes: str, **changes: object) -> GivenClaim:
    return GivenClaim.model_validate(made_claim(text, *quotes, **changes))


@pytest.mark.parametrize(
    "text",
    [
        "新修水渠12公里。",
        "新修水渠12000米，受益340户。",
        "2022年新修水渠十二公里。",
        "一共新修水渠12公里。",
        "1. 新修水渠12公里。",
        "水渠12公里，不是13公里。",
        "12 km of canals for 340 households.",
    ],
)
def test_figures_that_the_quotation_carries(text: str) -> None:
    assert uncarried_figures(_claim(text, CANALS)) == ()


@pytest.mark.parametrize(
    "text", ["新修水渠13公里。", "新修水渠12米。", "340公里。", "约12公里。", "2021年修渠12公里。"]
)
def test_figures_that_it_does_not(text: str) -> None:
    assert uncarried_figures(_claim(text, CANALS))


@pytest.mark.parametrize(
    ("text", "carried"), [("2000多万元", True), ("超过2000万元", True), ("2000万元", False), ("2000多元", False)]
)
def test_approximation_and_scale_count(text: str, carried: bool) -> None:
    assert (uncarried_figures(_claim(text, MONEY)) == ()) is carried


def test_a_counting_word_may_be_plain() -> None:
    quoted = [made_citation() | {"quote": "整治隐患12处，清运12吨"}]
    assert uncarried_figures(_claim("整治隐患12个", citations=quoted)) == ()
    assert uncarried_figures(_claim("整治隐患12户", citations=quoted))


def test_a_line_end_inside_a_quotation_does_no_harm() -> None:
    assert uncarried_figures(_claim("298户", citations=[made_citation() | {"quote": "已签约298\r\n户"}])) == ()


@pytest.mark.parametrize(("kind", "bound", "is_carried"), [
    ("computed", "超过10公里", True), ("computed", "超过12公里", False), ("computed", "不到13公里", True),
    ("computed", "超过10亩", False), ("stated", "超过10公里", False),
])  # fmt: skip
def test_a_quoted_figure_past_a_bound_carries_a_comparison_with_it(kind: str, bound: str, is_carried: bool) -> None:
    quoted = [made_citation() | {"quote": "修渠12公里"}]
    claim = _claim(f"写到修渠{bound}的有：石矶镇", citations=quoted, kind=kind, expression="1/4")
    assert (uncarried_figures(claim) == ()) is is_carried


def test_a_computed_result_follows_from_quoted_operands() -> None:
    sums = {"kind": "computed", "expression": "12公里 + 0.5公里 = 12.5公里"}
    both = [made_citation(), made_citation() | {"quote": "支渠0.5公里"}]
    assert uncarried_figures(_claim("12+0.5=12.5公里", citations=both, **sums)) == ()
    assert uncarried_figures(_claim("共12.5公里", CANALS, **sums))
    assert uncarried_figures(_claim("共13公里", citations=both, **sums))


@pytest.mark.parametrize(
    ("expression", "value"),
    [("87 + 185.31", Fraction("272.31")), ("6000米-5795米", 205), ("(3+1)×2÷4", 2), ("1/0", None), ("甲加乙", None)],
)
def test_expressions(expression: str, value: Fraction | None) -> None:
    assert evaluate(expression) == value


def test_another_value_of_the_golden_subject_contradicts() -> None:
    item = made_item(must=["276人"], answer="276人。", evidence=[{"doc": FILE, "quote": "全镇城镇新增就业人员276人"}])
    assert contradictions(item, _claim("青山镇城镇新增就业人员113人"), ())
    assert contradictions(item, _claim("安置下岗失业人员113人"), ()) == ()
    assert contradictions(item, _claim("城镇新增就业人员不是113人"), ()) == ()


def test_a_claim_from_another_towns_report_contradicts() -> None:
    other = [made_citation() | {"file": "白水.txt", "town": "白水镇"}]
    assert contradictions(made_item(), _claim("新修水渠12公里", citations=other), ())
    assert contradictions(made_item(), _claim("白水镇新修水渠12公里", citations=other), ()) == ()


def test_figures_at_the_wrong_subject_contradict_and_unsaid_ones_do_not() -> None:
    item = made_item(
        facts=[{"anchor": ["水渠"], "value": "12", "unit": "公里"}, {"anchor": ["公路"], "value": "30", "unit": "公里"}]
    )
    assert contradictions(item, _claim("水渠12公里"), ()) == ()
    assert contradictions(item, _claim("水渠30公里，公路12公里"), ())


def test_a_forbidden_figure_and_a_false_tense_contradict() -> None:
    assert contradictions(made_item(must_not=["13公里"]), _claim("水渠13公里"), ())
    plan = made_item(kind="plan", answer="新建敬老院1座。", evidence=[{"doc": FILE, "quote": "新建敬老院1座"}])
    assert contradictions(plan, _claim("已建成敬老院1座"), ())


def test_the_report_of_these_tests_holds_its_quotations() -> None:
    assert CANALS in REPORT and MONEY in REPORT
