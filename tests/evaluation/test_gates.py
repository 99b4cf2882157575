"""Cases, results, the verdict over them, and the reports that show it."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from eval.items import GoldenItem
from eval.reporting.comparing import compare
from eval.reporting.gates import Baseline, Limits, baseline_of, changes, judge, read_baseline, read_limits, scores_of
from eval.reporting.history import add_to_history
from eval.reporting.junit import junit_xml
from eval.reporting.page import results_page
from eval.reporting.results import Results, make_results, read_results, write_json
from eval.scoring.cases import Case, score_case
from eval.scoring.replies import GivenAnswer
from rag.errors import InputError
from tests.support.eval_cases import FILE, REPORT, made_answer, made_citation, made_claim, made_item

RIGHT = made_answer()
WRONG = made_answer("青山镇新修水渠13公里。")
REFUSED = made_answer("报告没有说。", outcome="refused", reason="not_in_reports", claims=[])
FAILED = made_answer("", outcome="evidence_only", reason="model_unavailable", claims=[])
UNANSWERABLE = made_item(id="q2", kind="unanswerable", refuse=True, must=[], evidence=[])
PREMISE = made_item(id="q3", kind="wrong_premise", accept_refusal=True, false_premise="25公里")


def _case(item: GoldenItem | None = None, answer: GivenAnswer = RIGHT) -> Case:
    return score_case(item or made_item(), answer, {FILE: REPORT}, ["青山镇"])


def _results(*cases: Case, **settings: str) -> Results:
    return make_results("three", cases, {"model": "甲", **settings})


@pytest.mark.parametrize(
    ("item", "answer", "status"),
    [
        (made_item(), RIGHT, "right"),
        (made_item(), WRONG, "wrong"),
        (made_item(), REFUSED, "refused_wrongly"),
        (UNANSWERABLE, REFUSED, "refused_rightly"),
        (UNANSWERABLE, RIGHT, "wrong"),
        (UNANSWERABLE, FAILED, "failed"),
        (made_item(), made_answer("", outcome="error", claims=[]), "failed"),
        (
            made_item(),
            made_answer("", outcome="evidence_only", reason="nothing_verified", claims=[]),
            "refused_wrongly",
        ),
        (PREMISE, REFUSED, "refused_rightly"),
        (UNANSWERABLE, made_answer("", outcome="evidence_only", reason="nothing_verified", claims=[]), "wrong"),
        (UNANSWERABLE, made_answer("可以这样问……", outcome="redirected", reason="help", claims=[]), "wrong"),
        (made_item(), made_answer("可以这样问……", outcome="redirected", reason="help", claims=[]), "refused_wrongly"),
    ],
)
def test_every_outcome_has_its_class(item: GoldenItem, answer: GivenAnswer, status: str) -> None:
    assert _case(item, answer).status == status


@pytest.mark.parametrize(("answer", "premise"), [(RIGHT, "corrected"), (REFUSED, "refused"), (WRONG, "missed")])
def test_a_false_premise_is_corrected_refused_or_missed(answer: GivenAnswer, premise: str) -> None:
    assert _case(PREMISE, answer).premise == premise


def test_a_supported_claim_without_its_figure_is_supported_but_wrong() -> None:
    assert _case(answer=WRONG).supported_but_wrong
    assert not _case(answer=RIGHT).supported_but_wrong


def test_a_supported_claim_without_quotation_is_supported_but_wrong() -> None:
    assert _case(answer=made_answer(claims=[made_claim("水渠很长", citations=[])])).supported_but_wrong


def test_an_unsupported_claim_is_not() -> None:
    assert not _case(answer=made_answer(claims=[made_claim("水渠13公里", supported=False)])).supported_but_wrong


def test_failures_are_in_no_mean() -> None:
    metrics = _results(_case(), _case(made_item(id="q2"), FAILED)).overall
    assert (metrics.right, metrics.failed, metrics.means["accuracy"].mean) == (1, 1, 1.0)


def test_results_are_the_same_bytes_twice(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_json(tmp_path / name / "results.json", _results(_case(), _case(UNANSWERABLE, REFUSED)))
    assert (tmp_path / "a/results.json").read_bytes() == (tmp_path / "b/results.json").read_bytes()
    assert read_results(tmp_path / "a").overall.right == 2


def test_other_files_are_no_results(tmp_path: Path) -> None:
    (tmp_path / "results.json").write_text("{}", encoding="utf-8")
    with pytest.raises(InputError, match=r"results\.json"):
        read_results(tmp_path)


def test_a_case_that_passed_and_fails_is_named_with_all_that_matters() -> None:
    baseline = baseline_of(_results(_case()), None)
    [fault] = judge(_results(_case(answer=REFUSED)), baseline, Limits())
    assert (fault.gate, fault.name) == ("regression", "q1")
    for part in ("新修水渠多少公里", "报告没有说。", "12公里。", "新修水渠12公里", "not_in_reports"):
        assert part in fault.detail


def test_a_case_that_failed_before_is_no_regression() -> None:
    baseline = baseline_of(_results(_case(answer=REFUSED)), None)
    assert judge(_results(_case(answer=WRONG)), baseline, Limits()) == ()
    better, worse = changes(_results(_case()), baseline)
    assert ([case.id for case in better], worse) == (["q1"], [])


def test_a_baseline_keeps_cases_that_were_not_asked() -> None:
    before = baseline_of(_results(_case(), _case(UNANSWERABLE, REFUSED)), None)
    assert baseline_of(_results(_case(answer=WRONG)), before).cases == {"q1": "wrong", "q2": "refused_rightly"}


def test_floors_and_ceilings_hold(tmp_path: Path) -> None:
    file = tmp_path / "floors.toml"
    file.write_text("[ceilings]\nsupported_but_wrong = 0\n[sets.three.floors]\naccuracy = 0.9\n", encoding="utf-8")
    limits = read_limits(file, "three")
    assert judge(_results(_case()), None, limits) == ()
    assert {f.name for f in judge(_results(_case(answer=WRONG)), None, limits)} == {"accuracy", "supported_but_wrong"}
    assert read_limits(file, "other").floors == {}


@pytest.mark.parametrize(
    "bound",
    [
        'floors = {"acuracy" = 0.5}',
        'floors = {"numbr.accuracy" = 0.5}',
        'floors = {"number.acuracy" = 0.5}',
        'floors = {"number.f1" = 0.5}',
        'floors = {"summaries.accuracy" = 0.5}',
        'ceilings = {"wrongs" = 0}',
        'ceilings = {"means" = 0}',
    ],
)
@pytest.mark.parametrize("head", ["", "[sets.three]\n", "[sets.another]\n"])
def test_a_misspelt_bound_is_an_error_that_names_it(tmp_path: Path, bound: str, head: str) -> None:
    (tmp_path / "floors.toml").write_text(head + bound, encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(bound.split('"')[1])):
        read_limits(tmp_path / "floors.toml", "three")


def test_every_score_and_count_of_a_run_may_be_bounded(tmp_path: Path) -> None:
    measured = _results(_case(answer=made_answer(hits=[made_citation()])))
    results = measured.model_copy(update={"summaries": {"failed": 1, "key_points": 1}, "indicators": {"f1": 1}})
    scores = set(scores_of(results)) - {"summaries.failed"}
    assert {"accuracy", "number.recall@5", "summaries.key_points", "indicators.f1"} <= scores
    floors = "".join(f'"{name}" = 2\n' for name in sorted(scores))
    (tmp_path / "floors.toml").write_text(f'[floors]\n{floors}[ceilings]\n"summaries.failed" = 0\n', encoding="utf-8")
    faults = judge(results, None, read_limits(tmp_path / "floors.toml", "three"))
    assert {fault.name for fault in faults} == {*scores, "summaries.failed"}


def test_bounds_that_are_not_there_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere"):
        read_limits(tmp_path / "nowhere.toml", "three")


def test_a_missing_baseline_is_none_and_a_broken_one_an_error(tmp_path: Path) -> None:
    assert read_baseline(tmp_path / "none.json") is None
    (tmp_path / "broken.json").write_text("[]", encoding="utf-8")
    with pytest.raises(InputError):
        read_baseline(tmp_path / "broken.json")


def test_a_baseline_holds_no_text_of_any_report() -> None:
    written = baseline_of(_results(_case()), None).model_dump_json()
    assert "水渠" not in written
    assert Baseline.model_validate_json(written).cases == {"q1": "right"}


def test_junit_tells_failures_from_errors_and_escapes_control_characters() -> None:
    cases = (_case(), _case(made_item(id="q2"), made_answer("坏\x00\x1b字")), _case(made_item(id="q3"), FAILED))
    root = ElementTree.fromstring(junit_xml(_results(*cases), ()))
    suite = root.find("testsuite[@name='number']")
    assert suite is not None
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("3", "1", "1")
    failure = suite.find(".//failure")
    assert failure is not None
    assert "坏\\x00\\x1b字" in (failure.text or "")


def test_junit_shows_gates_that_are_no_case() -> None:
    results = _results(_case(answer=WRONG))
    faults = judge(results, None, Limits(ceilings={"supported_but_wrong": 0}))
    root = ElementTree.fromstring(junit_xml(results, faults))
    assert root.find("testsuite[@name='gates']/testcase[@name='supported_but_wrong']/failure") is not None


def test_the_page_is_self_contained_escaped_and_worst_first() -> None:
    cases = (_case(), _case(made_item(id="q2", question="<b>多少？</b>"), WRONG))
    page = results_page(_results(*cases), (), None)
    assert "http" not in page
    assert "<b>多少" not in page
    assert page.index("q2 ·") < page.index("q1 ·")


def test_the_page_marks_changes_against_the_baseline() -> None:
    baseline = baseline_of(_results(_case(answer=WRONG), _case(made_item(id="q2"))), None)
    page = results_page(_results(_case(), _case(made_item(id="q2"), REFUSED)), (), baseline)
    assert 'data-tags="number right better"' in page
    assert 'data-tags="number refused_wrongly worse"' in page


def test_history_grows_with_each_other_run_and_is_plotted(tmp_path: Path) -> None:
    path = tmp_path / "history.jsonl"
    add_to_history(path, _results(_case(), commit="a"))
    add_to_history(path, _results(_case(), commit="a"))
    points = add_to_history(path, _results(_case(answer=WRONG), commit="b"))
    assert [point.accuracy for point in points] == [1.0, 0.0]
    assert "<polyline" in results_page(_results(_case()), (), None, points)


def test_two_runs_side_by_side() -> None:
    first = _results(_case(answer=WRONG), _case(UNANSWERABLE, REFUSED), _case(made_item(id="q4"), FAILED))
    second = _results(_case(), _case(UNANSWERABLE, REFUSED), _case(made_item(id="q4")))
    comparison = compare(first, second)
    last = comparison.rows[-1]
    assert (last.total, last.first, last.second, last.only_second) == (2, 1, 2, 1)
    assert (comparison.better, comparison.worse) == (("q1",), ())


def test_runs_over_other_questions_cannot_be_compared() -> None:
    with pytest.raises(InputError):
        compare(_results(_case()), _results(_case(UNANSWERABLE, REFUSED)))


def test_retrieval_is_scored_where_hits_are_given() -> None:
    cited = made_citation()
    hits = [{"file": FILE, "start": cited["start"], "end": cited["end"]}]
    case = _case(answer=made_answer(hits=hits))
    assert (case.recall, case.reciprocal_rank) == ({"1": 1.0, "5": 1.0, "10": 1.0}, 1.0)
