"""A set in two halves: `--split tune` as any run, `--split check` without a word or an id of any question."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from eval.__main__ import main
from eval.golden import InvalidSet, load_set
from eval.items import GoldenItem
from eval.running.runner import System
from eval.scoring.replies import GivenAnswer
from rag.types import Notice
from tests.support.eval_cases import FILE, made_item, write_lines, write_set
from tests.support.scripted_model import ScriptedModel

TUNE = [
    made_item(id="tune-canals"),
    made_item(id="tune-cost", kind="unanswerable", question="敬老院造价多少？", refuse=True, must=[], evidence=[]),
]
CHECK = [
    made_item(
        id="check-farmers",
        question="青山镇2022年有多少农户受益？",
        answer="受益农户340户。",
        must=["340户"],
        must_not=["341户"],
        evidence=[{"doc": FILE, "quote": "受益农户340户"}],
    ),
    made_item(
        id="check-home",
        kind="plan",
        question="青山镇2023年打算新建几座敬老院？",
        answer="计划新建敬老院1座。",
        must=["1座"],
        evidence=[{"doc": FILE, "quote": "新建敬老院1座"}],
    ),
    made_item(
        id="check-roof",
        kind="unanswerable",
        question="屋顶谁修？",
        answer="没有写屋顶。",
        refuse=True,
        must=[],
        evidence=[],
    ),
]
ANSWERS: list[dict[str, object]] = [
    {"id": "tune-canals", "outcome": "answered", "answer": "新修水渠12公里。"},
    {"id": "tune-cost", "outcome": "refused", "reason": "not_in_reports"},
    {
        "id": "check-farmers",
        "outcome": "answered",
        "answer": "受益农户341户。",
        "claims": [
            {
                "text": "受益农户341户。",
                "supported": True,
                "citations": [{"file": FILE, "quote": "受益的农户", "start": 9, "end": 14}],
            }
        ],
    },
    {"id": "check-home", "outcome": "error", "message": "敬老院没有答复"},
    {"id": "check-roof", "outcome": "refused", "reason": "not_in_reports"},
]
WORDS = ["check-", "水渠", "农户", "敬老院", "屋顶", "受益", "340", "341", "1座", FILE]
"""What a reader of totals must not meet: ids, and words of questions, answers, evidence and reasons."""

Halves = Callable[..., int]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = write_set(tmp_path / "five", [CHECK[0], TUNE[0], CHECK[1], TUNE[1], CHECK[2]])
    _divide(made, [item.id for item in TUNE], [item.id for item in CHECK])
    return made


def _divide(folder: Path, tune: list[str], check: list[str], **more: object) -> None:
    (folder / "split.json").write_text(json.dumps({"seed": 7, "tune": tune, "check": check} | more), "utf-8")


@pytest.fixture
def run(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Halves:
    """The command on the set, answered from a file; bounds, results and recordings in a folder of their own."""
    monkeypatch.chdir(tmp_path)
    answers = write_lines(tmp_path / "answers.jsonl", ANSWERS)
    floors = tmp_path / "floors.toml"
    floors.write_text("[ceilings]\nsupported_but_wrong = 0\nfailed = 0\n", encoding="utf-8")

    def run(*options: object, answered: bool = True) -> int:
        given = ["--answers", answers] if answered else ["--recordings", tmp_path / "recorded.jsonl"]
        return main([str(part) for part in ("--set", folder, "--floors", floors, *given, *options)])

    return run


def _shown(capsys: pytest.CaptureFixture[str], out: Path) -> str:
    """All that a run printed and wrote."""
    captured = capsys.readouterr()
    files = [path.read_text(encoding="utf-8") for path in out.rglob("*") if path.is_file()]
    return "\n".join([captured.out, captured.err, *files])


def test_the_half_to_tune_on_runs_as_any_set(run: Halves, tmp_path: Path) -> None:
    assert run("--split", "tune") == 0
    results = json.loads((tmp_path / "eval-results/five-tune/results.json").read_text("utf-8"))
    assert (results["set"], [case["id"] for case in results["cases"]]) == ("five-tune", ["tune-canals", "tune-cost"])


def test_of_the_half_to_check_only_totals_are_shown_and_written(
    run: Halves, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--split", "check") == 1
    out = tmp_path / "eval-results/five-check"
    shown = _shown(capsys, out)
    assert [word for word in WORDS if word in shown] == []
    results = json.loads((out / "results.json").read_text("utf-8"))
    overall = results["overall"]
    assert (overall["total"], overall["right"], overall["wrong"], overall["failed"]) == (3, 1, 1, 1)
    assert {kind: metrics["right"] for kind, metrics in results["by_kind"].items()} == {
        "number": 0, "plan": 0, "unanswerable": 1,
    }  # fmt: skip
    assert results["cases"] == []
    assert "ceiling supported_but_wrong" in shown
    assert '<testsuite name="plan" tests="1" failures="0" errors="1" />' in shown


def test_a_half_has_the_baseline_of_its_set(run: Halves, tmp_path: Path) -> None:
    baseline = tmp_path / "baseline.json"
    (tmp_path / "none.toml").touch()
    assert run("--baseline", baseline, "--update-baseline", "--floors", tmp_path / "none.toml") == 0
    whole = json.loads(baseline.read_text("utf-8"))
    assert run("--baseline", baseline, "--split", "tune") == 0
    assert run("--baseline", baseline, "--split", "tune", "--update-baseline") == 0
    assert json.loads(baseline.read_text("utf-8")) == whole


def test_recording_a_half_keeps_the_replies_of_the_other(
    run: Halves, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("eval.running.asking._model_at_hand", lambda *_: ScriptedModel(*[{"claims": []}] * 40))
    run("--split", "check", "--record", answered=False)
    replies = set((tmp_path / "recorded.jsonl").read_text("utf-8").splitlines())
    run("--split", "tune", "--record", answered=False)
    assert replies < set((tmp_path / "recorded.jsonl").read_text("utf-8").splitlines())


def test_bounds_of_the_half_to_check_go_by_its_own_name(
    run: Halves, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bounds.toml").write_text("[sets.five-check.floors]\naccuracy = 0.9\n", encoding="utf-8")
    assert run("--split", "check", "--floors", tmp_path / "bounds.toml") == 1
    assert "floor accuracy" in capsys.readouterr().out
    assert run("--split", "tune", "--floors", tmp_path / "bounds.toml") == 0


@pytest.mark.parametrize(
    "options",
    ["--update-baseline", "--baseline b.json", "--with-summaries", "--summaries s.json", "--indicators i.json"],
)
def test_what_shows_more_than_totals_is_wrong_usage(run: Halves, options: str) -> None:
    with pytest.raises(SystemExit) as caught:
        run("--split", "check", *options.split(), answered="summaries" not in options)
    assert caught.value.code == 2


def test_a_replay_of_the_half_to_check_names_no_question(
    run: Halves, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--split", "check", answered=False) == 1
    shown = _shown(capsys, tmp_path / "eval-results")
    assert "--record --split check" in shown
    assert [word for word in WORDS if word in shown] == []


def test_a_run_that_breaks_off_says_nothing_of_the_question(
    run: Halves, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def breaking(system: System, item: GoldenItem) -> GivenAnswer:
        raise KeyError(item.question)

    monkeypatch.setattr(System, "ask", breaking)
    assert run("--split", "check", answered=False) == 1
    said = capsys.readouterr().err
    assert "KeyError" in said.splitlines()[-1]
    assert [word for word in WORDS if word in said] == []
    with pytest.raises(KeyError, match="水渠"):
        run("--split", "tune", answered=False)


def test_faults_of_the_set_are_counted_and_not_named(
    folder: Path, run: Halves, capsys: pytest.CaptureFixture[str]
) -> None:
    write_lines(folder / "golden.jsonl", [{"id": "check-home", "question": "敬老院几座？"}])
    assert run("--split", "check") == 1
    said = capsys.readouterr().err
    assert len(said.splitlines()) == 1
    assert [word for word in WORDS if word in said] == []
    assert run("--split", "tune") == 1
    assert "golden.jsonl:1" in capsys.readouterr().err


def test_each_half_checks_its_own_reference_answers(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = CHECK[0].model_copy(update={"answer": "受益农户341户。"})
    write_set(folder, [*TUNE, wrong, *CHECK[1:]])
    assert main(["--set", str(folder), "--check", "--split", "tune"]) == 0
    assert main(["--set", str(folder), "--check", "--split", "check"]) == 1
    shown = capsys.readouterr().out
    assert "2 条，不符合自己要求的 1 条" in shown
    assert [word for word in WORDS if word in shown] == []


def test_a_set_that_is_not_divided_is_told_in_a_line(
    folder: Path, run: Halves, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "split.json").unlink()
    assert run("--split", "tune") == 1
    said = capsys.readouterr().err
    assert len(said.splitlines()) == 1
    assert "split.json" in said
    assert run("--split", "check") == 1


def test_every_town_of_the_set_is_known_in_each_half(folder: Path) -> None:
    """Names of other towns close the reach of a town's figures, whichever half names them."""
    write_set(folder, [TUNE[0], made_item(id="check-b", town="白石镇")])
    _divide(folder, ["tune-canals"], ["check-b"])
    assert load_set(folder).towns == ("青山镇", "白石镇")


