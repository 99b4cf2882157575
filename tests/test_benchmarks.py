"""The benchmarks' own arithmetic: samples, scores of other systems' answers, points of a curve. No model, no peer."""

import fcntl
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks.answers_against import Table as Against
from benchmarks.answers_against import table as against_table
from benchmarks.budgets import Budgets
from benchmarks.budgets import table as budgets_table
from benchmarks.calibration import THRESHOLDS, Curve, Judged, besides, curve, fitted, point_of, questions_of
from benchmarks.calibration import table as curve_table
from benchmarks.contestants import Told, whole_question
from benchmarks.engines import Table as Engines
from benchmarks.engines import table as engines_table
from benchmarks.peer_scores import Row, contradicts, declines, make_row, table, unfounded
from benchmarks.peers import in_rounds
from benchmarks.requests_of import NotingModel
from benchmarks.server_trials import Sent
from benchmarks.servers import tuned_parameters
from benchmarks.speed import Speed, cache
from benchmarks.speed import table as speed_table
from benchmarks.turns import alone
from eval.items import GoldenItem
from eval.scoring.replies import GivenAnswer, GivenTokens
from rag.answering.drafting import Draft
from rag.models.conversation import ChatRequest, ChoiceRequest, Turn
from tests.support.eval_cases import FILE, REPORT, made_item
from tests.support.paths import ROOT
from tests.support.scripted_model import ScriptedModel, claims

RESULTS = ROOT / "benchmarks" / "results"
PAGE = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")
UNANSWERABLE = made_item(
    kind="unanswerable", question="青山镇有几所大学？", answer="报告没有说。", must=[], refuse=True
)


def row_of(answer: str, item: GoldenItem, *, says_refusals: bool = False) -> Row:
    given = GivenAnswer(outcome="answered", answer=answer, tokens=GivenTokens(prompt=900, completion=20))
    told = Told(given, REPORT)
    return make_row(item, told, 1.25, {FILE: REPORT}, ["青山镇"], system="peer", says_refusals=says_refusals)


def test_a_sample_takes_all_kinds_before_any_kind_again() -> None:
    items = [made_item(id=f"{kind}{n}", kind=kind) for kind in ("number", "list", "plan") for n in range(5)]
    sample = in_rounds(items, 7, "1")
    assert len(sample) == 7
    assert Counter(item.kind for item in sample[:3]) == {"number": 1, "list": 1, "plan": 1}
    assert Counter(item.kind for item in sample[:6]) == {"number": 2, "list": 2, "plan": 2}


def test_another_seed_is_another_sample() -> None:
    items = [made_item(id=f"q{n}") for n in range(40)]
    assert in_rounds(items, 5, "1") == in_rounds(items, 5, "1")
    assert in_rounds(items, 5, "1") != in_rounds(items, 5, "2")


def test_a_conversation_is_put_before_the_question() -> None:
    item = made_item(history=[{"role": "user", "content": "说说水渠。"}], question="多少公里？")
    assert whole_question(item) == "说说水渠。\n多少公里？"


def test_citation_marks_are_no_part_of_an_answer() -> None:
    assert row_of("青山镇新修水渠12公里 [1][2, 3]。", made_item()).status == "right"


def test_a_refusal_in_words_counts_where_the_system_has_no_other() -> None:
    assert row_of("抱歉，报告没有提到大学。", UNANSWERABLE).status == "refused_rightly"
    assert row_of("抱歉，报告没有提到大学。", UNANSWERABLE, says_refusals=True).status == "wrong"


def test_a_refusal_of_what_is_answerable_is_wrong() -> None:
    assert row_of("I don't know.", made_item()).status == "refused_wrongly"


def test_a_right_answer_with_a_reservation_stays_right() -> None:
    item = made_item(kind="list", answer="水渠。", must=["水渠"])
    assert row_of("新修了水渠，其他没有提到。", item).status == "right"


@pytest.mark.parametrize(
    "answer", ["我不知道。", "The provided sources do not mention it.", "无法确定。", "Empty Response"]
)
def test_refusals_are_known_by_their_words(answer: str) -> None:
    assert declines(answer)


def test_an_answer_is_not_taken_for_a_refusal() -> None:
    assert not declines("全年无一例安全事故。")


def test_a_figure_from_nowhere_is_unfounded() -> None:
    assert unfounded(made_item(), "新修水渠15公里，受益340户。", REPORT) == ("15公里",)


