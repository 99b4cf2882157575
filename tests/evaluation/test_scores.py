"""Intervals, paired tests, summaries and indicators."""

import pytest

from eval.items import GoldenIndicator, GoldenSummary
from eval.reporting.intervals import bootstrap, paired_test
from eval.scoring.indicator_scores import GivenIndicator, score_indicators
from eval.scoring.summary_scores import GivenSummary, score_summary
from tests.support.eval_cases import FILE, REPORT, made_citation


def test_the_interval_of_equal_values_is_a_point() -> None:
    interval = bootstrap([1.0, 1.0, 1.0])
    assert interval is not None
    assert (interval.mean, interval.low, interval.high, interval.count) == (1.0, 1.0, 1.0, 3)


def test_the_interval_holds_the_mean_and_repeats() -> None:
    values = [0.0] * 30 + [1.0] * 70
    interval = bootstrap(values)
    assert interval == bootstrap(values)
    assert interval is not None
    assert interval.low < 0.7 < interval.high
    assert 0.1 < interval.high - interval.low < 0.3  # the normal interval is 0.18 wide


def test_no_values_no_interval() -> None:
    assert bootstrap([]) is None


def test_five_against_none_is_one_in_sixteen() -> None:
    test = paired_test([False] * 5 + [True] * 3, [True] * 8)
    assert (test.only_first, test.only_second, test.p_value) == (0, 5, 0.0625)


def test_equal_runs_do_not_differ() -> None:
    assert paired_test([True, False], [True, False]).p_value == 1.0


GOLDEN = GoldenSummary.model_validate(
    {
        "doc": FILE,
        "town": "青山镇",
        "key_points": [
            {
                "topic": "水利",
                "point": "修渠12公里，340户受益",
                "figures": ["12公里", "340户"],
                "quote": "新修水渠12公里",
                "rank": 1,
            },
            {"topic": "民生", "point": "补贴", "figures": ["2000多万元"], "quote": "发放补贴2000多万元", "rank": 2},
        ],
        "plans": [{"point": "新建敬老院", "figures": ["1座"], "quote": "新建敬老院1座"}],
    }
)


def _summary(*points: tuple[str, str], plans: tuple[tuple[str, str], ...] = ()) -> GivenSummary:
    def shaped(pairs: tuple[tuple[str, str], ...]) -> list[dict[str, object]]:
        return [{"text": text, "citations": [made_citation(quote)]} for text, quote in pairs]

    return GivenSummary.model_validate(
        {"topics": [{"topic": "其他", "points": shaped(points)}], "plans": shaped(plans)}
    )


def test_a_key_point_is_covered_with_all_its_figures() -> None:
    given = _summary(
        ("修渠12000米，340户受益", "全年新修水渠12公里，受益农户340户。"),
        plans=(("敬老院1座", "明年计划新建敬老院1座。"),),
    )
    scores = score_summary(GOLDEN, given, {FILE: REPORT})
    assert (scores["key_points"], scores["plans"], scores["figure_accuracy"]) == (0.5, 1.0, 1.0)


def test_a_point_with_other_figures_covers_nothing_and_is_inaccurate() -> None:
    given = _summary(("修渠13公里，340户受益", "全年新修水渠12公里，受益农户340户。"))
    scores = score_summary(GOLDEN, given, {FILE: REPORT})
    assert (scores["key_points"], scores["figure_accuracy"]) == (0.0, 0.0)


def test_a_key_point_is_covered_by_about_the_same_quotation() -> None:
    given = _summary(("水渠修好了", "新修水渠12公里"))
    assert score_summary(GOLDEN, given, {FILE: REPORT})["key_points"] == 0.5


def test_a_quotation_more_than_twice_as_long_covers_nothing_by_itself() -> None:
    given = _summary(("水渠修好了", "全年新修水渠12公里，受益农户340户。"))
    assert score_summary(GOLDEN, given, {FILE: REPORT})["key_points"] == 0.0


def test_points_without_a_verbatim_quotation_are_seen_and_so_is_the_length() -> None:
    given = _summary(("水渠修好了", "新修水渠12公里"))
    bare = given.topics[0].points[0].model_copy(update={"citations": ()})
    both = given.model_copy(update={"problems": (bare,)})
    scores = score_summary(GOLDEN, both, {FILE: REPORT})
    assert (scores["quoted"], scores["length"]) == (0.5, round(10 / len(REPORT), 4))


def _golden(**changes: object) -> GoldenIndicator:
    row: dict[str, object] = {"id": "i1", "doc": FILE, "subject": "新修水渠", "value": "12", "unit": "公里"}
    row |= {"value_base": 12, "unit_base": "公里", "quote": "新修水渠12公里"}
    return GoldenIndicator.model_validate(row | changes)


def _given(**changes: object) -> GivenIndicator:
    row: dict[str, object] = {"file": FILE, "subject": "水渠", "value": "12", "unit": "公里", "value_base": 12000}
    row |= {"unit_base": "米", "status": "result", "quote": "全年新修水渠12公里，受益农户340户。"}
    return GivenIndicator.model_validate(row | changes)


def test_an_indicator_matches_in_another_unit_of_its_class() -> None:
    scores = score_indicators([_golden()], [_given()])
    assert (scores["precision"], scores["recall"], scores["recall_with_all"]) == (1.0, 1.0, 1.0)


@pytest.mark.parametrize(
    "change", [{"value_base": 13000}, {"unit_base": "亩"}, {"file": "别处.txt"}, {"quote": "另一句"}]
)
def test_another_value_unit_file_or_quotation_does_not_match(change: dict[str, object]) -> None:
    assert score_indicators([_golden()], [_given(**change)])["recall"] == 0.0


def test_one_given_indicator_matches_one_golden() -> None:
    scores = score_indicators([_golden(), _golden(id="i2", subject="公路")], [_given()])
    assert (scores["precision"], scores["recall"]) == (1.0, 0.5)


def test_approximation_and_status_are_told_apart() -> None:
    scores = score_indicators([_golden(approx=True, status="plan")], [_given(approx="余")])
    assert (scores["approximation"], scores["status"], scores["recall_with_all"]) == (1.0, 0.0, 0.0)
