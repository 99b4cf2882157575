"""`python -m eval` from end to end, on a set of two questions."""

import io
import json
import re
import sys
from pathlib import Path
from typing import TypeVar

import pytest
from pydantic import BaseModel

from eval.__main__ import main
from eval.evaluating import evaluate
from eval.golden import load_set
from eval.options import Options
from eval.running.recordings import Answering, RecordedModel, Recordings
from eval.running.runner import System, open_system
from eval.sampling import choose_items
from rag.answering.rewording import Rewording
from rag.errors.messages import both
from rag.models.conversation import ChatRequest, Choice, ChoiceRequest, Reply, Tokens
from rag.settings import Settings
from tests.support.eval_cases import FILE, made_answer, made_claim, made_item, write_lines, write_set
from tests.support.made_errors import offline
from tests.support.paths import ROOT
from tests.support.scripted_model import claims, in_words

T = TypeVar("T", bound=BaseModel)

RIGHT = made_answer().model_dump(mode="json")
REFUSED: dict[str, object] = {"id": "q2", "outcome": "refused", "reason": "not_in_reports", "answer": "报告没有说。"}
ITEMS = [
    made_item(),
    made_item(id="q2", kind="unanswerable", question="敬老院造价多少？", refuse=True, must=[], evidence=[]),
]