@pytest.mark.parametrize(
    ("tune", "check", "fault"),
    [
        (
            ["tune-canals"],
            ["check-farmers", "check-home", "check-roof"],
            Notice("in_neither_half", about="split.json tune-cost"),
        ),
        (
            ["tune-canals", "tune-cost", "check-home"],
            ["check-farmers", "check-home", "check-roof"],
            Notice("more_than_once_in_split", about="split.json check-home"),
        ),
        (
            ["tune-canals", "tune-cost", "other"],
            ["check-farmers", "check-home", "check-roof"],
            Notice("no_such_question", about="split.json other"),
        ),
    ],
)
def test_a_question_stands_in_exactly_one_half(folder: Path, tune: list[str], check: list[str], fault: Notice) -> None:
    _divide(folder, tune, check)
    with pytest.raises(InvalidSet) as caught:
        load_set(folder)
    assert caught.value.faults == (fault,)


@pytest.mark.parametrize("content", ["{", "[]", '{"tune": []}', '{"tune": [], "check": [], "rest": []}'])
def test_a_split_that_is_none_is_a_fault(folder: Path, content: str) -> None:
    (folder / "split.json").write_text(content, encoding="utf-8")
    with pytest.raises(InvalidSet) as caught:
        load_set(folder)
    assert {(fault.about, fault.code) for fault in caught.value.faults} == {("split.json", "field_not_valid")}
