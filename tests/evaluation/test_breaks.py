"""The evaluation tested by breaking the system: every break is caught, and the case that shows it is named."""

import pytest

from eval.golden import EvalSet, load_set
from eval.reporting.gates import Limits, baseline_of, judge
from eval.reporting.results import Results, make_results
from eval.scoring.cases import score_case
from eval.scoring.replies import GivenAnswer
from tests.support import broken_systems as broken
from tests.support.paths import SAMPLE

HONEST = Limits(ceilings={"altered_quotations": 0})


@pytest.fixture(scope="module")
def sample() -> EvalSet:
    return load_set(SAMPLE)


def _results(eval_set: EvalSet, answers: dict[str, GivenAnswer]) -> Results:
    cases = [score_case(item, answers[item.id], eval_set.texts, eval_set.towns) for item in eval_set.items]
    return make_results("sample", cases, {})


def _broken(eval_set: EvalSet, broke: broken.Break) -> tuple[Results, list[str]]:
    """A broken run, and the ids of the cases whose answer or citations the break changed."""
    ideal = broken.ideal_answers(eval_set)
    answers = {item.id: broke(item, ideal[item.id]) for item in eval_set.items}
    return _results(eval_set, answers), [name for name in ideal if answers[name] != ideal[name]]


def test_the_ideal_system_is_right_everywhere(sample: EvalSet) -> None:
    results = _results(sample, broken.ideal_answers(sample))
    assert [case.id for case in results.cases if not case.passed] == []
    assert results.overall.altered_quotations == 0


@pytest.mark.parametrize(
    ("broke", "named"),
    [
        (broken.one_digit_changed, "liuxi-001"),
        (broken.figures_swapped, "liuxi-008"),
        (broken.everything_refused, "liuxi-001"),
        (broken.refusals_answered, "liuxi-022"),
        (broken.units_dropped, "liuxi-007"),
        (broken.plans_as_results, "liuxi-018"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.__name__,
)
def test_a_broken_answer_is_a_regression(sample: EvalSet, broke: broken.Break, named: str) -> None:
    results, changed = _broken(sample, broke)
    baseline = baseline_of(_results(sample, broken.ideal_answers(sample)), None)
    regressed = {fault.name for fault in judge(results, baseline, Limits())}
    assert named in regressed
    flagged = {case.id for case in results.cases if case.supported_but_wrong}
    may_refuse = {item.id for item in sample.items if item.accept_refusal}
    unseen = set(changed) - regressed - flagged - may_refuse
    assert len(unseen) <= 0.1 * len(changed), unseen


def test_a_dump_of_evidence_is_a_regression(sample: EvalSet) -> None:
    results, changed = _broken(sample, broken.evidence_as_answer(sample))
    assert {case.id for case in results.cases if not case.passed} >= set(changed)


@pytest.mark.parametrize("broke", [broken.citations_shifted, broken.quotations_altered])
def test_a_broken_quotation_crosses_the_ceiling(sample: EvalSet, broke: broken.Break) -> None:
    results, changed = _broken(sample, broke)
    [fault] = judge(results, None, HONEST)
    assert all(f"{name}: " in fault.detail for name in changed)


def test_verification_switched_off_is_supported_but_wrong(sample: EvalSet) -> None:
    results, changed = _broken(sample, broken.unverified)
    [fault] = judge(results, None, Limits(ceilings={"supported_but_wrong": 0}))
    assert all(f"{name}: " in fault.detail for name in changed)


def test_shuffled_retrieval_falls_through_the_floor(sample: EvalSet) -> None:
    results, _ = _broken(sample, broken.shuffled_retrieval)
    [fault] = judge(results, None, Limits(floors={"recall@5": 0.9}))
    assert fault.name == "recall@5"
