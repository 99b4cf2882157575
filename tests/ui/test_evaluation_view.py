"""The evaluation's results on the page."""

from eval.reporting.history import Point
from eval.reporting.results import Metrics, Results
from ui.evaluation_view import results_html
from ui.words import Words


def metrics(right: int, total: int) -> Metrics:
    return Metrics(
        total=total, right=right, wrong=total - right, refused_rightly=0, refused_wrongly=0, failed=0,
        premises_corrected=0, premises_refused=0, supported_but_wrong=0, altered_quotations=0, means={},
    )  # fmt: skip


def results() -> Results:
    kinds = {"number": metrics(3, 4), "list": metrics(0, 0)}
    return Results(set="<b>", settings={"model": "m"}, overall=metrics(3, 4), by_kind=kinds, cases=())  # type: ignore[arg-type]


def point(accuracy: float) -> Point:
    return Point(commit="abc", model="m", accuracy=accuracy, total=4, supported_but_wrong=0)


def test_each_kind_has_its_share() -> None:
    shown = results_html(results(), [], Words("en"))
    assert "3 of 4 right" in shown and "3 / 4" in shown and "75%" in shown
    assert "&lt;b&gt;" in shown


def test_the_runs_so_far_are_a_line_from_left_to_right() -> None:
    shown = results_html(results(), [point(0.5), point(1.0)], Words())
    assert 'points="24.0,80.0 576.0,24.0"' in shown


def test_one_run_makes_no_line() -> None:
    assert "polyline" not in results_html(results(), [point(0.5)], Words())
