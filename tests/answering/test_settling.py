"""Whether what verification let through answers what is asked, and which clauses a failed claim points at."""

import pytest

from rag.answering.answer_likelihood import AnswerLikelihood
from rag.answering.judging import Judge
from rag.answering.questions import Question
from rag.answering.settling import Settling
from rag.verification.claims import Evidence
from rag.verification.verdicts import Verdict
from rag.verification.verify import verify
from tests.support.generated_reports import CharacterEmbedder
from tests.support.held import understand
from tests.support.told_reports import JudgingModel, shown, told

REPORTS = (told("石矶镇", "新增就业276人。"),)
LAMPS = "石矶镇安装路灯多少盏？"


def asked(text: str) -> Question:
    return understand(text, REPORTS)


def settling(question: str, evidence: list[Evidence]) -> Settling:
    return Settling(asked(question), evidence, CharacterEmbedder())


def asking(likely: dict[str, float]) -> AnswerLikelihood:
    return AnswerLikelihood(Judge(JudgingModel(likely=likely), asked(LAMPS)))


def verdict_on(question: str, claim: str, *texts: str) -> tuple[Settling, Verdict]:
    evidence = shown(*texts)
    return settling(question, evidence), verify(claim, (1,), evidence, asked(question).for_verification)


def test_a_true_claim_on_what_is_asked_stays_supported() -> None:
    on, verdict = verdict_on(LAMPS, "安装路灯60盏", "安装路灯60盏。")
    assert on.settled(verdict).supported


def test_a_true_claim_on_something_else_is_beside_the_question() -> None:
    on, verdict = verdict_on(LAMPS, "新修水渠12公里", "新修水渠12公里。")
    assert on.settled(verdict).reason == "beside_the_question"


def test_a_claim_in_other_words_is_shown_by_clauses_that_are_likely_to_answer() -> None:
    claim = "石矶镇为群众排忧解难，总计安装路灯60盏"
    on, verdict = verdict_on(LAMPS, claim, "安装路灯60盏。")
    assert (verdict.reason, verdict.is_only_worded) == ("words_not_in_evidence", True)
    assert on.settled(verdict).supported


def test_a_claim_in_other_words_on_something_else_is_not() -> None:
    claim = "石矶镇为群众排忧解难，总计新修水渠12公里"
    on, verdict = verdict_on(LAMPS, claim, "新修水渠12公里。")
    assert verdict.is_only_worded and not on.settled(verdict).supported


@pytest.mark.parametrize("name", ["松江村", "宏达公司", "税务局"])
def test_another_name_is_no_other_wording(name: str) -> None:
    _, verdict = verdict_on(LAMPS, f"{name}安装路灯60盏", "双桥村安装路灯60盏。")
    assert verdict.reason == "words_not_in_evidence" and not verdict.is_only_worded


def test_a_failed_claim_is_shown_by_its_clauses_where_the_model_holds_them_for_an_answer() -> None:
    on, verdict = verdict_on(LAMPS, "排忧解难的龙舟文化节安装路灯60盏", "安装路灯60盏，改厕430座。")
    assert not verdict.supported
    assert on.settled(verdict, asking({"安装路灯60盏": 0.99})).supported
    assert not on.settled(verdict, asking({"安装路灯60盏": 0.01})).supported


@pytest.mark.parametrize("question", ["石矶镇安装路灯了吗？", "石矶镇已经安装路灯多少盏？"])
def test_for_a_state_a_failed_claim_stays_failed(question: str) -> None:
    on, verdict = verdict_on(question, "排忧解难的龙舟文化节安装路灯60盏", "安装路灯60盏，改厕430座。")
    assert not on.settled(verdict, asking({"安装路灯60盏": 0.99})).supported


def test_where_the_time_differs_a_failed_claim_stays_failed() -> None:
    on, verdict = verdict_on("石矶镇全年接待游客多少人？", "全年接待游客2万人", "国庆假期接待游客2万人。")
    assert verdict.reason == "town_or_year_differs"
    assert not on.settled(verdict, asking({"国庆假期接待游客2万人": 0.99})).supported