class Run:
    """The command on a set in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.set = write_set(folder / "three", ITEMS)
        self.out = folder / "out"

    def answers(self, *rows: dict[str, object]) -> Path:
        return write_lines(self.folder / "answers.jsonl", rows)

    def __call__(self, *options: object) -> int:
        paths = ["--baseline", self.folder / "baseline.json", "--recordings", self.folder / "recorded.jsonl"]
        return main([str(part) for part in ("--set", self.set, "--out", self.out, *paths, *options)])


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return Run(tmp_path)


def test_right_answers_pass_and_all_reports_are_written(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--answers", run.answers(RIGHT, REFUSED)) == 0
    assert {path.name for path in run.out.iterdir()} == {
        "results.json", "timings.json", "junit.xml", "index.html", "history.jsonl",
    }  # fmt: skip
    assert "通过" in capsys.readouterr().out


def test_two_runs_give_the_same_bytes(run: Run) -> None:
    answers = run.answers(RIGHT, REFUSED)
    run("--answers", answers)
    first = (run.out / "results.json").read_bytes()
    run("--answers", answers)
    assert (run.out / "results.json").read_bytes() == first


def test_a_regression_is_red_and_named_until_the_baseline_is_updated(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--answers", run.answers(RIGHT, REFUSED), "--update-baseline") == 0
    worse = run.answers(RIGHT | {"outcome": "refused"}, REFUSED)
    assert run("--answers", worse) == 1
    assert "regression q1" in capsys.readouterr().out
    assert run("--answers", worse, "--no-baseline") == 0
    assert run("--answers", worse, "--update-baseline") == 0
    assert "变差 worse: 1" in capsys.readouterr().out
    assert run("--answers", worse) == 0


def _verdicts(run: Run) -> dict[str, str]:
    return dict(json.loads((run.folder / "baseline.json").read_text("utf-8"))["cases"])


@pytest.mark.parametrize("options", [("--only", "number"), ("--sample", 1), ("--no-baseline", "--only", "number")])
def test_an_updated_baseline_keeps_what_was_not_asked(run: Run, options: tuple[object, ...]) -> None:
    answers = run.answers(RIGHT, REFUSED)
    run("--answers", answers, "--update-baseline")
    run("--answers", answers, "--update-baseline", *options)
    assert _verdicts(run) == {"q1": "right", "q2": "refused_rightly"}


def test_a_question_that_is_gone_leaves_the_baseline_with_a_run_of_the_whole_set(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = run.answers(RIGHT, REFUSED)
    run("--answers", answers, "--update-baseline")
    write_set(run.set, [ITEMS[0], made_item(id="q3", kind="list")])
    run("--answers", answers, "--only", "number", "--update-baseline")
    assert set(_verdicts(run)) == {"q1", "q2"}
    run("--answers", answers, "--update-baseline")
    assert "(no longer in the set): q2" in capsys.readouterr().out
    assert set(_verdicts(run)) == {"q1", "q3"}


def test_the_baseline_of_a_private_set_holds_no_text_of_it(run: Run) -> None:
    """It is committed, also where the set itself must not be."""
    bad = made_answer("青山镇新修水渠13公里。").model_dump(mode="json")
    run("--answers", run.answers(bad, REFUSED), "--update-baseline")
    baseline = json.loads((run.folder / "baseline.json").read_text("utf-8"))
    assert set(baseline) == {"set", "settings", "cases"}
    assert set(baseline["settings"]) == {"model", "version"}
    assert baseline["cases"] == {"q1": "wrong", "q2": "refused_rightly"}
    assert not re.search("[一-鿿]", (run.folder / "baseline.json").read_text("utf-8"))


def test_a_verdict_of_a_question_that_is_gone_is_red_until_the_baseline_is_updated(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = run.answers(RIGHT, REFUSED)
    run("--answers", answers, "--update-baseline")
    write_set(run.set, [ITEMS[0], made_item(id="q3", kind="list")])
    answers = run.answers(RIGHT, RIGHT | {"id": "q3"})
    assert run("--answers", answers) == 1
    shown = capsys.readouterr().out
    assert "stale q2" in shown
    assert "--update-baseline" in shown
    assert run("--answers", answers, "--only", "number") == 0
    assert run("--answers", answers, "--no-baseline") == 0
    assert run("--answers", answers, "--update-baseline") == 0
    assert run("--answers", answers) == 0


def test_a_false_claim_is_red_without_any_baseline(run: Run) -> None:
    false = made_answer(claims=[made_claim("受益农户341户。")]).model_dump(mode="json")
    assert run("--answers", run.answers(false, REFUSED)) == 1


def test_an_answer_that_is_missing_has_failed(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--answers", run.answers(RIGHT)) == 1
    assert "ceiling failed" in capsys.readouterr().out


def test_only_some_kinds_are_asked(run: Run) -> None:
    assert run("--answers", run.answers(RIGHT), "--only", "number") == 0
    assert json.loads((run.out / "results.json").read_text("utf-8"))["overall"]["total"] == 1


def test_a_broken_set_is_told_in_a_line(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--set", str(run.folder / "nowhere")]) == 1
    assert "nowhere" in capsys.readouterr().err


@pytest.mark.parametrize(
    "options",
    [
        "--only numbers",
        "--only number,list",
        "--check --live",
        "--sample 0",
        "--sample -3",
        "--sample many",
        "--answers a.jsonl --live",
        "--answers a.jsonl --fresh",
        "--answers a.jsonl --record",
        "--answers a.jsonl --with-summaries",
    ],
)
def test_wrong_usage_is_2_and_named(run: Run, options: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        run(*options.split())
    assert caught.value.code == 2
    assert options.split()[-1].rpartition(",")[2] in capsys.readouterr().err
    assert not run.out.exists()


def test_a_set_is_checked_with_its_own_reference_answers(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--set", str(run.set), "--check"]) == 0
    assert "标准答案 1 条" in capsys.readouterr().out
    write_set(run.set, [*ITEMS, made_item(id="q3", answer="13公里。")])
    assert main(["--set", str(run.set), "--check"]) == 1
    shown = capsys.readouterr().out
    assert "q3: 13公里。" in shown
    assert "缺少 (missing): 12公里" in shown
    write_set(run.set, [*ITEMS, ITEMS[0]])
    assert main(["--set", str(run.set), "--check"]) == 1
    assert "golden.jsonl:3" in capsys.readouterr().err


def test_the_reference_answers_of_the_sample_are_right() -> None:
    assert main(["--set", str(ROOT / "eval/sets/sample"), "--check"]) == 0


@pytest.mark.parametrize("options", ["--live", "--only number", "--sample 3", "--answers a", "--update-baseline"])
def test_a_comparison_takes_no_other_option(tmp_path: Path, options: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--compare", str(tmp_path), str(tmp_path), *options.split()])
    assert caught.value.code == 2
    assert options.split()[0] in capsys.readouterr().err


def test_answers_that_cannot_be_read_name_their_line(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--answers", run.answers(RIGHT, {"id": "q2"})) == 1
    assert "answers.jsonl:2" in capsys.readouterr().err


def test_two_results_are_compared(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    run("--answers", run.answers(RIGHT, REFUSED))
    run.out = run.folder / "second"
    run("--answers", run.answers(RIGHT | {"outcome": "refused"}, REFUSED))
    assert main(["--compare", str(run.folder / "out"), str(run.out)]) == 0
    assert "(only A right): q1" in capsys.readouterr().out


def test_without_recordings_the_run_is_red_and_says_so(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == 1
    assert "unrecorded recorded.jsonl" in capsys.readouterr().out


def test_a_replay_that_finds_hardly_anything_ends_at_once_and_names_the_command(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    write_set(
        run.set,
        [made_item(id=f"q{number}", question=f"青山镇第{number}村2022年新修水渠多少公里？") for number in range(40)],
    )
    assert run() == 1
    said = capsys.readouterr()
    command = f"python -m eval --set {run.set} --record --recordings {run.folder / 'recorded.jsonl'}"
    assert command in said.err.splitlines()[-1]
    assert said.out == ""
    assert not run.out.exists()


def test_unrecorded_questions_may_be_left_out(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--allow-unrecorded") == 0
    assert "未录制 2 条" in capsys.readouterr().out
    assert json.loads((run.out / "results.json").read_text("utf-8"))["cases"] == []


def test_a_set_is_recorded_once_and_replays_without_a_model(run: Run, tmp_path: Path) -> None:
    eval_set = load_set(run.set)
    recordings = Recordings(tmp_path / "recorded.jsonl", Answering("qwen", "sha"))
    with open_system(eval_set, Settings(home=tmp_path / "home"), RecordedModel(recordings, _Knowing())) as system:
        first = [system.ask(item) for item in eval_set.items]
    recordings.save(only_used=True)
    (tmp_path / "f.toml").touch()
    options = Options("three", run.out, tmp_path / "b.json", tmp_path / "f.toml", tmp_path / "recorded.jsonl")
    replay = evaluate(eval_set, eval_set.items, options, Settings(home=tmp_path / "home"), lambda *_: None)
    assert replay.unrecorded == 0
    assert [case.answer for case in replay.results.cases] == [answer.answer for answer in first]
    assert replay.results.cases[0].status == "right"
    assert replay.results.cases[0].recall == {"1": 1.0, "5": 1.0, "10": 1.0}
    assert replay.results.settings["model"] == "qwen"


class _Knowing:
    """A model that knows one answer, however often it is asked."""

    name = "knowing"

    def complete(self, request: ChatRequest[T]) -> Reply[T]:
        if request.output is Rewording:
            return in_words(request, request.turns[-1].content)
        knows = "多少公里" in request.turns[-1].content
        raw = json.dumps(claims("青山镇2022年新修水渠12公里。", evidence=[1]) if knows else {"claims": []})
        return Reply(request.output.model_validate_json(raw), Tokens(100, 20), 0.5, raw)

    def choose(self, request: ChoiceRequest) -> Choice:
        return Choice((0.0,) * len(request.words), Tokens(50, 1), 0.1)


@pytest.fixture
def knowing(monkeypatch: pytest.MonkeyPatch) -> _Knowing:
    """In place of the settings' chat model."""
    model = _Knowing()
    monkeypatch.setattr("eval.running.asking._model_at_hand", lambda *_: model)
    return model


