"""When the report's own words answer at once, and when the model has to write."""

import pytest

from rag.answering.candidate_scores import Ranked
from rag.answering.candidates import Candidate
from rag.answering.pointing import CONFIRMED, SURE, WORTH_ASKING, find, is_confirmed, is_sure
from rag.answering.questions import Question
from rag.answering.reranking import Judge
from rag.models.conversation import Turn
from rag.verification.excerpts import Excerpt
from tests.support.held import understand
from tests.support.told_reports import JudgingModel, shown, told

REPORTS = (told("石矶镇", "新增就业276人。"),)
WANTING = ("figures_missing", "measures_missing", "heading", "near_miss", "rank_missing")
LAMPS = "石矶镇安装了多少盏路灯？"


def asked(text: str, *history: Turn) -> Question:
    return understand(text, REPORTS, history)


def scored(score: float, **features: float) -> list[Ranked]:
    (item,) = shown("安装路灯60盏，改厕430座。")
    return [Ranked(Candidate((Excerpt(item, (0,)),)), {**dict.fromkeys(WANTING, 0.0), **features}, score)]


def test_one_thing_with_a_likely_answer_is_found() -> None:
    found = find(asked(LAMPS), scored(WORTH_ASKING))
    assert found is not None and found.candidate.text == "安装路灯60盏"


@pytest.mark.parametrize(("score", "sure"), [(SURE, True), (SURE - 0.01, False)])
def test_only_what_is_likely_enough_is_shown_before_the_model_is_asked(score: float, sure: bool) -> None:
    found = find(asked(LAMPS), scored(score))
    assert found is not None and is_sure(found) is sure


def test_what_is_less_likely_than_nothing_is_not() -> None:
    assert find(asked(LAMPS), scored(WORTH_ASKING - 0.01)) is None
    assert find(asked(LAMPS), []) is None


@pytest.mark.parametrize("name", WANTING)
def test_what_lacks_something_asked_for_is_not(name: str) -> None:
    assert find(asked(LAMPS), scored(5.0, **{name: 1.0})) is None


@pytest.mark.parametrize(
    "question",
    [
        "石矶镇安装路灯了吗？",
        "石矶镇装了哪些灯？",
        "石矶镇装了60盏路灯，花了多少钱？",
        "石矶镇路灯、公厕、垃圾桶各多少？",
        "石矶镇的路灯已经装了多少盏？",
    ],
)
def test_the_model_writes_of_lists_states_and_what_is_taken_for_granted(question: str) -> None:
    assert find(asked(question), scored(5.0)) is None


def test_the_model_writes_of_what_goes_on_from_an_earlier_question() -> None:
    history = [Turn("user", LAMPS), Turn("assistant", "60盏")]
    assert find(asked("公厕呢？", *history), scored(5.0)) is None


@pytest.mark.parametrize(("likely", "holds"), [(CONFIRMED, True), (CONFIRMED - 0.01, False)])
def test_the_model_confirms(likely: float, holds: bool) -> None:
    found = find(asked(LAMPS), scored(1.0))
    model = JudgingModel(likely={"安装路灯60盏": likely})
    assert found is not None and is_confirmed(found, Judge(model, asked(LAMPS))) is holds
    assert model.judged == ["安装路灯60盏"]
