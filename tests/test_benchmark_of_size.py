"""The benchmark of size: its reports, what counts as a wrong answer, what its table says. Six reports at most."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from benchmarks.free_embedder import FreeEmbedder, FreeWorkspace
from benchmarks.generated_places import places, unheld_places
from benchmarks.generated_reports import Stated, Truth, make_report, read_truth, write_reports
from benchmarks.generated_words import TOPICS, subjects
from benchmarks.kill_checks import Left, lost_or_doubled, unlike
from benchmarks.scale import RESULTS
from benchmarks.scale_against import report
from benchmarks.scale_checks import comparison_faults, figure_faults, survey_faults
from benchmarks.scale_questions import Survey, Texts, chosen_towns, compared_subjects, mixed_questions, surveys
from benchmarks.scale_results import ROWS, Measured, Scale, missed, table
from benchmarks.scale_run import counted_steps, ingest, running
from rag.settings import Settings

REPORTS = 6
KNOWN = (
    Truth("1", "柳坝镇", "漯宁县", 2020, (), (Stated("油茶种植面积", "1200", "亩", 2020, "result", "whole"),)),
    Truth("2", "柳坝镇", "漯宁县", 2021, (), (Stated("油茶种植面积", "2.5", "万亩", 2021, "result", "whole"),)),
    Truth("3", "石滩乡", "漯宁县", 2020, (), ()),
)
SURVEY = Survey("哪些乡镇的报告提到了油茶？", frozenset({"1", "2"}))


def measured(reports: int, **other: Any) -> Measured:
    """A library that meets every bar, but for what is given."""
    values = dict.fromkeys(Measured.model_fields, 0.1) | {"reports": reports, "kinds": (), "faults": ()}
    return Measured.model_validate(values | other)


def scale(*sizes: Measured) -> Scale:
    return Scale(release="1", processors=2, sizes=sizes)


def row(town: str, year: int, value: float) -> dict[str, Any]:
    return {"town": town, "county": "漯宁县", "year": year, "status": "result", "figure": {"value_base": value}}


def test_a_report_is_the_same_each_time_and_says_what_is_true_of_it() -> None:
    text, known = make_report(3)
    assert make_report(3) == (text, known)
    assert 3000 <= len(text) <= 6000
    assert text.startswith(f"{known.county}{known.town}{known.year}年工作总结")
    assert all(f"{each.value}{each.unit}" in text for each in known.figures)
    assert len({each.subject for each in known.figures}) >= 40
    assert all((topic.word in text) == (topic.word in known.topics) for topic in TOPICS)


def test_names_are_as_many_as_promised_and_some_towns_share_theirs() -> None:
    names = [place.town for place in places()]
    assert (len(places()), len({*places()}), len(subjects())) == (10_000, 10_000, 5000)
    assert 9700 < len({*names}) < 10_000
    assert not {place.town for place in unheld_places()} & {*names}


def test_texts_that_share_words_are_near() -> None:
    embedder = FreeEmbedder()
    near, same, far = embedder.passages(["油茶种植面积达到1200亩", "油茶种植面积为900亩", "调解室整改问题59个"])
    assert near @ same > 0.4 > near @ far
    assert near @ near == pytest.approx(1.0)
    assert embedder.query("").shape == (384,)


def test_a_small_library_gives_right_answers(tmp_path: Path) -> None:
    reports = write_reports(tmp_path, REPORTS)
    known, texts = read_truth(tmp_path), Texts(reports)
    asked, towns = surveys(known, texts), chosen_towns(known, 2)
    plan: dict[str, Any] = {
        "folder": str(reports),
        "questions": [asdict(each) for each in mixed_questions(known, 7)],
        "surveys": [each.text for each in asked],
        "comparisons": compared_subjects(),
        "figures": towns,
        "tab_times": 1,
    }
    with FreeWorkspace(Settings(home=tmp_path / "home")) as workspace:
        assert ingest(workspace, plan)["added"] == REPORTS
        found = json.loads(json.dumps(running(workspace, plan)))
    assert [kind for kind, _ in found["questions"]] == [each["kind"] for each in plan["questions"]]
    faults = [survey_faults(s, said, known) for s, (_, said) in zip(asked, found["surveys"], strict=True)]
    faults += [figure_faults(town, rows, known) for town, (_, rows) in zip(towns, found["figures"], strict=True)]
    compared = zip(compared_subjects(), found["comparisons"], strict=True)
    faults += [comparison_faults(subject, rows, known) for subject, (_, rows) in compared]
    assert asked and [fault for each in faults for fault in each] == []


@pytest.mark.parametrize(
    ("said", "is_right"),
    [
        ("写到“油茶”的有：柳坝镇（2020年）、柳坝镇（2021年）。 2/3", True),
        ("写到油茶的有2个报告，先列1个：柳坝镇（2020年）。", True),
        ("写到“油茶”的有1个镇：柳坝镇。", True),
        ("写到“油茶”的有 2 份报告，先列 1 个镇：柳坝镇（2020年）。", True),
        ("写到“油茶”的有：柳坝镇（2020年）。", False),  # cut, and nothing says so
        ("写到“油茶”的有：柳坝镇（2020年）、柳坝镇（2021年）。 3/3", False),
        ("写到“油茶”的有：柳坝镇（2020年）、柳坝镇（2021年）、石滩乡。", False),
    ],
)
def test_a_list_is_whole_or_counted(said: str, is_right: bool) -> None:
    assert (survey_faults(SURVEY, said, KNOWN) == []) == is_right


def test_every_value_must_be_told() -> None:
    right = [row("柳坝镇", 2020, 1200), row("柳坝镇", 2021, 25_000)]
    assert comparison_faults("油茶种植面积", right, KNOWN) == []
    assert len(comparison_faults("油茶种植面积", right[:1], KNOWN)) == 1
    assert len(comparison_faults("油茶种植面积", [*right, row("石滩乡", 2020, 7)], KNOWN)) == 1
    rows = [{"value_base": 1200, "unit_base": "亩", "year": 2020, "status": "result"}]
    assert len(figure_faults(("柳坝镇", "漯宁县"), rows, KNOWN)) == 1


def test_what_is_over_or_grows_is_told() -> None:
    fine = scale(measured(1000), measured(10_000))
    assert missed(fine) == []
    grown = scale(measured(1000), measured(10_000, tab=0.5))
    assert missed(grown) == ["library tab: 5.0 times as much at 10,000"]
    over = scale(measured(1000), measured(10_000, tab=1.1, faults=("a list is cut",)))
    assert missed(over)[0] == "library tab: over the bar at 10,000" and "a list is cut" in missed(over)[-1]
    assert missed(scale(measured(100, first_median=0.01), measured(1000))) == []  # growth counts from 1,000 on
    line = next(line for line in table(grown) if line.startswith("| library tab"))
    assert line == "| library tab | 0.100 s | 0.500 s | 1.000 s | 5.00 | grows |"
    assert len(table(fine)) == len(ROWS) + 2


def test_steps_of_the_database_are_counted(tmp_path: Path) -> None:
    def steps(count: int) -> int:
        with counted_steps() as counted:
            connection = sqlite3.connect(tmp_path / "any")
            numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT ?) SELECT * FROM n"
            connection.execute(numbers, (count,)).fetchall()
            connection.close()
            return counted()

    assert steps(2000) > 5 * steps(200) > 0


@pytest.mark.parametrize(
    ("held", "told", "faults"),
    [
        ([("a", "1"), ("b", "2")], ["b"], 0),
        ([("a", "1")], ["b"], 1),  # lost
        ([("a", "1"), ("a", "1")], [], 2),  # doubled, and b is gone
        ([("a", "1"), ("b", "3")], [], 1),  # another report than an undisturbed run makes
    ],
)
def test_what_a_kill_loses_or_doubles_is_seen(held: Sequence[tuple[str, str]], told: list[str], faults: int) -> None:
    earlier = ["a", "b"] if faults == 2 else ["a"]
    found = lost_or_doubled(Left(tuple(held), {}, ()), earlier, told, {"a": {"1"}, "b": {"2"}})
    assert len(found) == faults


def test_a_report_with_some_of_its_rows_is_not_whole() -> None:
    whole = {"sentences": {"1": 30, "2": 40}}
    assert unlike({"sentences": {"1": 30}}, whole, ["1"], may_lack=False) == []
    assert unlike({"sentences": {"1": 29}}, whole, ["1"], may_lack=True) == ["1 has 29 of 30 rows in sentences"]
    assert unlike({}, whole, ["1"], may_lack=True) == []
    assert len(unlike({}, whole, ["1"], may_lack=False)) == 1


def test_checkouts_stand_beside_the_bare_embedder() -> None:
    sums = {"this": {"processor": 30.0, "wall": 9.0}, "other": {"processor": 60.0, "wall": 20.0}}
    lines = report(sums | {"bare": {"processor": 20.0, "wall": 7.0, "passages": 32.0}}, 2, "real")
    assert lines[0] == "2 reports, 32 passages, embedder: real"
    assert lines[4] == "| this checkout | 30.0 | 9.0 | 1.50 |"


def test_the_baseline_can_be_read() -> None:
    kept = Scale.model_validate_json((RESULTS / "scale-0.3.0.json").read_bytes())
    assert [(size.reports, size.faults) for size in kept.sizes] == [(100, ()), (1000, ())]