def test_figures_of_question_and_reference_answer_are_founded() -> None:
    item = made_item(question="2021年和2022年共修水渠多少公里？", answer="共27公里。")
    assert unfounded(item, "2021年和2022年共27公里。", REPORT) == ()


def test_a_wrong_figure_of_the_same_thing_contradicts() -> None:
    assert row_of("新修水渠15公里。", made_item(must_not=["15公里"])).contradictory
    assert not row_of("新修水渠12公里。", made_item(must_not=["15公里"])).contradictory


def test_a_figure_for_what_no_report_says_contradicts() -> None:
    assert contradicts(UNANSWERABLE, "青山镇有3所大学。", ["青山镇"])
    assert not contradicts(UNANSWERABLE, "青山镇有大学。", ["青山镇"])


def test_the_length_of_an_answer_is_a_matter_of_form() -> None:
    long = row_of("新修水渠12公里。" + "全镇上下齐心协力。" * 20, made_item())
    assert not long.right and long.right_but_for_form
    assert not row_of("新修水渠。", made_item()).right_but_for_form


def test_what_is_written_down_holds_no_golden_text() -> None:
    item = made_item(must=["秘密"], must_not=["禁语"])
    written = row_of("禁语", item).model_dump_json()
    assert "秘密" not in written and "禁语" not in written and "公里" not in written


def test_the_table_counts_each_system_alone() -> None:
    right, wrong = row_of("新修水渠12公里。", made_item()), row_of("新修水渠99公里。", made_item())
    rows = [right, wrong, wrong.model_copy(update={"system": "other"})]
    assert table(rows, ["peer", "other"])[2:] == [
        "| peer | 1 of 2 | 1 | 1 | 1 | 900 | 1,800 | 1.2 |",
        "| other | 0 of 1 | 0 | 1 | 1 | 900 | 900 | 1.2 |",
    ]


def judged(question: str, judgement: float, *, right: bool, answerable: bool = True) -> Judged:
    return Judged(question, "made", answerable, {"score": 0.0, "judged": judgement}, right)


def test_a_fit_finds_what_tells_right_from_wrong() -> None:
    rows = [judged(f"q{n}", n % 5 - 2, right=n % 5 > 2) for n in range(50)]
    bias, weights = fitted(rows)
    assert weights[1] > 1 and abs(weights[0]) < 1e-6
    assert bias < 0  # fewer are right than wrong


def test_a_point_counts_what_is_shown_and_what_is_not() -> None:
    best = [
        (judged("a", 1.0, right=True), 0.9),
        (judged("b", 1.0, right=False), 0.6),
        (judged("c", 1.0, right=True), 0.4),
        (judged("d", 1.0, right=False, answerable=False), 0.7),
        (judged("e", 1.0, right=False, answerable=False), 0.1),
    ]
    found = point_of("made", 0.5, best)
    assert curve_table([found])[2:] == ["| made | 0.50 | 3 | 1 | 1 | 2 | 1 |"]


def test_no_question_is_counted_by_weights_that_saw_it() -> None:
    rows = [judged(f"q{n}", n % 5 - 2, right=n % 5 > 2 or n % 10 == 2) for n in range(50)]
    points = curve(rows)
    assert len(points) == len(THRESHOLDS) and all(point.answerable == 50 for point in points)
    shown = [point.shown_right + point.shown_wrong for point in points]
    assert shown[0] > 20 and shown == sorted(shown, reverse=True)
    assert points[-2].shown_wrong == 0 and points[-2].shown_right > 0


def test_what_is_likely_by_itself_is_not_weighed_beside_others() -> None:
    rows = [judged("sure", 3.0, right=True), judged("unsure", 0.5, right=True), judged("unsure", -1.0, right=False)]
    (beside,) = besides(questions_of(rows), (0.0, np.array([0.0, 0.5])))
    assert beside.id == "unsure" and {*beside.weighed} == {"best", "other"}
    assert beside.weighed["best"] == pytest.approx(0.25) and beside.weighed["other"] == pytest.approx(-0.5)


def test_requests_are_taken_down_once() -> None:
    model = NotingModel(ScriptedModel(claims("新修水渠12公里。")))
    model.complete(ChatRequest([Turn("user", "多少？")], Draft, max_tokens=50))
    model.choose(ChoiceRequest([Turn("user", "能不能？")], ["能", "不能"]))
    draft, judgement = model.take()
    assert draft.is_draft and draft.body["max_tokens"] == 50 and draft.characters == 3
    assert not judgement.is_draft and judgement.body["max_tokens"] == 1
    assert model.take() == ()