@pytest.mark.parametrize("options", [["--record"], ["--fresh", "--record"]])
def test_what_is_recorded_replays(run: Run, knowing: _Knowing, options: list[str]) -> None:
    assert run(*options) == 0
    assert run(*options) == 0
    assert run() == 0


def test_a_few_missing_replies_may_be_asked_of_the_model(
    run: Run, knowing: _Knowing, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--live", "--most-unrecorded", "20") == 0
    asked = int(capsys.readouterr().out.partition("未录制 ")[2].split()[0])
    assert asked > 1
    assert run("--live", "--most-unrecorded", str(asked - 1)) == 1
    assert f"{asked} 条回复没有录制" in capsys.readouterr().out
    assert run("--live") == 0


def test_a_summary_that_fails_is_counted_and_the_run_goes_on(
    run: Run, knowing: _Knowing, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (run.set / "reports" / "空.txt").write_text("白石镇2022年工作总结\n全年种植水稻800亩。\n", encoding="utf-8")
    point = {"topic": "水利", "point": "新修水渠12公里", "quote": "新修水渠12公里", "figures": ["12公里"]}
    rows: list[dict[str, object]] = [
        {"doc": FILE, "town": "青山镇", "key_points": [point]},
        {"doc": "空.txt", "town": "白石镇"},
    ]
    write_lines(run.set / "summaries.jsonl", rows)
    summarize = System.summarize

    def failing(system: System, doc: str) -> dict[str, object]:
        if doc == "空.txt":
            raise offline()
        return summarize(system, doc)

    monkeypatch.setattr(System, "summarize", failing)
    assert run("--live", "--with-summaries") == 1
    shown = capsys.readouterr().out
    assert "ceiling summaries.failed" in shown
    assert f"空.txt：{both(offline())}" in shown
    results = json.loads((run.out / "results.json").read_text("utf-8"))
    assert (results["summaries"]["failed"], results["summaries"]["key_points"]) == (1, 1)
    assert results["overall"]["right"] == 2


def _recorded_replies(run: Run) -> int:
    return len((run.folder / "recorded.jsonl").read_text("utf-8").splitlines()) - 1


def test_recorded_summaries_outlive_a_recording_without_them(run: Run, knowing: _Knowing) -> None:
    write_lines(run.set / "summaries.jsonl", [{"doc": FILE, "town": "青山镇"}])
    assert run("--record", "--with-summaries") == 0
    recorded = _recorded_replies(run)
    assert run("--record") == 0
    assert _recorded_replies(run) == recorded
    assert run("--with-summaries") == 0


def test_replies_that_nothing_asks_for_are_dropped_with_the_whole_set(run: Run, knowing: _Knowing) -> None:
    assert run("--record") == 0
    write_set(run.set, ITEMS[:1])
    recorded = _recorded_replies(run)
    assert run("--record") == 0
    assert _recorded_replies(run) < recorded


def test_a_recording_keeps_everything_where_a_question_failed(
    run: Run, knowing: _Knowing, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("--record") == 0
    recorded = (run.folder / "recorded.jsonl").read_bytes()

    def failing(*_: object, **__: object) -> object:
        raise offline()

    monkeypatch.setattr(_Knowing, "complete", failing)
    monkeypatch.setattr(_Knowing, "choose", failing)
    assert run("--fresh", "--record") == 1
    assert (run.folder / "recorded.jsonl").read_bytes() == recorded


def test_a_sample_takes_turns_over_kinds_and_stays_the_same() -> None:
    items = [made_item(id=f"n{i}") for i in range(10)] + [made_item(id=f"l{i}", kind="list") for i in range(2)]
    chosen = choose_items(items, sample=4)
    assert sorted(item.kind for item in chosen) == ["list", "list", "number", "number"]
    assert chosen == choose_items(list(reversed(items)), sample=4)[::-1]


def test_what_is_told_is_utf8_whatever_the_code_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Chinese Windows gives a file or a pipe its own, which lacks half of our marks."""
    written = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(written, encoding="gbk"))
    assert main(["--set", str(ROOT / "eval" / "sets" / "sample"), "--check"]) == 0
    sys.stdout.flush()
    assert "标准答案" in written.getvalue().decode("utf-8")