def test_the_cache_is_what_was_not_evaluated() -> None:
    sent = Sent(text="", prompt=600, evaluated=400, prompt_seconds=1, written=9, writing_seconds=1, seconds=2)
    assert cache([sent, sent]).model_dump() == {"requests": 2, "prompt": 1200, "evaluated": 800}


def test_a_tuning_changes_what_it_names() -> None:
    order = {"path": "x.gguf", "threads": 1, "context": 8192, "api_key": "k"}
    plain = tuned_parameters({**order, "tuning": {}})
    tuned = tuned_parameters({**order, "tuning": {"batch": 64, "cache_prompt": False, "guessing": 3}})
    assert (plain.n_ubatch, plain.cache_prompt) == (512, True)
    assert (tuned.n_ubatch, tuned.cache_prompt) == (64, False)
    assert plain.speculative.types != tuned.speculative.types
    assert (tuned.speculative.ngram_simple.size_n, tuned.speculative.ngram_simple.size_m) == (3, 6)


def test_a_lock_is_held_and_let_go(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with alone(path), path.open("w") as other, pytest.raises(BlockingIOError):
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    with path.open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_the_page_shows_what_was_written_down() -> None:
    before, _, at_size = PAGE.partition("## Words and vectors at size")  # those tables have a test of their own
    page = [
        line
        for line in before.splitlines()
        if re.match(
            r"\| (\d|(?:sample|evalset)(?:-counties)? \| 0\.|threads|batch|flash|guessing|wheel|native|openvino)", line
        )
    ]
    budgets = [Budgets.model_validate_json(path.read_bytes()) for path in RESULTS.glob("budgets-*.json")]
    calibrated = Curve.model_validate_json((RESULTS / "calibration.json").read_bytes())
    written = [line for one in budgets for line in budgets_table(one.shown)]
    written += curve_table(calibrated.points)
    written += speed_table(Speed.model_validate_json((RESULTS / "speed.json").read_bytes()))
    written += engines_table(Engines.model_validate_json((RESULTS / "engines.json").read_bytes()).rows)
    written += against_table(Against.model_validate_json((RESULTS / "answers_against.json").read_bytes()).rows)
    assert len(page) > 40
    assert [line for line in page if line not in written] == []
    assert "| passages | engine |" in at_size


@pytest.mark.parametrize("name", ["search_engines", "vectors_at_size"])
def test_every_figure_of_words_and_vectors_at_size_was_measured(name: str) -> None:
    words, _, vectors = PAGE.partition("## Words and vectors at size")[2].partition("### Chroma")
    page = words if name == "search_engines" else vectors
    sizes = {int(size.replace(",", "")) for size in re.findall(r"(?m)^\| ([\d,]+) \|", page)}
    measured = {row["passages"] for row in json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8"))}
    assert sizes and sizes <= measured


def test_every_command_of_the_page_exists() -> None:
    named = re.findall(r"python -m benchmarks\.(\w+)((?: \S+)*)", PAGE)
    assert {"peers", "speed", "budgets", "calibration"} <= {name for name, _ in named}
    for name, arguments in named:
        source = (ROOT / "benchmarks" / f"{name}.py").read_text(encoding="utf-8")
        for option in re.findall(r"--[a-z-]+", arguments):
            assert f'"{option}"' in source, f"{name} {option}"


def test_the_page_tells_how_often_the_first_candidate_answers() -> None:
    told = json.loads((RESULTS / "candidate_weights.json").read_text(encoding="utf-8"))["rows"]
    assert len(told) == 3
    for row in told:
        cells = (row[name] for name in ("set", "questions", "first", "among_three", "among_five"))
        assert f"| {' | '.join(map(str, cells))} |" in PAGE


@pytest.mark.parametrize(("half", "name"), [("tune", "looked at"), ("check", "not looked at")])
def test_the_page_tells_what_became_of_claims_with_a_judge(half: str, name: str) -> None:
    rows = json.loads((RESULTS / "claims-judged.json").read_text(encoding="utf-8"))[half]["rows"]
    true = [row for row in rows if row["kind"].startswith("true")]

    def count(outcome: str, among: list[dict[str, Any]]) -> int:
        return sum(row["outcomes"].get(outcome, 0) for row in among)

    english = [row for row in true if row["kind"] == "true-english"]
    cells = (
        count("wrong", rows),
        count("right", true),
        count("without_its_figures", true),
        count("refused", true),
        count("refused", english),
    )
    assert f"| {name} | {' | '.join(map(str, cells))} |" in PAGE
